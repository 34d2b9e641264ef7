"""Trains the dense autoencoder 784-128-64-12-3-12-64-128-784 in PyTorch, eager, and prints seconds and errors.

    python3 pytorch_ae.py MNIST-DIRECTORY [epochs] [seed ...]

The directory holds train-images-idx3-ubyte.gz and t10k-images-idx3-ubyte.gz, as data/mnist does. Batches of 128 in a new
random order each epoch, the last one smaller; Adam with PyTorch's defaults and a learning rate of 0.001; mean squared
error; ReLU, code and output linear; PyTorch's own initial weights. For each seed it prints the seconds of each epoch
without validation, and the mean squared error on the 10,000 test pictures after the last. On some machines
OPENBLAS_CORETYPE is set and slows it down; unset it.
"""
import gzip
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn


def pictures(path):
    with gzip.open(path) as f:
        return torch.from_numpy(np.frombuffer(f.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255)


directory = pathlib.Path(sys.argv[1])
epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
seeds = [int(s) for s in sys.argv[3:]] or [1, 2, 3]
train = pictures(directory / "train-images-idx3-ubyte.gz")
test = pictures(directory / "t10k-images-idx3-ubyte.gz")
sizes = [784, 128, 64, 12, 3, 12, 64, 128, 784]
for seed in seeds:
    torch.manual_seed(seed)
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(a, b))
        if i not in (3, 7):
            layers.append(nn.ReLU())
    model = nn.Sequential(*layers)
    adam = torch.optim.Adam(model.parameters(), 1e-3)
    seconds = []
    for _ in range(epochs):
        start = time.perf_counter()
        for batch in torch.randperm(len(train)).split(128):
            x = train[batch]
            adam.zero_grad()
            nn.functional.mse_loss(model(x), x).backward()
            adam.step()
        seconds.append(time.perf_counter() - start)
    with torch.no_grad():
        error = nn.functional.mse_loss(model(test), test).item()
    print(f"seed {seed}: {' '.join(f'{s:.2f}' for s in seconds)} s an epoch, validation {error:.5f}, "
          f"{torch.get_num_threads()} threads", flush=True)
