#!/usr/bin/env bash
# Label Studio's import of CSV changes the data: 0012 becomes 12, NA and None become nothing.
#
# Most people expect that the cells of an uploaded table become the task's data as they stand, all the more since CSV has no
# types. Seen with Label Studio 1.23.2: the file goes through pandas' guesses, so a column of digits becomes numbers without
# their leading zeros, words like NA, None and null are emptied, and a whole number beside an empty cell gets ".0". The
# same values in an upload of JSON stay as they are.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; } 2>/dev/null; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check label-studio==1.23.2
token=0123456789abcdef0123456789abcdef01234567
port=$("$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder COLLECT_ANALYTICS=false LATEST_VERSION_CHECK=false SENTRY_DSN="" FRONTEND_SENTRY_DSN="" DJANGO_DB=sqlite
export LABEL_STUDIO_BASE_DATA_DIR=$folder/data
"$folder/venv/bin/label-studio" start --no-browser --data-dir "$folder/data" --internal-host 127.0.0.1 --port "$port" \
    --username ana@example.org --password secret-of-ana --user-token $token --enable-legacy-api-token \
    >"$folder/log" 2>&1 </dev/null &
server=$!
call() { curl --silent --fail --header "Authorization: Token $token" "$@"; }
here=http://127.0.0.1:$port
until call "$here/health" >/dev/null; do kill -0 "$server"; sleep 0.5; done
project=$(call "$here/api/projects/" --json '{"title": "Trial run", "label_config": "<View><Text name=\"t\" value=\"$text\"/></View>"}' |
    "$folder/venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["id"])')
printf '%s\n' id,grade,text 0012,7,NA 0034,,None >"$folder/table.csv"
echo '[{"id": "0012", "grade": "7", "text": "NA"}, {"id": "0034", "grade": "", "text": "None"}]' >"$folder/list.json"
for file in table.csv list.json; do call "$here/api/projects/$project/import" --form "file=@$folder/$file" >/dev/null; done
{
    echo "Label Studio $("$folder/venv/bin/python" -c 'from importlib.metadata import version; print(version("label-studio"))')"
    call "$here/api/projects/$project/export?exportType=JSON&download_all_tasks=true" | "$folder/venv/bin/python" -c '
import json, sys
for task in sorted(json.load(sys.stdin), key=lambda t: t["id"]):
    print(task["data"])'
} | tee "$folder/seen"
cat > "$folder/expected" <<'END'
Label Studio 1.23.2
{'id': 12, 'grade': 7.0, 'text': ''}
{'id': 34, 'grade': '', 'text': ''}
{'id': '0012', 'grade': '7', 'text': 'NA'}
{'id': '0034', 'grade': '', 'text': 'None'}
END
diff "$folder/expected" "$folder/seen" && echo "as described"
