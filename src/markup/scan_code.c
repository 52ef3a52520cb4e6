/* Scans code by the row of its language: comments, numbers, words and what they are. One pass from
 * left to right, no parser: what a name means is told by its letters and its neighbours. Strings
 * are scan_strings.c's. */
#include "markup/scan_internal.h"

#include <string.h>

static size_t left(const struct lw_code_scan *c)
{
    return c->n - c->at;
}

static unsigned kind_of(const struct lw_code_scan *c, size_t at)
{
    return c->words->byte[(unsigned char)c->s[at]];
}

static size_t word_end(const struct lw_code_scan *c, size_t at)
{
    while (at < c->n && kind_of(c, at) & LW_IN_WORD)
        at++;
    return at;
}

static void take(struct lw_code_scan *c, size_t end, enum lw_text_style style)
{
    if (style != LW_STYLE_TEXT)
        lw_token_add(c->to, c->at, end, style);
    c->at = end;
    c->fresh = false;
}

/* ---- comments */

/* The "#4" of ARM's assembly. */
static bool is_immediate(const struct lw_code_scan *c)
{
    char next = c->at + 1 < c->n ? c->s[c->at + 1] : 0;
    return c->l->flags & LW_LANG_INSTRUCTIONS && c->s[c->at] == '#' && !c->fresh &&
           (lw_is_digit(next) || next == '-');
}

static bool take_line_comment(struct lw_code_scan *c)
{
    char before = c->at > 0 ? c->s[c->at - 1] : '\n';
    bool parted = lw_is_blank(before) || strchr("\n;(){}|&", before);
    for (int i = 0; i < LW_LINE_COMMENTS && c->l->line[i]; i++) {
        if (!lw_begins(c->s + c->at, left(c), c->l->line[i]))
            continue;
        if (c->l->flags & LW_LANG_HASH_AFTER_BLANK && !parted)
            continue;
        if (c->l->flags & LW_LANG_ATTRIBUTES && lw_begins(c->s + c->at, left(c), "#["))
            continue;
        if (is_immediate(c))
            continue;
        take(c, lw_eol(c->s, c->n, c->at), LW_STYLE_COMMENT);
        return true;
    }
    return false;
}

static size_t block_end(const struct lw_code_scan *c, const char *open, const char *close)
{
    size_t at = c->at + strlen(open), depth = 1;
    bool nested = c->l->flags & LW_LANG_NESTED;
    while (at < c->n) {
        const char *here = c->s + at;
        if (*here == *close && lw_begins(here, c->n - at, close)) {
            at += strlen(close);
            if (--depth == 0)
                break;
        } else if (nested && *here == *open && lw_begins(here, c->n - at, open)) {
            at += strlen(open);
            depth++;
        } else {
            at++;
        }
    }
    return at;
}

static bool take_block_comment(struct lw_code_scan *c)
{
    if (c->l->flags & LW_LANG_BLOCK_AT_START && !c->fresh)
        return false;
    for (int i = 0; i < LW_BLOCK_COMMENTS && c->l->block[i][0]; i++) {
        if (!lw_begins(c->s + c->at, left(c), c->l->block[i][0]))
            continue;
        take(c, block_end(c, c->l->block[i][0], c->l->block[i][1]), LW_STYLE_COMMENT);
        return true;
    }
    return false;
}

/* ---- numbers */

static bool goes_on(const struct lw_code_scan *c, size_t at)
{
    char b = c->s[at], next = at + 1 < c->n ? c->s[at + 1] : 0;
    if (lw_is_word_byte(b) && (unsigned char)b < 0x80)
        return true;
    if (b == '.')
        return next != '.' && (lw_is_digit(next) || !lw_is_word_byte(next));
    if (b == '+' || b == '-')
        return lw_is_digit(next) && (c->s[at - 1] | 0x20) == 'e' && lw_is_digit(c->s[c->at]) &&
               !(c->at + 1 < c->n && (c->s[c->at + 1] | 0x20) == 'x');
    return b == '\'' && c->l->flags & LW_LANG_DIGIT_QUOTES && lw_is_digit(next);
}

static bool take_number(struct lw_code_scan *c)
{
    char next = c->at + 1 < c->n ? c->s[c->at + 1] : 0;
    bool range = c->at > 0 && c->s[c->at - 1] == '.';
    if (!lw_is_digit(c->s[c->at]) && !(c->s[c->at] == '.' && lw_is_digit(next) && !range))
        return false;
    size_t end = c->at + 1;
    while (end < c->n && goes_on(c, end))
        end++;
    if (c->s[end - 1] == '.' && end == c->n)
        end--; /* the end of a sentence */
    if (end < c->n && c->l->flags & LW_LANG_CSS && c->s[end] == '%')
        end++;
    take(c, end, LW_STYLE_NUMBER);
    c->operand = c->command = false;
    return true;
}

/* ---- words */

static bool is_capital_type(const char *s, size_t n)
{
    if (n < 2 || s[0] < 'A' || s[0] > 'Z')
        return false;
    for (size_t i = 1; i < n; i++)
        if (s[i] >= 'a' && s[i] <= 'z')
            return true;
    return false;
}

static bool is_called(const struct lw_code_scan *c, size_t end)
{
    if (end < c->n && c->s[end] == '(')
        return true;
    return c->l->flags & LW_LANG_BANG && end + 1 < c->n && c->s[end] == '!' &&
           strchr("([{", c->s[end + 1]) && c->s[end + 1];
}

/* A key before ":" inside braces; an attribute of JSX before ={ or =". */
static bool is_key(const struct lw_code_scan *c, size_t end)
{
    if (c->l->flags & LW_LANG_JSX && end + 1 < c->n && c->s[end] == '=')
        return c->s[end + 1] == '{' || c->s[end + 1] == '"';
    if (!(c->l->flags & LW_LANG_WORD_KEYS) || c->braces == 0)
        return false;
    size_t colon = lw_past_blanks(c->s, c->n, end);
    return colon < c->n && c->s[colon] == ':';
}

static bool is_member(const struct lw_code_scan *c)
{
    return c->at > 0 && c->s[c->at - 1] == '.' && (c->at < 2 || c->s[c->at - 2] != '.');
}

static enum lw_text_style style_of(const struct lw_code_scan *c, size_t end)
{
    const char *s = c->s + c->at;
    size_t n = end - c->at;
    bool fresh_only = c->l->flags & LW_LANG_FRESH_KEYWORDS;
    enum lw_text_style style = LW_STYLE_TEXT;
    if (is_key(c, end))
        return LW_STYLE_NAME;
    if (!is_member(c) && (!fresh_only || c->fresh))
        style = lw_words_find(c->words, s, n);
    if (style != LW_STYLE_TEXT)
        return style;
    if (c->l->flags & LW_LANG_LISP)
        return c->at > 0 && c->s[c->at - 1] == '(' ? LW_STYLE_NAME : LW_STYLE_TEXT;
    if (c->l->flags & LW_LANG_CAPITAL_TYPES && is_capital_type(s, n))
        return LW_STYLE_TYPE;
    if (is_called(c, end) || (c->l->flags & LW_LANG_COMMANDS && c->command))
        return LW_STYLE_NAME;
    return LW_STYLE_TEXT;
}

/* NAME=value before a command is no command yet. */
static bool is_assignment(const struct lw_code_scan *c, size_t end)
{
    return c->l->flags & LW_LANG_COMMANDS && end < c->n && (c->s[end] == '=' || c->s[end] == '+');
}

static void take_word(struct lw_code_scan *c)
{
    size_t end = word_end(c, c->at);
    if (end == c->at)
        end++;
    bool assigned = is_assignment(c, end);
    enum lw_text_style style = assigned ? LW_STYLE_NAME : style_of(c, end);
    bool called = is_called(c, end);
    take(c, end, style);
    c->operand = style == LW_STYLE_KEYWORD && !called;
    c->command = style == LW_STYLE_KEYWORD;
}

/* The first word of a line of assembly. */
static bool take_instruction(struct lw_code_scan *c)
{
    size_t end = word_end(c, c->at);
    if (!(c->l->flags & LW_LANG_INSTRUCTIONS) || !c->fresh || end == c->at)
        return false;
    bool label = end < c->n && c->s[end] == ':';
    take(c, end, label ? LW_STYLE_NAME : LW_STYLE_KEYWORD);
    c->at += label;
    c->fresh = label;
    return true;
}

/* ---- signs with a word */

/* "#include <x>", "#define". */
static bool take_preprocessor(struct lw_code_scan *c)
{
    if (!(c->l->flags & LW_LANG_PREPROCESSOR) || !c->fresh || c->s[c->at] != '#')
        return false;
    size_t word = lw_past_blanks(c->s, c->n, c->at + 1), end = word_end(c, word);
    bool include = lw_begins(c->s + word, c->n - word, "include");
    take(c, end > word ? end : c->at + 1, LW_STYLE_KEYWORD);
    size_t open = lw_past_blanks(c->s, c->n, c->at), eol = lw_eol(c->s, c->n, open);
    const char *close =
        include && open < eol && c->s[open] == '<' ? memchr(c->s + open, '>', eol - open) : NULL;
    if (close) {
        c->at = open;
        take(c, (size_t)(close - c->s) + 1, LW_STYLE_STRING);
    }
    return true;
}

static bool take_at_word(struct lw_code_scan *c)
{
    unsigned kind = c->l->flags & (LW_LANG_AT_NAMES | LW_LANG_AT_KEYWORDS);
    if (c->s[c->at] != '@' || !kind)
        return false;
    size_t end = word_end(c, c->at + 1);
    if (end == c->at + 1)
        return false;
    while (kind & LW_LANG_AT_NAMES && end + 1 < c->n && c->s[end] == '.' &&
           lw_is_word_byte(c->s[end + 1]))
        end = word_end(c, end + 1);
    take(c, end, kind & LW_LANG_AT_NAMES ? LW_STYLE_NAME : LW_STYLE_KEYWORD);
    return true;
}

/* $name, ${name}, $(name) in a makefile, $1, $? */
static bool take_variable(struct lw_code_scan *c)
{
    if (!(c->l->flags & LW_LANG_DOLLAR) || c->s[c->at] != '$' || left(c) < 2)
        return false;
    char next = c->s[c->at + 1];
    size_t end = c->at + 1;
    if (lw_is_word_byte(next)) {
        while (end < c->n && lw_is_word_byte(c->s[end]))
            end++;
    } else if (next == '{') {
        size_t eol = lw_eol(c->s, c->n, c->at);
        const char *close =
            eol - end < 80 ? memchr(c->s + end, '}', eol - end) : memchr(c->s + end, '}', 80);
        end = close ? (size_t)(close - c->s) + 1 : end + 1;
    } else if (strchr("?#@*!$-", next) && c->l->flags & LW_LANG_COMMANDS) {
        end++;
    } else {
        return false;
    }
    take(c, end, LW_STYLE_NAME);
    c->operand = c->command = false;
    return true;
}

static bool take_backslash(struct lw_code_scan *c)
{
    if (!(c->l->flags & LW_LANG_BACKSLASH) || c->s[c->at] != '\\' || left(c) < 2)
        return false;
    size_t end = c->at + 1;
    while (end < c->n && ((c->s[end] | 0x20) >= 'a' && (c->s[end] | 0x20) <= 'z'))
        end++;
    if (end == c->at + 1 && (unsigned char)c->s[end] < 0x80 && c->s[end] != '\n')
        end++;
    bool environment = end - c->at > 3 && (lw_begins(c->s + c->at, left(c), "\\begin{") ||
                                              lw_begins(c->s + c->at, left(c), "\\end{"));
    take(c, end, LW_STYLE_KEYWORD);
    if (environment) {
        c->at++;
        take(c, word_end(c, c->at), LW_STYLE_TYPE);
    }
    return true;
}

/* #fff inside braces, #id and .class outside. */
static bool take_css(struct lw_code_scan *c)
{
    char here = c->s[c->at];
    if (!(c->l->flags & LW_LANG_CSS) || (here != '#' && here != '.'))
        return false;
    size_t end = word_end(c, c->at + 1);
    if (end == c->at + 1 || (here == '.' && (c->braces > 0 || lw_is_digit(c->s[c->at + 1]))))
        return false;
    take(c, end, here == '#' && c->braces > 0 ? LW_STYLE_NUMBER : LW_STYLE_TYPE);
    return true;
}

/* <Name and </Name in JSX. */
static bool take_jsx(struct lw_code_scan *c)
{
    size_t at = c->at + 1;
    if (!(c->l->flags & LW_LANG_JSX) || c->s[c->at] != '<')
        return false;
    bool closing = at < c->n && c->s[at] == '/';
    size_t end = word_end(c, at + closing);
    if (end == at + closing || (!closing && !c->operand) || lw_is_digit(c->s[at + closing]))
        return false;
    while (end + 1 < c->n && c->s[end] == '.' && lw_is_word_byte(c->s[end + 1]))
        end = word_end(c, end + 1);
    c->at = at + closing;
    take(c, end, LW_STYLE_TYPE);
    c->operand = false;
    return true;
}

/* ---- the start of a line */

static size_t key_end(const struct lw_code_scan *c, size_t at)
{
    char quote = at < c->n && (c->s[at] == '"' || c->s[at] == '\'') ? c->s[at] : 0;
    size_t end = at + (quote != 0);
    while (end < c->n && c->s[end] != '\n' &&
           (quote ? c->s[end] != quote
                  : lw_is_word_byte(c->s[end]) || (c->s[end] && strchr(".-/ $%<>*@", c->s[end]))))
        end++;
    return quote && end < c->n && c->s[end] == quote ? end + 1 : end;
}

/* "- key: value", "key = value", "[section]". */
static bool take_line_key(struct lw_code_scan *c)
{
    if (!(c->l->flags & LW_LANG_LINE_KEYS) || !c->fresh)
        return false;
    const char *s = c->s;
    if (s[c->at] == '-' && left(c) > 1 && lw_is_blank(s[c->at + 1])) {
        c->at++; /* still fresh */
        return true;
    }
    size_t eol = lw_eol(s, c->n, c->at), last = eol;
    while (last > c->at && lw_is_blank(s[last - 1]))
        last--;
    if (s[c->at] == '[' && s[last - 1] == ']' && !(memchr(s + c->at, ',', last - c->at))) {
        take(c, last, LW_STYLE_TYPE);
        return true;
    }
    size_t end = key_end(c, c->at);
    bool colon =
        end < c->n && s[end] == ':' &&
        (end + 1 == c->n || lw_is_blank(s[end + 1]) || s[end + 1] == '\n' || s[end + 1] == '=');
    c->fresh = false; /* so that the rest of the line is looked at once */
    if (end == c->at || !(colon || (end < c->n && s[end] == '=')))
        return (c->fresh = true, false);
    while (end > c->at && lw_is_blank(s[end - 1]))
        end--;
    take(c, end, LW_STYLE_NAME);
    return true;
}

static void take_line_end(struct lw_code_scan *c)
{
    lw_end_inner_lines(c);
    c->at++;
    c->fresh = c->operand = c->command = true;
    if (c->ntag > 0)
        lw_take_heredoc(c);
}

/* The "$ " of a prompt. */
static bool take_prompt(struct lw_code_scan *c)
{
    if (!(c->l->flags & LW_LANG_COMMANDS) || !c->fresh || left(c) < 2 || c->s[c->at] != '$' ||
        c->s[c->at + 1] != ' ')
        return false;
    take(c, c->at + 1, LW_STYLE_MARK);
    return true;
}

/* ---- all of it */

/* Operators and brackets: plain, but they say what comes next. */
static void take_sign(struct lw_code_scan *c)
{
    char here = c->s[c->at++];
    if (here == '{')
        c->braces++;
    else if (here == '}' && c->braces > 0)
        c->braces--;
    c->operand = here != ')' && here != ']';
    c->command = here && strchr("|&;({`!", here);
    if (here == '-' && c->l->flags & LW_LANG_COMMANDS) /* an option */
        while (c->at < c->n && (lw_is_word_byte(c->s[c->at]) || c->s[c->at] == '-'))
            c->at++;
    c->fresh = false;
}

static bool take_at_line_start(struct lw_code_scan *c)
{
    return take_preprocessor(c) || take_prompt(c) || take_line_key(c) || take_instruction(c);
}

static bool take_marked(struct lw_code_scan *c)
{
    return take_at_word(c) || take_variable(c) || take_backslash(c) || take_css(c) || take_jsx(c);
}

static bool take_wordlike(struct lw_code_scan *c)
{
    char here = c->s[c->at];
    if (!(kind_of(c, c->at) & LW_IN_WORD) || here == '-' || here == '.')
        return false;
    size_t end = word_end(c, c->at);
    if ((kind_of(c, c->at) & LW_BEGINS_STRING && lw_take_string(c)) ||
        lw_take_prefixed_string(c, end))
        return true;
    if (c->l->flags & LW_LANG_PERL_QUOTES && lw_take_perl_quote(c, end))
        return true;
    if (lw_is_digit(here))
        take_number(c);
    else
        take_word(c);
    return true;
}

static void take_next(struct lw_code_scan *c)
{
    char here = c->s[c->at];
    if (here == '\n') {
        take_line_end(c);
        return;
    }
    if (lw_is_blank(here)) {
        c->at = lw_past_blanks(c->s, c->n, c->at);
        return;
    }
    if ((c->depth > 0 && lw_take_inner_end(c)) ||
        (kind_of(c, c->at) & LW_BEGINS_COMMENT && (take_block_comment(c) || take_line_comment(c))))
        return;
    if ((c->fresh && take_at_line_start(c)) || take_wordlike(c) || take_marked(c))
        return;
    if (c->l->flags & LW_LANG_HEREDOCS && lw_take_heredoc_mark(c))
        return;
    if (c->l->flags & LW_LANG_REGEX && lw_take_regex(c))
        return;
    if (!(kind_of(c, c->at) & LW_BEGINS_STRING && lw_take_string(c)) &&
        !(here == '.' && take_number(c)))
        take_sign(c);
}

void lw_scan_code(
    struct lw_tokens *to, const struct lw_words *words, const char *s, size_t from, size_t end)
{
    struct lw_code_scan c = {.to = to,
        .l = words->of,
        .words = words,
        .s = s,
        .at = from,
        .n = end,
        .fresh = true,
        .operand = true,
        .command = true};
    while (c.at < c.n)
        take_next(&c);
}
