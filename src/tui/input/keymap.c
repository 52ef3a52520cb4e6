/* Which key means which command: defaults, the user's bindings, and keys of other keyboard layouts,
 * which count as the Latin key at the same place (for commands only, never for text). */
#define _GNU_SOURCE
#include "tui/input/keymap_internal.h"

#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- the user's bindings */

/* Keys that must stay free, and why. */
static const struct {
    const char *key, *why;
} never[] = {
    {"Backspace", "Vietnamese Telex input sends it on its own"},
    {"w", "Vietnamese Telex input turns it into a letter"},
    {"[", "it is missing on many keyboards"},
    {"]", "it is missing on many keyboards"},
    {"{", "it is missing on many keyboards"},
    {"}", "it is missing on many keyboards"},
    {"#", "it is missing on many keyboards"},
    {"~", "it is a dead key on many keyboards"},
    {"`", "it is a dead key on many keyboards"},
    {"\\", "it is missing on many keyboards"},
    {"^A", "screen uses it"},
    {"^B", "tmux uses it"},
    {"^S", "it stops the output of terminals"},
    {"^Q", "it resumes the output of terminals"},
};

static const char *never_why(struct lw_key key)
{
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        struct lw_key k;
        if (lw_key_parse(never[i].key, &k) && lw_key_is_same(k, key))
            return never[i].why;
    }
    return NULL;
}

static void add(struct lw_keymap *m, struct lw_key key, enum lw_command_id id, int number)
{
    m->v = lw_grow(m->v, m->n + 1, sizeof *m->v);
    m->v[m->n++] = (struct lw_binding){key, id, number};
}

static void drop(struct lw_keymap *m, enum lw_command_id id)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].id != id)
            m->v[kept++] = m->v[i];
    m->n = kept;
}

/* A key that is of use only before the first answer: whoever else wants it has it. */
static bool yields(const struct lw_binding *b)
{
    return b && b->id == LW_CMD_FIRST_ROW;
}

static void take_key(struct lw_keymap *m, struct lw_key key)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->n; i++)
        if (!yields(&m->v[i]) || !lw_key_is_same(m->v[i].key, key))
            m->v[kept++] = m->v[i];
    m->n = kept;
}

static void add_defaults(struct lw_keymap *m, enum lw_command_id id)
{
    char *keys = lw_strdup(lw_command_table[id].keys), *rest = keys;
    int number = 1;
    for (char *name; (name = strtok_r(rest, " ", &rest)); number++) {
        struct lw_key key;
        if (lw_key_parse(name, &key))
            add(m, key, id, number);
    }
    free(keys);
}

static enum lw_command_id command_id(const char *name)
{
    int id = 0;
    while (id < LW_CMD_TABLE_END && strcmp(lw_command_table[id].name, name) != 0)
        id++;
    return (enum lw_command_id)id;
}

static void unknown_command(
    const struct lw_config *c, const struct lw_key_binding *b, struct lw_problems *p)
{
    const char *names[LW_CMD_TABLE_END + 1] = {0};
    for (int i = 0; i < LW_CMD_TABLE_END; i++)
        names[i] = lw_command_table[i].name;
    const char *near = lw_nearest(b->command, names);
    lw_problem(p, c->file, b->line, b->col,
        "unknown command \"%s\"%s%s%s. labelwright keys lists all commands.", b->command,
        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

#define NO_KEY "\"%s\" is not a key. Write a character or a name: F1, ^P, M-u, Space, PgDn."
#define NEVER "%s cannot be bound: %s. Use another key."

static void bind(struct lw_keymap *m, const struct lw_config *c, const struct lw_key_binding *b,
    struct lw_problems *p)
{
    enum lw_command_id id = command_id(b->command);
    if (id == LW_CMD_TABLE_END) {
        unknown_command(c, b, p);
        return;
    }
    drop(m, id);
    for (size_t i = 0; i < b->nkeys; i++) {
        struct lw_key key;
        const char *why;
        if (!lw_key_parse(b->keys[i], &key)) {
            lw_problem(p, c->file, b->line, b->col, NO_KEY, b->keys[i]);
        } else if ((why = never_why(key))) {
            lw_problem(p, c->file, b->line, b->col, NEVER, b->keys[i], why);
        } else {
            take_key(m, key);
            add(m, key, id, (int)i + 1);
        }
    }
}

/* The line of the user's file about one of the two; defaults do not clash. */
static const struct lw_key_binding *binding_in_config(
    const struct lw_config *c, enum lw_command_id a, enum lw_command_id b)
{
    for (size_t i = 0; i < c->nbind; i++) {
        enum lw_command_id id = command_id(c->bind[i].command);
        if (id == a || id == b)
            return &c->bind[i];
    }
    return NULL;
}

static void report_clash(const struct lw_config *c, const struct lw_binding *a,
    const struct lw_binding *b, struct lw_problems *p)
{
    const struct lw_key_binding *at = binding_in_config(c, a->id, b->id);
    struct lw_buf name = {0};
    lw_key_print(a->key, &name);
    lw_problem(p, c->file, at ? at->line : 1, at ? at->col : 1,
        "key %s is bound to both %s and %s. Remove one of them.", name.data,
        lw_command_table[a->id].name, lw_command_table[b->id].name);
    lw_buf_fini(&name);
}

static void find_clashes(
    const struct lw_keymap *m, const struct lw_config *c, struct lw_problems *p)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = i + 1; k < m->n; k++)
            if (lw_key_is_same(m->v[i].key, m->v[k].key))
                report_clash(c, &m->v[i], &m->v[k], p);
}

/* ---- macros */

static const struct lw_binding *binding(const struct lw_keymap *m, struct lw_key key);

/* A function key that does nothing yet. */
static const char *free_key(const struct lw_keymap *m)
{
    static const char *const names[] = {"F5", "F11", "S-F1", "M-1", "M-2", "M-3"};
    size_t i = 0, last = sizeof names / sizeof *names - 1;
    struct lw_key key;
    while (i < last && lw_key_parse(names[i], &key) && binding(m, key) && !yields(binding(m, key)))
        i++;
    return names[i];
}

struct macro_place {
    const char *file;
    int line, col;
};

/* Adds the key of a macro, or says why not. */
static void add_macro(struct lw_keymap *m, const struct macro_place *at, const char *name,
    int number, struct lw_problems *p)
{
    struct lw_key key;
    bool well = lw_key_parse(name, &key);
    const char *why = well ? never_why(key) : NULL;
    const struct lw_binding *other = well ? binding(m, key) : NULL;
    if (!well)
        lw_problem(p, at->file, at->line, at->col, NO_KEY, name);
    else if (why)
        lw_problem(p, at->file, at->line, at->col, NEVER, name, why);
    else if (other && other->id == LW_CMD_MACRO)
        lw_problem(p, at->file, at->line, at->col,
            "key %s is bound to two macros. Give one of them another key.", name);
    else if (other && !yields(other))
        lw_problem(p, at->file, at->line, at->col,
            "key %s is bound to both %s and a macro. Give the macro another key, such as %s.", name,
            lw_command_table[other->id].name, free_key(m));
    else {
        take_key(m, key);
        add(m, key, LW_CMD_MACRO, number);
    }
}

void lw_keymap_add_macros(
    struct lw_keymap *m, const struct lw_macros *macros, struct lw_problems *p)
{
    drop(m, LW_CMD_MACRO);
    for (size_t i = 0; i < macros->n; i++) {
        const struct lw_macro *one = &macros->v[i];
        const struct macro_place at = {one->file, one->def->line, one->def->col};
        add_macro(m, &at, one->def->key, (int)i, p);
    }
}

/* Those of the user's own, whatever the project. */
static void check_macros(struct lw_keymap *m, const struct lw_config *c, struct lw_problems *p)
{
    for (size_t i = 0; i < c->macros.n; i++) {
        const struct lw_macro_def *d = &c->macros.v[i];
        add_macro(m, &(struct macro_place){c->file, d->line, d->col}, d->key, (int)i, p);
    }
    drop(m, LW_CMD_MACRO);
}

bool lw_keymap_init(struct lw_keymap *m, const struct lw_config *c, struct lw_problems *p)
{
    size_t before = p->n;
    *m = (struct lw_keymap){.digit_row = c->digit_row};
    for (int id = 0; id < LW_CMD_TABLE_END; id++)
        add_defaults(m, (enum lw_command_id)id);
    for (size_t i = 0; i < c->nbind; i++)
        bind(m, c, &c->bind[i], p);
    find_clashes(m, c, p);
    check_macros(m, c, p);
    return p->n == before;
}

void lw_keymap_fini(struct lw_keymap *m)
{
    free(m->v);
    *m = (struct lw_keymap){0};
}

/* ---- other layouts */

struct row {
    const char *typed, *means;
};

/* Digit rows without plain digits. Elsewhere these signs are punctuation, or letters. */
static const struct row digit_rows[LW_DIGIT_ROW_COUNT][2] = {
    [LW_DIGIT_ROW_FRENCH] = {{"&é\"'(-è_çà", "1234567890"}, {"§!", "68"}}, /* and the Belgian */
    [LW_DIGIT_ROW_CZECH] = {{"+ěščřžýáíé", "1234567890"}},                 /* and the Slovak */
    [LW_DIGIT_ROW_VIETNAMESE] = {{"ăâêô\u0300\u0309\u0303\u0301\u0323đ", "1234567890"}}, /* TCVN */
};

/* Row by row, character by character: what a layout types, and the Latin key at that place. A
 * character in two rows counts in the first, so rows with fewer speakers come last. */
static const struct row rows[] = {
    /* Cyrillic (ЙЦУКЕН, with Ukrainian and Belarusian) */
    {"йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"},
    {"ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM"},
    {"іІўЎ", "sSoO"},
    /* Greek */
    {"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"},
    {"ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"},
    /* Hebrew */
    {"קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"},
    /* Arabic */
    {"ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"},
};

/* The place of `cp` in the UTF-8 string, counted in characters; -1 for none. */
static int place_in(const char *s, char32_t cp)
{
    size_t n = strlen(s);
    int place = 0;
    for (size_t at = 0; at < n; place++) {
        char32_t c;
        at += lw_utf8_decode(s + at, n - at, &c);
        if (c == cp)
            return place;
    }
    return -1;
}

/* What `cp` means in the row; 0 when it is not there. */
static char32_t meaning(const struct row *row, char32_t cp)
{
    int place = row->typed ? place_in(row->typed, cp) : -1;
    return place < 0 ? 0 : (char32_t)(unsigned char)row->means[place];
}

static char32_t digit_in(enum lw_digit_row row, char32_t cp)
{
    char32_t digit = meaning(&digit_rows[row][0], cp);
    return digit ? digit : meaning(&digit_rows[row][1], cp);
}

/* Digits of any script, and the full-width forms that an input method types. */
static char32_t plain(char32_t cp)
{
    enum { WIDE_FIRST = 0xFF01, WIDE_LAST = 0xFF5E };
    if (cp >= WIDE_FIRST && cp <= WIDE_LAST)
        return cp - WIDE_FIRST + U'!';
    int digit = lw_digit_value(cp);
    return digit >= 0 ? (char32_t)('0' + digit) : cp;
}

struct lw_key lw_key_alias(struct lw_key key, enum lw_digit_row row)
{
    if (key.name != LW_KEY_CHAR || key.meta)
        return key;
    char32_t ch = digit_in(row, key.ch);
    for (size_t i = 0; !ch && i < sizeof rows / sizeof *rows; i++)
        ch = meaning(&rows[i], key.ch);
    key.ch = ch ? ch : plain(key.ch);
    return key;
}

const char *lw_key_digit_row(struct lw_key key, int *digit)
{
    static const char *const names[] = {
#define X(id, name) name,
        LW_DIGIT_ROWS(X)
#undef X
    };
    if (key.name != LW_KEY_CHAR || key.meta || key.ctrl)
        return NULL;
    for (int row = LW_DIGIT_ROW_FRENCH; row < LW_DIGIT_ROW_COUNT; row++) {
        char32_t ch = digit_in((enum lw_digit_row)row, key.ch);
        *digit = (int)ch - '0';
        if (ch)
            return names[row];
    }
    return NULL;
}

/* ---- looking up */

static const struct lw_binding *binding(const struct lw_keymap *m, struct lw_key key)
{
    for (size_t i = 0; i < m->n; i++)
        if (lw_key_is_same(m->v[i].key, key))
            return &m->v[i];
    return NULL;
}

bool lw_keymap_has(const struct lw_keymap *m, struct lw_key key)
{
    return binding(m, key) != NULL;
}

bool lw_keymap_may_bind(const struct lw_keymap *m, struct lw_key key, enum lw_command_id id,
    const struct lw_macros *macros, struct lw_buf *why)
{
    struct lw_buf name = {0};
    const char *bad = never_why(key);
    const struct lw_binding *b = binding(m, key);
    lw_key_print(key, &name);
    if (bad)
        lw_buf_fmt(why, NEVER, name.data, bad);
    else if (b && b->id == LW_CMD_MACRO && macros)
        lw_buf_fmt(why, "%s is the macro \"%s\". Press another key.", name.data,
            macros->v[b->number].words);
    else if (b && b->id == id)
        lw_buf_fmt(why, "%s is a key of %s already.", name.data, lw_command_table[id].name);
    else if (b && !yields(b))
        lw_buf_fmt(why, "%s is the key of %s: it cannot be that of %s as well. Press another key.",
            name.data, lw_command_table[b->id].name, lw_command_table[id].name);
    lw_buf_fini(&name);
    return why->len == 0;
}

bool lw_keymap_has_macro(const struct lw_keymap *m, int number)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].id == LW_CMD_MACRO && m->v[i].number == number)
            return true;
    return false;
}

struct lw_command lw_keymap_find(const struct lw_keymap *m, struct lw_key key)
{
    const struct lw_binding *b = binding(m, key);
    key.shift = false; /* a key that is not bound with Shift is the one without */
    if (!b)
        b = binding(m, key);
    if (!b)
        b = binding(m, lw_key_alias(key, m->digit_row));
    if (!b)
        return (struct lw_command){.id = LW_CMD_COUNT};
    bool macro = b->id == LW_CMD_MACRO;
    return (struct lw_command){.id = b->id, .number = macro ? b->number : b->number % 10};
}

void lw_keymap_keys(
    const struct lw_keymap *m, enum lw_command_id id, size_t most, struct lw_buf *to)
{
    size_t said = 0;
    for (size_t i = 0; i < m->n && said < most; i++) {
        if (m->v[i].id != id)
            continue;
        if (said++)
            lw_buf_char(to, ' ');
        lw_key_print(m->v[i].key, to);
    }
    lw_buf_add(to, "", 0);
}
