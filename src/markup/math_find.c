/* Where formulas are in a text, and where a dollar is only a dollar. What is in them is
 * math_parse.c's. One pass: what looks for an end looks no further than the next beginning of its
 * kind or the end of the paragraph. */
#include "labelwright/markup/math.h"

#include "markup/math_tree_internal.h"

#include <string.h>

/* ---- characters */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

/* The text and how far it goes. */
struct text {
    const char *s;
    size_t n;
};

static char at(const struct text *t, size_t i)
{
    return i < t->n ? t->s[i] : '\0';
}

static bool starts(const struct text *t, size_t i, const char *what)
{
    size_t n = strlen(what);
    return t->n - i >= n && memcmp(t->s + i, what, n) == 0;
}

/* True at a line end that ends the paragraph: the next line is blank, or has only the signs of a
 * quote. */
static bool ends_paragraph(const struct text *t, size_t i)
{
    if (t->s[i] != '\n')
        return false;
    for (i++; i < t->n && t->s[i] != '\n'; i++) {
        if (!is_blank(t->s[i]) && t->s[i] != '>')
            return false;
    }
    return true;
}

static size_t run_of(const struct text *t, size_t i, char c)
{
    size_t n = 0;
    while (at(t, i + n) == c && i + n < t->n)
        n++;
    return n;
}

/* ---- code */

enum { TICKS_MAX = 16 }; /* of a code span: each number is looked for once in a paragraph */

/* Where the code ends that begins with the backticks at `i`; behind these when it is none. */
static size_t skip_span(const struct text *t, size_t i)
{
    size_t ticks = run_of(t, i, '`'), from = i + ticks;
    for (size_t k = from; k < t->n && ticks <= TICKS_MAX && !ends_paragraph(t, k); k++) {
        if (t->s[k] != '`')
            continue;
        size_t found = run_of(t, k, '`');
        if (found == ticks)
            return k + found;
        k += found - 1;
    }
    return from;
}

static size_t line_end(const struct text *t, size_t i)
{
    const char *end = memchr(t->s + i, '\n', t->n - i);
    return end ? (size_t)(end - t->s) + 1 : t->n;
}

/* Blanks, signs of a quote, and one of a list. */
static size_t skip_line_start(const struct text *t, size_t i)
{
    while (i < t->n && (t->s[i] == ' ' || t->s[i] == '\t' || t->s[i] == '>'))
        i++;
    if (is_one_of(at(t, i), "-*+") && at(t, i + 1) == ' ')
        return i + 2;
    return i;
}

/* Where the fenced code ends whose fence is at `i`; `i` when there is none. */
static size_t skip_fence(const struct text *t, size_t i)
{
    char c = at(t, i);
    size_t fence = c == '`' || c == '~' ? run_of(t, i, c) : 0, end = line_end(t, i);
    if (fence < 3 || (c == '`' && memchr(t->s + i + fence, '`', end - i - fence)))
        return i;
    while (end < t->n) {
        size_t k = skip_line_start(t, end), next = line_end(t, end);
        size_t closing = k < next && t->s[k] == c ? run_of(t, k, c) : 0;
        for (k += closing; k < next && is_blank(t->s[k]);)
            k++;
        if (closing >= fence && k >= next)
            return next;
        end = next;
    }
    return t->n;
}

/* ---- dollars */

/* Words that stand by themselves, and what shows that a text is mathematics all the same. */
struct clues {
    size_t words, long_words; /* of 2, of 3 letters and more */
    bool command, script, sign, line_end;
    bool unbalanced; /* braces */
};

static struct clues clues_of(const struct text *t, size_t from, size_t end)
{
    struct clues c = {0};
    int depth = 0;
    for (size_t i = from; i < end; i++) {
        size_t letters = 0;
        depth += t->s[i] == '{' ? 1 : t->s[i] == '}' ? -1 : 0;
        c.unbalanced = c.unbalanced || depth < 0;
        if (t->s[i] == '\\') {
            c.command = c.command || is_letter(at(t, i + 1));
            for (i++; i + 1 < end && is_letter(t->s[i + 1]) && is_letter(t->s[i]);)
                i++;
            continue;
        }
        c.script = c.script || t->s[i] == '^' || t->s[i] == '_';
        c.sign = c.sign || is_one_of(t->s[i], "=<>+*/|");
        c.line_end = c.line_end || t->s[i] == '\n';
        while (i + letters < end && is_letter(t->s[i + letters]))
            letters++;
        c.words += letters >= 2;
        c.long_words += letters >= 3;
        i += letters > 0 ? letters - 1 : 0;
    }
    c.unbalanced = c.unbalanced || depth != 0;
    return c;
}

/* A letter behind the closing dollar is an ending, as in $n$th. */
static bool is_ending(const struct text *t, size_t i)
{
    static const char *const endings[] = {"th", "st", "nd", "rd", "s", "ths", "d"};
    size_t n = 0;
    while (is_letter(at(t, i + n)))
        n++;
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        if (strlen(endings[k]) == n && memcmp(t->s + i, endings[k], n) == 0)
            return true;
    }
    return false;
}

/* ${name}, $(command), $('#id'), $NAME/…: variables of shells and scripts. */
static bool is_variable(const struct text *t, size_t from, size_t end)
{
    size_t i = from + 1;
    if (t->s[from] == '{') {
        while (i < end && (is_letter(t->s[i]) || is_digit(t->s[i]) || is_one_of(t->s[i], "_.:-")))
            i++;
        return at(t, i) == '}' && i > from + 2;
    }
    if (t->s[from] == '(')
        return is_one_of(at(t, i), "'\"") || starts(t, i, "this") || starts(t, i, "document");
    return false;
}

/* What may be right before a formula; a control word or a script may begin behind anything:
 * 45$^\circ$. */
static bool may_open(const struct text *t, size_t i)
{
    if (i == 0 || is_blank(t->s[i - 1]) || (unsigned char)t->s[i - 1] >= 0x80 ||
        is_one_of(t->s[i - 1], "([{\"'-/>|*_:,;=~<&"))
        return true;
    if (t->s[i - 1] == '$')
        return false;
    char c = at(t, i + 1);
    return c == '^' || c == '_' ||
           (c == '\\' && is_letter(at(t, i + 2)) && is_letter(at(t, i + 3)));
}

/* Between one dollar and the next: pandoc's rule, and ours against prices and programs. */
static bool is_inline(const struct text *t, size_t open, size_t close)
{
    size_t from = open + 1;
    char after = at(t, close + 1);
    if (close == from || is_blank(t->s[from]) || is_blank(t->s[close - 1]) || is_digit(after) ||
        is_one_of(after, "{(<$") || !may_open(t, open) || is_variable(t, from, close))
        return false;
    struct clues c = clues_of(t, from, close);
    if (c.unbalanced)
        return false;
    bool script = t->s[from] == '^' || t->s[from] == '_'; /* as in H$_2$O */
    if ((is_letter(after) || (after == '_' && is_letter(at(t, close + 2)))) && !c.command &&
        !script && !is_ending(t, close + 1))
        return false;
    if (c.command)
        return true;
    if (is_digit(t->s[from]) && (c.line_end || (c.words > 0 && !c.script)))
        return false;
    return c.long_words < 3 && (c.words < 2 || c.script || c.sign);
}

/* The next dollar that is not escaped, within the paragraph; t->n for none. */
static size_t next_dollar(const struct text *t, size_t i)
{
    for (; i < t->n && !ends_paragraph(t, i); i++) {
        if (t->s[i] == '\\')
            i++;
        else if (t->s[i] == '$')
            return i;
    }
    return t->n;
}

enum { INNER_MAX = 8 }; /* dollars inside of one formula */

/* The one that closes: dollars in braces are those of \text{if $x$}. */
static size_t closing_dollar(const struct text *t, size_t from)
{
    int depth = 0;
    for (int tries = 0; tries <= INNER_MAX; tries++) {
        size_t close = next_dollar(t, from);
        if (close >= t->n)
            break;
        for (; from < close; from++) {
            if (t->s[from] == '\\')
                from++;
            else
                depth += t->s[from] == '{' ? 1 : t->s[from] == '}' ? -1 : 0;
        }
        if (depth <= 0)
            return close;
        from = close + 1;
    }
    return t->n;
}

static bool found(struct lw_formula *f, size_t from, size_t end, size_t delimiter, bool display)
{
    f->at = from;
    f->len = end - from;
    f->body = from + delimiter;
    f->nbody = end - from - 2 * delimiter;
    f->display = display;
    return true;
}

static bool has_body(const struct text *t, size_t from, size_t end)
{
    while (from < end && is_blank(t->s[from]))
        from++;
    return from < end;
}

/* $$ … $$; `*next` is where to go on when it is none. */
static bool find_double(const struct text *t, size_t i, struct lw_formula *f, size_t *next)
{
    *next = i + run_of(t, i, '$');
    if (*next != i + 2)
        return false;
    size_t close = next_dollar(t, i + 2);
    while (close < t->n && at(t, close + 1) != '$')
        close = next_dollar(t, close + 1);
    if (close >= t->n || !has_body(t, i + 2, close) || starts(t, i + 2, "<<"))
        return false;
    return found(f, i, close + 2, 2, true);
}

static bool find_dollar(const struct text *t, size_t i, struct lw_formula *f, size_t *next)
{
    if (at(t, i + 1) == '$')
        return find_double(t, i, f, next);
    *next = i + 1;
    size_t close = closing_dollar(t, i + 1);
    return close < t->n && is_inline(t, i, close) && found(f, i, close + 1, 1, false);
}

/* ---- backslashes */

/* An escaped bracket of Markdown, as in \[1\], is no formula: that has a sign or a command, or a
 * line of its own. */
static bool is_bracketed(const struct text *t, size_t open, size_t close)
{
    struct clues c = clues_of(t, open + 2, close);
    bool line = (open == 0 || t->s[open - 1] == '\n') && is_one_of(at(t, close + 2), "\r\n");
    if (!has_body(t, open + 2, close) || at(t, close + 2) == '(')
        return false;
    if (c.command || c.script || c.sign)
        return true;
    bool spread = is_blank(t->s[open + 2]);
    return c.long_words < 3 && c.words < 2 && (t->s[open + 1] == '(' || line || spread);
}

/* \( … \) and \[ … \]. A name before it makes it an expression to search with: matrix\(0\). */
static bool find_bracket(const struct text *t, size_t i, struct lw_formula *f, size_t *next)
{
    char open = t->s[i + 1], close = open == '(' ? ')' : ']';
    *next = i + 2;
    if (i > 0 && (is_letter(t->s[i - 1]) || is_digit(t->s[i - 1])))
        return false;
    for (size_t k = i + 2; k < t->n && !ends_paragraph(t, k); k++) {
        if (t->s[k] != '\\')
            continue;
        char c = at(t, ++k);
        if (c == open)
            return false;
        if (c == close)
            return is_bracketed(t, i, k - 1) && found(f, i, k + 1, 2, open == '[');
    }
    return false;
}

/* The name between the braces at `i`; 0 when there is none. */
static size_t name_at(const struct text *t, size_t i, size_t *name)
{
    size_t n = 0;
    *name = i + 1;
    if (at(t, i) != '{')
        return 0;
    while (is_letter(at(t, *name + n)) || at(t, *name + n) == '*')
        n++;
    return at(t, *name + n) == '}' ? n : 0;
}

/* Where the environment ends whose \begin is at `i`, by counting those inside: of what is nested as
 * it should be, the end of the right one. 0 for none. */
static size_t environment_end(const struct text *t, size_t i)
{
    int depth = 0;
    for (size_t k = i, name; k < t->n && !ends_paragraph(t, k); k++) {
        if (t->s[k] != '\\')
            continue;
        bool begin = starts(t, k, "\\begin{"), end = starts(t, k, "\\end{");
        depth += begin ? 1 : end ? -1 : 0;
        if (depth > LW_MATH_DEPTH)
            return 0;
        if (depth == 0 && end)
            return name_at(t, k + strlen("\\end"), &name) ? k : 0;
        k++;
    }
    return 0;
}

/* \begin{align} … \end{align} */
static bool find_environment(const struct text *t, size_t i, struct lw_formula *f, size_t *next)
{
    size_t name, other, n = name_at(t, i + strlen("\\begin"), &name);
    const struct lw_math_env *env = n ? lw_math_env(t->s + name, n) : NULL;
    *next = i + strlen("\\begin");
    size_t end = env && env->bare ? environment_end(t, i) : 0;
    if (end == 0 || name_at(t, end + strlen("\\end"), &other) != n ||
        memcmp(t->s + other, t->s + name, n) != 0)
        return false;
    found(f, i, other + n + 1, 0, true);
    f->body = name + n + 1;
    f->nbody = end - f->body;
    return true;
}

static bool find_backslash(const struct text *t, size_t i, struct lw_formula *f, size_t *next)
{
    char c = at(t, i + 1);
    if (c == '(' || c == '[')
        return find_bracket(t, i, f, next);
    if (starts(t, i, "\\begin{"))
        return find_environment(t, i, f, next);
    *next = i + 2;
    return false;
}

/* ---- all of it */

bool lw_math_find(const char *s, size_t n, size_t from, struct lw_formula *f)
{
    struct text t = {s, n};
    size_t i = from, next;
    bool start = from == 0 || (from <= n && from > 0 && s[from - 1] == '\n');
    for (; i < n; i = next) {
        size_t line = start ? skip_line_start(&t, i) : i;
        next = start ? skip_fence(&t, line) : i;
        start = start && next > line && next > 0 && s[next - 1] == '\n';
        if (next > line)
            continue;
        next = i = line;
        if (i >= n)
            break;
        next = i + 1;
        if (s[i] == '`')
            next = skip_span(&t, i);
        else if (s[i] == '$' && find_dollar(&t, i, f, &next))
            return true;
        else if (s[i] == '\\' && find_backslash(&t, i, f, &next))
            return true;
        start = next <= n && s[next - 1] == '\n';
    }
    return false;
}
