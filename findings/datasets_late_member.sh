#!/usr/bin/env bash
# datasets decides the members and types of a JSON Lines file by its first 10 MB.
#
# Most people expect that a file of valid JSON objects, one a line, loads whatever its size, and that a member which is
# missing from some lines, or null there, is simply empty in these rows: so it is with a file of the same shape that is
# small. Seen with datasets 5.2.0: when the first text of an optional member comes behind the first 10 MB, the load fails,
# whether the member was null or missing before. The same lines with the last one on top load. `chunksize` larger than the
# file, or `features`, helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datasets==5.2.0 pyarrow==26.0.1 pandas==3.1.1
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 "$folder/venv/bin/python" - "$folder" <<'PYTHON' | tee "$folder/seen"
import json, sys
import datasets

datasets.disable_progress_bars()
datasets.logging.set_verbosity(datasets.logging.CRITICAL)
print("datasets", datasets.__version__)
pad, late, n = "x" * 1000, {"id": "late", "pad": "x" * 1000, "note": "a word"}, [0]


def load(what, lines, **options):
    n[0] += 1
    path = f"{sys.argv[1]}/{n[0]}.jsonl"
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(line) + "\n" for line in lines)
    try:
        rows = datasets.load_dataset("json", data_files=path, split="train", cache_dir=f"{sys.argv[1]}/cache", **options)
        print(f"{what}: {len(rows)} rows, late note {[r for r in rows['note'] if r]}")
    except datasets.exceptions.DatasetGenerationError as error:
        print(f"{what}: {type(error).__name__}: {str(error.__cause__).split(' because')[0].splitlines()[0]}")


for name, early in ("null", {"note": None}), ("missing", {}):
    few = [{"id": str(i), "pad": pad, **early} for i in range(10)]
    many = [{"id": str(i), "pad": pad, **early} for i in range(11000)]
    load(f"{name}, 10 KB", few + [late])
    load(f"{name}, 11 MB", many + [late])
    load(f"{name}, 11 MB, the same lines, that one first", [late] + many)
    load(f"{name}, 11 MB, chunksize", many + [late], chunksize=1 << 30)
PYTHON
cat > "$folder/expected" <<'END'
datasets 5.2.0
null, 10 KB: 11 rows, late note ['a word']
null, 11 MB: DatasetGenerationError: Couldn't cast array of type string to null
null, 11 MB, the same lines, that one first: 11001 rows, late note ['a word']
null, 11 MB, chunksize: 11001 rows, late note ['a word']
missing, 10 KB: 11 rows, late note ['a word']
missing, 11 MB: DatasetGenerationError: Couldn't cast
missing, 11 MB, the same lines, that one first: 11001 rows, late note ['a word']
missing, 11 MB, chunksize: 11001 rows, late note ['a word']
END
diff "$folder/expected" "$folder/seen" && echo "as described"
