/* The word diff in the panes: from A to B, or from a response to its correction. */
#include "tui/app/app_parts_internal.h"

static struct lw_span response_text(const struct lw_app *d, int response)
{
    return lw_sitting_view(d->s)->task->response[response].text;
}

/* The correction of the response, by the focused edit question or the first one answered. Empty
 * when there is none, or it changes nothing. */
static struct lw_span correction(const struct lw_app *d, int response)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    struct lw_span found = {0};
    for (size_t k = 0; k < s->nslots && !found.s; k++) {
        struct lw_slot slot = s->slot[(s->focus + k) % s->nslots];
        const json_t *v = lw_answer_get(s->opts.project, s->task, s->answers, slot);
        const json_t *text = json_object_get(v, "text");
        if (slot.response == response && json_is_string(text) && !lw_edit_is_same(v) &&
            s->opts.project->question[slot.question].type == LW_Q_EDIT)
            found = (struct lw_span){json_string_value(text), json_string_length(text)};
    }
    return found;
}

bool lw_app_shows_correction(const struct lw_app *d, int pane)
{
    int response = d->pane[pane].response;
    return d->word_diff && !d->raw && response >= 0 && correction(d, response).s;
}

static struct lw_span shown_as(const struct lw_app *d, int letter)
{
    return response_text(d, lw_sitting_view(d->s)->order[letter]);
}

bool lw_app_fill_diff(struct lw_app *d, struct lw_pane *p, int cols)
{
    bool pair = lw_app_pair(d), is_b = pair && p->response == lw_sitting_view(d->s)->order[1];
    struct lw_diff diff = {0};
    if (!d->word_diff || d->raw)
        return false;
    struct lw_span a = pair ? shown_as(d, 0) : response_text(d, p->response);
    struct lw_span b = pair ? shown_as(d, 1) : correction(d, p->response);
    if (!b.s)
        return false;
    lw_diff_words(&diff, a.s, a.n, b.s, b.n);
    lw_doc_diff(&p->doc, &diff, a, b, !is_b, is_b || !pair, cols);
    lw_diff_fini(&diff);
    return true;
}

static void say_counts(struct lw_app *d, const char *of, struct lw_span a, struct lw_span b)
{
    struct lw_diff diff = {0};
    lw_diff_words(&diff, a.s, a.n, b.s, b.n);
    lw_sitting_notify(d->s, LW_TONE_INFO, "Diff %s: %zu word%s added, %zu removed%s.", of,
        diff.words_in, diff.words_in == 1 ? "" : "s", diff.words_out,
        diff.coarse ? " (roughly)" : "");
    lw_diff_fini(&diff);
}

/* Scrolls to the first change if the pane shows none. */
static void show_change(struct lw_pane *p)
{
    size_t rows = (size_t)(p->rows > 0 ? p->rows : 1);
    if (p->doc.nmarks == 0)
        return;
    for (size_t i = 0; i < p->doc.nmarks; i++) {
        size_t line = lw_doc_line_of(&p->doc, p->doc.mark[i].at.s);
        if (line >= p->top && line < p->top + rows)
            return;
    }
    size_t line = lw_doc_line_of(&p->doc, p->doc.mark[0].at.s), last = lw_pane_last(p);
    p->top = line > rows / 3 ? line - rows / 3 : 0;
    p->top = p->top < last ? p->top : last;
}

static void show_changes(struct lw_app *d)
{
    lw_app_layout(d);
    for (int i = 1; i < d->npanes; i++)
        show_change(&d->pane[i]);
}

void lw_app_word_diff(struct lw_app *d)
{
    int response = d->pane[1].response;
    bool many = d->npanes > 1;
    d->laid_out = false;
    d->word_diff = !d->word_diff;
    if (!d->word_diff)
        lw_sitting_notify(d->s, LW_TONE_INFO, "Word diff off.");
    else if (many && lw_app_pair(d))
        say_counts(d, "A to B", shown_as(d, 0), shown_as(d, 1));
    else if (many && correction(d, response).s)
        say_counts(d, "of the correction", response_text(d, response), correction(d, response));
    else
        lw_sitting_notify(
            d->s, LW_TONE_INFO, "Word diff on. Nothing to compare here: no correction.");
    if (d->word_diff)
        show_changes(d);
}
