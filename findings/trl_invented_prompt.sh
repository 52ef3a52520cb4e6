#!/usr/bin/env bash
# trl makes a prompt out of the characters with which two answers happen to begin.
#
# Most people expect that a preference pair without a prompt is trained on without one, or that trl asks for it. Seen with
# trl 1.16.0 (trl.data_utils.maybe_extract_prompt, which its preference trainers apply to every row): the common prefix of
# `chosen` and `rejected` becomes the prompt, cut within a word, and is taken off both answers: a model is then trained
# to go on with "is is the capital." behind "Par". With `"prompt": ""` in the row nothing is touched.
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
for row in ({"chosen": "Paris is the capital.", "rejected": "Parsley is green."},
            {"chosen": "Yes", "rejected": "Yes, of course"},
            {"prompt": "", "chosen": "Paris is the capital.", "rejected": "Parsley is green."}):
    print(maybe_extract_prompt(row))
PYTHON
cat > "$folder/expected" <<'END'
trl 1.16.0
{'prompt': 'Par', 'chosen': 'is is the capital.', 'rejected': 'sley is green.'}
{'prompt': 'Ye', 'chosen': 's', 'rejected': 's, of course'}
{'prompt': '', 'chosen': 'Paris is the capital.', 'rejected': 'Parsley is green.'}
END
diff "$folder/expected" "$folder/seen" && echo "as described"
