"""Fits multinomial logistic regression with scikit-learn and prints the data, the probabilities and the loss as JSON.

    python3 probe.py > probe.json

The loss is the mean cross entropy plus l2/2 times the sum of the squared weights, without the biases, which is what
scikit-learn minimises with C = 1 / (n * l2), divided by n * C.
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(3)
n, width, classes, l2 = 90, 4, 3, 0.02
labels = rng.integers(0, classes, n)
centres = rng.normal(0, 1.2, (classes, width))
x = (centres[labels] + rng.normal(0, 1, (n, width))).astype(np.float32)
fit = LogisticRegression(multi_class="multinomial", C=1 / (n * l2), solver="newton-cg", tol=1e-12, max_iter=1000).fit(x.astype(float), labels)
p = fit.predict_proba(x.astype(float))
loss = -np.log(p[np.arange(n), labels]).mean() + l2 / 2 * (fit.coef_ ** 2).sum()
print(json.dumps({
    "classes": classes, "l2": l2, "x": x.ravel().tolist(), "labels": labels.tolist(), "probabilities": p.ravel().tolist(),
    "loss": loss, "accuracy": fit.score(x, labels),
}))
