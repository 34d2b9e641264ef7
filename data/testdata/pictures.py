"""Writes pictures.json: what the files of MNIST and Fashion-MNIST hold, read without any code of this project.

Run it as `python3 pictures.py > pictures.json` in this directory. It needs Python 3 alone.
"""

import gzip
import hashlib
import json
import math

SETS = {"train": "mnist/train", "test": "mnist/t10k", "fashion": "fashion/t10k"}


def describe(prefix):
    with gzip.open(f"../{prefix}-images-idx3-ubyte.gz") as file:
        images = file.read()
    with gzip.open(f"../{prefix}-labels-idx1-ubyte.gz") as file:
        labels = file.read()
    pixels = images[16:]
    counts = [pixels.count(value) for value in range(256)]
    total = len(pixels)
    mean = sum(value * n for value, n in enumerate(counts)) / total
    variance = sum((value - mean) ** 2 * n for value, n in enumerate(counts)) / total
    n = total // 784
    return {
        "examples": n,
        "header": [int.from_bytes(images[i:i + 4], "big") for i in range(0, 16, 4)],
        "pixels_sha256": hashlib.sha256(pixels).hexdigest(),
        "labels_sha256": hashlib.sha256(labels[8:]).hexdigest(),
        "classes": [labels[8:].count(digit) for digit in range(10)],
        "mean": mean / 255,
        "std": math.sqrt(variance) / 255,
        "first_labels": list(labels[8:18]),
        "ink": {str(i): sum(pixels[784 * i:784 * (i + 1)]) for i in (0, 1, n // 2, n - 1)},
    }


print(json.dumps({name: describe(prefix) for name, prefix in SETS.items()}, indent=1))
