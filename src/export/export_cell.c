/* Cells of a table, as in RFC 4180. */
#include "export/export_internal.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32767 };

void lw_cell_start(struct lw_export_state *x, bool *first)
{
    if (!*first)
        lw_buf_char(&x->out, ',');
    *first = false;
}

static bool wants_quotes(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr(",\"\r\n", s[i]))
            return true;
    return false;
}

void lw_cell_bytes(struct lw_export_state *x, const char *s, size_t n)
{
    if (!wants_quotes(s, n)) {
        lw_buf_add(&x->out, s, n);
        return;
    }
    lw_buf_char(&x->out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            lw_buf_char(&x->out, '"');
        lw_buf_char(&x->out, s[i]);
    }
    lw_buf_char(&x->out, '"');
}

/* Excel counts UTF-16 units and cuts longer cells. */
static bool is_too_long(const char *s, size_t n)
{
    size_t units = 0;
    for (size_t i = 0; i < n && n > LONGEST; i++)
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            units += (unsigned char)s[i] >= 0xF0 ? 2 : 1;
    return units > LONGEST;
}

/* A program must read exactly what was written; a spreadsheet must not run it. */
void lw_cell_text(struct lw_export_state *x, const char *s, size_t n)
{
    bool formula = n > 0 && memchr("=+-@\t\r", s[0], 6);
    if (x->format->spreadsheet && is_too_long(s, n))
        lw_export_lose(x, LW_LOSS_LONG);
    if (!formula || !x->format->spreadsheet) {
        if (formula)
            lw_export_lose(x, LW_LOSS_FORMULA);
        lw_cell_bytes(x, s, n);
        return;
    }
    char *guarded = lw_alloc(n + 1);
    guarded[0] = '\'';
    memcpy(guarded + 1, s, n);
    lw_export_lose(x, LW_LOSS_GUARDED);
    lw_cell_bytes(x, guarded, n + 1);
    free(guarded);
}

void lw_cell_json(struct lw_export_state *x, const json_t *v)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    lw_cell_bytes(x, text, strlen(text));
    free(text);
}

static bool all_texts(const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!json_is_string(json_array_get(list, i)))
            return false;
    return json_is_array(list);
}

/* No tag has a semicolon in it. */
static void add_tags(struct lw_export_state *x, const json_t *list)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++)
        lw_buf_fmt(&b, "%s%s", i ? ";" : "", json_string_value(json_array_get(list, i)));
    lw_cell_text(x, b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
}

void lw_cell_value(struct lw_export_state *x, const struct lw_question *q, const json_t *v)
{
    bool edit = q && q->type == LW_Q_EDIT;
    const json_t *text = edit ? json_object_get(v, "text") : v;
    if (edit && text)
        lw_export_lose(x, LW_LOSS_ORIGINAL);
    if (json_is_string(text))
        lw_cell_text(x, json_string_value(text), json_string_length(text));
    else if (all_texts(v) && (!q || q->type == LW_Q_TAGS))
        add_tags(x, v);
    else if (v)
        lw_cell_json(x, v);
}
