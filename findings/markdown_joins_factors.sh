#!/usr/bin/env bash
# CommonMark takes the stars of two products in a paragraph for emphasis: "220*4000 and 240*4000" is shown as "2204000 and 2404000".
#
# Most people expect that a sum is shown as it was written. Seen with markdown-it-py 4.3.0, and so with rich 15.0.0, glow 2.1.1 and
# lowdown 1.0.0, for the specification says so: a star between two digits may open and close emphasis. Of the 1,319
# solutions of gsm8k's test set, 720 lose at least one star.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
from markdown_it import MarkdownIt

for text in "220*4000", "220*4000 and 240*4000":
    words = [t.content for t in MarkdownIt("commonmark").parse(text)[1].children]
    print(f"{text}: {''.join(words)}")
PYTHON
diff "$folder/seen" - <<'EXPECTED'
220*4000: 220*4000
220*4000 and 240*4000: 2204000 and 2404000
EXPECTED
echo "as described"
