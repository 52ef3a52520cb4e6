/* Explains why a record is not JSON, with the place and the cure. Uses the text of jansson where
 * there is no sentence here. */
#include "labelwright/json/json_error.h"
#include "labelwright/text/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_MAX = 40 };

/* Where a mistake is: the n bytes at `at` of a record that has `end` bytes. */
struct spot {
    const char *bytes;
    size_t end;
    size_t at, n;
};

static bool word_byte(char c)
{
    return isalnum((unsigned char)c) || strchr("+-._", c);
}

bool lw_json_hex4(const char *s, const char *end, char32_t *cp)
{
    static const char digits[] = "0123456789abcdef";
    if (end - s < 4)
        return false;
    *cp = 0;
    for (int i = 0; i < 4; i++) {
        const char *d = s[i] < '0' ? NULL : strchr(digits, s[i] | 0x20);
        if (!d)
            return false;
        *cp = *cp << 4 | (char32_t)(d - digits);
    }
    return true;
}

/* The opening quote of the string that closes at `at`. */
static size_t string_start(const char *bytes, size_t at)
{
    while (at > 0) {
        size_t quote = --at, slashes = 0;
        while (quote > slashes && bytes[quote - slashes - 1] == '\\')
            slashes++;
        if (bytes[quote] == '"' && slashes % 2 == 0)
            break;
    }
    return at;
}

/* The token that ends before `end`: a string with its quotes, a word, or one byte. */
static struct spot token_before(const char *bytes, size_t total, size_t end)
{
    size_t at = end ? end - 1 : 0;
    if (bytes[at] == '"')
        at = string_start(bytes, at);
    else
        while (at > 0 && word_byte(bytes[at]) && word_byte(bytes[at - 1]))
            at--;
    return (struct spot){bytes, total, at, end - at};
}

static bool word_at(const struct spot *s, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at <= s->end && s->end - at >= n && memcmp(s->bytes + at, word, n) == 0;
}

/* The length of the \u escape at `at` when it names a character (6, or 12 for a pair); else 0. */
static size_t good_escape(const struct spot *s, size_t at)
{
    char32_t cp = 0, low = 0;
    const char *p = s->bytes + at, *end = s->bytes + s->end;
    if (!lw_json_hex4(p + 2, end, &cp) || cp == 0 || (cp & 0xFC00) == 0xDC00)
        return 0;
    if ((cp & 0xFC00) != 0xD800)
        return 6;
    bool pair = word_at(s, at + 6, "\\u") && lw_json_hex4(p + 8, end, &low);
    return pair && (low & 0xFC00) == 0xDC00 ? 12 : 0;
}

/* Narrows the spot to the first escape that does not name a character. */
static bool find_bad_escape(struct spot *s)
{
    size_t end = s->at + s->n;
    for (size_t i = s->at, step; i < end; i += step) {
        step = 1;
        if (s->bytes[i] == '\\')
            step = word_at(s, i, "\\u") ? good_escape(s, i) : 2;
        if (step == 0) {
            s->at = i;
            s->n = end - i < 6 ? end - i : 6;
            return true;
        }
    }
    return false;
}

/* Columns count characters; a record has several lines only when it is not from JSON Lines. */
static void place(const struct spot *s, char *to, size_t room)
{
    size_t line = 1, col = 1;
    for (size_t i = 0; i < s->at; i++) {
        if (((unsigned char)s->bytes[i] & 0xC0) != 0x80)
            col++;
        if (s->bytes[i] == '\n') {
            line++;
            col = 1;
        }
    }
    if (line > 1)
        snprintf(to, room, "Line %zu, column %zu of the record", line, col);
    else
        snprintf(to, room, "Column %zu of the record", col);
}

const char *lw_json_error_place(const char *why, size_t *line, size_t *col)
{
    int n = 0;
    *line = *col = 1;
    if (sscanf(why, "Line %zu, column %zu of the record: %n", line, col, &n) < 2 &&
        sscanf(why, "Column %zu of the record: %n", col, &n) < 1)
        *line = *col = 1;
    return why + n;
}

static enum lw_code refuse(const struct spot *s, const char *what, struct lw_err *err)
{
    char where[80];
    place(s, where, sizeof where);
    return lw_fail(err, LW_EBAD, "%s: %s", where, what);
}

/* Puts the token before `what`. */
static enum lw_code refuse_token(const struct spot *s, const char *what, struct lw_err *err)
{
    char where[80];
    size_t n = s->n < SHOWN_MAX ? s->n : SHOWN_MAX, whole;
    if (!lw_utf8_valid(s->bytes + s->at, n, &whole))
        n = whole;
    place(s, where, sizeof where);
    return lw_fail(
        err, LW_EBAD, "%s: %.*s%s %s", where, (int)n, s->bytes + s->at, n < s->n ? "…" : "", what);
}

static bool is_comment(const struct spot *s)
{
    return word_at(s, s->at, "//") || word_at(s, s->at, "/*");
}

static bool bracket_behind_comma(const struct spot *s)
{
    size_t at = s->at;
    while (at > 0 && isspace((unsigned char)s->bytes[at - 1]))
        at--;
    return (s->bytes[s->at] == '}' || s->bytes[s->at] == ']') && at > 0 && s->bytes[at - 1] == ',';
}

static enum lw_code refuse_word(struct spot s, struct lw_err *err)
{
    static const char no_number[] = "is not a JSON number: write null, or leave the member out.";
    static const char python[] = "is Python, not JSON: write the file with json.dumps.";
    static const struct {
        const char *word, *what;
    } words[] = {
        {"NaN", no_number},
        {"nan", no_number},
        {"Infinity", no_number},
        {"-Infinity", no_number},
        {"True", python},
        {"False", python},
        {"None", python},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_at(&s, s.at, words[i].word)) {
            s.n = strlen(words[i].word);
            return refuse_token(&s, words[i].what, err);
        }
    return LW_OK;
}

static enum lw_code refuse_syntax(const struct spot *s, const json_error_t *e, struct lw_err *err)
{
    if (refuse_word(*s, err) != LW_OK)
        return LW_EBAD;
    if (is_comment(s))
        return refuse(s, "remove comments like // or /* */: JSON has none.", err);
    if (s->bytes[s->at] == '\'')
        return refuse(s, "use \"double\" quotes: JSON does not allow single quotes.", err);
    if (bracket_behind_comma(s))
        return refuse(s, "remove the comma before the closing bracket.", err);
    char what[JSON_ERROR_TEXT_LENGTH + 16];
    snprintf(what, sizeof what, "not JSON: %s.", e->text);
    return refuse(s, what, err);
}

static enum lw_code refuse_escape(struct spot s, struct lw_err *err)
{
    if (!find_bad_escape(&s))
        return refuse(&s, "this escape does not name a character.", err);
    if (word_at(&s, s.at, "\\u0000"))
        return refuse_token(
            &s, "is a NUL character: remove it, because text cannot contain it.", err);
    return refuse_token(&s,
        "is half a surrogate pair, not a character: the text was cut in the middle of a character.",
        err);
}

static enum lw_code refuse_overflow(const struct spot *s, struct lw_err *err)
{
    for (size_t i = 0; i < s->n; i++)
        if (strchr(".eE", s->bytes[s->at + i]))
            return refuse_token(s, "is too large for a double: write it in quotes.", err);
    return refuse_token(s, "is an integer of more than 64 bits: write it in quotes.", err);
}

static enum lw_code refuse_control(struct spot s, size_t at, struct lw_err *err)
{
    char what[80];
    s.at = at;
    snprintf(what, sizeof what, "a control character in text: write it as \\u%04x.",
        (unsigned)(unsigned char)s.bytes[at]);
    return refuse(&s, what, err);
}

static bool starts(const json_error_t *e, const char *with)
{
    return strncmp(e->text, with, strlen(with)) == 0;
}

enum lw_code lw_json_error(const char *bytes, size_t n, const json_error_t *e, struct lw_err *err)
{
    size_t pos = e->position < 0 ? 0 : (size_t)e->position;
    if (n == 0)
        return lw_fail(err, LW_EBAD, "The record is empty.");
    struct spot s = token_before(bytes, n, pos < n ? pos : n);
    switch (json_error_code(e)) {
    case json_error_premature_end_of_input:
        return lw_fail(
            err, LW_EBAD, "The record ends too early: a bracket or a quote is not closed.");
    case json_error_stack_overflow:
        return refuse(&s, "nested too deeply: the limit is 2,048 levels.", err);
    case json_error_duplicate_key:
        return refuse_token(&s, "is used twice in the same object: keep one of them.", err);
    case json_error_numeric_overflow:
        return refuse_overflow(&s, err);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return refuse_escape(s, err);
    case json_error_end_of_input_expected:
        if (!is_comment(&s))
            return refuse(&s, "extra text after the record: write one record per line.", err);
        break;
    default:
        if (starts(e, "invalid Unicode"))
            return refuse_escape(s, err);
        if (pos < n && (starts(e, "control character") || starts(e, "unexpected newline")))
            return refuse_control(s, pos, err);
    }
    return refuse_syntax(&s, e, err);
}
