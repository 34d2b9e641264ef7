"""Measures and filters pictures and a series with scikit-image and SciPy and prints all of it as JSON.

    python3 oracle.py > oracle.json

Made with scikit-image 0.19.3, SciPy 1.10.1 and NumPy 1.24.2. All values are multiples of 1/256, which float32 holds
exactly but 16 bits do not. Restored pictures leave [0, 1] a little, as an autoencoder with a linear output does.
"""
import json
import math

import numpy as np
from scipy import ndimage
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity

rng = np.random.default_rng(5)


def exact(x):
    return np.round(x * 256) / 256


def picture(height, width):
    """A bright ring on a dark background with a little texture."""
    y, x = np.mgrid[0:height, 0:width]
    distance = np.hypot((y - height / 2) / height, (x - width / 2) / width)
    return exact(np.clip(np.exp(-((distance - 0.3) / 0.1) ** 2) + rng.normal(0, 0.02, (height, width)), 0, 1))


def ssim(a, b):
    return structural_similarity(a, b, data_range=1, gaussian_weights=True, use_sample_covariance=False)


def measured(shape, a, b, similarity):
    return {"shape": shape, "a": a.ravel().tolist(), "b": b.ravel().tolist(), "mse": mean_squared_error(a, b),
            "psnr": peak_signal_noise_ratio(a, b, data_range=1), "ssim": similarity}


pairs = []
for shape in [(28, 28), (28, 28), (11, 11), (13, 29)]:
    clean = picture(*shape)
    kind = len(pairs)
    other = [exact(clean + rng.normal(0, 0.2, shape)), 1 - clean, exact(rng.random(shape)), exact(clean * 0.9)][kind]
    pairs.append(measured(shape, clean, other, ssim(clean, other)))

set_shape = (3, 12, 14)
clean = np.stack([picture(*set_shape[1:]) for _ in range(3)])
other = clean.copy()
other[1:] = exact(clean[1:] + rng.normal(0, 0.15, (2, *set_shape[1:])))
whole = measured(set_shape[1:], clean, other, np.mean([ssim(a, b) for a, b in zip(clean, other)]))

filters = []
noisy = np.clip(exact(picture(28, 28) + rng.normal(0, 0.2, (28, 28))), 0, 1)
for x in [noisy, exact(rng.random((7, 16))), exact(rng.random(40))]:
    results = {"shape": x.shape, "x": x.ravel().tolist(), "median": {}, "gaussian": {}}
    for size in [1, 3, 5, 7]:
        results["median"][size] = ndimage.median_filter(x, size=size, mode="nearest").ravel().tolist()
    for sigma in [0.1, 0.5, 0.7, 1.0]:
        radius = math.ceil(3 * sigma)
        blurred = ndimage.gaussian_filter(x, sigma, mode="nearest", truncate=radius / sigma)
        results["gaussian"][sigma] = blurred.ravel().tolist()
    filters.append(results)


def rounded(o):
    if isinstance(o, dict):
        return {k: rounded(v) for k, v in o.items()}
    if isinstance(o, (list, tuple)):
        return [rounded(v) for v in o]
    return round(float(o), 12) if isinstance(o, float) else o


print(json.dumps(rounded({"pairs": pairs, "set": whole, "filters": filters})))
