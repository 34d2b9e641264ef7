"""Searches and classifies scikit-learn's digits, 8x8 pictures with 17 grey levels, and prints what it finds as JSON.

    python3 digits.py > digits.json

It needs scikit-learn (1.2 made the file). 300 pictures are references, 100 are queries. For each metric it gives the
7 nearest references of each query. Equal pixels make equal distances, of which scikit-learn may take either; `unique`
marks the neighbours whose place no other reference could take.
The classes are a majority vote, the nearest of the tied classes winning, counted here from scikit-learn's neighbours and
checked against its classifier where no vote is tied. Queries with a distance that is not unique have no classes.
"""
import collections
import json

import numpy as np
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

REFERENCES, QUERIES, K = 300, 100, 7

pixels, labels = load_digits(return_X_y=True)
references, queries = pixels[:REFERENCES], pixels[REFERENCES:REFERENCES + QUERIES]
reference_labels = labels[:REFERENCES]


def describe(distances, indices):
    """The K nearest of K + 1, and which of them no other could replace."""
    gaps = np.diff(distances, axis=1) > 1e-9
    unique = gaps.copy()
    unique[:, 1:] &= gaps[:, :-1]
    return {"distances": distances[:, :K].tolist(), "indices": indices[:, :K].tolist(), "unique": unique.tolist()}


def vote(classes):
    """The class with the most votes, the first of the tied; and whether there was a tie."""
    counts = collections.Counter(classes).most_common()
    most = [c for c, n in counts if n == counts[0][1]]
    return next(int(c) for c in classes if c in most), len(most) > 1


def search(metric):
    finder = NearestNeighbors(n_neighbors=K + 1, algorithm="brute", metric=metric).fit(references)
    found = describe(*finder.kneighbors(queries))
    whole = np.array(found["unique"]).all(axis=1)
    predicted = []
    for k in range(1, K + 1):
        classifier = KNeighborsClassifier(k, algorithm="brute", metric=metric).fit(references, reference_labels)
        theirs = classifier.predict(queries)
        ours, tied = zip(*(vote(reference_labels[row[:k]].tolist()) for row in found["indices"]))
        assert all(a == b for a, b, t, w in zip(ours, theirs, tied, whole) if w and not t)
        predicted.append([p if w else -1 for p, w in zip(ours, whole)])
    return {"search": found, "predicted": predicted}


print(json.dumps({
    "references": references.astype(int).ravel().tolist(), "reference_labels": reference_labels.tolist(),
    "queries": queries.astype(int).ravel().tolist(),
    "l2": search("euclidean"), "cosine": search("cosine"),
}))
