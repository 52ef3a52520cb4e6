/* Tells Markdown from prose, programs and data, by signs that seldom stand in them. One is enough;
 * what looks like one in prose does not count. How it is then read is markdown.c's. */
#define _GNU_SOURCE
#include "labelwright/markup/math.h"
#include "labelwright/markup/rendering.h"
#include "markup/chunks_internal.h"
#include "markup/source_lines_internal.h"

#include <ctype.h>
#include <string.h>

enum { LOOKED_AT = 64 * 1024 };

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || ((unsigned char)c & 0x80);
}

/* ---- whole texts of another kind */

static const char *const openings[] = {
    "<!doctype",
    "<html",
    "<?xml",
    "<svg",
    "\\documentclass",
    "#!/",
    "#include",
    "<?php",
};

bool lw_is_data(const char *s, size_t n)
{
    size_t end = n;
    while (n > 0 && strchr(" \t\r\n", *s))
        s++, n--, end--;
    while (end > 0 && strchr(" \t\r\n", s[end - 1]))
        end--;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (n >= strlen(openings[i]) && strncasecmp(s, openings[i], strlen(openings[i])) == 0)
            return true;
    bool json =
        end > 1 && ((s[0] == '{' && s[end - 1] == '}') || (s[0] == '[' && s[end - 1] == ']'));
    return json && memchr(s, '"', end);
}

/* ---- lines */

/* "## Heading"; a single # only where blank lines stand around it, for so a comment seldom does. */
static bool is_heading(const char *s, size_t n, bool after_blank, bool before_blank)
{
    size_t level = 0;
    while (level < n && s[level] == '#')
        level++;
    if (level == 0 || level > 6 || level + 1 >= n || s[level] != ' ' || s[level + 1] == '\n')
        return false;
    return level > 1 || (after_blank && before_blank);
}

/* "|---|:--:|" or "--- | ---" below a line with as many bars. */
static bool is_table_rule(const char *s, size_t n)
{
    size_t dashes = 0, bars = 0;
    for (size_t i = 0; i < n; i++) {
        if (!strchr("|-: \t\r\n", s[i]))
            return false;
        dashes += s[i] == '-';
        bars += s[i] == '|';
    }
    return dashes > 1 && bars > 0;
}

/* What marks a list: '.', ')', a bullet; 0 for none. Only behind a number may blanks line up what
 * follows. */
static char list_mark(const char *s, size_t n)
{
    size_t i = 0, digits;
    while (i < n && s[i] == ' ')
        i++;
    for (digits = 0; i < n && digits < 4 && isdigit((unsigned char)s[i]); digits++)
        i++;
    if (i + 2 >= n || s[i + 1] != ' ' ||
        (s[i + 2] == ' ' && (digits == 0 || lw_is_blank(s + i + 2, n - i - 2))))
        return '\0';
    bool mark = digits > 0 ? s[i] == '.' || s[i] == ')' : s[i] == '-' || s[i] == '*' || s[i] == '+';
    return mark ? s[i] : '\0';
}

/* ---- inside a line */

/* **strong**: opened before a word and closed behind one, with nothing of a word outside. */
static bool has_strong(const char *s, size_t n)
{
    const char *end = s + n;
    for (const char *p = s; (p = memmem(p, (size_t)(end - p), "**", 2)); p += 2) {
        if ((p > s && (is_word(p[-1]) || p[-1] == '*')) || p + 2 >= end || strchr(" *\n", p[2]))
            continue;
        const char *close = memmem(p + 3, (size_t)(end - p - 3), "**", 2);
        if (close && close[-1] != ' ' && (close + 2 == end || !is_word(close[2])))
            return true;
    }
    return false;
}

/* `code`, short and in one line. */
static bool has_code(const char *s, size_t n)
{
    const char *open = memchr(s, '`', n);
    while (open) {
        size_t left = n - (size_t)(open - s) - 1;
        const char *close = memchr(open + 1, '`', left);
        if (!close)
            return false;
        bool quoted = close == open + 1 || (close + 1 < s + n && close[1] == '`');
        if (!quoted && open[1] != ' ' && close[-1] != ' ')
            return true;
        open = close + 1 < s + n ? memchr(close + 1, '`', n - (size_t)(close + 1 - s)) : NULL;
    }
    return false;
}

/* [text](target) */
static bool has_link(const char *s, size_t n)
{
    const char *middle = memmem(s, n, "](", 2);
    if (!middle || !memchr(s, '[', (size_t)(middle - s)))
        return false;
    size_t left = n - (size_t)(middle - s);
    const char *close = memchr(middle, ')', left);
    return close && close > middle + 2 && !memchr(middle, ' ', (size_t)(close - middle));
}

struct look {
    bool after_blank;
    bool bars; /* the line before has one */
    char mark; /* of the last list line … */
    int items; /* … and how many in a row have it */
};

static bool is_sign(struct look *l, const char *s, size_t n, size_t line)
{
    size_t next = line < n ? lw_source_line_len(s + line, n - line) : 0;
    bool before_blank = lw_is_blank(s + line, next);
    char mark = list_mark(s, line);
    if (mark)
        l->items = mark == l->mark ? l->items + 1 : 1;
    else if (!lw_is_blank(s, line) && s[0] != ' ')
        l->items = 0;
    l->mark = mark ? mark : l->mark;
    bool rule = l->bars && is_table_rule(s, line);
    bool sign = rule || l->items > 1 || lw_fence_len(s, n) > 0 ||
                is_heading(s, line, l->after_blank, before_blank) || has_strong(s, line) ||
                has_code(s, line) || has_link(s, line);
    l->bars = memchr(s, '|', line) != NULL;
    l->after_blank = lw_is_blank(s, line);
    return sign;
}

bool lw_is_markdown(const char *s, size_t n)
{
    struct look l = {.after_blank = true};
    struct lw_formula f;
    n = n < LOOKED_AT ? n : LOOKED_AT;
    if (n == 0 || lw_is_data(s, n))
        return false;
    for (size_t at = 0; at < n;) {
        size_t line = lw_source_line_len(s + at, n - at);
        if (is_sign(&l, s + at, n - at, line))
            return true;
        at += line;
    }
    return lw_math_find(s, n, 0, &f);
}
