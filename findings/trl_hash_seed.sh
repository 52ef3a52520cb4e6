#!/usr/bin/env bash
# Whether trl takes a row for a conversation depends on the hash seed of the process when its members are of two kinds.
#
# Most people expect that the same row of data is treated alike in every run and on every worker. Seen with trl 1.16.0
# (trl.data_utils.is_conversational): it looks at one member, and takes it out of a Python set of names, whose order differs
# with PYTHONHASHSEED, which is random for each process. For a row with a text as prompt and lists of messages as answers
# the result is True in some processes and False in others; only then is the chat template applied. Rows of one kind, all
# texts or all lists, are safe.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip=("$folder/venv/bin/pip" install --quiet --disable-pip-version-check)
"${pip[@]}" datasets==5.2.0 pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6 transformers==5.24.0
"${pip[@]}" --no-deps trl==1.16.0 # its trainers want torch; this function does not
cat > "$folder/try.py" <<'PYTHON'
from trl.data_utils import is_conversational

answer = [{"role": "assistant", "content": "Hello"}]
print(is_conversational({"prompt": "Hi", "chosen": answer, "rejected": answer}))
PYTHON
{
    echo "trl $("$folder/venv/bin/python" -c 'from importlib.metadata import version; print(version("trl"))')"
    for seed in 0 1 2 3; do
        echo "seed $seed: $(PYTHONHASHSEED=$seed HF_HOME="$folder/home" "$folder/venv/bin/python" "$folder/try.py" 2>/dev/null)"
    done
} | tee "$folder/seen"
cat > "$folder/expected" <<'END'
trl 1.16.0
seed 0: True
seed 1: False
seed 2: True
seed 3: False
END
diff "$folder/expected" "$folder/seen" && echo "as described"
