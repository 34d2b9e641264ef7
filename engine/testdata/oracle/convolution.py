"""Computes a convolution and a transposed convolution with PyTorch and prints inputs, outputs and gradients as JSON.

    python3 convolution.py > convolution.json

The gradients are those of the sum of the outputs times `along`. Pictures are written channels last, kernels as
[kernel, kernel, in, out], so that no reader needs PyTorch's order.
"""
import json

import torch

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def flat(t):
    return t.detach().numpy().ravel().round(9).tolist()


cases = []
for kind, kernel, stride, side, ins, outs in [
    ("conv", 2, 2, 6, 1, 3), ("conv", 4, 2, 6, 1, 3), ("conv", 4, 2, 8, 2, 3), ("conv", 3, 1, 5, 2, 3),
    ("deconv", 2, 2, 3, 2, 1), ("deconv", 4, 2, 3, 2, 3), ("deconv", 3, 1, 4, 2, 3),
]:
    x = torch.randn(2, ins, side, side + stride, requires_grad=True)
    bias = torch.randn(outs, requires_grad=True)
    padding = (kernel - stride) // 2
    if kind == "conv":
        w = torch.randn(outs, ins, kernel, kernel, requires_grad=True)
        y = torch.nn.functional.conv2d(x, w, bias, stride, padding)
        order = (2, 3, 1, 0)
    else:
        w = torch.randn(ins, outs, kernel, kernel, requires_grad=True)
        y = torch.nn.functional.conv_transpose2d(x, w, bias, stride, padding)
        order = (2, 3, 0, 1)
    along = torch.randn(y.shape)
    (y * along).sum().backward()
    last = (0, 2, 3, 1)
    cases.append({
        "kind": kind, "kernel": kernel, "stride": stride, "height": side, "width": side + stride, "in": ins, "out": outs,
        "x": flat(x.permute(last)), "weights": flat(w.permute(order)), "biases": flat(bias), "y": flat(y.permute(last)),
        "along": flat(along.permute(last)), "dx": flat(x.grad.permute(last)), "dweights": flat(w.grad.permute(order)),
        "dbiases": flat(bias.grad),
    })
print(json.dumps(cases))
