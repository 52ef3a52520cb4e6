/* Drafts on the disk: one file a task, the ones set aside, and the task shown last. What is in a
 * draft, and when one is saved, is decided by the sitting. */
#define _GNU_SOURCE
#include "labelwright/ledger/draft.h"

#include "labelwright/base/file.h"
#include "labelwright/base/hash.h"
#include "labelwright/json/json_value.h"
#include "labelwright/project/state_dir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAST_TASK "place"

enum { DRAFTS_NAME = 96, DRAFT_MAX = 64 * 1024 * 1024, LAST_TASK_MAX = 64 * 1024 };

/* `of_ours` for journal/, "of_ours-NAME" for journal-NAME/. */
static void drafts_name(struct lw_drafts at, const char *of_ours, char to[DRAFTS_NAME])
{
    const char *name = strchr(at.journal, '-');
    snprintf(to, DRAFTS_NAME, "%s%s", of_ours, name ? name : "");
}

/* Opens the drafts folder; with `make`, creates it when missing. */
static enum lw_code drafts_open(struct lw_drafts at, bool make, int *fd, struct lw_err *err)
{
    char name[DRAFTS_NAME];
    drafts_name(at, "drafts", name);
    return lw_state_dir(at.sys, at.dir, name, make, fd, err);
}

enum lw_code lw_draft_folder(struct lw_drafts at, int *fd, struct lw_err *err)
{
    return drafts_open(at, true, fd, err);
}

_Static_assert(LW_DRAFT_NAME == LW_SHA256_HEX + 5, "the hash and .json");

/* A task's id never becomes a file name: it comes from a client. */
void lw_draft_name(const char *task, char to[LW_DRAFT_NAME])
{
    lw_sha256_hex(task, strlen(task), to);
    strcpy(to + LW_SHA256_HEX - 1, ".json");
}

enum lw_code lw_draft_save(struct lw_drafts at, const char *task, const json_t *draft,
    struct lw_buf *written, struct lw_err *err)
{
    struct lw_buf text = {0};
    char name[LW_DRAFT_NAME];
    int fd;
    enum lw_code code = drafts_open(at, true, &fd, err);
    if (code != LW_OK)
        return code;
    lw_json_add(&text, draft);
    lw_draft_name(task, name);
    code = lw_file_replace(at.sys, fd, name, text.data, text.len, true, err);
    at.sys->close(at.sys, fd);
    if (code == LW_OK && written) {
        struct lw_buf was = *written;
        *written = text;
        text = was;
    }
    lw_buf_fini(&text);
    return code;
}

/* Integers beyond 64 bits were written as json_value.h keeps them, with a NUL, before 2026-12. */
static json_t *parse(const struct lw_buf *text, json_error_t *why)
{
    json_error_t unused;
    const char *bytes = text->data ? text->data : "";
    json_t *draft = lw_json_load(bytes, text->len, why);
    return draft ? draft
                 : json_loadb(bytes, text->len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &unused);
}

static json_t *load(const struct lw_sys *sys, int fd, const char *name, struct lw_err *err)
{
    struct lw_buf buf = {0};
    json_error_t why;
    json_t *draft = NULL;
    enum lw_code code = lw_file_read(sys, fd, name, "the draft", DRAFT_MAX, &buf, err);
    if (code == LW_OK) {
        draft = parse(&buf, &why);
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

static void rename_bad(const struct lw_sys *sys, int fd, const char *name)
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
    if (drafts_open(at, false, &fd, &why) != LW_OK) {
        if (why.code != LW_EABSENT)
            lw_fail(err, why.code, "%s", why.text);
        return NULL;
    }
    lw_draft_name(task, name);
    json_t *draft = load(at.sys, fd, name, &why);
    if (why.code == LW_EBAD)
        rename_bad(at.sys, fd, name);
    if (why.code != LW_OK && why.code != LW_EABSENT)
        lw_fail(err, why.code, "%s", why.text);
    at.sys->close(at.sys, fd);
    return draft;
}

bool lw_draft_read(struct lw_drafts at, const char *task, struct lw_buf *to)
{
    char name[LW_DRAFT_NAME];
    int fd;
    lw_buf_clear(to);
    if (drafts_open(at, false, &fd, NULL) != LW_OK)
        return false;
    lw_draft_name(task, name);
    bool there = lw_file_read(at.sys, fd, name, NULL, DRAFT_MAX, to, NULL) == LW_OK;
    if (!there)
        lw_buf_clear(to);
    at.sys->close(at.sys, fd);
    return there;
}

void lw_draft_remove(struct lw_drafts at, const char *task)
{
    char name[LW_DRAFT_NAME];
    int fd;
    if (drafts_open(at, false, &fd, NULL) != LW_OK)
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
    if (drafts_open(at, false, &fd, NULL) != LW_OK)
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
    bool again = json_object_get(draft, "repeat") != NULL; /* of the task as if it were new */
    if (json_is_string(task) && !again)
        lw_keys_add(ctx, lw_fingerprint(json_string_value(task), json_string_length(task)));
}

void lw_drafts_keys(struct lw_drafts at, struct lw_keys *to)
{
    lw_drafts_each(at, add_key, to);
    lw_keys_sort(to);
}

/* ---- drafts that no longer fit: old-1.json, old-2.json … Never written again. */

enum { OLD_MOST = 1000, OLD_NAME = 24 };

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
    struct lw_buf text = {0};
    int fd;
    enum lw_code code = drafts_open(at, true, &fd, err);
    if (code == LW_OK) {
        lw_json_add(&text, draft);
        if (at.sys->list(at.sys, fd, add_number, &old) != 0)
            code = lw_fail_errno(err, "cannot list the drafts");
        char base[OLD_NAME], folder[DRAFTS_NAME];
        old_name(old.highest + 1, base);
        drafts_name(at, "drafts", folder);
        snprintf(name, LW_DRAFT_OLD_NAME, "%s/%s", folder, base);
        if (code == LW_OK)
            code = lw_file_replace(at.sys, fd, base, text.data, text.len, true, err);
        at.sys->close(at.sys, fd);
    }
    lw_buf_fini(&text);
    return code;
}

static json_t *load_old(const struct lw_sys *sys, int fd, unsigned number)
{
    char name[OLD_NAME];
    struct lw_buf buf = {0};
    json_error_t why;
    json_t *draft = NULL;
    old_name(number, name);
    if (lw_file_read(sys, fd, name, NULL, DRAFT_MAX, &buf, NULL) == LW_OK)
        draft = parse(&buf, &why);
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
    char folder[DRAFTS_NAME];
    int fd;
    drafts_name(at, "drafts", folder);
    if (drafts_open(at, false, &fd, NULL) != LW_OK)
        return found;
    at.sys->list(at.sys, fd, add_number, &old);
    qsort(old.v, old.n, sizeof *old.v, newest_first);
    for (size_t i = 0; i < old.n; i++) {
        json_t *draft = load_old(at.sys, fd, old.v[i]);
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

/* ---- the task shown last */

enum lw_code lw_last_task_save(struct lw_drafts at, const char *task, struct lw_err *err)
{
    int fd;
    char name[DRAFTS_NAME];
    struct lw_err why = {0};
    drafts_name(at, LAST_TASK, name);
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

char *lw_last_task_load(struct lw_drafts at)
{
    struct lw_buf buf = {0};
    char name[DRAFTS_NAME];
    int fd;
    drafts_name(at, LAST_TASK, name);
    if (lw_state_dir(at.sys, at.dir, NULL, false, &fd, NULL) != LW_OK)
        return NULL;
    enum lw_code code = lw_file_read(at.sys, fd, name, NULL, LAST_TASK_MAX, &buf, NULL);
    at.sys->close(at.sys, fd);
    if (code == LW_OK && buf.len > 0)
        return lw_buf_detach(&buf);
    lw_buf_fini(&buf);
    return NULL;
}
