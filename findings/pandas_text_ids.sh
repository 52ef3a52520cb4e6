#!/usr/bin/env bash
# pandas.read_json turns texts into numbers where all of a column look like numbers: "0012" becomes 12.
#
# Most people expect that JSON, which unlike CSV tells "0012" from 12, is read with its types. Seen with pandas 3.1.1: a
# column of strings that all look like integers comes as int64, leading zeros gone, so that the ids match nothing any more;
# a long id becomes a float and another number. One id with a letter, and the column stays text. `dtype=False` helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import io, json
import pandas

print("pandas", pandas.__version__)


def read(*ids, **options):
    lines = "".join(json.dumps({"id": i}) + "\n" for i in ids)
    column = pandas.read_json(io.StringIO(lines), lines=True, **options)["id"]
    print(", ".join(ids), options or "", "->", column.dtype, list(column.astype(object)))


read("0012", "0007")
read("0012", "A7")
read("12345678901234567890123", "1")
read("0012", "0007", dtype=False)
PYTHON
cat > "$folder/expected" <<'END'
pandas 3.1.1
0012, 0007  -> int64 [12, 7]
0012, A7  -> str ['0012', 'A7']
12345678901234567890123, 1  -> float64 [1.2345678901234568e+22, 1.0]
0012, 0007 {'dtype': False} -> str ['0012', '0007']
END
diff "$folder/expected" "$folder/seen" && echo "as described"
