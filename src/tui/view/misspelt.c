/* Which words of the texts on the screen are misspelt: what of a text is prose, the parts that are
 * shown first, the rest in steps. Words are looked up in the room spell; where to go from one to
 * the next is app/mistakes.c's. */
#include "tui/view/misspelt_internal.h"

#include "labelwright/workspace/task_spelling.h"
#include "tui/view/correction_rendering_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLS = 200 /* any; wide, for few lines */, AHEAD = 8192 /* more than the longest word */ };

/* ---- what is prose */

static bool is_prose(const struct lw_run *r)
{
    return r->exact && r->len > 0 && (r->style == LW_STYLE_TEXT || r->style == LW_STYLE_HEADING);
}

static void add_skip(struct lw_spelt *t, size_t at, size_t end)
{
    struct lw_byte_range *last = t->nskip > 0 ? &t->skip[t->nskip - 1] : NULL;
    if (last && last->at + last->len == at) {
        last->len += end - at;
        return;
    }
    if (t->nskip == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 16;
        t->skip = lw_grow(t->skip, t->cap, sizeof *t->skip);
    }
    t->skip[t->nskip++] = (struct lw_byte_range){at, end - at};
}

static void note_lines(struct lw_spelt *t, size_t count)
{
    for (; t->lines < count; t->lines++) {
        struct lw_rendered_line l = lw_rendering_line(t->rendering, t->lines);
        for (size_t i = 0; i < l.nruns; i++)
            if (is_prose(&l.run[i]))
                memset(t->prose + l.run[i].at, 1, l.run[i].len);
    }
}

/* Everything that no run of prose shows is left alone: code, formulas, addresses, marks. */
static void lay_out(struct lw_spelt *t, size_t to)
{
    bool all = to >= t->text.n;
    to = all ? t->text.n : to;
    if (!t->rendering || to <= t->laid)
        return;
    if (!all)
        lw_rendering_reach_byte(t->rendering, to);
    note_lines(t, lw_rendering_reach(t->rendering, all ? SIZE_MAX : 0));
    for (size_t at = t->laid, end; at < to; at = end) {
        for (end = at + 1; end < to && t->prose[end] == t->prose[at];)
            end++;
        if (!t->prose[at])
            add_skip(t, at, end);
    }
    t->laid = to;
}

/* ---- a text */

void lw_spelt_fini(struct lw_spelt *t)
{
    lw_rendering_free(t->rendering);
    free(t->prose);
    free(t->skip);
    lw_misspelt_fini(&t->found);
    *t = (struct lw_spelt){0};
}

void lw_spelt_begin(struct lw_spelt *t, struct lw_span text, int pane)
{
    lw_spelt_fini(t);
    t->text = text;
    t->pane = pane;
    t->laid = text.n;
    if (text.n == 0 || !lw_is_markdown(text.s, text.n))
        return;
    t->laid = 0;
    t->rendering = lw_rendering_new(text.s, text.n, true, (struct lw_reading_opts){.cols = COLS});
    t->prose = lw_alloc(text.n);
}

void lw_spelt_step(struct lw_spelt *t, struct lw_speller *sp)
{
    lay_out(t, t->found.done + LW_SPELL_STEP + AHEAD);
    size_t n = t->nskip;
    struct lw_byte_range last = n > 0 ? t->skip[n - 1] : (struct lw_byte_range){0};
    if (t->laid < t->text.n) /* not known yet: no word ends there in this step */
        add_skip(t, t->laid, t->text.n);
    t->complete = lw_speller_check(
        sp, &t->found, t->text.s ? t->text.s : "", t->text.n, t->skip, t->nskip, LW_SPELL_STEP);
    t->nskip = n;
    if (n > 0)
        t->skip[n - 1] = last;
}

size_t lw_misspelt_first(const struct lw_spelt *t, size_t at)
{
    size_t low = 0, high = t->found.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->found.v[middle].at + t->found.v[middle].len > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* ---- languages */

/* Those of the text that is typed, where its question says so. */
static bool set_asked(struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    bool asked = app->input && app->input_for == LW_DIALOG_EDIT && q && q->language;
    if (asked)
        lw_speller_languages(app->spelling.speller, (const char *const[]){q->language, NULL});
    return asked;
}

static bool set_languages(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    bool notes = lw_app_is_writing(app) && app->input_for != LW_DIALOG_EDIT;
    if (set_asked(app))
        return true;
    char **tags = (notes ? lw_spelling_languages_of_notes : lw_spelling_languages)(
        v->task->root, v->opts.project, sp->config);
    bool any = tags[0] != NULL;
    lw_speller_languages(sp->speller, (const char *const *)tags);
    lw_texts_free(tags);
    return any;
}

bool lw_misspelt_languages(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    if (!sp->speller || !v->task)
        return false;
    bool any = set_languages(app);
    if (sp->of != v->show_count)
        sp->now = (struct lw_span){0};
    sp->of = v->show_count;
    return any;
}

struct lw_word_count lw_misspelt_count(
    struct lw_app *app, struct lw_span text, const char *language)
{
    struct lw_speller *sp = app->spelling.speller;
    struct lw_spelt t = {0};
    if (!sp)
        return (struct lw_word_count){0};
    lw_speller_languages(sp, (const char *const[]){language, NULL});
    lw_spelt_begin(&t, text, 0);
    lay_out(&t, SIZE_MAX);
    struct lw_word_count c = lw_speller_count(sp, text.s ? text.s : "", text.n, t.skip, t.nskip);
    lw_spelt_fini(&t);
    return c;
}

/* What the screen says is not overwritten: the user has not read it yet. */
bool lw_misspelt_is_loaded(struct lw_app *app)
{
    const char *next = lw_speller_waits_for(app->spelling.speller);
    if (!next || !lw_speller_checks(app->spelling.speller))
        return true;
    app->spelling.waits = true;
    if (!lw_sitting_view(app->s)->message[0])
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_VIEW_LOADING, next);
    return false;
}

bool lw_misspelt_load(struct lw_app *app)
{
    const char *next = lw_speller_waits_for(app->spelling.speller);
    char says[128];
    if (!next)
        return false;
    snprintf(says, sizeof says, LW_VIEW_LOADING, next);
    lw_speller_load_next(app->spelling.speller);
    if (strcmp(lw_sitting_view(app->s)->message, says) == 0)
        lw_sitting_clear_message(app->s);
    return true;
}

/* ---- the panes */

static void clear_texts(struct lw_spelling *sp)
{
    for (size_t i = 0; i < sp->ntexts; i++)
        lw_spelt_fini(&sp->text[i]);
    sp->ntexts = 0;
}

static void add_texts(struct lw_app *app, int pane)
{
    struct lw_spelling *sp = &app->spelling;
    const struct lw_doc *doc = &app->pane[pane].doc;
    for (size_t i = 0; i < doc->nparts; i++) {
        if (!doc->part[i].rendering || doc->part[i].role != LW_ROLE_TEXT)
            continue; /* our own words */
        sp->text = lw_grow(sp->text, sp->ntexts + 1, sizeof *sp->text);
        sp->text[sp->ntexts] = (struct lw_spelt){0};
        lw_spelt_begin(&sp->text[sp->ntexts++], doc->part[i].text, pane);
    }
}

bool lw_misspelt_panes_are_complete(const struct lw_app *app)
{
    const struct lw_spelling *sp = &app->spelling;
    for (size_t i = 0; i < sp->ntexts; i++)
        if (!sp->text[i].complete)
            return false;
    return true;
}

bool lw_misspelt_panes_step(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    for (size_t i = 0; i < sp->ntexts; i++)
        if (!sp->text[i].complete) {
            lw_spelt_step(&sp->text[i], sp->speller);
            return true;
        }
    return false;
}

void lw_misspelt_panes_update(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    clear_texts(sp);
    if (!sp->in_panes || app->reading == LW_READ_RAW || !lw_misspelt_languages(app) ||
        !lw_misspelt_is_loaded(app))
        return;
    for (int i = 0; i < app->npanes; i++)
        add_texts(app, i);
    /* At once as far as one sees: marks that come a moment later would flicker. */
    for (size_t i = 0; i < sp->ntexts && i < 64; i++)
        lw_spelt_step(&sp->text[i], sp->speller);
    sp->waits = sp->waits || !lw_misspelt_panes_are_complete(app);
}

/* ---- what is written */

/* The lines on the screen, and what is needed around them to know what is code. */
static struct lw_span part_on_screen(struct lw_app *app)
{
    struct lw_typed_lines on = lw_typed_lines(app);
    struct lw_span t = lw_entry_text(app);
    const struct lw_reflow *lines = lw_edit_lines(app->input, on.cols);
    size_t top = on.top, count = lw_reflow_count(lines);
    size_t last = top + (size_t)(on.rows > 0 ? on.rows : 1);
    last = last < count ? last : count;
    if (t.n == 0 || top >= last)
        return (struct lw_span){t.s, 0};
    size_t from = lw_reflow_line(lines, top).start, end = lw_reflow_line(lines, last - 1).end;
    return lw_correction_part(t, from + (end - from) / 2, (end - from) / 2 + 1);
}

void lw_misspelt_typed_update(struct lw_app *app, bool changed)
{
    struct lw_spelling *sp = &app->spelling;
    if (changed)
        lw_spelt_fini(&sp->whole);
    if (sp->not_typed || !lw_app_is_writing(app) || lw_entry_text(app).n == 0 ||
        !lw_misspelt_languages(app) || !lw_misspelt_is_loaded(app)) {
        lw_spelt_fini(&sp->typed);
        return;
    }
    struct lw_span part = part_on_screen(app);
    if (changed || part.s != sp->typed.text.s || part.n != sp->typed.text.n)
        lw_spelt_begin(&sp->typed, part, 0);
    do
        lw_spelt_step(&sp->typed, sp->speller);
    while (!sp->typed.complete);
}

static void close_box(struct lw_spelling *sp)
{
    free(sp->word);
    sp->word = NULL;
    lw_suggestions_fini(&sp->meant);
}

void lw_misspelt_typed_fini(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    lw_spelt_fini(&sp->typed);
    lw_spelt_fini(&sp->whole);
    sp->seeking = 0;
    sp->at = SIZE_MAX;
    close_box(sp);
}

void lw_misspelt_fini_all(struct lw_app *app)
{
    lw_misspelt_typed_fini(app);
    clear_texts(&app->spelling);
    free(app->spelling.text);
    app->spelling.text = NULL;
}
