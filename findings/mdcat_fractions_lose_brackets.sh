#!/usr/bin/env bash
# mdcat writes a fraction in one line and leaves the brackets out: (a+b)/(2c) becomes a+b/2c, which is another number.
#
# Most people expect that a viewer which sets formulas says the same as the formula. Seen with mdcat 2.19.0 (crates.io):
# \frac{a+b}{2c} is shown as a+b/2c, \frac{1}{x+1} as 1/x+1, without a sign that anything was left out. \sqrt keeps what it
# covers together, and a formula that it cannot set stays LaTeX.
#
# Builds some 390 crates with cargo 1.95, which takes ten minutes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo install --quiet --root "$folder" --version 2.19.0 mdcat
{
  "$folder/bin/mdcat" --version | head -1
  printf '%s\n\n' '$\frac{a+b}{2c}$' '$\frac{1}{x+1}$' '$\sqrt{x+1}$' '$\begin{pmatrix}1&2\end{pmatrix}$' |
    "$folder/bin/mdcat" --no-colour - | grep .
} | tee "$folder/seen"
cat > "$folder/expected" <<'END'
mdcat 2.19.0
a+b/2c
1/x+1
√(x+1)
\begin{pmatrix}1&2\end{pmatrix}
END
diff "$folder/expected" "$folder/seen" && echo "as described"
