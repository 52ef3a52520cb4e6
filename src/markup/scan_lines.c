/* What is told line by line: differences, console sessions, Markdown as source. */
#include "markup/scan_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

/* ---- differences */

static const struct {
    const char *begins;
    enum lw_text_style style;
} diff_lines[] = {
    {"+++", LW_STYLE_HEADING},
    {"---", LW_STYLE_HEADING},
    {"diff ", LW_STYLE_HEADING},
    {"index ", LW_STYLE_MARK},
    {"@@", LW_STYLE_MARK},
    {"+", LW_STYLE_INSERTED},
    {">", LW_STYLE_INSERTED},
    {"-", LW_STYLE_DELETED},
    {"<", LW_STYLE_DELETED},
    {"\\ ", LW_STYLE_MARK},
};

void lw_scan_diff(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    (void)l;
    for (size_t at = 0, end; at < n; at = end + 1) {
        end = lw_eol(s, n, at);
        for (size_t i = 0; i < sizeof diff_lines / sizeof *diff_lines; i++)
            if (lw_begins(s + at, end - at, diff_lines[i].begins)) {
                lw_token_add(to, at, end, diff_lines[i].style);
                break;
            }
    }
}

/* ---- console sessions */

/* Bytes of the prompt at the start of a line: "$ ", "> ", "ann@host:~$ ", "PS C:\> "; 0 for none.
 */
static size_t prompt_len(const char *s, size_t n)
{
    enum { PROMPT_MAX = 80 };
    bool user = false;
    for (size_t i = 0; i + 1 < n && i < PROMPT_MAX; i++) {
        user = user || s[i] == '@' || s[i] == '\\' || s[i] == ':';
        if (strchr("$#>%", s[i]) && s[i] && s[i + 1] == ' ')
            return i == 0 || user || (i == 2 && s[0] == '>') ? i + 2 : 0;
        if (lw_is_blank(s[i]) && !(i == 2 && lw_begins(s, n, "PS")))
            return 0;
    }
    return 0;
}

void lw_scan_console(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    const struct lw_words *words = lw_words_of(lw_language_by_alias("sh", 2));
    bool prompts = false;
    for (size_t at = 0, end; at < n && !prompts; at = end + 1) {
        end = lw_eol(s, n, at);
        prompts = prompt_len(s + at, end - at) > 0;
    }
    for (size_t at = 0, end; at < n; at = end + 1) {
        end = prompts ? lw_eol(s, n, at) : n;
        size_t prompt = prompts ? prompt_len(s + at, end - at) : 0;
        lw_token_add(to, at, at + (prompt > 1 ? prompt - 1 : 0), LW_STYLE_MARK);
        if (prompt > 0 || !prompts)
            lw_scan_code(to, words, s, at + prompt, end);
    }
    (void)l;
}

/* ---- Markdown */

/* A list's sign with its blank; 0 for none. */
static size_t bullet_len(const char *s, size_t n)
{
    size_t digits = 0;
    while (digits < n && lw_is_digit(s[digits]))
        digits++;
    if (digits > 0 && digits < 10)
        return digits + 1 < n && strchr(".)", s[digits]) && s[digits + 1] == ' ' ? digits + 1 : 0;
    return n > 1 && strchr("-*+>", s[0]) && (s[1] == ' ' || s[0] == '>') ? 1 : 0;
}

/* `code` and [text](where) within a line. */
static void scan_spans(struct lw_tokens *to, const char *s, size_t at, size_t end)
{
    size_t no_code = 0, no_link = 0;
    while (at < end) {
        const char *close = NULL;
        if (s[at] == '`' && !no_code) {
            close = memchr(s + at + 1, '`', end - at - 1);
            no_code = !close;
            if (close)
                lw_token_add(to, at, (size_t)(close - s) + 1, LW_STYLE_CODE);
        } else if (s[at] == ']' && end - at > 1 && s[at + 1] == '(' && !no_link) {
            close = memchr(s + at, ')', end - at);
            no_link = !close;
            if (close)
                lw_token_add(to, at + 2, (size_t)(close - s), LW_STYLE_LINK);
        }
        at = close ? (size_t)(close - s) + 1 : at + 1;
    }
}

void lw_scan_markdown(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    (void)l;
    bool code = false;
    for (size_t line = 0, end; line < n; line = end + 1) {
        end = lw_eol(s, n, line);
        size_t at = lw_past_blanks(s, end, line);
        if (lw_begins(s + at, end - at, "```") || lw_begins(s + at, end - at, "~~~")) {
            code = !code;
            lw_token_add(to, at, end, LW_STYLE_MARK);
        } else if (code) {
            lw_token_add(to, line, end, LW_STYLE_CODE);
        } else if (at < end && s[at] == '#') {
            lw_token_add(to, at, end, LW_STYLE_HEADING);
        } else {
            size_t bullet = bullet_len(s + at, end - at);
            lw_token_add(to, at, at + bullet, LW_STYLE_MARK);
            scan_spans(to, s, at + bullet, end);
        }
    }
}
