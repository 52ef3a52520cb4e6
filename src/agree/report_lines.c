/* How the report is set: cells of so many columns, paragraphs, and the reasons below a table. Knows
 * no measure. */
#define _GNU_SOURCE
#include "agree/report_lines_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/wrap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text of a width */

/* The cleaned text in exactly so many columns; what is too long ends in "…". */
void lw_report_cell(struct lw_buf *to, const char *text, int cols, bool right)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    lw_buf_str(&b, "");
    const char *s = b.data ? b.data : "";
    int wide = lw_cols(s, b.len, -1);
    size_t n = wide <= cols ? b.len : lw_fit(s, b.len, cols - 1);
    int blanks = cols - (wide <= cols ? wide : lw_cols(s, n, -1) + 1);
    lw_buf_fmt(to, "%*s", right ? blanks : 0, "");
    lw_buf_add(to, s, n);
    lw_buf_str(to, wide <= cols ? "" : "…");
    lw_buf_fmt(to, "%*s", right ? 0 : blanks, "");
    lw_buf_fini(&b);
}

void lw_report_end_line(struct lw_buf *to)
{
    while (to->len > 0 && to->data[to->len - 1] == ' ')
        to->data[--to->len] = '\0';
    lw_buf_char(to, '\n');
}

/* A paragraph; lines after the first are indented by `indent`. */
void lw_report_wrapped(struct lw_buf *to, const char *text, int indent)
{
    struct lw_wrap w = {0};
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    if (b.len > 0)
        lw_wrap_text(&w, b.data, b.len, LW_REPORT_WIDTH - indent);
    for (size_t i = 0; i < w.n; i++) {
        lw_buf_fmt(to, "%*s", i ? indent : 0, "");
        lw_buf_add(to, b.data + w.v[i].start, w.v[i].end - w.v[i].start);
        lw_buf_char(to, '\n');
    }
    lw_wrap_fini(&w);
    lw_buf_fini(&b);
}

const char *lw_report_plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- reasons below a table */

/* The number of the note for a reason. */
static size_t note(struct lw_report_notes *n, enum lw_undefined why)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->v[i] == why)
            return i + 1;
    n->v[n->n++] = why;
    return n->n;
}

void lw_report_value(
    struct lw_buf *to, const struct lw_figure *f, struct lw_report_notes *notes, int cols)
{
    char text[32];
    if (f->why == LW_DEFINED)
        snprintf(text, sizeof text, "%.3f", fabs(f->value) < 0.0005 ? 0 : f->value);
    else
        snprintf(text, sizeof text, "(%zu)", note(notes, f->why));
    lw_report_cell(to, text, cols, true);
}

void lw_report_notes(struct lw_buf *to, const struct lw_report_notes *n)
{
    for (size_t i = 0; i < n->n; i++) {
        char *text = lw_format("  (%zu) undefined: %s.", i + 1, lw_undefined_text(n->v[i]));
        lw_report_wrapped(to, text, 6);
        free(text);
    }
}
