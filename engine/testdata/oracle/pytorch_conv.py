"""Times training steps of a convolutional autoencoder in PyTorch: 1-16-32 channels and back, stride 2.

    python3 pytorch_conv.py [kernel] [steps]

The model is NewConvArchitecture([28, 28], [16, 32], 16), with kernels of 2x2 or, as the argument says, 4x4; batches of 128 random pictures, Adam, mean squared error. It
prints the median and the least of milliseconds a step. On some machines OPENBLAS_CORETYPE is set and slows it down; unset it.
"""
import statistics
import sys
import time

import torch
from torch import nn

kernel = int(sys.argv[1]) if len(sys.argv) > 1 else 2
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 40
shape = (kernel, 2, (kernel - 2) // 2)
torch.manual_seed(1)
model = nn.Sequential(
    nn.Conv2d(1, 16, *shape), nn.ReLU(), nn.Conv2d(16, 32, *shape), nn.ReLU(), nn.Flatten(), nn.Linear(1568, 16),
    nn.Linear(16, 1568), nn.ReLU(), nn.Unflatten(1, (32, 7, 7)),
    nn.ConvTranspose2d(32, 16, *shape), nn.ReLU(), nn.ConvTranspose2d(16, 1, *shape),
)
adam = torch.optim.Adam(model.parameters(), 1e-3)
x = torch.rand(128, 1, 28, 28)
times = []
for step in range(steps + 5):
    start = time.perf_counter()
    adam.zero_grad()
    nn.functional.mse_loss(model(x), x).backward()
    adam.step()
    times.append(time.perf_counter() - start)
print(f"{1000 * statistics.median(times[5:]):.1f} ms a step, at least {1000 * min(times):.1f}, {torch.get_num_threads()} threads")
