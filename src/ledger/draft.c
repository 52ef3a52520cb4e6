#define _GNU_SOURCE
#include "labelwright/ledger/draft.h"

#include "labelwright/base/file.h"
#include "labelwright/base/hash.h"
#include "labelwright/project/state_dir.h"
#include "ledger/draft_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACE "place"

enum { DRAFT_MAX = 64 * 1024 * 1024, PLACE_MAX = 64 * 1024 };

void lw_drafts_name(struct lw_drafts at, const char *of_ours, char to[LW_DRAFTS_NAME])
{
    const char *name = strchr(at.journal, '-');
    snprintf(to, LW_DRAFTS_NAME, "%s%s", of_ours, name ? name : "");
}

enum lw_code lw_drafts_open(struct lw_drafts at, bool make, int *fd, struct lw_err *err)
{
    char name[LW_DRAFTS_NAME];
    lw_drafts_name(at, "drafts", name);
    return lw_state_dir(at.sys, at.dir, name, make, fd, err);
}

enum lw_code lw_draft_folder(struct lw_drafts at, int *fd, struct lw_err *err)
{
    return lw_drafts_open(at, true, fd, err);
}

_Static_assert(LW_DRAFT_NAME == LW_SHA256_HEX + 5, "the hash and .json");

/* A task's id never becomes a file name: it comes from a client. */
void lw_draft_name(const char *task, char to[LW_DRAFT_NAME])
{
    lw_sha256_hex(task, strlen(task), to);
    strcpy(to + LW_SHA256_HEX - 1, ".json");
}

enum lw_code lw_draft_save(
    struct lw_drafts at, const char *task, const json_t *draft, struct lw_err *err)
{
    char name[LW_DRAFT_NAME];
    int fd;
    char *text = json_dumps(draft, JSON_COMPACT);
    if (!text)
        return lw_fail(err, LW_EBAD, "the draft cannot be written as JSON");
    lw_draft_name(task, name);
    enum lw_code code = lw_drafts_open(at, true, &fd, err);
    if (code == LW_OK) {
        code = lw_file_replace(at.sys, fd, name, text, strlen(text), true, err);
        at.sys->close(at.sys, fd);
    }
    free(text);
    return code;
}

static json_t *load(const struct lw_sys *sys, int fd, const char *name, struct lw_err *err)
{
    struct lw_buf buf = {0};
    json_error_t why;
    json_t *draft = NULL;
    enum lw_code code = lw_file_read(sys, fd, name, "the draft", DRAFT_MAX, &buf, err);
    if (code == LW_OK) {
        draft = json_loadb(
            buf.data ? buf.data : "", buf.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
        if (!json_is_object(draft)) {
            lw_fail(err, LW_EBAD, "The draft is damaged (%s). It is kept as drafts/%s.bad",
                draft ? "not an object" : why.text, name);
            json_decref(draft);
            draft = NULL;
        }
    }
    lw_buf_fini(&buf);
    return draft;
}

static void set_aside(const struct lw_sys *sys, int fd, const char *name)
{
    char *bad = lw_format("%s.bad", name);
    sys->renameat(sys, fd, name, bad);
    free(bad);
}

json_t *lw_draft_load(struct lw_drafts at, const char *task, struct lw_err *err)
{
    char name[LW_DRAFT_NAME];
    struct lw_err why = {0};
    int fd;
    if (lw_drafts_open(at, false, &fd, &why) != LW_OK) {
        if (why.code != LW_EABSENT)
            lw_fail(err, why.code, "%s", why.text);
        return NULL;
    }
    lw_draft_name(task, name);
    json_t *draft = load(at.sys, fd, name, &why);
    if (why.code == LW_EBAD)
        set_aside(at.sys, fd, name);
    if (why.code != LW_OK && why.code != LW_EABSENT)
        lw_fail(err, why.code, "%s", why.text);
    at.sys->close(at.sys, fd);
    return draft;
}

void lw_draft_remove(struct lw_drafts at, const char *task)
{
    char name[LW_DRAFT_NAME];
    int fd;
    if (lw_drafts_open(at, false, &fd, NULL) != LW_OK)
        return;
    lw_draft_name(task, name);
    at.sys->unlinkat(at.sys, fd, name);
    at.sys->close(at.sys, fd);
}

struct names {
    char **v;
    size_t n;
};

static void add_name(void *ctx, const char *name)
{
    struct names *to = ctx;
    if (strlen(name) != LW_SHA256_HEX - 1 + strlen(".json")) /* temporary, or set aside */
        return;
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n++] = lw_strdup(name);
}

void lw_drafts_each(struct lw_drafts at, void (*each)(void *ctx, json_t *draft), void *ctx)
{
    struct names names = {0};
    int fd;
    if (lw_drafts_open(at, false, &fd, NULL) != LW_OK)
        return;
    at.sys->list(at.sys, fd, add_name, &names);
    for (size_t i = 0; i < names.n; i++) {
        json_t *draft = load(at.sys, fd, names.v[i], NULL);
        if (draft)
            each(ctx, draft);
        json_decref(draft);
        free(names.v[i]);
    }
    free(names.v);
    at.sys->close(at.sys, fd);
}

static void add_key(void *ctx, json_t *draft)
{
    const json_t *task = json_object_get(draft, "task");
    if (json_is_string(task))
        lw_keys_add(ctx, lw_fingerprint(json_string_value(task), json_string_length(task)));
}

void lw_drafts_keys(struct lw_drafts at, struct lw_keys *to)
{
    lw_drafts_each(at, add_key, to);
    lw_keys_sort(to);
}

enum lw_code lw_place_save(struct lw_drafts at, const char *task, struct lw_err *err)
{
    int fd;
    char name[LW_DRAFTS_NAME];
    struct lw_err why = {0};
    lw_drafts_name(at, PLACE, name);
    enum lw_code code = lw_state_dir(at.sys, at.dir, NULL, *task, &fd, &why);
    if (code == LW_EABSENT && !*task)
        return LW_OK;
    if (code != LW_OK)
        return lw_fail(err, code, "%s", why.text);
    if (*task)
        code = lw_file_replace(at.sys, fd, name, task, strlen(task), false, err);
    else
        at.sys->unlinkat(at.sys, fd, name);
    at.sys->close(at.sys, fd);
    return code;
}

char *lw_place_load(struct lw_drafts at)
{
    struct lw_buf buf = {0};
    char name[LW_DRAFTS_NAME];
    int fd;
    lw_drafts_name(at, PLACE, name);
    if (lw_state_dir(at.sys, at.dir, NULL, false, &fd, NULL) != LW_OK)
        return NULL;
    enum lw_code code = lw_file_read(at.sys, fd, name, NULL, PLACE_MAX, &buf, NULL);
    at.sys->close(at.sys, fd);
    if (code == LW_OK && buf.len > 0)
        return lw_buf_detach(&buf);
    lw_buf_fini(&buf);
    return NULL;
}
