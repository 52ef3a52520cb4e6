# Checks a proof by labelwright: bash recipe.sh proof.txt   (needs bash, coreutils, awk, grep, sed; for signatures openssl 3)
export LC_ALL=C; f=$(realpath "$1") && t=$(mktemp -d) && cd "$t" || exit 3; trap 'rm -rf "$t"' EXIT; touch wrong hashes signed
[ "$(tail -c 72 "$f" | tr '\0' ?)" = "sha256 $(head -c -72 "$f" | sha256sum | head -c 64)" ] || echo "the file as a whole: changed" >wrong
tr '\0' ? <"$f" | awk -v all="$(sed '/^== end ==$/q' "$f" | sha256sum | head -c 64)" '
function is(s, x) { if (G[s, ++K[s]] != x) print s ": not as in the journal: " G[s, K[s]] >>"wrong" }
function m(k,  v) { if (!(v = index(a, ",\"" k "\":"))) return ""; v = substr(a, v + length(k) + 4)
  if (match(v, /^"([^"\\]|\\.)*"/)) return substr(v, 1, RLENGTH); sub(/[],}].*/, "", v); return v + 0 }
/^== [a-z]+ ==$/ { s = $2; next } s != "journal" { G[s, ++N[s]] = $0; next }
{ c = length($0); a = substr($0, 1, c - 149); prev = substr($0, c - 139, 64); hash = substr($0, c - 65, 64)
  ORS = ""; print "labelwright/1\n" substr($0, 1, c - 75) >("line-" NR); ORS = "\n"; close("line-" NR); print hash "  line-" NR >"hashes"
  q = S[++n] = m("seq"); X[n] = $0; type = m("type"); time = q ", " substr(m("time"), 2, 24); if (n == 1) { id = m("journal")
    is("figures", "annotator  " m("annotator")); is("figures", "project    " m("title")); is("figures", "journal    " id) }
  if (a !~ /^\{"v":1,"journal":"[0-9a-f]+","seq":[0-9]+,"time":"[-0-9TZ:.]+","type":"[a-z]+"/ || substr($0, c - 74) !~ /^,"hash":"[0-9a-f]+"\}$/ || m("journal") != id || q <= S[n - 1])
    print "line-" NR ": not an event of this journal, or not in order" >>"wrong"; if (prev != head || n == 1) from[++runs] = "lines      " time " to "
  head = hash; till[runs] = time; x = time " " substr(a, index(a, "\"type\":") + 7); if (type ~ /sitting/ && m("what") ~ /start/) clock = 0
  if (match(a, /,"worked_ms":[0-9]+(,"[a-z]+_ms":[0-9]+)*$/)) { w = substr(a, RSTART + 13) + 0; if (clock != "") worked += w - clock; clock = w }
  if (match(a, /,"(answers|messages|questions)":[[{]/)) a = substr(a, 1, RSTART); k = m("to"); o = m("of"); if (r = m("replaces")) newer[r]
  if (type ~ /annotate|skip|undo/ && !index(a, ",\"private\":true,")) { L[++nl] = q; count[type]++; ms[q] = m("active_ms"); if (type ~ /undo/) gone[o] }
  if (k != "" || type ~ /undo|recovered|merged/) is("record", x); if (k == "") next; if (!(k in to)) name[to[k] = ++tos] = k
  k = to[k]; b = m("first"); d = m("last"); h = substr(m("sha256"), 2, 64); x = b "\\n" d "\\n" h "\\n"; if (type ~ /parked/) no[k, o] = q
  for (i = nl; type ~ /receipt/ && x == batch[k] && i && L[i] >= b; i--) if (L[i] <= d && no[k, L[i]] < at[k]) yes[k, L[i]] = q
  if (type !~ /batch/) next; batch[k] = x; at[k] = q; for (i = n; i > 1 && S[i - 1] >= b; i--); for (j = i; j < n && S[j] <= d; j++);
  y = "batch-of-line-" NR; if (j - i != m("events")) part++; else { whole++; print h "  " y >"hashes"; for (; i < j; i++) print X[i] >y; close(y) }
  if (m("key") != "") { signs++; y = m("key") " " m("signature"); gsub(/"/, "", y); print "labelwright/batch/1\\n" substr(id, 2, 32) "\\n" x, y >"signed" } }
END { for (i = 1; i <= runs; i++) is("figures", from[i] till[i]); for (i = 2; i <= N["timesheet"]; i++) { split(G["timesheet", i], cell, ","); sheet += cell[5] }
  for (i = 1; i <= nl; i++) { q = L[i]; if (q in gone) lost++; else active += ms[q]; if (q in newer) old++
    for (k = 1; k <= tos; k++) sum[k, yes[k, q] > no[k, q] ? "yes" : no[k, q] ? "no" : "open"]++ }
  is("figures", sprintf("labels     %d, skipped %d, undone %d, replaced %d", count["\"annotate\""], count["\"skip\""], lost, old))
  is("figures", sprintf("hours      %.2f at the keys (%d ms), %.2f on labels that stand (%d ms)", worked / 3600000, worked, active / 3600000, active))
  is("figures", sprintf("timesheet  %.2f by day (%d ms), %d ms of it of labels alone, or of sessions begun before", sheet / 3600000, sheet, sheet - worked))
  is("figures", sprintf("batches    %d compared with their lines, %d not whole in this file, %d signed", whole, part, signs))
  for (k = 1; k <= tos; k++) is("figures", sprintf("sent       to %s: %d accepted, %d refused, %d waiting", name[k], sum[k, "yes"], sum[k, "no"], sum[k, "open"]))
  is("figures", "head       " head); for (s in N) if (s ~ /figures|record/ && K[s] != N[s]) print s ": more than in the journal" >>"wrong"
  if (N["end"] !~ /^[13]$/) print "end: not as it was written" >>"wrong"; else if (sub(/^key /, "", G["end", 1])) print "labelwright/proof/1\\n" all "\\n", G["end", 1], substr(G["end", 2], 11) >"signed" }'; sha256sum -c --strict --quiet hashes >>wrong 2>&1
[ -s wrong ] && sed 's/^/WRONG: /' wrong | tr -d '\000-\010\013-\037' && exit 1
openssl pkeyutl -help 2>&1 | grep -q rawin || { [ -s signed ] && echo "NOT CHECKED: $(wc -l <signed) signatures; openssl 3 is needed"; : >signed; }
while read -r d k s; do printf -- "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" "$k" >k; base64 -d <<<"$s" >s; printf %b "$d" >d
  openssl pkeyutl -verify -rawin -pubin -inkey k -sigfile s -in d >&2 || echo "WRONG: signature of ${d//\\n/ }" | tee no; done <signed 2>/dev/null
[ ! -e no ] && sed -n '/^== figures ==$/,/^== record ==$/{/^==/!p}' "$f" &&
  echo "OK: $(wc -l <hashes) hashes are right; signatures of each key: $(cut -d' ' -f2 signed | uniq -c | tr -s ' \n' ' ')"
