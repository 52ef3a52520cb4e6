/* {"task","file","record","answers" or
 * "skipped","order","active_ms","wall_ms","annotator","time","seq"}: the members as they stand in
 * the journal, byte for byte, without a parse. */
#include "data/export_own.h"
#include "data/members.h"

#include <string.h>

/* Without a member of the event: the annotator, which only the journal's first line names. */
static const struct {
    const char *member, *name;
} column[] = {
    {"task", "task"},
    {"file", "file"},
    {"record", "record"},
    {"answers", "answers"},
    {"reason", "skipped"},
    {"order", "order"},
    {"active_ms", "active_ms"},
    {"wall_ms", "wall_ms"},
    {NULL, "annotator"},
    {"time", "time"},
    {"seq", "seq"},
};

enum { COLUMNS = sizeof column / sizeof *column };

static void pick(const struct lw_buf *line, struct lw_member found[COLUMNS])
{
    const char *at = line->data, *end = line->data + line->len;
    struct lw_member m;
    while (lw_member_next(&at, end, &m))
        for (size_t i = 0; i < COLUMNS; i++)
            if (column[i].member && lw_member_is(&m, column[i].member))
                found[i] = m;
}

static void add(struct lw_buf *out, const char *name, const char *value, size_t n)
{
    lw_buf_str(out, out->data[out->len - 1] == '{' ? "\"" : ",\"");
    lw_buf_str(out, name);
    lw_buf_str(out, "\":");
    lw_buf_add(out, value, n);
}

enum lw_code lw_native_each(struct lw_exporting *x, const struct lw_standing *s, struct lw_err *err)
{
    struct lw_member found[COLUMNS] = {0};
    struct lw_err failed = {0};
    if (!lw_export_line(x, s, &failed))
        return failed.code == LW_OK ? LW_OK : lw_fail(err, failed.code, "%s", failed.text);
    pick(&x->line, found);
    lw_buf_char(&x->out, '{');
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!column[i].member)
            add(&x->out, column[i].name, x->annotator, strlen(x->annotator));
        else if (found[i].value)
            add(&x->out, column[i].name, found[i].value, found[i].value_len);
    }
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
    return LW_OK;
}
