#!/usr/bin/env bash
# scikit-learn's weighted kappa shrinks the scale to the points that somebody used.
#
# Most people expect that quadratic weights of ratings go by the ratings: 2 and 5 are three points apart, so that disagreement
# counts nine times as much as one of a single point. Seen with scikit-learn 1.9.1: weights go by the place of a value among
# those that occur. On a scale from 1 to 5 on which nobody gave 3 and 4, the 5 is next to the 2, and kappa is another one,
# without a warning; one more pair of ratings with a 3 in it moves the distance between all the others. `labels` with the whole
# scale helps, if its points are evenly spaced; nothing does otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check scikit-learn==1.9.1
"$folder/venv/bin/python" - <<'END' | tee "$folder/seen"
import sklearn
from sklearn.metrics import cohen_kappa_score as kappa
ana = [1, 1, 5, 5, 2, 2, 1, 5]
ben = [1, 2, 5, 2, 2, 1, 5, 5]
print("scikit-learn", sklearn.__version__)
print("as they are:         ", round(kappa(ana, ben, weights="quadratic"), 4))
print("5 called 3:          ", round(kappa([min(a, 3) for a in ana], [min(b, 3) for b in ben], weights="quadratic"), 4))
print("5 called 500:        ", round(kappa([500 if a == 5 else a for a in ana], [500 if b == 5 else b for b in ben], weights="quadratic"), 4))
print("labels=[1,2,3,4,5]:  ", round(kappa(ana, ben, weights="quadratic", labels=[1, 2, 3, 4, 5]), 4))
seen = sum((a - b) ** 2 for a, b in zip(ana, ben)) / 8
chance = sum((a - b) ** 2 for a in ana for b in ben) / 64
print("by the ratings:      ", round(1 - seen / chance, 4))
END
cat > "$folder/expected" <<'END'
scikit-learn 1.9.1
as they are:          0.3636
5 called 3:           0.3636
5 called 500:         0.3636
labels=[1,2,3,4,5]:   0.4433
by the ratings:       0.4433
END
diff "$folder/expected" "$folder/seen" && echo "as described"
