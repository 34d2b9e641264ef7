"""Writes downstream.json: principal components, clusterings and their agreement with classes, of small sets.

Run it as `python3 downstream.py > downstream.json` in this directory. It needs NumPy and scikit-learn; the values
kept beside it are of NumPy 1.24 and scikit-learn 1.2. The sets are scikit-learn's iris (Fisher 1936) and the first
digits of its digits (Alpaydin and Kaynak 1998). Examples are float32 and computed with in float64.
"""

import json
import warnings

import numpy as np
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits, load_iris
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning


def exact(x):
    return np.asarray(x, dtype=np.float32).astype(np.float64)


def shortest(x):
    return [float(str(v)) for v in np.float32(x).ravel()]


def significant(x):
    return [float(f"{v:.12g}") for v in np.ravel(x)]


def pca(name, x):
    x = exact(x)
    n, width = x.shape
    model = PCA(svd_solver="full").fit(x)
    k = min(n, width, 5)
    few = PCA(k, svd_solver="full").fit(x)
    errors = [((x - x.mean(0)) ** 2).mean()]
    for i in range(1, len(model.components_) + 1):
        z = (x - model.mean_) @ model.components_[:i].T
        errors.append(((x - z @ model.components_[:i] - model.mean_) ** 2).mean())
    return {
        "name": name, "set": name, "k": k, "mean": significant(model.mean_),
        "components": significant(model.components_[:k]), "variance": significant(model.explained_variance_),
        "ratio": significant(model.explained_variance_ratio_), "errors": significant(errors),
        "codes": significant(few.transform(x[:9])), "back": significant(few.inverse_transform(few.transform(x[:9]))),
    }


def kmeans(name, x, init, strict=None):
    x, init = exact(sets[x]), exact(init)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = KMeans(len(init), init=init, n_init=1, algorithm="lloyd").fit(x)
        exhaustive = KMeans(len(init), init=init, n_init=1, algorithm="lloyd", tol=0).fit(x)
    if strict is not None:
        assert (model.n_iter_ == exhaustive.n_iter_) == strict, name
    return {"name": name, "init": shortest(init), "k": len(init), "labels": model.labels_.tolist(),
            "inertia": model.inertia_, "centers": significant(model.cluster_centers_), "steps": model.n_iter_}


def agreement(a, b):
    return {"a": list(map(int, a)), "b": list(map(int, b)), "ari": metrics.adjusted_rand_score(a, b),
            "nmi": metrics.normalized_mutual_info_score(a, b)}


rng = np.random.default_rng(5)
iris = load_iris().data
digits = load_digits().data[:120]
cloud = np.random.default_rng(8).normal(0, 100, (400, 2)).round()
sets = {
    "iris": iris,
    "digits": digits,  # some pixels are always 0
    "few digits": digits[:10],  # fewer examples than values
    "iris far away": iris + [0, 1e5, -500, 50],
    "iris and a constant": np.column_stack([iris, np.full(len(iris), 0.1)]),
    "two": [[1, 2, 3], [4, 0, 3]],
    "cloud": cloud,
}
lost = np.array([[5, 3, 1.4, 0.2], [100, 100, 100, 100], [6, 3, 5, 2]])
twice_lost = np.concatenate([lost, [[-100, -100, -100, -100]]])
print(json.dumps({
    "sets": [{"name": name, "width": len(x[0]), "x": shortest(x)} for name, x in sets.items()],
    "pca": [pca(name, x) for name, x in sets.items() if name != "cloud"],
    "kmeans": [
        {"set": "iris", **kmeans("iris, k = 3", "iris", iris[[0, 1, 2]], True)},
        {"set": "iris", **kmeans("iris, k = 1", "iris", iris[[7]])},
        {"set": "digits", **kmeans("digits, k = 10", "digits", digits[:10])},
        {"set": "cloud", **kmeans("cloud, settled before the last label", "cloud", cloud[:3], False)},
        {"set": "iris", **kmeans("iris, a centre without examples", "iris", lost)},
        {"set": "iris", **kmeans("iris, two centres without examples", "iris", twice_lost)},
        {"set": "two", **kmeans("two, k = 2", "two", sets["two"])},
    ],
    "best": KMeans(3, n_init=100, random_state=0, tol=0).fit(exact(iris)).inertia_,
    "agreement": [
        agreement([], []), agreement([3], [8]), agreement([0, 0, 0], [1, 1, 1]), agreement([0, 0, 0, 0], [0, 1, 2, 3]),
        agreement([0, 1, 2], [5, 4, 3]), agreement([0, 0, 1, 1], [1, 1, 0, 0]), agreement([0, 0, 1, 1], [0, 1, 0, 1]),
        agreement([0, 0, 1, 2], [0, 0, 1, 1]), agreement([0, 1], [0, 0]),
        agreement(rng.integers(0, 4, 80), rng.integers(0, 7, 80)),
        agreement(load_iris().target, KMeans(3, n_init=10, random_state=0).fit(iris).labels_),
        agreement(np.repeat(range(10), 9), np.repeat(range(18), 5)),
    ],
}, separators=(",", ":")))
