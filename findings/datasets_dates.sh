#!/usr/bin/env bash
# datasets turns a JSON member whose texts all look like dates into timestamps, and then refuses the first word.
#
# Most people expect that a JSON string stays a string. Seen with datasets 5.2.0: where every text of a member in the first
# 10 MB is an ISO date, its type is timestamp and the rows hold datetime objects, "2026-01-05" as midnight; a row behind
# that whose text is a word fails the load of the whole file. A single word in the first 10 MB, and all stay strings.
# `features` with Value("string") lets the file load, but the texts are other ones: "2026-01-05 00:00:00". Only Json(), or a
# member inside of one, keeps them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datasets==5.2.0 pyarrow==26.0.1 pandas==3.1.1
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 "$folder/venv/bin/python" - "$folder" <<'PYTHON' | tee "$folder/seen"
import json, sys
import datasets
from datasets import Features, Json, Value

datasets.disable_progress_bars()
datasets.logging.set_verbosity(datasets.logging.CRITICAL)
print("datasets", datasets.__version__)
n = [0]


def load(what, answers, **options):
    n[0] += 1
    path = f"{sys.argv[1]}/{n[0]}.jsonl"
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps({"answer": a, "pad": "x" * 1000}) + "\n" for a in answers)
    try:
        rows = datasets.load_dataset("json", data_files=path, split="train", cache_dir=f"{sys.argv[1]}/cache", **options)
        print(f"{what}: {rows.features['answer']}, {rows[0]['answer']!r}")
    except datasets.exceptions.DatasetGenerationError as error:
        print(f"{what}: {type(error).__name__}: {error.__cause__}")


dates = ["2026-01-05"] * 11000
load("dates", dates[:3])
load("dates and a word", dates[:3] + ["never"])
load("11 MB of dates, then a word", dates + ["never"])
for kind in Value("string"), Json():
    load(f"the same, {kind}", dates + ["never"], features=Features({"answer": kind, "pad": Value("string")}))
PYTHON
cat > "$folder/expected" <<'END'
datasets 5.2.0
dates: Value('timestamp[s]'), datetime.datetime(2026, 1, 5, 0, 0)
dates and a word: Value('string'), '2026-01-05'
11 MB of dates, then a word: DatasetGenerationError: Failed to parse string: 'never' as a scalar of type timestamp[s]
the same, Value('string'): Value('string'), '2026-01-05 00:00:00'
the same, Json(decode=True): Json(decode=True), '2026-01-05'
END
diff "$folder/expected" "$folder/seen" && echo "as described"
