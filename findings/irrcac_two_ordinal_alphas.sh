#!/usr/bin/env bash
# Krippendorff's alpha for ordinal data is one number in one package and another in the other.
#
# Most people expect that a coefficient with a name has one value for the same table. Seen with krippendorff 0.9.0 and
# irrCAC 0.4.4: nominal and interval alpha agree to the last digit. Ordinal alpha does not: krippendorff takes Krippendorff's
# own distance, by how many answers lie between two categories, while irrCAC takes Gwet's ordinal weights, by how many
# categories lie between them, whether many answers fell there or few. Both call the result Krippendorff's alpha, and that
# option ordinal. So a threshold such as 0.8 is passed with the one and missed with the other, and published figures cannot be
# compared unless the package is named.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check krippendorff==0.9.0 irrCAC==0.4.4
"$folder/venv/bin/python" - <<'END' | tee "$folder/seen"
from importlib.metadata import version
import krippendorff
import pandas as pd
from irrCAC.raw import CAC
ana = [5, 5, 4, 5, 5, 1, 5, 4, 5, 5, 4, 2]
ben = [5, 5, 5, 5, 4, 1, 5, 4, 5, 5, 5, 1]
print("krippendorff", version("krippendorff"), "and irrCAC", version("irrCAC"))
for level, weights in ("nominal", "identity"), ("ordinal", "ordinal"), ("interval", "quadratic"):
    one = krippendorff.alpha([ana, ben], level_of_measurement=level)
    other = CAC(pd.DataFrame({"ana": ana, "ben": ben}), weights=weights, categories=[1, 2, 3, 4, 5]).krippendorff()["est"]["coefficient_value"]
    print(f"{level:8} {one:.4f} {other:.4f}")
END
cat > "$folder/expected" <<'END'
krippendorff 0.9.0 and irrCAC 0.4.4
nominal  0.4177 0.4177
ordinal  0.6605 0.8728
interval 0.9154 0.9154
END
diff "$folder/expected" "$folder/seen" && echo "as described"
