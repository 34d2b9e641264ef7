"""Writes sgns.json: some steps of skip-gram with negative sampling, with gradients from PyTorch's autograd in float64.

Run it as `python3 sgns.py > sgns.json` in this directory. It needs NumPy and PyTorch.

The loss of a step is -log sigmoid(u.v) - sum log sigmoid(-u_k.v), with v the row of the center, u the context row of the
context and u_k those of the negatives (Mikolov et al. 2013b, equation 4). Each step is one of gradient descent. A negative
may occur twice, and the center among the negatives.
"""

import json

import numpy as np
import torch

WORDS, DIM, STEPS, NEGATIVES = 9, 7, 40, 4

rng = np.random.default_rng(5)
centers = rng.normal(0, 0.7, (WORDS, DIM)).round(4)
contexts = rng.normal(0, 0.7, (WORDS, DIM)).round(4)
steps = []
for i in range(STEPS):
    center, context = (int(x) for x in rng.integers(0, WORDS, 2))
    negatives = rng.integers(0, WORDS, NEGATIVES)
    negatives = [int(x) for x in negatives if x != context]
    steps.append({"center": center, "context": context, "negatives": negatives, "rate": round(0.3 - 0.005 * i, 4)})

v = torch.tensor(centers, requires_grad=True)
u = torch.tensor(contexts, requires_grad=True)
log_sigmoid = torch.nn.functional.logsigmoid
for step in steps:
    center = v[step["center"]]
    loss = -log_sigmoid(u[step["context"]] @ center) - log_sigmoid(-(u[step["negatives"]] @ center)).sum()
    v.grad = u.grad = None
    loss.backward()
    step["loss"] = loss.item()
    with torch.no_grad():
        v -= step["rate"] * v.grad
        u -= step["rate"] * u.grad

print(json.dumps({
    "dim": DIM, "centers": centers.ravel().tolist(), "contexts": contexts.ravel().tolist(), "steps": steps,
    "final_centers": v.detach().numpy().ravel().tolist(), "final_contexts": u.detach().numpy().ravel().tolist(),
}))
