/* Any bytes in any language: tokens are in order, inside the text, and no character is taken apart.
 * That the time is linear shows in libFuzzer's -timeout on long inputs. */
#define _GNU_SOURCE
#include "fixtures/text_properties.h"

#include "labelwright/markup/highlight.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const names[] = {"python", "js", "ts", "c", "c++", "c#", "java", "kotlin",
    "swift", "go", "rust", "php", "ruby", "perl", "r", "lua", "scala", "haskell", "ocaml", "sql",
    "bash", "console", "powershell", "html", "xml", "css", "json", "yaml", "toml", "ini",
    "markdown", "latex", "dockerfile", "make", "cmake", "diff", "matlab", "asm", "lisp", "vb",
    "verilog", "hcl", "nix", "dart", "elixir", "julia", "fortran", "pascal", "awk", "vim", "glsl",
    "batch"};

static bool inside_character(const char *s, size_t n, size_t at)
{
    return at < n && ((unsigned char)s[at] & 0xC0) == 0x80;
}

static void hold_tokens(const struct lw_language *l, const char *s, size_t n)
{
    struct lw_tokens t = {0};
    bool valid = lw_utf8_valid(s, n, NULL);
    lw_highlight(&t, l, s, n);
    for (size_t i = 0, end = 0; i < t.n; i++) {
        HOLD(t.v[i].at >= end && t.v[i].len > 0);
        HOLD(t.v[i].at <= n && t.v[i].len <= n - t.v[i].at);
        end = t.v[i].at + t.v[i].len;
        HOLD(t.v[i].style > LW_STYLE_TEXT && t.v[i].style < LW_STYLE_COUNT);
        HOLD(!valid || !(inside_character(s, n, t.v[i].at) || inside_character(s, n, end)));
    }
    lw_tokens_fini(&t);
}

/* The first byte is the language. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n == 0)
        return 0;
    const char *name = names[data[0] % (sizeof names / sizeof *names)];
    const struct lw_language *l = lw_language_find(name, strlen(name));
    HOLD(l);
    hold_tokens(l, (const char *)data + 1, n - 1);
    lw_language_guess((const char *)data + 1, n - 1);
    lw_language_find((const char *)data + 1, n - 1);
    return 0;
}
