#!/usr/bin/env bash
# datasets loads a list as the text of its JSON, without a word, when the lines before had strings there.
#
# Most people expect an error for a file that mixes strings and lists in one member, or the values as they are: a small
# file with both gives back strings as strings and lists as lists. Seen with datasets 5.2.0: when the first list of
# messages comes behind the first 10 MB of strings, the load succeeds and the row holds one string, the JSON of the list.
# A trainer that reads it takes the brackets, the roles and the quotes for what the user said.
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
messages = [{"role": "user", "content": "Hi"}]
for what, strings in ("10 KB", 10), ("11 MB", 11000):
    path = f"{sys.argv[1]}/{strings}.jsonl"
    with open(path, "w", encoding="utf-8") as f:
        for prompt in ["x" * 1000] * strings + [messages]:
            f.write(json.dumps({"prompt": prompt}) + "\n")
    rows = datasets.load_dataset("json", data_files=path, split="train", cache_dir=f"{sys.argv[1]}/cache")
    print(f"{what}: {rows[strings]['prompt']!r}")
PYTHON
cat > "$folder/expected" <<'END'
datasets 5.2.0
10 KB: [{'role': 'user', 'content': 'Hi'}]
11 MB: '[{"role":"user","content":"Hi"}]'
END
diff "$folder/expected" "$folder/seen" && echo "as described"
