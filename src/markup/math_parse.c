/* The LaTeX of a formula to a tree: its commands. How they take their arguments is in the tables
 * of math_commands.c; what a formula looks like is not known here. Nothing is expanded, and what we
 * do not know is refused with a reason. */
#include "markup/math_scan_internal.h"

#include "labelwright/markup/run.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

static uint32_t parse_command(struct lw_math_parser *p);

/* ---- text in words */

/* One piece of a text in braces: math between dollars, a command, a group, or characters. */
static uint32_t parse_text_group(struct lw_math_parser *p);

static uint32_t parse_text_piece(struct lw_math_parser *p)
{
    size_t from = p->at;
    if (lw_math_take(p, '$')) {
        uint32_t row = lw_math_parse_body(p);
        return lw_math_take(p, '$') || p->failed ? row
                                                 : lw_math_fail(p, "has a $ that is not closed");
    }
    if (lw_math_is_command(p, "\\")) {
        p->at += 2;
        return lw_math_add_space(p, 1, from);
    }
    if (is_at(p, '\\'))
        return parse_command(p);
    if (is_at(p, '{'))
        return parse_text_group(p);
    if (is_at(p, '~') || is_at(p, '\n') || is_at(p, '\t') || is_at(p, '\r')) {
        if (!lw_math_take(p, '~'))
            lw_math_skip_blanks(p);
        return lw_math_add_space(p, 1, from);
    }
    while (p->at < p->end && !(p->s[p->at] && strchr("${}\\~\n\t\r", p->s[p->at])))
        p->at++;
    uint32_t i = lw_math_add_atom(p, p->s + from, p->at - from, LW_MATH_ORD, from);
    node(p, i)->literal = true;
    return i;
}

static uint32_t parse_text_group(struct lw_math_parser *p)
{
    size_t from = p->at++;
    uint32_t first = 0, last = 0;
    if (++p->depth > LW_MATH_DEPTH)
        return lw_math_fail(p, "is nested too deeply");
    while (p->at < p->end && !is_at(p, '}')) {
        uint32_t i = parse_text_piece(p);
        if (!i || p->failed)
            continue;
        if (last)
            node(p, last)->next = i;
        else
            first = i;
        last = i;
    }
    p->depth--;
    if (!lw_math_take(p, '}'))
        return lw_math_fail(p, "has a { that is not closed");
    uint32_t row = lw_math_add_row(p, first, from);
    node(p, row)->literal = true;
    return row;
}

static uint32_t parse_text(struct lw_math_parser *p, int emph)
{
    uint8_t old = p->emph;
    p->emph = (uint8_t)(p->emph | emph);
    lw_math_skip_blanks(p);
    uint32_t i = is_at(p, '{') ? parse_text_group(p) : lw_math_parse_argument(p);
    p->emph = old;
    return i;
}

/* ---- brackets of any size */

/* The bracket behind \left or \big; 0 without a failure for none: ".". */
static uint32_t parse_bracket(struct lw_math_parser *p)
{
    lw_math_skip_blanks(p);
    size_t from = p->at;
    if (lw_math_take(p, '.'))
        return 0;
    if (lw_math_take(p, '<'))
        return lw_math_add_atom(p, "⟨", strlen("⟨"), LW_MATH_OPEN, from);
    if (lw_math_take(p, '>'))
        return lw_math_add_atom(p, "⟩", strlen("⟩"), LW_MATH_CLOSE, from);
    uint32_t i = p->at < p->end ? lw_math_parse_nucleus(p) : 0;
    if (p->failed)
        return 0;
    if (!i || node(p, i)->kind != LW_MATH_ATOM)
        return lw_math_fail(p, "has a \\left, \\right or \\big without a bracket");
    return i;
}

static uint32_t parse_left(struct lw_math_parser *p, size_t from)
{
    uint32_t left = parse_bracket(p);
    lw_math_span(p, left, from);
    uint32_t body = p->failed ? 0 : lw_math_parse_body(p);
    size_t at = p->at;
    if (p->failed)
        return 0;
    if (!lw_math_take_command(p, "right"))
        return lw_math_fail(p, "has a \\left without its \\right");
    uint32_t right = parse_bracket(p);
    lw_math_span(p, right, at);
    uint32_t i = lw_math_add(p, LW_MATH_FENCE, from);
    struct lw_math_node *n = node(p, i);
    n->a = left;
    n->b = body;
    n->c = right;
    return i;
}

static uint32_t parse_big(struct lw_math_parser *p, const char *name, size_t n, size_t from)
{
    uint32_t i = parse_bracket(p);
    if (!i)
        return 0;
    char side = name[n - 1];
    if (side != 'g')
        node(p, i)->cls = side == 'l' ? LW_MATH_OPEN : side == 'r' ? LW_MATH_CLOSE : LW_MATH_REL;
    return lw_math_span(p, i, from);
}

/* The bar of a \left … \right grows with these. */
static uint32_t parse_middle(struct lw_math_parser *p, size_t from)
{
    uint32_t i = parse_big(p, "m", 1, from);
    if (i)
        node(p, i)->flag = true;
    return i;
}

/* ---- commands */

static uint32_t parse_with(struct lw_math_parser *p, enum lw_math_alphabet alphabet, int emph)
{
    enum lw_math_alphabet old = p->alphabet;
    uint8_t old_emph = p->emph;
    p->alphabet = alphabet;
    p->emph = (uint8_t)(p->emph | emph);
    uint32_t arg = lw_math_parse_argument(p);
    p->alphabet = old;
    p->emph = old_emph;
    return arg;
}

static uint32_t parse_begin(struct lw_math_parser *p, size_t from)
{
    size_t name, n, spec = 0, nspec = 0;
    if (!lw_math_take_raw(p, &name, &n))
        return lw_math_fail(p, "has a \\begin without a name");
    const struct lw_math_env *env = lw_math_env(p->s + name, n);
    if (!env)
        return lw_math_fail(p, "has an environment that we do not know");
    if (p->at + 2 < p->end && p->s[p->at] == '[' && p->s[p->at + 2] == ']' && p->s[p->at + 1] &&
        strchr("tbclr", p->s[p->at + 1]))
        p->at += 3;
    if (env->argument && !lw_math_take_raw(p, &spec, &nspec))
        return lw_math_fail(p, "has a \\begin{%s} without its columns", env->name);
    size_t begin = p->at - from;
    uint32_t grid = lw_math_parse_lines(p, env, from);
    size_t end = p->at, at, got;
    if (p->failed)
        return 0;
    if (!lw_math_take_command(p, "end") || !lw_math_take_raw(p, &at, &got) || got != n ||
        memcmp(p->s + at, p->s + name, n) != 0)
        return lw_math_fail(p, "has a \\begin{%s} without its \\end", env->name);
    struct lw_math_node *g = node(p, grid);
    g->text = env->argument ? p->s + spec : env->columns;
    g->ntext = env->argument ? nspec : strlen(env->columns);
    lw_math_span(p, grid, from);
    uint32_t open = lw_math_add(p, LW_MATH_SPACE, from), close = lw_math_add(p, LW_MATH_SPACE, end);
    node(p, open)->len = begin;
    node(p, grid)->b = open; /* only where its brackets are in the source */
    node(p, grid)->c = close;
    return grid;
}

static uint32_t parse_two(struct lw_math_parser *p, enum lw_math_kind kind, size_t from)
{
    uint32_t a = lw_math_parse_argument(p);
    uint32_t b = p->failed ? 0 : lw_math_parse_argument(p);
    uint32_t i = lw_math_add(p, kind, from);
    node(p, i)->a = a;
    node(p, i)->b = b;
    return i;
}

static uint32_t parse_one(struct lw_math_parser *p, enum lw_math_kind kind, size_t from)
{
    uint32_t a = lw_math_parse_argument(p);
    uint32_t i = lw_math_add(p, kind, from);
    node(p, i)->a = a;
    return i;
}

static uint32_t parse_wrap(
    struct lw_math_parser *p, const char *open, const char *close, size_t from)
{
    uint32_t left = lw_math_add_atom(p, open, strlen(open), LW_MATH_OPEN, from);
    uint32_t body = lw_math_parse_argument(p);
    uint32_t right = lw_math_add_sign(p, close, LW_MATH_CLOSE);
    uint32_t i = lw_math_add(p, LW_MATH_FENCE, from);
    struct lw_math_node *n = node(p, i);
    n->a = left;
    n->b = body;
    n->c = right;
    n->flag = true;
    return i;
}

static uint32_t parse_mod(struct lw_math_parser *p, const struct lw_math_command *c, size_t from)
{
    uint32_t space = lw_math_add_space(p, 1, from);
    uint32_t fence = parse_wrap(p, *c->a ? "(mod " : "(", ")", from);
    if (p->failed)
        return 0;
    node(p, space)->next = fence;
    return lw_math_add_row(p, space, from);
}

static uint32_t parse_note(struct lw_math_parser *p, const struct lw_math_command *c, size_t from)
{
    size_t at, n;
    lw_math_take(p, '*');
    if (!lw_math_take_raw(p, &at, &n))
        return lw_math_fail(p, "has a \\%s without braces", c->name);
    uint32_t space = lw_math_add_space(p, 2, from);
    uint32_t left = lw_math_add_sign(p, c->a, LW_MATH_ORD);
    uint32_t raw = lw_math_add_atom(p, p->s + at, n, LW_MATH_ORD, at);
    uint32_t right = lw_math_add_sign(p, c->b, LW_MATH_ORD);
    node(p, raw)->len = n;
    node(p, raw)->literal = true;
    node(p, left)->at = from;
    node(p, left)->style = node(p, raw)->style = node(p, right)->style = LW_STYLE_REMARK;
    node(p, space)->next = left;
    node(p, left)->next = raw;
    node(p, raw)->next = right;
    return lw_math_add_row(p, strcmp(c->name, "tag") == 0 || *c->a == '[' ? space : left, from);
}

static uint32_t parse_not(struct lw_math_parser *p, size_t from)
{
    uint32_t i = lw_math_parse_argument(p);
    if (p->failed)
        return 0;
    struct lw_math_node *n = node(p, i);
    char crossed[16];
    size_t got = sizeof n->own;
    if (n->kind != LW_MATH_ATOM || n->ntext > 8)
        return lw_math_fail(p, "has a \\not before what is no sign");
    memcpy(crossed, lw_math_text(n), n->ntext);
    memcpy(crossed + n->ntext, "\xCC\xB8", 2);
    uint8_t *made =
        u8_normalize(UNINORM_NFC, (const uint8_t *)crossed, n->ntext + 2, (uint8_t *)n->own, &got);
    if (!made || made != (uint8_t *)n->own) {
        free(made);
        return lw_math_fail(p, "has a \\not before what is no sign");
    }
    n->text = NULL;
    n->ntext = got;
    return lw_math_span(p, i, from);
}

static uint32_t parse_name(struct lw_math_parser *p, bool limits, size_t from)
{
    limits = lw_math_take(p, '*') || limits;
    uint32_t arg = parse_with(p, LW_MATH_PLAIN, 0);
    if (p->failed)
        return 0;
    uint32_t i = node(p, arg)->kind == LW_MATH_ROW ? arg : lw_math_add_row(p, arg, from);
    node(p, i)->cls = LW_MATH_FUNC;
    node(p, i)->limits = limits;
    node(p, i)->literal = true;
    return lw_math_span(p, i, from);
}

static uint32_t parse_root(struct lw_math_parser *p, size_t from)
{
    size_t sign = p->at - from;
    uint32_t index = lw_math_parse_optional(p);
    uint32_t i = p->failed ? 0 : parse_one(p, LW_MATH_ROOT, from);
    if (p->failed)
        return 0;
    node(p, i)->b = index;
    node(p, i)->amount = (int)sign;
    return i;
}

static uint32_t parse_stack(struct lw_math_parser *p, bool above, size_t from)
{
    uint32_t i = parse_two(p, LW_MATH_STACK, from);
    if (p->failed)
        return 0;
    struct lw_math_node *n = node(p, i);
    uint32_t script = n->a;
    n->a = n->b;
    n->b = above ? script : 0;
    n->c = above ? 0 : script;
    return i;
}

static uint32_t parse_arrow(struct lw_math_parser *p, const struct lw_math_command *c, size_t from)
{
    uint32_t under = lw_math_parse_optional(p);
    uint32_t over = p->failed ? 0 : lw_math_parse_argument(p);
    uint32_t i = lw_math_add(p, LW_MATH_ARROW, from);
    struct lw_math_node *n = node(p, i);
    n->text = c->a;
    n->cls = LW_MATH_REL;
    n->b = over;
    n->c = under;
    return i;
}

static uint32_t parse_class(struct lw_math_parser *p, enum lw_math_class cls, size_t from)
{
    uint32_t arg = lw_math_parse_argument(p);
    if (p->failed)
        return 0;
    uint32_t i = lw_math_add_row(p, arg, from);
    node(p, i)->cls = (uint8_t)cls;
    return i;
}

static uint32_t parse_skipped(struct lw_math_parser *p, bool shown)
{
    size_t at, n;
    lw_math_take(p, '*');
    lw_math_take_raw(p, &at, &n);
    return shown && !p->failed ? lw_math_parse_argument(p) : 0;
}

static uint32_t parse_substack(struct lw_math_parser *p, size_t from)
{
    lw_math_skip_blanks(p);
    if (!lw_math_take(p, '{'))
        return lw_math_fail(p, "has a \\substack without braces");
    uint32_t grid = lw_math_parse_lines(p, lw_math_env("gathered", 8), from);
    if (!p->failed && !lw_math_take(p, '}'))
        return lw_math_fail(p, "has a { that is not closed");
    return p->failed ? 0 : lw_math_span(p, grid, from);
}

static uint32_t with_text(struct lw_math_parser *p, uint32_t i, const struct lw_math_command *c)
{
    if (!i || p->failed)
        return 0;
    struct lw_math_node *n = node(p, i);
    n->text = c->a;
    n->flag = c->b != NULL;
    n->amount = c->number;
    n->limits = n->kind == LW_MATH_BRACE;
    return i;
}

/* What changes letters, or only how they look in print. */
static uint32_t run_style(struct lw_math_parser *p, const struct lw_math_command *c, size_t from)
{
    switch (c->job) {
    case LW_MATH_DO_TEXT:
        return parse_text(p, c->number);
    case LW_MATH_DO_FONT:
        return parse_with(p, (enum lw_math_alphabet)c->number, 0);
    case LW_MATH_DO_EMPH:
        return parse_with(p, p->alphabet, c->number);
    case LW_MATH_DO_SWITCH:
        p->emph = (uint8_t)(p->emph | c->number);
        return 0;
    case LW_MATH_DO_SPACE:
        return lw_math_add_space(p, c->number, from);
    case LW_MATH_DO_SKIP:
    case LW_MATH_DO_COLOR:
        return parse_skipped(p, c->job == LW_MATH_DO_COLOR);
    case LW_MATH_DO_PLAIN:
        return lw_math_parse_argument(p);
    case LW_MATH_DO_REFUSE:
        return lw_math_fail(p, "%s", c->a);
    case LW_MATH_DO_LIMITS:
    case LW_MATH_DO_OVER:
        return lw_math_fail(p, "has \\%s where nothing is before it", c->name);
    default: /* LW_MATH_DO_NOTHING */
        return 0;
    }
}

static uint32_t run_command(struct lw_math_parser *p, const struct lw_math_command *c,
    const char *name, size_t n, size_t from)
{
    switch (c->job) {
    case LW_MATH_DO_FRAC:
        return with_text(p, parse_two(p, LW_MATH_FRAC, from), c);
    case LW_MATH_DO_ROOT:
        return parse_root(p, from);
    case LW_MATH_DO_ACCENT:
        return with_text(p, parse_one(p, LW_MATH_ACCENT, from), c);
    case LW_MATH_DO_LEFT:
        return parse_left(p, from);
    case LW_MATH_DO_BIG:
        return parse_big(p, name, n, from);
    case LW_MATH_DO_MIDDLE:
        return parse_middle(p, from);
    case LW_MATH_DO_BEGIN:
        return parse_begin(p, from);
    case LW_MATH_DO_WRAP:
        return parse_wrap(p, c->a, c->b, from);
    case LW_MATH_DO_BOX:
        return parse_one(p, LW_MATH_BOX, from);
    case LW_MATH_DO_BRACE:
        return with_text(p, parse_one(p, LW_MATH_BRACE, from), c);
    case LW_MATH_DO_STACK:
        return parse_stack(p, c->number < 0, from);
    case LW_MATH_DO_ARROW:
        return parse_arrow(p, c, from);
    case LW_MATH_DO_MOD:
        return parse_mod(p, c, from);
    case LW_MATH_DO_NAME:
        return parse_name(p, n > strlen("operatorname"), from);
    case LW_MATH_DO_CLASS:
        return parse_class(p, (enum lw_math_class)c->number, from);
    case LW_MATH_DO_NOT:
        return parse_not(p, from);
    case LW_MATH_DO_NOTE:
        return parse_note(p, c, from);
    case LW_MATH_DO_SUBSTACK:
        return parse_substack(p, from);
    default:
        return run_style(p, c, from);
    }
}

static uint32_t parse_command(struct lw_math_parser *p)
{
    size_t from = p->at, n = lw_math_name_len(p);
    const char *name = p->s + from + 1;
    if (n == 0)
        return lw_math_fail(p, "ends in a backslash");
    p->at += 1 + n;
    p->word_end = is_letter(*name) ? p->at : 0;
    const struct lw_math_symbol *symbol = lw_math_symbol(name, n);
    if (symbol) {
        uint32_t i = lw_math_add_atom(p, symbol->text, strlen(symbol->text), symbol->cls, from);
        node(p, i)->limits = symbol->limits;
        return i;
    }
    const struct lw_math_command *command = lw_math_command(name, n);
    if (command)
        return run_command(p, command, name, n, from);
    if (!is_letter(*name))
        return lw_math_fail(p, "has a command that we do not know");
    return lw_math_fail(
        p, "has the command \\%.*s, which we do not know", n < 30 ? (int)n : 30, name);
}

/* ---- all of it */

static void refuse_rest(struct lw_math_parser *p)
{
    static const struct {
        const char *what, *why;
    } rest[] = {
        {"}", "has a } without its {"},
        {"$", "has a $ inside"},
        {"\\right", "has a \\right without its \\left"},
        {"\\end", "has an \\end without its \\begin"},
    };
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        size_t n = strlen(rest[i].what);
        if (p->end - p->at >= n && memcmp(p->s + p->at, rest[i].what, n) == 0)
            lw_math_fail(p, "%s", rest[i].why);
    }
    if (p->at < p->end)
        lw_math_fail(p, "has something that does not belong there");
}

bool lw_math_parse(struct lw_math_tree *to, const char *s, size_t at, size_t end, int quotes)
{
    struct lw_math_parser p = {
        .t = to, .s = s, .at = at, .end = end, .quotes = quotes, .command = parse_command};
    to->n = 0;
    to->why[0] = '\0';
    lw_math_add(&p, LW_MATH_ROW, at); /* number 0 is none */
    if (end - at > LW_MATH_MAX)
        lw_math_fail(&p, "is longer than %d KiB", LW_MATH_MAX / 1024);
    else
        to->top = lw_math_parse_body(&p);
    if (!p.failed && p.at < end)
        refuse_rest(&p);
    return !p.failed;
}
