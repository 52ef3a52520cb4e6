/* Folders of a project that receive batches: which may (none that is already used for something
 * else), and the batches that are in one, by their names. Writing them is sync's. */
#define _GNU_SOURCE
#include "labelwright/project/outbox_folder.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "project/project_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- where it may be */

/* Without "." and empty names; "" for the folder itself. New. */
static char *tidy(const char *path)
{
    struct lw_buf b = {0};
    for (const char *s = path; *s;) {
        size_t n = strcspn(s, "/");
        if (n > 0 && !(n == 1 && *s == '.'))
            lw_buf_fmt(&b, "%s%.*s", b.len ? "/" : "", (int)n, s);
        s += n + (s[n] == '/');
    }
    lw_buf_add(&b, "", 0);
    return lw_buf_detach(&b);
}

/* For a tidy path below the project folder. */
static const char *fault_of(const char *path)
{
    if (*path == '\0')
        return "is the project folder itself. Give a folder inside it: `to: \"file:outbox\"`.";
    if (*path == '.')
        return "is in a folder that starts with a dot. Those belong to other programs or to "
               "labelwright itself. Write `to: \"file:outbox\"`.";
    if (strncasecmp(path, "journal", 7) == 0)
        return "is in the journal folder, which is for saved labels only. Write `to: "
               "\"file:outbox\"`.";
    if (strncmp(path, "../", 3) == 0 || strcasecmp(path, "project.yaml") == 0)
        return "is a file of this project. Write `to: \"file:outbox\"`.";
    return NULL;
}

const char *lw_outbox_folder_fault(const char *path)
{
    char *to = tidy(path);
    const char *fault = fault_of(to);
    free(to);
    return fault;
}

/* Whether `file` is `folder`, or is where a parent folder of it would be. */
static bool is_over(const char *folder, const char *file)
{
    char *to = tidy(folder), *of = file ? tidy(file) : NULL;
    size_t n = of ? strlen(of) : 0;
    bool over = of && strncmp(to, of, n) == 0 && (to[n] == '\0' || to[n] == '/');
    free(to);
    free(of);
    return over;
}

static const char *file_under(const struct lw_project *p, const char *folder)
{
    for (size_t i = 0; i < p->ntasks; i++)
        if (p->tasks[i].path && is_over(folder, p->tasks[i].path))
            return p->tasks[i].path;
    return is_over(folder, p->guidelines) ? p->guidelines : NULL;
}

void lw_check_outboxes(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at)
{
    for (size_t i = 0; i < p->nsync; i++) {
        const char *to = p->sync[i].to;
        const char *file = to && strncasecmp(to, "file:", 5) == 0 ? file_under(p, to + 5) : NULL;
        if (file)
            lw_mistake(r, at, "\"to\" would write over %s. Write `to: \"file:outbox\"`.", file);
    }
}

char *lw_project_outbox(const struct lw_project *p, const char *path, struct lw_err *err)
{
    char *real = lw_project_path(p, path, err), *top = real ? realpath(p->dir, NULL) : NULL;
    size_t n = top ? strlen(top) : 0;
    if (!top)
        return real;
    bool inside = strncmp(real, top, n) == 0 && (real[n] == '/' || real[n] == '\0');
    const char *fault = inside ? lw_outbox_folder_fault(real + n) : lw_outbox_folder_fault("../");
    free(top);
    if (!fault)
        return real;
    lw_fail(err, LW_EREFUSED, "%s: %s %s", p->file, path, fault);
    free(real);
    return NULL;
}

/* ---- what is in it */

int lw_outbox_folder_open(const struct lw_project *p, const struct lw_sys *sys,
    const struct lw_sync_to *to, const char *journal_id)
{
    struct lw_err none = {0};
    if (strncasecmp(to->to, "file:", 5) != 0)
        return -1;
    char *path = lw_project_outbox(p, to->to + 5, &none);
    int above = path ? sys->openat(sys, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0) : -1;
    int fd = above >= 0 ? lw_dir_open(sys, above, journal_id) : -1;
    if (above >= 0)
        sys->close(sys, above);
    free(path);
    return fd;
}

/* "FIRST-LAST-SHA256.ndjson" */
static bool is_batch(const char *name, struct lw_batch_file *to)
{
    char *end;
    *to = (struct lw_batch_file){.name = name};
    to->first = strtoull(name, &end, 10);
    if (*end != '-')
        return false;
    to->last = strtoull(end + 1, &end, 10);
    const char *sha256 = end + 1;
    if (*end != '-' || strspn(sha256, "0123456789abcdef") != LW_SHA256_HEX - 1 ||
        strcmp(sha256 + LW_SHA256_HEX - 1, ".ndjson") != 0)
        return false;
    memcpy(to->sha256, sha256, LW_SHA256_HEX - 1);
    return to->first > 0 && to->first <= to->last;
}

struct listing {
    void (*each)(void *ctx, const struct lw_batch_file *file);
    void *ctx;
};

static void list_batch(void *ctx, const char *name)
{
    const struct listing *l = ctx;
    struct lw_batch_file file;
    if (is_batch(name, &file))
        l->each(l->ctx, &file);
}

void lw_outbox_folder_each(const struct lw_sys *sys, int fd,
    void (*each)(void *ctx, const struct lw_batch_file *file), void *ctx)
{
    struct listing l = {each, ctx};
    sys->list(sys, fd, list_batch, &l);
}
