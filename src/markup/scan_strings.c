/* Strings, regular expressions and heredocs in code. Where they begin and end, and where code
 * begins inside them; the code itself is scan_code.c's. Whatever is not closed ends somewhere: what
 * may hold one line at its line end, the rest at the end of the text. */
#define _GNU_SOURCE
#include "markup/scan_internal.h"

/* ---- the inside of a string */

static bool closes(const struct lw_open_string *q, const char *s, size_t n)
{
    return n >= q->nclose && memcmp(s, q->close, q->nclose) == 0;
}

/* The end of "$name" at `at`; `at` itself when it is none. */
static size_t variable_end(const char *s, size_t n, size_t at)
{
    size_t end = at + 1;
    if (s[at] != '$' || end >= n || !(lw_is_word_byte(s[end])))
        return at;
    while (end < n && lw_is_word_byte(s[end]))
        end++;
    return end;
}

static void close_string(struct lw_code_scan *c, size_t from, size_t end, enum lw_text_style style)
{
    size_t colon = lw_past_blanks(c->s, c->n, end);
    bool key = c->l->flags & LW_LANG_STRING_KEYS && colon < c->n && c->s[colon] == ':';
    lw_token_add(c->to, from, end, key ? LW_STYLE_NAME : style);
    c->at = end;
    c->operand = c->command = c->fresh = false;
}

/* Code begins inside: goes on around it when it is over. False when it is too deep. */
static bool open_inner(struct lw_code_scan *c, const struct lw_open_string *q)
{
    if (c->depth == LW_CODE_DEPTH)
        return false;
    c->stack[c->depth] = *q;
    c->stack[c->depth++].depth = 0;
    c->operand = c->command = true;
    c->fresh = false;
    return true;
}

/* Reads on inside a string at c->at, to its end or to code inside; its token begins at `from`. */
static void read_string(struct lw_code_scan *c, const struct lw_open_string *q, size_t from)
{
    enum lw_text_style style = q->rule->style ? q->rule->style : LW_STYLE_STRING;
    size_t at = c->at, ninner = q->inner ? strlen(q->inner) : 0, name;
    while (at < c->n && (c->s[at] != '\n' || q->lines)) {
        const char *here = c->s + at;
        size_t left = c->n - at;
        if (*here == q->escape && q->escape && left > 1) {
            bool inner = ninner && *q->inner == q->escape && lw_begins(here, left, q->inner);
            if (!inner) {
                at += 2;
                continue;
            }
        }
        if (closes(q, here, left)) {
            bool twice =
                q->rule->flags & LW_STR_DOUBLED && closes(q, here + q->nclose, left - q->nclose);
            at += q->nclose * (twice ? 2 : 1);
            if (!twice)
                break;
        } else if (ninner == 1 && left > 1 && here[0] == *q->inner && here[1] == *q->inner) {
            at += 2; /* {{ is a brace */
        } else if (ninner && lw_begins(here, left, q->inner) && open_inner(c, q)) {
            lw_token_add(c->to, from, at + ninner, style);
            c->at = at + ninner;
            return;
        } else if (q->rule->flags & LW_STR_VARS && (name = variable_end(c->s, c->n, at)) > at) {
            lw_token_add(c->to, from, at, style);
            lw_token_add(c->to, at, name, LW_STYLE_NAME);
            from = at = name;
        } else {
            at++;
        }
    }
    close_string(c, from, at < c->n ? at : c->n, style);
}

/* ---- where a string begins */

/* The end of the opening at `at`, with its fence; `at` when the rule does not begin there. */
static size_t match_open(
    const struct lw_string_rule *rule, const char *s, size_t n, size_t at, struct lw_open_string *q)
{
    size_t end = at + strlen(rule->open), from = end, max = LW_CLOSE_MAX - 4;
    if (!lw_begins(s + at, n - at, rule->open))
        return at;
    const char *close = rule->close ? rule->close : rule->open;
    q->nclose = strlen(close);
    memcpy(q->close, close, q->nclose);
    if (!rule->fence)
        return end;
    bool word = strcmp(rule->fence, LW_FENCE_WORD) == 0;
    while (end < n && end - from < max &&
           (word ? lw_is_word_byte(s[end]) && (unsigned char)s[end] < 0x80
                 : strchr(rule->fence, s[end]) && s[end]))
        end++;
    if (!lw_begins(s + end, n - end, rule->fence_end))
        return at;
    memcpy(q->close + q->nclose, s + from, end - from);
    q->nclose += end - from;
    memcpy(q->close + q->nclose, rule->close_end, strlen(rule->close_end));
    q->nclose += strlen(rule->close_end);
    return end + strlen(rule->fence_end);
}

/* 'x' and '\x1b' are characters; Rust's 'a and the ' of prose are not. */
static bool is_character(const char *s, size_t n)
{
    enum { ESCAPE_MAX = 12 };
    size_t at = 1;
    if (n < 3 || s[1] == '\'' || s[1] == '\n')
        return false;
    if (s[1] == '\\') {
        size_t most = n < ESCAPE_MAX ? n : ESCAPE_MAX;
        for (at = 3; at < most && s[at] != '\'' && s[at] != '\n'; at++)
            ;
        return at < most && s[at] == '\'';
    }
    for (at = 2; at < n && at < 5 && ((unsigned char)s[at] & 0xC0) == 0x80; at++)
        ;
    return at < n && s[at] == '\'';
}

/* Whether a string of the rule that begins here may go on behind its line. Each search ends at the
 * first close, or is the last one. */
static bool has_lines(struct lw_code_scan *c, const struct lw_open_string *q, size_t from)
{
    unsigned bit = 1u << (q->rule - c->l->string);
    if (q->rule->flags & LW_STR_LINES)
        return true;
    if (!(q->rule->flags & LW_STR_SOFT) || c->no_close & bit)
        return false;
    if (memmem(c->s + from, c->n - from, q->close, q->nclose))
        return true;
    c->no_close |= bit;
    return false;
}

/* Takes the string of the rule whose prefix is [at, open). */
static bool take_rule(struct lw_code_scan *c, const struct lw_string_rule *rule, size_t open)
{
    struct lw_open_string q = {.rule = rule, .escape = rule->escape, .inner = rule->inner};
    size_t start = c->at, end = match_open(rule, c->s, c->n, open, &q);
    if (end == open || (rule->flags & LW_STR_CHAR && !is_character(c->s + open, c->n - open)))
        return false;
    bool f = false;
    for (size_t i = start; i < open; i++)
        f = f || (c->s[i] | 0x20) == 'f';
    if (rule->flags & LW_STR_F && !f)
        q.inner = NULL;
    q.lines = has_lines(c, &q, end);
    c->at = end;
    read_string(c, &q, start);
    return true;
}

/* The apostrophe of Don't, and MATLAB's transpose. */
static bool is_apostrophe(const struct lw_code_scan *c)
{
    if (c->s[c->at] != '\'' || c->at == 0)
        return false;
    char before = c->s[c->at - 1];
    return lw_is_word_byte(before) ||
           (c->l->flags & LW_LANG_TRANSPOSE && strchr(")]}.'", before) && before);
}

bool lw_take_string(struct lw_code_scan *c)
{
    if (is_apostrophe(c))
        return false;
    for (const struct lw_string_rule *r = c->l->string; r->open; r++)
        if (*r->open == c->s[c->at] && take_rule(c, r, c->at))
            return true;
    return false;
}

bool lw_take_prefixed_string(struct lw_code_scan *c, size_t word_end)
{
    enum { PREFIX_MAX = 3 };
    if (word_end >= c->n || word_end - c->at > PREFIX_MAX ||
        !(c->words->byte[(unsigned char)c->s[word_end]] & LW_BEGINS_STRING))
        return false;
    for (const struct lw_string_rule *r = c->l->string; r->open; r++) {
        if (!r->prefix || *r->open != c->s[word_end])
            continue;
        size_t i = c->at;
        while (i < word_end && c->s[i] && strchr(r->prefix, c->s[i]))
            i++;
        if (i == word_end && take_rule(c, r, word_end))
            return true;
    }
    return false;
}

/* ---- code inside a string */

static char other_side(char bracket)
{
    return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
}

/* Back in the string around the code. */
static void leave_inner(struct lw_code_scan *c, size_t from)
{
    struct lw_open_string q = c->stack[--c->depth];
    read_string(c, &q, from);
}

bool lw_take_inner_end(struct lw_code_scan *c)
{
    struct lw_open_string *q = &c->stack[c->depth - 1];
    char open = q->inner[strlen(q->inner) - 1], here = c->s[c->at];
    if (q->rule->flags & LW_STR_CLOSE_ENDS && closes(q, c->s + c->at, c->n - c->at)) {
        leave_inner(c, c->at);
        return true;
    }
    if (here == open) {
        q->depth++;
    } else if (here == other_side(open) && q->depth > 0) {
        q->depth--;
    } else if (here == other_side(open)) {
        size_t from = c->at++;
        leave_inner(c, from);
        return true;
    }
    return false;
}

void lw_end_inner_lines(struct lw_code_scan *c)
{
    while (c->depth > 0 && !c->stack[c->depth - 1].lines)
        c->depth--;
}

/* ---- regular expressions */

/* Behind the next `close` that is not escaped, in this line; 0 for none. */
static size_t find_in_line(struct lw_code_scan *c, size_t at, char close, bool classes)
{
    bool inside = false;
    for (; at < c->n && c->s[at] != '\n'; at++) {
        if (c->s[at] == '\\')
            at += at + 1 < c->n && c->s[at + 1] != '\n';
        else if (c->s[at] == close && !inside)
            return at + 1;
        else if (classes && (c->s[at] == '[' || c->s[at] == ']'))
            inside = c->s[at] == '[';
    }
    c->no_regex = at; /* so that no other one looks through this line again */
    return 0;
}

static void add_regex(struct lw_code_scan *c, size_t end)
{
    while (end < c->n && c->s[end] >= 'a' && c->s[end] <= 'z')
        end++;
    close_string(c, c->at, end, LW_STYLE_STRING);
}

bool lw_take_regex(struct lw_code_scan *c)
{
    if (c->s[c->at] != '/' || !c->operand || c->at < c->no_regex || c->at + 1 >= c->n ||
        (c->l->flags & LW_LANG_JSX && c->s[c->at + 1] == '>') || lw_is_blank(c->s[c->at + 1]))
        return false;
    size_t end = find_in_line(c, c->at + 1, '/', true);
    if (end)
        add_regex(c, end);
    return end > 0;
}

/* s{…} {…}: the end of the other part. */
static size_t second_part(struct lw_code_scan *c, size_t at, char open, char close)
{
    if (at < c->n && c->s[at] == open)
        return find_in_line(c, at + 1, close, false);
    c->no_regex = at;
    return 0;
}

/* q{…}, qw(…), m/…/, s/…/…/, in one line. */
bool lw_take_perl_quote(struct lw_code_scan *c, size_t word_end)
{
    static const char *const words[] = {"q", "qq", "qw", "qr", "m", "s", "y", "tr"};
    size_t n = word_end - c->at, which = 0;
    while (which < 8 && (strlen(words[which]) != n || memcmp(words[which], c->s + c->at, n) != 0))
        which++;
    if (which == 8 || word_end >= c->n || c->at < c->no_regex)
        return false;
    char open = c->s[word_end];
    if (!open || !strchr("/{([|!", open) || (open == '(' && which == 4))
        return false;
    char close = strchr("{([", open) ? other_side(open) : open;
    size_t end = find_in_line(c, word_end + 1, close, false);
    if (end && which > 4 && close != open) /* s{…}{…} */
        end = second_part(c, end, open, close);
    else if (end && which > 4)
        end = find_in_line(c, end, close, false);
    if (end)
        add_regex(c, end);
    return end > 0;
}

/* ---- heredocs */

bool lw_take_heredoc_mark(struct lw_code_scan *c)
{
    const char *s = c->s;
    size_t at = c->at, end;
    if (!lw_begins(s + at, c->n - at, "<<") || c->ntag > 0)
        return false;
    bool php = c->l->kind == LW_SCAN_PHP, shell = c->l->flags & LW_LANG_COMMANDS;
    at += php ? 3 : 2;
    if (at < c->n && s[at] == '<') { /* a here-string */
        c->at = at + 1;
        return true;
    }
    if (at < c->n && (s[at] == '-' || s[at] == '~'))
        at++;
    if (shell || php)
        at = lw_past_blanks(s, c->n, at);
    char quote = at < c->n && (s[at] == '"' || s[at] == '\'') ? s[at++] : 0;
    for (end = at; end < c->n && lw_is_word_byte(s[end]); end++)
        ;
    bool capital = at < c->n && s[at] >= 'A' && s[at] <= 'Z';
    if (end == at || lw_is_digit(s[at]) || (!shell && !php && !quote && !capital))
        return false;
    if (quote && (end >= c->n || s[end] != quote))
        return false;
    c->tag = at;
    c->ntag = end - at;
    close_string(c, c->at, end + (quote ? 1 : 0), LW_STYLE_STRING);
    return true;
}

void lw_take_heredoc(struct lw_code_scan *c)
{
    size_t from = c->at, end = c->n;
    for (size_t line = from; line < c->n; line = end + 1) {
        size_t at = lw_past_blanks(c->s, c->n, line);
        end = lw_eol(c->s, c->n, line);
        if (end - at >= c->ntag && at <= end && memcmp(c->s + at, c->s + c->tag, c->ntag) == 0 &&
            (at + c->ntag == c->n || !lw_is_word_byte(c->s[at + c->ntag]))) {
            end = at + c->ntag;
            break;
        }
        if (end == c->n)
            break;
    }
    lw_token_add(c->to, from, end, LW_STYLE_STRING);
    c->at = end;
    c->ntag = 0;
}
