"""Writes tables.json: the breast cancer set and its standardization by scikit-learn.

Run it as `/usr/bin/python3 tables.py > tables.json` in this directory. It needs NumPy and scikit-learn (made with 1.24
and 1.2).
"""

import hashlib
import json

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

TRAIN = 400

cancer = load_breast_cancer()
rows = cancer.data.astype(np.float32)
scaler = StandardScaler().fit(rows[:TRAIN].astype(float))
constant = StandardScaler().fit([[1.5, 7, 0], [2.5, 7, 0], [5, 7, 0]])
print(json.dumps({
    "columns": cancer.feature_names.tolist(), "classes": cancer.target_names.tolist(),
    "labels": cancer.target.tolist(), "rows_sha256": hashlib.sha256(rows.astype("<f4").tobytes()).hexdigest(),
    "train": TRAIN, "mean": scaler.mean_.tolist(), "std": scaler.scale_.tolist(),
    "standardized": scaler.transform(rows[TRAIN:].astype(float))[::40].tolist(),
    "constant_mean": constant.mean_.tolist(), "constant_std": constant.scale_.tolist(),
    "constant_standardized": constant.transform([[2.5, 8, 0]]).tolist(),
}))
