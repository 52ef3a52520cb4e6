#!/usr/bin/env bash
# trl trains on a single blank when the better answer ends in one and the other answer begins differently.
#
# Most people expect that two answers with nothing in common at their beginning are left alone when a preference row has no
# prompt. Seen with trl 1.16.0 (trl.data_utils.maybe_extract_prompt): when already the first characters differ, it looks
# whether the character before them is a blank, which in Python is the last one of the text. If so, all of `chosen` but its
# last character becomes the prompt, `chosen` a blank, and `rejected` its own last character. No warning. A line feed at the
# end, or no blank there, and the row stays whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip=("$folder/venv/bin/pip" install --quiet --disable-pip-version-check)
"${pip[@]}" datasets==5.2.0 pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6 transformers==5.24.0
"${pip[@]}" --no-deps trl==1.16.0 # its trainers want torch; this function does not
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 "$folder/venv/bin/python" - 2>"$folder/said" <<'PYTHON' | tee "$folder/seen"
import trl
from trl.data_utils import maybe_extract_prompt

print("trl", trl.__version__)
for end in "", "\n", " ":
    print(maybe_extract_prompt({"chosen": "A good answer." + end, "rejected": "Bad"}))
PYTHON
cat > "$folder/expected" <<'END'
trl 1.16.0
{'prompt': '', 'chosen': 'A good answer.', 'rejected': 'Bad'}
{'prompt': '', 'chosen': 'A good answer.\n', 'rejected': 'Bad'}
{'prompt': 'A good answer.', 'chosen': ' ', 'rejected': 'd'}
END
diff "$folder/expected" "$folder/seen" && echo "as described"
