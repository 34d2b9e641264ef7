"""Writes anomaly.json: thresholds, counts, curves, areas and histograms of small sets of scores.

Run it as `python3 anomaly.py > anomaly.json` in this directory. It needs NumPy, SciPy and scikit-learn; the
values kept beside it are of NumPy 1.24, SciPy 1.10 and scikit-learn 1.2. Scores are float32 and computed with in float64.
"""

import json

import numpy as np
from scipy.stats import median_abs_deviation
from sklearn import metrics

QUANTILES = [0, 0.01, 0.25, 1 / 3, 0.5, 0.9, 0.95, 0.99, 1]
FACTORS = [0.5, 2.5, 3, 3.5]
BINS = [1, 7, 40]


def counts_at(labels, scores, threshold):
    flagged = scores >= threshold
    (tn, fp), (fn, tp) = metrics.confusion_matrix(labels, flagged, labels=[False, True])
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        labels, flagged, average="binary", zero_division=0)
    return {"threshold": float(threshold), "tp": int(tp), "fp": int(fp), "fn": int(fn), "tn": int(tn),
            "precision": precision, "recall": recall, "f1": f1, "fpr": fp / (fp + tn)}


def histogram(labels, scores, bins):
    lows, highs = [], []
    for group in (scores[~labels], scores[labels]):
        first, third = np.quantile(group, [0.25, 0.75])
        lows.append(max(group.min(), first - 3 * (third - first)))
        highs.append(min(group.max(), third + 3 * (third - first)))
    span = min(lows), max(highs)
    if span[0] == span[1]:
        span = scores.min(), scores.max()
    inside = np.clip(scores, *span)
    normal, edges = np.histogram(inside[~labels], bins, span)
    anomaly, _ = np.histogram(inside[labels], bins, span)
    return {"bins": bins, "edges": edges.tolist(), "normal": normal.tolist(), "anomaly": anomaly.tolist()}


def case(name, scores, labels):
    scores = np.asarray(scores, dtype=np.float32).astype(np.float64)
    labels = np.asarray(labels, dtype=bool)
    fpr, tpr, roc_thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(labels, scores)
    values = np.unique(scores)
    f1 = [metrics.f1_score(labels, scores >= t) for t in values]
    thresholds = sorted({*values[:: max(1, len(values) // 6)], *(values[1:] / 2 + values[:-1] / 2)[:3],
                         values[0] - 1, values[-1], values[-1] + 1})
    return {
        "name": name, "scores": scores.tolist(), "labels": labels.tolist(),
        "quantiles": [[q, np.quantile(scores, q)] for q in QUANTILES],
        "mads": [[k, np.median(scores) + k * median_abs_deviation(scores, scale="normal")] for k in FACTORS],
        "counts": [counts_at(labels, scores, t) for t in thresholds],
        "best_f1": max(f1), "best_threshold": max(t for t, f in zip(values, f1) if np.isclose(f, max(f1), 1e-12, 0)),
        "fpr": fpr.tolist(), "tpr": tpr.tolist(), "roc_thresholds": roc_thresholds[1:].tolist(),
        "precision": precision.tolist(), "recall": recall.tolist(), "pr_thresholds": pr_thresholds.tolist(),
        "auc": metrics.roc_auc_score(labels, scores), "ap": metrics.average_precision_score(labels, scores),
        "histograms": [histogram(labels, scores, bins) for bins in BINS],
    }


rng = np.random.default_rng(11)
labels = rng.random(60) < 0.3
errors = np.where(labels, rng.lognormal(-3, 0.6, 60), rng.lognormal(-4, 0.5, 60))
outliers = errors.copy()
outliers[[np.flatnonzero(labels)[0], np.flatnonzero(~labels)[0]]] = 50, -20
cases = [
    case("errors", errors, labels),
    case("ties", errors.round(2), labels),
    case("outliers", outliers, labels),
    case("noise", rng.normal(0, 1, 41), rng.random(41) < 0.5),
    case("negative ties", rng.integers(-3, 2, 30), rng.random(30) < 0.4),
    case("separated", [1, 2, 3, 4, 5], [False, False, False, True, True]),
    case("reversed", [1, 2, 3, 4, 5], [True, True, False, False, False]),
    case("equal F1", [5, 4, 3, 2, 1, 0], [True, False, False, True, False, False]),
    case("mostly equal", [1, 1, 1, 1, 1, 1, 1, 1, 9, -9], [False] * 6 + [True] * 4),
    case("all equal", [0.5] * 5, [True, False, False, True, False]),
    case("few differ", [1] * 18 + [5, -3], [False] * 9 + [True] * 9 + [False, True]),
    case("two", [0.25, 0.75], [True, False]),
]
print(json.dumps(cases, separators=(",", ":")))
