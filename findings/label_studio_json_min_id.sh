#!/usr/bin/env bash
# Label Studio's JSON_MIN export overwrites the task's own id with its internal number.
#
# Most people expect that JSON_MIN, which puts the task's data and the answers side by side, gives back the data that was
# imported. Seen with Label Studio 1.23.2: a member "id" of the data is replaced by the number that Label Studio gave the
# task, so that nothing in the file leads back to the imported record. The JSON export keeps it, below "data".
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
echo '[{"id": "paris-7", "text": "a"}]' >"$folder/list.json"
call "$here/api/projects/$project/import" --form "file=@$folder/list.json" >/dev/null
{
    echo "Label Studio $("$folder/venv/bin/python" -c 'from importlib.metadata import version; print(version("label-studio"))')"
    task=$(call "$here/api/projects/$project/export?exportType=JSON&download_all_tasks=true" |
        "$folder/venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
    call "$here/api/tasks/$task/annotations/" --json '{"result": []}' >/dev/null
    call "$here/api/projects/$project/export?exportType=JSON" |
        "$folder/venv/bin/python" -c 'import json, sys; print("JSON: data.id", repr(json.load(sys.stdin)[0]["data"]["id"]))'
    call "$here/api/projects/$project/export?exportType=JSON_MIN" |
        "$folder/venv/bin/python" -c 'import json, sys; print("JSON_MIN: id", repr(json.load(sys.stdin)[0]["id"]))'
} | tee "$folder/seen"
cat > "$folder/expected" <<'END'
Label Studio 1.23.2
JSON: data.id 'paris-7'
JSON_MIN: id 1
END
diff "$folder/expected" "$folder/seen" && echo "as described"
