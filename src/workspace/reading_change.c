/* Whether a project that was made for a data file may be made anew, to read the file otherwise:
 * only while it is as it was made, and nothing is labeled. Making it is project_open.c's. */
#define _GNU_SOURCE
#include "workspace/reading_change_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/workspace/other_journals.h"
#include "workspace/project_template_internal.h"
#include "workspace/typed_path_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { YAML_MAX = 256 * 1024 };

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_columns(const struct lw_column_map *a, const struct lw_column_map *b)
{
    if (!a || !same_text(a->prompt, b->prompt) || a->nresponses != b->nresponses)
        return false;
    for (size_t i = 0; i < a->nresponses; i++)
        if (strcmp(a->response[i], b->response[i]) != 0)
            return false;
    return true;
}

bool lw_read_as_agrees(const struct lw_task_file *file, const struct lw_read_as *as)
{
    return (!as->format || strcmp(as->format, file->format) == 0) &&
           (!as->columns || same_columns(file->columns, as->columns)) &&
           (as->header == LW_HEADER_GUESSED || as->header == file->header) &&
           (as->encoding == LW_ENCODING_UTF_8 || as->encoding == file->encoding);
}

static bool has_labels(const struct lw_sys *sys, const struct lw_project *p)
{
    struct lw_other_journals all = {0};
    int dir = sys->openat(sys, AT_FDCWD, p->dir, O_RDONLY | O_DIRECTORY, 0);
    bool has = dir < 0; /* better too careful */
    if (dir >= 0) {
        lw_other_journals_find(sys, dir, "", &all);
        sys->close(sys, dir);
    }
    for (size_t i = 0; i < all.n; i++)
        has = has || all.v[i].done + all.v[i].skipped > 0 || all.v[i].why;
    lw_other_journals_fini(&all);
    return has;
}

/* What would be made now of the data, read so, is what stands in project.yaml. */
static bool is_made_so(const struct lw_sys *sys, const struct lw_project *p, const char *data,
    const struct lw_read_as *as, const struct lw_buf *now)
{
    struct lw_data_kind kind = {0};
    const char *name = lw_path_base(data);
    if (lw_data_kind(sys, data, as, &kind, NULL) != LW_OK)
        return false;
    kind.practice = p->practice;
    char *text = lw_project_text(&(struct lw_data_files){&name, 1, NULL}, "../", &kind);
    bool same = text && strlen(text) == now->len && memcmp(text, now->data, now->len) == 0;
    free(text);
    lw_data_kind_fini(&kind);
    return same;
}

/* Columns in it may be said or guessed. */
static bool is_as_made(const struct lw_sys *sys, const struct lw_project *p, const char *data)
{
    struct lw_buf now = {0};
    struct lw_read_as said = lw_task_file_read_as(&p->tasks[0]);
    struct lw_read_as guessed = {.header = said.header, .encoding = said.encoding};
    said.format = strcmp(said.format, "auto") == 0 ? NULL : said.format;
    bool is = lw_file_read(sys, AT_FDCWD, p->file, NULL, YAML_MAX, &now, NULL) == LW_OK &&
              (is_made_so(sys, p, data, &guessed, &now) || is_made_so(sys, p, data, &said, &now));
    lw_buf_fini(&now);
    return is;
}

enum lw_code lw_reading_may_change(const struct lw_sys *sys, const struct lw_project *p,
    const char *data, const struct lw_read_as *as, struct lw_err *err)
{
    if (has_labels(sys, p))
        return lw_fail(err, LW_EREFUSED,
            "%s has labels already, which belong to its records as they are read now. To read it "
            "otherwise, make another project with the same options: labelwright new DIR --like %s",
            data, data);
    if (is_as_made(sys, p, data))
        return LW_OK;
    char *lines = lw_read_as_lines(as);
    lw_fail(err, LW_EREFUSED,
        "%s was edited, so it is not made anew. Write in it, below `file:`\n%s", p->file, lines);
    free(lines);
    return LW_EREFUSED;
}
