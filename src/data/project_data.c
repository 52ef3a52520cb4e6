/* A data file without a project: what kind of data is it? */
#include "data/project_parse.h"
#include "data/sniff.h"
#include "labelwright/buf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RECORDS_MAX = 1000 };

/* True when the record can be labeled; what is wrong with the first that cannot goes to `why`. */
static bool count_responses(
    const struct lw_source *source, const struct lw_raw *raw, size_t *responses, struct lw_err *why)
{
    if (raw->n > LW_RECORD_MAX)
        return false;
    struct lw_task *t = lw_source_task(source, raw->s, (size_t)raw->n);
    bool readable = !t->unreadable;
    if (readable)
        *responses = t->nresponses;
    else
        lw_fail(why, LW_EBAD, "%s", t->unreadable);
    lw_task_free(t);
    return readable;
}

static enum lw_code find_readable(
    struct lw_lines *file, const struct lw_source *found, size_t *responses, struct lw_err *err)
{
    struct lw_err why = {0};
    struct lw_raw raw;
    uint64_t at = found->begin;
    for (int i = 0; i < RECORDS_MAX && at < file->size; i++, at = raw.next) {
        enum lw_code code = lw_source_get(found, file, at, &raw, err);
        if (code != LW_OK)
            return code;
        if (!raw.blank && count_responses(found, &raw, responses, &why))
            return LW_OK;
    }
    return lw_fail(err, LW_EBAD,
        "%s: no record can be read as %s, so there are no questions to choose. The first: %.250s",
        file->name, found->format->name, why.text);
}

/* Where the prompt was found only by its look, people need to know which columns there are. */
static void keep_columns(const struct lw_grid *t, struct lw_data_kind *to)
{
    struct lw_buf b = {0};
    for (size_t i = 0; t && t->guessed && i < t->ncells; i++) {
        lw_buf_fmt(&b, "%s%s", i ? ", " : "", t->column[i]);
        if (t->name[i] && strcmp(t->name[i], "prompt") == 0)
            to->column = lw_strdup(t->column[i]);
    }
    to->columns = lw_buf_take(&b);
}

void lw_data_kind_fini(struct lw_data_kind *kind)
{
    free(kind->column);
    free(kind->columns);
    *kind = (struct lw_data_kind){0};
}

enum lw_code lw_data_kind(
    const struct lw_sys *sys, const char *path, struct lw_data_kind *to, struct lw_err *err)
{
    struct stat st;
    struct lw_source found = {0};
    struct lw_lines file = {.sys = sys, .name = path};
    enum lw_code code = lw_sniff_open(sys, path, path, &file.fd, &st, err);
    if (code != LW_OK)
        return code;
    file.size = (uint64_t)st.st_size;
    code = lw_sniff(&file, "auto", NULL, &found, err);
    if (code == LW_OK)
        code = find_readable(&file, &found, &to->responses, err);
    if (code == LW_OK)
        keep_columns(found.table, to);
    lw_source_fini(&found);
    lw_lines_fini(&file);
    sys->close(sys, file.fd);
    return code;
}
