"""Trains a tiny autoencoder in NumPy, float64, with each optimizer, and prints initial weights, data and losses as JSON.

    python3 optimizers.py > optimizers.json

The network is 6-5-2-5-6, hidden layers tanh, code and output linear, loss the mean over batch and values of (x' - x)^2.
Gradients are written out by hand. Adam is Kingma and Ba 2014, algorithm 1; RMSProp is Adam without the first moment, with
its bias correction kept; both with epsilon 1e-7.
"""
import json

import numpy as np

rng = np.random.default_rng(7)
sizes = [6, 5, 2, 5, 6]
tanh = [True, False, True, False]
weights = [rng.normal(0, 0.6, (a, b)).round(4) for a, b in zip(sizes, sizes[1:])]
biases = [rng.normal(0, 0.1, b).round(4) for b in sizes[1:]]
batches = rng.integers(0, 256, (12, 4, 6))
rates = {"sgd": 0.1, "adam": 0.01, "rmsprop": 0.01}


def loss_and_gradients(w, b, x):
    activations = [x]
    for i in range(len(w)):
        z = activations[-1] @ w[i] + b[i]
        activations.append(np.tanh(z) if tanh[i] else z)
    error = activations[-1] - x
    grad = 2 * error / error.size
    dw, db = [None] * len(w), [None] * len(w)
    for i in reversed(range(len(w))):
        if tanh[i]:
            grad = grad * (1 - activations[i + 1] ** 2)
        dw[i], db[i] = activations[i].T @ grad, grad.sum(0)
        grad = grad @ w[i].T
    return (error ** 2).mean(), dw + db


def train(name):
    params = [p.copy() for p in weights + biases]
    m = [np.zeros_like(p) for p in params]
    v = [np.zeros_like(p) for p in params]
    losses = []
    for t, batch in enumerate(batches, start=1):
        loss, grads = loss_and_gradients(params[:4], params[4:], batch / 255)
        losses.append(loss)
        for i, g in enumerate(grads):
            if name == "sgd":
                step = g
            else:
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                first = m[i] / (1 - 0.9 ** t) if name == "adam" else g
                step = first / (np.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-7)
            params[i] -= rates[name] * step
    return losses


print(json.dumps({
    "sizes": sizes, "tanh": tanh, "weights": [w.ravel().tolist() for w in weights], "biases": [b.tolist() for b in biases],
    "batches": batches.reshape(12, 24).tolist(), "rates": rates, "losses": {name: train(name) for name in rates},
}))
