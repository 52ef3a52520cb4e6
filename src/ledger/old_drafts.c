/* Drafts that no longer fit, set aside as drafts/old-1.json, old-2.json … Never written again. */
#define _GNU_SOURCE
#include "labelwright/ledger/draft.h"

#include "labelwright/base/file.h"
#include "ledger/draft_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OLD_MAX = 64 * 1024 * 1024, OLD_MOST = 1000, OLD_NAME = 24 };

struct numbers {
    unsigned v[OLD_MOST];
    size_t n;
    unsigned highest;
};

static void add_number(void *ctx, const char *name)
{
    struct numbers *to = ctx;
    unsigned number;
    int end = 0;
    if (sscanf(name, "old-%9u%n", &number, &end) != 1 || strcmp(name + end, ".json") != 0)
        return;
    if (number > to->highest)
        to->highest = number;
    if (to->n < OLD_MOST)
        to->v[to->n++] = number;
}

static void old_name(unsigned number, char to[OLD_NAME])
{
    snprintf(to, OLD_NAME, "old-%u.json", number);
}

enum lw_code lw_draft_set_aside(
    struct lw_drafts at, const json_t *draft, char name[LW_DRAFT_OLD_NAME], struct lw_err *err)
{
    struct numbers old = {0};
    int fd;
    char *text = json_dumps(draft, JSON_COMPACT);
    if (!text)
        return lw_fail(err, LW_EBAD, "the draft cannot be written as JSON");
    enum lw_code code = lw_drafts_open(at, true, &fd, err);
    if (code == LW_OK) {
        if (at.sys->list(at.sys, fd, add_number, &old) != 0)
            code = lw_fail_errno(err, "cannot list the drafts");
        char base[OLD_NAME], folder[LW_DRAFTS_NAME];
        old_name(old.highest + 1, base);
        lw_drafts_name(at, "drafts", folder);
        snprintf(name, LW_DRAFT_OLD_NAME, "%s/%s", folder, base);
        if (code == LW_OK)
            code = lw_file_replace(at.sys, fd, base, text, strlen(text), true, err);
        at.sys->close(at.sys, fd);
    }
    free(text);
    return code;
}

static json_t *load(const struct lw_sys *sys, int fd, unsigned number)
{
    char name[OLD_NAME];
    struct lw_buf buf = {0};
    json_t *draft = NULL;
    old_name(number, name);
    if (lw_file_read(sys, fd, name, NULL, OLD_MAX, &buf, NULL) == LW_OK)
        draft = json_loadb(buf.data ? buf.data : "", buf.len, JSON_ALLOW_NUL, NULL);
    lw_buf_fini(&buf);
    return draft;
}

static int newest_first(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x < y) - (x > y);
}

json_t *lw_drafts_old(struct lw_drafts at, const char *task)
{
    struct numbers old = {0};
    json_t *found = json_array();
    char folder[LW_DRAFTS_NAME];
    int fd;
    lw_drafts_name(at, "drafts", folder);
    if (lw_drafts_open(at, false, &fd, NULL) != LW_OK)
        return found;
    at.sys->list(at.sys, fd, add_number, &old);
    qsort(old.v, old.n, sizeof *old.v, newest_first);
    for (size_t i = 0; i < old.n; i++) {
        json_t *draft = load(at.sys, fd, old.v[i]);
        const char *of = json_string_value(json_object_get(draft, "task"));
        if (of && strcmp(of, task) == 0) {
            char base[OLD_NAME];
            old_name(old.v[i], base);
            json_object_set_new(draft, "kept_as", json_sprintf("%s/%s", folder, base));
            json_array_append(found, draft);
        }
        json_decref(draft);
    }
    at.sys->close(at.sys, fd);
    return found;
}
