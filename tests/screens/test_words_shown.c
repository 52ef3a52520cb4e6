/* No word of a real text is lost on the screen: each is paged through with the keys, and what the
 * cells of its pane show is compared with its source. That the runs of a rendering stand for all
 * bytes is unit/test_rendering.c's. */
#define _GNU_SOURCE
#include "fixtures/reading_texts.h"
#include "fixtures/rendering_properties.h"
#include "fixtures/shared_data.h"

#include "labelwright/text/utf8.h"

#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

enum { LONG_WORD = 24 /* may be broken to fit a column */ };

/* ---- words: letters and digits with their marks, or one wide sign */

struct words {
    char **v;
    size_t n, cap;
};

static void add_word(struct words *w, const char *s, size_t n)
{
    struct lw_buf b = {0};
    lw_clean(s, n, false, &b);
    if (b.len == 0) { /* shown as nothing: a skin tone */
        lw_buf_fini(&b);
        return;
    }
    lw_buf_add(&b, "", 0);
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 256;
        w->v = lw_grow(w->v, w->cap, sizeof *w->v);
    }
    w->v[w->n++] = lw_buf_detach(&b);
}

static void free_words(struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->v[i]);
    free(w->v);
    *w = (struct words){0};
}

static bool is_of_word(char32_t cp)
{
    return iswalnum((wint_t)cp) || (cp > 0x7F && wcwidth((wchar_t)cp) == 0);
}

/* The next word from `at` on, its bytes in *n; false for none. */
static bool next_word(const char *s, size_t end, size_t *at, size_t *n)
{
    char32_t cp;
    size_t len;
    for (; *at < end; *at += len) {
        len = lw_utf8_decode(s + *at, end - *at, &cp);
        if (is_of_word(cp) || (cp > 0x7F && wcwidth((wchar_t)cp) == 2))
            break;
    }
    for (*n = 0; *at + *n < end; *n += len) {
        len = lw_utf8_decode(s + *at + *n, end - *at - *n, &cp);
        if (!is_of_word(cp))
            break;
    }
    if (*n == 0 && *at < end)
        *n = lw_utf8_decode(s + *at, end - *at, &cp);
    return *n > 0;
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_words(struct words *w)
{
    if (w->n > 0)
        qsort(w->v, w->n, sizeof *w->v, compare_words);
}

/* ---- what the source says */

static bool is_number_of_item(const char *s, size_t at, size_t n)
{
    size_t from = at;
    while (from > 0 && strchr(" >", s[from - 1]))
        from--;
    return (from == 0 || s[from - 1] == '\n') && strspn(s + at, "0123456789") == n &&
           (s[at + n] == '.' || s[at + n] == ')');
}

/* Shown in another form: an entity, a line break, the number of an item, a target in the list of
 * links. */
static bool is_other_form(struct lw_rendering *r, const char *s, size_t at, size_t n)
{
    char before = '\0';
    if (at > 0)
        before = s[at - 1];
    bool entity = s[at + n] == ';' && (before == '&' || before == '#');
    bool line_break = before == '<' && n == 2 && strncasecmp(s + at, "br", 2) == 0;
    return entity || line_break || is_number_of_item(s, at, n) || is_in_link(r, s + at, n);
}

/* `s` ends with NUL. */
static void add_source_words(struct words *w, const char *s, size_t n)
{
    bool markdown = lw_is_markdown(s, n);
    struct lw_rendering *r = lw_rendering_new(s, n, markdown, (struct lw_reading_opts){.cols = 80});
    struct lw_formula f = {0};
    bool formula = markdown && lw_math_find(s, n, 0, &f);
    for (size_t at = 0, len; next_word(s, n, &at, &len); at += len) {
        while (formula && f.at + f.len <= at)
            formula = lw_math_find(s, n, f.at + f.len, &f);
        bool in_formula = formula && at >= f.at;
        if (!in_formula && !(markdown && is_other_form(r, s, at, len)))
            add_word(w, s + at, len);
    }
    lw_rendering_free(r);
}

static void words_of_pane(const struct app_fixture *p, const struct lw_pane *pane, struct words *w)
{
    const struct lw_task *t = lw_sitting_view(p->s)->task;
    if (pane->response >= 0) {
        struct lw_span text = t->response[pane->response].text;
        add_source_words(w, text.s, text.n);
        return;
    }
    for (size_t i = 0; i < t->nturns; i++)
        add_source_words(w, t->turn[i].text.s, t->turn[i].text.n);
    if (t->reference.s)
        add_source_words(w, t->reference.s, t->reference.n);
}

/* ---- what the screen shows */

static void add_row(const struct lw_frame *f, const struct lw_pane *p, int row, struct lw_buf *to)
{
    const struct lw_cell *cell = f->cell + (size_t)(p->row + row) * (size_t)f->cols + p->col;
    for (int i = 0; i < p->cols; i++)
        for (int k = 0; k < LW_CELL_CPS && cell[i].cp[k]; k++) {
            char bytes[4];
            lw_buf_add(to, bytes, lw_utf8_encode(cell[i].cp[k], bytes));
        }
    lw_buf_char(to, '\n');
}

/* Pages from the top to the end; each line once. */
static void read_pane(struct app_fixture *p, struct lw_buf *to)
{
    int which = p->app.active;
    const struct lw_pane *pane = &p->app.pane[which];
    size_t next = 0, top;
    int response = pane->response;
    app_fixture_press(p, "g");
    do {
        lw_app_draw(&p->app, &p->frame);
        top = pane->top;
        assert_true(top <= next); /* no line is passed over */
        for (int row = (int)(next - top); row < pane->rows && next < pane->doc.n; row++, next++)
            add_row(&p->frame, pane, row, to);
        app_fixture_press(p, "PgDn");
    } while (p->app.active == which && pane->response == response && pane->top > top);
    assert_true(pane->doc.complete && next == pane->doc.n);
}

/* ---- both */

/* All words of the screen in one, for those that were broken. */
static char *join(const struct lw_buf *screen)
{
    struct lw_buf b = {0};
    for (size_t at = 0, n; next_word(screen->data, screen->len, &at, &n); at += n)
        lw_buf_add(&b, screen->data + at, n);
    lw_buf_add(&b, "", 0);
    return lw_buf_detach(&b);
}

static bool may_be_broken(const char *word)
{
    for (const char *c = word; *c; c++)
        if ((unsigned char)*c & 0x80)
            return true;
    return strlen(word) >= LONG_WORD;
}

/* Each word of the source is on the screen as often as there. */
static int count_lost(struct words *source, const struct lw_buf *screen, const char *name)
{
    struct words shown = {0};
    char *joined = join(screen);
    int lost = 0;
    for (size_t at = 0, n; next_word(screen->data, screen->len, &at, &n); at += n)
        add_word(&shown, screen->data + at, n);
    sort_words(source);
    sort_words(&shown);
    for (size_t i = 0, k = 0; i < source->n; i++) {
        while (k < shown.n && strcmp(shown.v[k], source->v[i]) < 0)
            k++;
        if (k < shown.n && strcmp(shown.v[k], source->v[i]) == 0) {
            k++;
        } else if (!may_be_broken(source->v[i]) || !strstr(joined, source->v[i])) {
            print_error("%s: the screen lacks \"%s\"\n", name, source->v[i]);
            lost++;
        }
    }
    free_words(&shown);
    free(joined);
    return lost;
}

static int count_lost_in_pane(struct app_fixture *p, const char *name)
{
    struct words source = {0};
    struct lw_buf screen = {0};
    words_of_pane(p, &p->app.pane[p->app.active], &source);
    read_pane(p, &screen);
    int lost = count_lost(&source, &screen, name);
    free_words(&source);
    lw_buf_fini(&screen);
    return lost;
}

/* The prompt and all responses, one after the other on the whole screen. */
static int count_lost_in_panes(struct app_fixture *p, const char *name)
{
    unsigned all = (2u << lw_sitting_view(p->s)->task->nresponses) - 1, seen = 0;
    int lost = 0;
    app_fixture_press(p, "O");
    for (int tries = 0; seen != all && tries < 20; tries++) {
        lw_app_draw(&p->app, &p->frame);
        unsigned which = 1u << (1 + p->app.pane[p->app.active].response);
        if (!(seen & which))
            lost += count_lost_in_pane(p, name);
        seen |= which;
        app_fixture_press(p, "o");
    }
    assert_int_equal(seen, all);
    return lost;
}

static void every_word_is_shown(void **state)
{
    (void)state;
    static struct app_fixture p;
    int lost = 0;
    for (size_t i = 0; i < reading_texts_count; i++) {
        if (!reading_text_open(&p, &reading_texts[i]))
            skip();
        for (size_t k = 0; k < sizeof reading_sizes / sizeof *reading_sizes; k++) {
            reading_text_show(&p, &reading_sizes[k]);
            lost += count_lost_in_panes(&p, reading_texts[i].name);
        }
        app_fixture_end(&p);
    }
    assert_int_equal(lost, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_shown),
    };
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 0); /* nothing here is about the disk */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
