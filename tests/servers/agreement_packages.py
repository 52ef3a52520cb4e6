"""What scikit-learn, krippendorff, irrCAC and scipy say, for test_agree.py: reads lines with a list of questions as JSON, and
answers each with a line. A question is [name, arguments...]; an answer is a number, or {"says": …} where the package gives none."""
import json
import math
import sys
import warnings

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from scipy import stats
from sklearn import metrics


def table(rows):
    return np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)


def cac(rows, categories):
    return CAC(pd.DataFrame(table(rows)), categories=categories, digits=15)


def both(a, b):
    return zip(*[(x, y) for x, y in zip(a, b) if x is not None and y is not None])


def cohen(a, b, labels, weights):
    a, b = both(a, b)
    return metrics.cohen_kappa_score(a, b, labels=labels, weights=weights)


def tau(a, b):
    a, b = both(a, b)
    return stats.kendalltau(a, b).statistic


def kendall_w(rows):
    """By Friedman's test, which scipy corrects for ties: chi² is W m (n - 1)."""
    rows = [row for row in rows if None not in row]
    return stats.friedmanchisquare(*rows).statistic / (len(rows[0]) * (len(rows) - 1))


ASKED = {
    "percent": lambda rows, categories: cac(rows, categories).gwet()["est"]["pa"],
    "fleiss": lambda rows, categories: cac(rows, categories).fleiss()["est"]["coefficient_value"],
    "ac1": lambda rows, categories: cac(rows, categories).gwet()["est"]["coefficient_value"],
    "alpha": lambda rows, level: krippendorff.alpha(table(rows).T, level_of_measurement=level),
    "cohen": cohen,
    "tau": tau,
    "w": kendall_w,
    "f1": lambda a, b: metrics.f1_score(a, b),
    "jaccard": lambda a, b: metrics.jaccard_score(np.array(a), np.array(b), average="samples", zero_division=1),
}


def answer(name, *arguments):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            value = float(ASKED[name](*arguments))
        except (ValueError, ZeroDivisionError) as error:
            return {"says": f"{type(error).__name__}: {error}"}
    return {"says": "nan" + "".join(f"; {w.message}" for w in said)} if math.isnan(value) else value


for line in sys.stdin:
    print(json.dumps([answer(*question) for question in json.loads(line)]), flush=True)
