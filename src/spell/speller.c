/* Looks words up: in the lists of added words, then in the dictionaries of the languages whose
 * script it is in, each in the forms they may know. Verdicts are kept by word. How a text is cut
 * into words is word_cut.c's, where dictionaries come from enchant.c's. */
#include "labelwright/spell/speller.h"

#include "labelwright/spell/spell_language.h"
#include "labelwright/text/utf8.h"
#include "spell/dictionary_internal.h"
#include "spell/word_cut_internal.h"
#include "spell/word_forms_internal.h"
#include "spell/word_list_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

enum {
    LANGUAGES_MAX = 8,
    KEPT_MAX = 4,
    OPEN_MAX = LANGUAGES_MAX + KEPT_MAX,
    VERDICTS_MAX = 64 * 1024,
    RIGHT = 1,
    WRONG = 0
};

struct language {
    char tag[LW_LANGUAGE_TAG_MAX];
    const struct lw_spell_language *about;
    void *dictionary;
    bool tried;
};

struct lw_speller {
    struct lw_speller_setup setup;
    const struct lw_dictionaries *source;
    struct language language[OPEN_MAX]; /* those set; behind them others that stay open: tasks, and
                                           notes on them, go back and forth between languages */
    size_t nlanguages, nopen;
    struct lw_word_table added, verdict;
    uint64_t age;
    char *lacks;
    bool asked;                            /* what is lacking is known */
    struct lw_buf key, whole, form, lower; /* spare */
    struct lw_word_cutter cutter;
};

const char *lw_word_list_name(enum lw_word_list_of which)
{
    static const char *const names[] = {
#define X(id, name) name,
        LW_WORD_LISTS(X)
#undef X
    };
    return names[which];
}

/* ---- a speller and its languages */

static void load_lists(struct lw_speller *sp, struct lw_err *err)
{
    for (int i = 0; i < LW_WORD_LIST_COUNT; i++) {
        struct lw_err why = {0};
        int dir = sp->setup.open_dir(sp->setup.ctx, (enum lw_word_list_of)i, false);
        if (dir < 0)
            continue;
        enum lw_code code = lw_word_list_load(sp->setup.sys, dir, &sp->added, &why);
        if (code != LW_OK)
            lw_fail(err, code, "Cannot read %s: %s", lw_word_list_name((enum lw_word_list_of)i),
                why.text);
        sp->setup.sys->close(sp->setup.sys, dir);
    }
}

struct lw_speller *lw_speller_with(
    const struct lw_speller_setup *setup, const struct lw_dictionaries *source, struct lw_err *err)
{
    struct lw_speller *sp = lw_alloc(sizeof *sp);
    sp->setup = *setup;
    sp->source = source;
    sp->age = 1;
    load_lists(sp, err);
    return sp;
}

struct lw_speller *lw_speller_new(const struct lw_speller_setup *setup, struct lw_err *err)
{
    return lw_speller_with(setup, &lw_enchant, err);
}

static void close_languages(struct lw_speller *sp)
{
    for (size_t i = 0; i < sp->nopen; i++)
        if (sp->language[i].dictionary)
            sp->source->close(sp->language[i].dictionary);
    sp->nlanguages = sp->nopen = 0;
}

void lw_speller_free(struct lw_speller *sp)
{
    if (!sp)
        return;
    close_languages(sp);
    lw_word_table_fini(&sp->added);
    lw_word_table_fini(&sp->verdict);
    struct lw_buf *spare[] = {&sp->key, &sp->whole, &sp->form, &sp->lower};
    for (size_t i = 0; i < sizeof spare / sizeof *spare; i++)
        lw_buf_fini(spare[i]);
    free(sp->lacks);
    free(sp);
}

static void begin_anew(struct lw_speller *sp)
{
    lw_word_table_clear(&sp->verdict);
    sp->age++;
}

static bool same_languages(const struct lw_speller *sp, const char *const *tags)
{
    size_t n = 0;
    while (tags && tags[n] && n < sp->nlanguages && strcmp(tags[n], sp->language[n].tag) == 0)
        n++;
    return n == sp->nlanguages && !(tags && tags[n] && n < LANGUAGES_MAX);
}

static struct language take_language(struct language *old, size_t n, const char *tag)
{
    struct language l = {0};
    for (size_t i = 0; i < n; i++)
        if (strcmp(old[i].tag, tag) == 0) {
            l = old[i];
            old[i] = (struct language){0};
            return l;
        }
    l.about = lw_spell_language_find(tag, l.tag);
    return l;
}

/* Those set before stay open, the last ones first, as far as there is room. */
static void set_languages(struct lw_speller *sp, struct language new[OPEN_MAX], size_t n)
{
    size_t nopen = n;
    for (size_t i = 0; i < sp->nopen && nopen < n + KEPT_MAX; i++)
        if (sp->language[i].dictionary) {
            new[nopen++] = sp->language[i];
            sp->language[i].dictionary = NULL;
        }
    close_languages(sp);
    memcpy(sp->language, new, nopen * sizeof *new);
    sp->nlanguages = n;
    sp->nopen = nopen;
}

void lw_speller_languages(struct lw_speller *sp, const char *const *tags)
{
    struct language new[OPEN_MAX];
    size_t n = 0;
    if (same_languages(sp, tags))
        return;
    for (size_t i = 0; tags && tags[i] && n < LANGUAGES_MAX; i++) {
        new[n] = take_language(sp->language, sp->nopen, tags[i]);
        n += new[n].about != NULL;
    }
    set_languages(sp, new, n);
    sp->asked = false;
    begin_anew(sp);
}

static void add_lacking(const struct lw_speller *sp, struct lw_buf *to)
{
    char package[64];
    if (sp->nlanguages > 0 && !sp->source->provider()) {
        lw_buf_str(to, "Spelling is not checked: enchant is missing. Install libenchant-2-2.");
        return;
    }
    for (size_t i = 0; i < sp->nlanguages; i++) {
        const struct language *l = &sp->language[i];
        if (l->dictionary || sp->source->has(l->tag))
            continue;
        lw_spell_language_package(l->tag, package, sizeof package);
        lw_buf_fmt(to, "%sSpelling of %s (%s) is not checked: %s %s.", to->len ? " " : "",
            l->about->name, l->tag, *package ? "install" : "install a dictionary for",
            *package ? package : "hunspell");
    }
}

const char *lw_speller_lacks(struct lw_speller *sp)
{
    struct lw_buf b = {0};
    if (sp->asked)
        return sp->lacks;
    add_lacking(sp, &b);
    free(sp->lacks);
    sp->lacks = b.len > 0 ? lw_buf_detach(&b) : NULL;
    sp->asked = true;
    return sp->lacks;
}

static int no_folder(void *ctx, enum lw_word_list_of which, bool make)
{
    (void)ctx, (void)which, (void)make;
    return -1;
}

char *lw_spelling_lacks(const char *const *tags)
{
    const struct lw_speller_setup setup = {&lw_sys_real, no_folder, NULL};
    struct lw_speller *sp = lw_speller_new(&setup, NULL);
    lw_speller_languages(sp, tags);
    char *lacks = lw_strdup(lw_speller_lacks(sp));
    lw_speller_free(sp);
    return lacks;
}

/* ---- a word */

static void *dictionary_of(struct lw_speller *sp, struct language *l)
{
    if (!l->tried)
        l->dictionary = sp->source->open(l->tag);
    l->tried = true;
    return l->dictionary;
}

bool lw_speller_checks(const struct lw_speller *sp)
{
    for (size_t i = 0; i < sp->nlanguages; i++)
        if (sp->language[i].dictionary || sp->source->has(sp->language[i].tag))
            return true;
    return false;
}

static size_t next_to_load(const struct lw_speller *sp)
{
    size_t i = 0;
    while (i < sp->nlanguages && sp->language[i].tried)
        i++;
    return i;
}

const char *lw_speller_waits_for(const struct lw_speller *sp)
{
    size_t i = next_to_load(sp);
    return i < sp->nlanguages ? sp->language[i].about->name : NULL;
}

void lw_speller_load_next(struct lw_speller *sp)
{
    size_t i = next_to_load(sp);
    if (i < sp->nlanguages)
        dictionary_of(sp, &sp->language[i]);
}

static bool has_script(const struct language *l, const char *s, size_t n)
{
    char32_t cp;
    for (size_t at = 0; at < n;) {
        at += lw_utf8_decode(s + at, n - at, &cp);
        const uc_script_t *script = cp == LW_UTF8_BAD ? NULL : uc_script(cp);
        if (script && lw_spell_language_writes(l->about, script->name))
            return true;
    }
    return false;
}

static bool knows(struct lw_speller *sp, struct language *l, const char *s, size_t n)
{
    void *d = dictionary_of(sp, l);
    if (sp->source->check(d, s, n))
        return true;
    if (lw_word_curly(s, n, &sp->form) && sp->source->check(d, sp->form.data, sp->form.len))
        return true;
    return strcmp(l->about->tag, "vi") == 0 && lw_word_other_tone(s, n, &sp->form) &&
           sp->source->check(d, sp->form.data, sp->form.len);
}

static bool is_added(struct lw_speller *sp, const char *s, size_t n)
{
    if (sp->added.n == 0)
        return false;
    if (lw_word_table_find(&sp->added, s, n) >= 0)
        return true;
    lw_word_lower(s, n, &sp->lower);
    return lw_word_table_find(&sp->added, sp->lower.data, sp->lower.len) >= 0;
}

/* Right in a language, or of a script that none writes. */
static bool is_known(struct lw_speller *sp, const char *s, size_t n)
{
    bool asked = false;
    for (size_t i = 0; i < sp->nlanguages; i++) {
        struct language *l = &sp->language[i];
        if (!has_script(l, s, n) || !dictionary_of(sp, l))
            continue;
        asked = true;
        if (knows(sp, l, s, n))
            return true;
    }
    return !asked;
}

static bool is_name(struct lw_speller *sp, const char *s, size_t n)
{
    return lw_word_is_left_alone(s, n) || lw_word_is_model(s, n) || is_added(sp, s, n);
}

/* d'OpenAI, Llama's: a name with what is joined to it by an apostrophe. */
static bool is_joined_name(struct lw_speller *sp, const char *s, size_t n)
{
    const char *mark = memchr(s, '\'', n);
    if (!mark)
        return false;
    size_t before = (size_t)(mark - s), after = n - before - 1;
    return (before <= 2 && after > 2 && is_name(sp, mark + 1, after)) ||
           (after <= 2 && before > 2 && is_name(sp, s, before)) ||
           (before == 1 && after == 2 && is_name(sp, mark + 1, after));
}

static bool look_up(struct lw_speller *sp, const char *s, size_t n)
{
    return lw_word_is_model(s, n) || is_added(sp, s, n) || is_known(sp, s, n) ||
           is_joined_name(sp, s, n);
}

/* Whether the word of the text is right; `key` is spare. */
static bool is_right(struct lw_speller *sp, const char *s, size_t n, struct lw_buf *key)
{
    lw_word_key(s, n, key);
    if (key->len == 0 || key->len > LW_WORD_BYTES)
        return true;
    int verdict = lw_word_table_find(&sp->verdict, key->data, key->len);
    if (verdict >= 0)
        return verdict == RIGHT;
    if (sp->verdict.n >= VERDICTS_MAX)
        lw_word_table_clear(&sp->verdict);
    bool right = look_up(sp, key->data, key->len);
    lw_word_table_put(&sp->verdict, key->data, key->len, right ? RIGHT : WRONG);
    return right;
}

/* col.lecció is Catalan with a wrong sign; other words with dots are abbreviations and names of
 * files. */
static bool is_catalan_dot(const struct lw_speller *sp, const char *s, size_t n)
{
    bool catalan = false;
    for (size_t i = 0; i < sp->nlanguages; i++)
        catalan = catalan || strcmp(sp->language[i].about->tag, "ca") == 0;
    for (size_t i = 1; catalan && i + 1 < n; i++)
        if (s[i] == '.' && s[i - 1] == 'l' && s[i + 1] == 'l')
            return true;
    return false;
}

static bool is_misspelt(struct lw_speller *sp, const char *s, const struct lw_cut_word *w)
{
    if (w->dotted && !is_catalan_dot(sp, s + w->at, w->len))
        return false;
    if (is_right(sp, s + w->at, w->len, &sp->key))
        return false;
    if (w->nwhole == w->len)
        return true;
    return !(w->whole + w->nwhole > w->at + w->len && s[w->at + w->len] == '-' &&
               lw_word_is_prefix(s + w->at, w->len)) &&
           !is_right(sp, s + w->whole, w->nwhole, &sp->whole);
}

/* ---- a text */

/* Wrong pieces of a script without spaces that touch are one: where words begin in it is unknown.
 */
static void add_range(struct lw_misspelt *to, const struct lw_cut_word *w)
{
    struct lw_byte_range *last = to->n > 0 ? &to->v[to->n - 1] : NULL;
    if (w->unspaced && last && last->at + last->len == w->at) {
        last->len += w->len;
        return;
    }
    if (to->n == to->cap) {
        to->cap = to->cap ? to->cap * 2 : 16;
        to->v = lw_grow(to->v, to->cap, sizeof *to->v);
    }
    to->v[to->n++] = (struct lw_byte_range){w->at, w->len};
}

/* The first range that ends behind `at`. */
static size_t first_skip(const struct lw_byte_range *skip, size_t n, size_t at)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (skip[middle].at + skip[middle].len > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

bool lw_speller_check(struct lw_speller *sp, struct lw_misspelt *found, const char *s, size_t n,
    const struct lw_byte_range *skip, size_t nskip, size_t most)
{
    struct lw_cut_word w;
    if (found->age != sp->age || found->done > n) {
        found->done = found->n = 0;
        found->age = sp->age;
    }
    if (sp->nlanguages == 0 || !sp->source->provider())
        found->done = n;
    size_t left = n - found->done, step = most > 0 ? most : 1;
    size_t stop = found->done + (left < step ? left : step);
    lw_word_cutter_init(&sp->cutter, s, n, found->done, stop);
    while (lw_word_cutter_next(&sp->cutter, &w)) {
        size_t i = first_skip(skip, nskip, w.at);
        bool skipped = i < nskip && skip[i].at < w.at + w.len;
        if (!skipped && is_misspelt(sp, s, &w))
            add_range(found, &w);
    }
    found->done = sp->cutter.at;
    return found->done >= n;
}

void lw_misspelt_fini(struct lw_misspelt *found)
{
    free(found->v);
    *found = (struct lw_misspelt){0};
}

/* ---- how much of a text is in the languages */

static bool is_foreign(const struct lw_speller *sp, const char *s, size_t n)
{
    size_t i = 0;
    while (i < sp->nlanguages && !has_script(&sp->language[i], s, n))
        i++;
    return i == sp->nlanguages;
}

/* Letters that are words of their own, and are left alone where words are looked up. */
static size_t count_foreign_letters(const struct lw_speller *sp, const char *s, size_t n)
{
    size_t count = 0;
    for (size_t at = 0, took; at < n; at += took) {
        char32_t cp;
        took = lw_utf8_decode(s + at, n - at, &cp);
        bool alone = (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x3400 && cp <= 0x9FFF) ||
                     (cp >= 0x20000 && cp <= 0x3FFFF);
        count += alone && is_foreign(sp, s + at, took);
    }
    return count;
}

struct lw_word_count lw_speller_count(
    struct lw_speller *sp, const char *s, size_t n, const struct lw_byte_range *skip, size_t nskip)
{
    struct lw_word_count c = {0};
    struct lw_cut_word w;
    if (!lw_speller_checks(sp))
        return c;
    lw_word_cutter_init(&sp->cutter, s, n, 0, n);
    while (lw_word_cutter_next(&sp->cutter, &w)) {
        size_t i = first_skip(skip, nskip, w.at);
        if (i < nskip && skip[i].at < w.at + w.len)
            continue;
        c.words++;
        c.unknown += is_misspelt(sp, s, &w) || is_foreign(sp, s + w.at, w.len);
    }
    size_t letters = count_foreign_letters(sp, s, n);
    return (struct lw_word_count){c.words + letters, c.unknown + letters};
}

/* ---- suggestions */

struct suggesting {
    struct lw_suggestions *to;
    size_t room; /* for those of this language */
    bool curly;
};

static void add_suggestion(void *ctx, const char *word)
{
    struct suggesting *g = ctx;
    struct lw_buf b = {0};
    size_t n = strlen(word);
    if (g->to->n == g->room || !lw_utf8_valid(word, n, NULL))
        return;
    if (!g->curly || !lw_word_curly(word, n, &b))
        lw_buf_add(&b, word, n);
    for (size_t i = 0; i < g->to->n; i++)
        if (strcmp(g->to->v[i], b.data ? b.data : "") == 0) {
            lw_buf_fini(&b);
            return;
        }
    g->to->v[g->to->n++] = lw_buf_detach(&b);
}

void lw_speller_suggest(
    struct lw_speller *sp, const char *word, size_t n, struct lw_suggestions *to)
{
    *to = (struct lw_suggestions){0};
    lw_word_key(word, n, &sp->key);
    if (n == 0 || n > LW_WORD_BYTES || !sp->source->provider())
        return;
    struct suggesting g = {.to = to};
    for (size_t i = 0; i + 2 < n; i++)
        g.curly = g.curly || memcmp(word + i, "\xE2\x80\x99", 3) == 0;
    for (size_t i = 0; i < sp->nlanguages; i++) {
        struct language *l = &sp->language[i];
        if (!has_script(l, sp->key.data, sp->key.len) || !dictionary_of(sp, l))
            continue;
        /* Every language gets its share. */
        size_t share = (LW_SUGGESTIONS_MAX - to->n) / (sp->nlanguages - i);
        g.room = to->n + (share > 0 ? share : 1);
        g.room = g.room < LW_SUGGESTIONS_MAX ? g.room : LW_SUGGESTIONS_MAX;
        sp->source->suggest(l->dictionary, sp->key.data, sp->key.len, add_suggestion, &g);
    }
}

void lw_suggestions_fini(struct lw_suggestions *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->v[i]);
    s->n = 0;
}

/* ---- adding words */

enum lw_code lw_speller_add(struct lw_speller *sp, enum lw_word_list_of which, const char *word,
    size_t n, struct lw_err *err)
{
    lw_word_key(word, n, &sp->key);
    bool control = false;
    for (size_t i = 0; i < sp->key.len; i++)
        control = control || (unsigned char)sp->key.data[i] < 0x20;
    if (sp->key.len == 0 || n > LW_WORD_BYTES || control || !lw_utf8_valid(word, n, NULL))
        return lw_fail(err, LW_EUSAGE, "Only a word of one line can be added.");
    lw_word_table_put(&sp->added, sp->key.data, sp->key.len, 1);
    begin_anew(sp);
    struct lw_err why = {0};
    int dir = sp->setup.open_dir(sp->setup.ctx, which, true);
    enum lw_code code =
        dir < 0 ? lw_fail_errno(&why, "no folder")
                : lw_word_list_append(sp->setup.sys, dir, sp->key.data, sp->key.len, &why);
    if (dir >= 0)
        sp->setup.sys->close(sp->setup.sys, dir);
    return code == LW_OK ? LW_OK
                         : lw_fail(err, code,
                               "Cannot add to %s, so the word counts for this sitting only: %s",
                               lw_word_list_name(which), why.text);
}

void lw_speller_ignore(struct lw_speller *sp, const char *word, size_t n)
{
    lw_word_key(word, n, &sp->key);
    if (sp->key.len == 0)
        return;
    lw_word_table_put(&sp->added, sp->key.data, sp->key.len, 1);
    begin_anew(sp);
}
