/* HTML and XML: tags, attributes, comments; scripts, style sheets and PHP inside them as what they
 * are. Checks nothing: "<" without a name is text. */
#define _GNU_SOURCE
#include "markup/scan_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <strings.h>

struct tags {
    struct lw_tokens *to;
    const char *s;
    size_t at, n;
    const struct lw_words *script, *style, *php; /* found when first needed */
};

/* ---- other languages inside */

/* Where the text occurs at or behind `at`, in any case; n when it does not. */
static size_t find_text(const struct tags *t, size_t at, const char *text)
{
    size_t len = strlen(text);
    for (; at + len <= t->n; at++) {
        const char *next = memchr(t->s + at, text[0], t->n - at);
        if (!next)
            return t->n;
        at = (size_t)(next - t->s);
        if (at + len <= t->n && strncasecmp(next, text, len) == 0)
            return at;
    }
    return t->n;
}

static void scan_inside(
    struct tags *t, const struct lw_words **words, const char *alias, size_t end)
{
    if (!*words)
        *words = lw_words_of(lw_language_by_alias(alias, strlen(alias)));
    lw_scan_code(t->to, *words, t->s, t->at, end);
    t->at = end;
}

/* From "<?php" or "<?=" to "?>". */
static void scan_php_part(struct tags *t)
{
    size_t mark = t->at + (lw_begins(t->s + t->at, t->n - t->at, "<?php") ? 5 : 3);
    mark = mark < t->n ? mark : t->n;
    lw_token_add(t->to, t->at, mark, LW_STYLE_KEYWORD);
    t->at = mark;
    scan_inside(t, &t->php, "php", find_text(t, t->at, "?>"));
    size_t end = t->at + 2 < t->n ? t->at + 2 : t->n;
    lw_token_add(t->to, t->at, end, LW_STYLE_KEYWORD);
    t->at = end;
}

/* ---- tags */

static bool is_name_byte(char c)
{
    return lw_is_word_byte(c) || c == '-' || c == ':' || c == '.' || c == '@' || c == '#' ||
           c == '*';
}

static size_t name_end(const struct tags *t, size_t at)
{
    while (at < t->n && is_name_byte(t->s[at]))
        at++;
    return at;
}

/* A quote that is never closed ends at its line end. */
static size_t quoted_end(const struct tags *t, size_t at, size_t *no_close)
{
    const char *close = at >= *no_close ? memchr(t->s + at + 1, t->s[at], t->n - at - 1) : NULL;
    if (close)
        return (size_t)(close - t->s) + 1;
    *no_close = t->n;
    return lw_eol(t->s, t->n, at);
}

/* Attributes, up to behind ">". */
static void scan_attributes(struct tags *t, size_t no_close[2])
{
    while (t->at < t->n && t->s[t->at] != '>' && t->s[t->at] != '<') {
        char here = t->s[t->at];
        size_t end = t->at + 1;
        if ((here == '"' || here == '\'') && !lw_is_word_byte(t->s[t->at - 1])) {
            end = quoted_end(t, t->at, &no_close[here == '"']);
            lw_token_add(t->to, t->at, end, LW_STYLE_STRING);
        } else if (is_name_byte(here)) {
            end = name_end(t, t->at);
            bool value = t->at > 0 && t->s[t->at - 1] == '=';
            lw_token_add(t->to, t->at, end, value ? LW_STYLE_STRING : LW_STYLE_NAME);
        }
        t->at = end;
    }
    t->at += t->at < t->n && t->s[t->at] == '>';
}

static void scan_tag(struct tags *t, size_t no_close[2])
{
    size_t name = t->at + 1 + (t->at + 1 < t->n && t->s[t->at + 1] == '/'), end = name_end(t, name);
    bool opens = name == t->at + 1, script = false, style = false;
    lw_token_add(t->to, name, end, LW_STYLE_TYPE);
    if (opens) {
        script = end - name == 6 && strncasecmp(t->s + name, "script", 6) == 0;
        style = end - name == 5 && strncasecmp(t->s + name, "style", 5) == 0;
    }
    t->at = end;
    scan_attributes(t, no_close);
    if (t->at > 1 && t->s[t->at - 2] == '/')
        return;
    if (script)
        scan_inside(t, &t->script, "javascript", find_text(t, t->at, "</script"));
    else if (style)
        scan_inside(t, &t->style, "css", find_text(t, t->at, "</style"));
}

/* Takes what begins with the text and ends behind the other one. */
static bool take_between(
    struct tags *t, const char *open, const char *close, enum lw_text_style style)
{
    if (!lw_begins(t->s + t->at, t->n - t->at, open))
        return false;
    size_t end = find_text(t, t->at + strlen(open), close);
    end = end + strlen(close) < t->n ? end + strlen(close) : t->n;
    lw_token_add(t->to, t->at, end, style);
    t->at = end;
    return true;
}

/* "&amp;" */
static void scan_entity(struct tags *t)
{
    size_t end = t->at + 1;
    while (end < t->n && end - t->at < 12 &&
           (is_name_byte(t->s[end]) && (unsigned char)t->s[end] < 0x80))
        end++;
    if (end < t->n && t->s[end] == ';' && end > t->at + 1)
        lw_token_add(t->to, t->at, end + 1, LW_STYLE_NUMBER);
    t->at = end;
}

static void scan_markup(struct tags *t, bool php)
{
    size_t no_close[2] = {0, 0}; /* a bound: a quote of this kind has no close before it */
    while (t->at < t->n) {
        const char *here = t->s + t->at;
        size_t left = t->n - t->at;
        if (*here == '&') {
            scan_entity(t);
        } else if (*here != '<') {
            t->at++;
        } else if (php && (lw_begins(here, left, "<?php") || lw_begins(here, left, "<?="))) {
            scan_php_part(t);
        } else if (take_between(t, "<!--", "-->", LW_STYLE_COMMENT) ||
                   take_between(t, "<![CDATA[", "]]>", LW_STYLE_STRING) ||
                   take_between(t, "<!", ">", LW_STYLE_KEYWORD) ||
                   take_between(t, "<?", "?>", LW_STYLE_KEYWORD)) {
            continue;
        } else if (left > 1 && (lw_is_word_byte(here[1]) || here[1] == '/')) {
            scan_tag(t, no_close);
        } else {
            t->at++;
        }
    }
}

void lw_scan_tags(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    (void)l;
    struct tags t = {.to = to, .s = s, .n = n};
    scan_markup(&t, true);
}

/* Without "<?" all of it is code. */
void lw_scan_php(struct lw_tokens *to, const struct lw_language *l, const char *s, size_t n)
{
    struct tags t = {.to = to, .s = s, .n = n};
    if (memmem(s, n, "<?php", 5) || memmem(s, n, "<?=", 3)) {
        scan_markup(&t, true);
        return;
    }
    scan_inside(&t, &t.php, "php", n);
    (void)l;
}
