"""Writes nearest.json: vectors, and the order in which scikit-learn's cosine similarity ranks words for some sums.

Run it as `python3 nearest.py > nearest.json` in this directory. It needs NumPy and scikit-learn.

A sum adds and takes away rows scaled to length 1; its own words are left out of the ranking (Mikolov et al. 2013a). One row
is zero: scikit-learn leaves it as it is, so that its similarity is 0.
"""

import json

import numpy as np
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.preprocessing import normalize

WORDS, DIM = 30, 6
ZERO = 17

rng = np.random.default_rng(11)
rows = rng.normal(0, 1, (WORDS, DIM)) * rng.uniform(0.1, 5, (WORDS, 1))
rows = rows.astype(np.float32).round(4)
rows[ZERO] = 0
unit = normalize(rows.astype(np.float64))

queries = []
for i in range(20):
    terms = [int(x) for x in rng.choice([w for w in range(WORDS) if w != ZERO], 1 + i % 4, replace=False)]
    signs = [1, -1, 1, -1][:len(terms)]
    query = sum(s * unit[t] for s, t in zip(signs, terms))
    similarity = cosine_similarity([query], rows.astype(np.float64))[0]
    ranking = [int(w) for w in np.argsort(-similarity, kind="stable") if w not in terms]
    queries.append({
        "terms": terms, "signs": signs, "ranking": ranking, "similarity": [float(similarity[w]) for w in ranking],
    })

print(json.dumps({"rows": [[float(x) for x in row] for row in rows], "queries": queries}))
