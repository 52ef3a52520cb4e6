/* Label Studio (1.23): each label becomes an annotation of its task there.
 *
 * A request is processed task by task, and each request sets the server's state to what the journal
 * says. So an interrupted request can start again, and an older one that comes late changes
 * nothing. */
#define _GNU_SOURCE
#include "sync/sync_messages_internal.h"
#include "sync/target/label_studio/studio_internal.h"

#include "labelwright/base/buf.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *open_studio(const struct lw_target_opts *opts, struct lw_err *err)
{
    (void)err;
    struct lw_studio *s = lw_alloc(sizeof *s);
    s->with = *opts;
    s->base = lw_strdup(opts->to->to);
    for (size_t n = strlen(s->base); n > 0 && s->base[n - 1] == '/';)
        s->base[--n] = '\0';
    return s;
}

static void clear_access(struct lw_studio *s)
{
    if (s->access)
        sodium_memzero(s->access, strlen(s->access));
    free(s->access);
    s->access = NULL;
}

static void clear_batch(struct lw_studio *s)
{
    for (size_t i = 0; i < s->nwork; i++)
        free(s->work[i].task);
    free(s->work);
    free(s->refused);
    s->work = NULL;
    s->refused = NULL;
    s->nwork = s->nrefused = 0;
    s->duplicates = 0;
    s->sha256[0] = '\0';
}

static void close_studio(void *target)
{
    struct lw_studio *s = target;
    if (!s)
        return;
    clear_access(s);
    clear_batch(s);
    lw_studio_clear_request(s);
    lw_studio_config_fini(&s->config);
    lw_tasks_close(s->tasks);
    free(s->base);
    free(s);
}

static bool stop_with(struct lw_send_result *d, enum lw_send_outcome outcome, const char *text)
{
    d->outcome = outcome;
    snprintf(d->text, sizeof d->text, "%.299s", text);
    return false;
}

/* ---- login */

static const char bearer[] = "Authorization: Bearer ";

/* A personal access token is a JWT that is only used to fetch access tokens, valid for minutes. */
static const char *refresh_token(const struct lw_studio *s)
{
    const char *own = s->request->authorization;
    const char *token =
        own && strncmp(own, bearer, strlen(bearer)) == 0 ? own + strlen(bearer) : "";
    return strncmp(token, "eyJ", 3) == 0 && strchr(token, '.') ? token : NULL;
}

static bool ask_access(struct lw_studio *s, struct lw_http_request *next)
{
    const char *own = s->request->authorization, *refresh = refresh_token(s);
    if (s->access || !own)
        return false;
    if (!refresh) {
        s->access = strncmp(own, bearer, strlen(bearer)) == 0
                        ? lw_format("Authorization: Token %s", own + strlen(bearer))
                        : lw_strdup(own);
        return false;
    }
    lw_studio_request(
        s, next, "POST", lw_strdup("/api/token/refresh/"), json_pack("{s:s}", "refresh", refresh));
    return true;
}

static bool read_access(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    const char *access = json_string_value(json_object_get(body, "access"));
    if (status == 400 || status == 401)
        return stop_with(d, LW_SEND_LOGIN, LW_SYNC_MSG_STUDIO_TOKEN);
    if (status != 200 || !access)
        return false;
    s->access = lw_format("%s%s", bearer, access);
    return true;
}

static bool ask_user(struct lw_studio *s, struct lw_http_request *next)
{
    if (s->user)
        return false;
    lw_studio_request(s, next, "GET", lw_strdup("/api/current-user/whoami"), NULL);
    return true;
}

static bool read_user(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    (void)d;
    s->user = status == 200 ? json_integer_value(json_object_get(body, "id")) : 0;
    return s->user != 0;
}

/* ---- the project's label config */

static bool ask_project(struct lw_studio *s, struct lw_http_request *next)
{
    if (s->known)
        return false;
    lw_studio_request(
        s, next, "GET", lw_format("/api/projects/%" PRId64 "/", s->with.to->project), NULL);
    return true;
}

static bool read_project(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    const char *xml = json_string_value(json_object_get(body, "label_config"));
    struct lw_err err = {0};
    if (status == 404)
        return stop_with(d, LW_SEND_CONFIG, LW_SYNC_MSG_STUDIO_NO_PROJECT);
    if (status != 200 || !xml)
        return false;
    if (lw_studio_config_read(xml, strlen(xml), &s->config, &err) != LW_OK ||
        lw_studio_fits(s->with.project, &s->config, &err) != LW_OK) {
        lw_studio_config_fini(&s->config);
        return stop_with(d, LW_SEND_CONFIG, err.text);
    }
    s->known = true;
    return true;
}

/* ---- the request */

static struct lw_studio_work *work_of(struct lw_studio *s, const char *task)
{
    for (size_t i = s->nwork; i-- > 0;)
        if (strcmp(s->work[i].task, task) == 0)
            return &s->work[i];
    return NULL;
}

/* The task's id; for an undo without one, that of the event it undoes. */
static char *task_of(const struct lw_studio *s, const json_t *event)
{
    const char *task = json_string_value(json_object_get(event, "task"));
    const json_t *of = json_object_get(event, "of");
    const struct lw_entry *e =
        task || !of ? NULL : lw_ledger_entry(s->with.ledger, (uint64_t)json_integer_value(of));
    json_t *undone = NULL;
    if (e && lw_journal_read(s->with.journal, e->pos, &undone, NULL) == LW_OK)
        task = json_string_value(json_object_get(undone, "task"));
    char *own = lw_strdup(task);
    json_decref(undone);
    return own;
}

static void add_event(struct lw_studio *s, const json_t *event)
{
    const char *type = json_string_value(json_object_get(event, "type"));
    bool label = type && (strcmp(type, "annotate") == 0 || strcmp(type, "skip") == 0);
    if (!label && (!type || strcmp(type, "undo") != 0))
        return;
    char *task = task_of(s, event);
    if (!task)
        return;
    struct lw_studio_work *w = work_of(s, task);
    if (!w) {
        w = &s->work[s->nwork++];
        *w = (struct lw_studio_work){.task = task, .plain = label};
    } else {
        w->plain = false;
        free(task);
    }
    w->last = (uint64_t)json_integer_value(json_object_get(event, "seq"));
}

static void begin_batch(struct lw_studio *s)
{
    const struct lw_send_request *p = s->request;
    s->phase = s->at = 0;
    s->renewed = s->fetching = false;
    if (strcmp(s->sha256, p->sha256) == 0) {
        for (size_t i = 0; i < s->nwork; i++)
            s->work[i].read = false;
        return; /* continues where it was interrupted */
    }
    clear_batch(s);
    snprintf(s->sha256, sizeof s->sha256, "%s", p->sha256);
    s->work = lw_alloc((p->events + 1) * sizeof *s->work);
    s->refused = lw_alloc((p->events + 1) * sizeof *s->refused);
    const char *at = p->bytes, *end = p->bytes + p->len, *stop;
    for (; at < end && (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        json_t *event = json_loadb(at, (size_t)(stop - at), 0, NULL);
        add_event(s, event);
        json_decref(event);
    }
}

static void finish_batch(struct lw_studio *s, struct lw_send_result *d)
{
    *d = (struct lw_send_result){.outcome = LW_SEND_SENT,
        .accepted = s->request->events - s->duplicates - s->nrefused,
        .duplicates = s->duplicates,
        .rejected = s->refused,
        .nrejected = s->nrefused,
        .wait_ms = -1};
    snprintf(d->batch, sizeof d->batch, "%s", s->request->sha256);
    s->sha256[0] = '\0'; /* the same bytes may be sent again later */
}

/* ---- stepping */

static const struct lw_studio_phase project_phase = {ask_project, read_project};
static const struct lw_studio_phase user_phase = {ask_user, read_user};
static const struct lw_studio_phase *const phases[] = {
    &project_phase, &user_phase, &lw_studio_find, &lw_studio_find_own, &lw_studio_put};
enum { PHASES = sizeof phases / sizeof *phases };

/* Adds a server error's detail, and the task if it was about a label. */
static void add_trouble(const struct lw_studio *s, const json_t *body, struct lw_send_result *d)
{
    const char *detail = json_string_value(json_object_get(body, "detail"));
    bool of_task = phases[s->phase] == &lw_studio_put && s->at < s->nwork;
    lw_send_result_add_message(d, detail);
    if (of_task) {
        size_t n = strlen(d->text);
        snprintf(d->text + n, sizeof d->text - n, LW_SYNC_MSG_STUDIO_ABOUT, s->work[s->at].task);
    }
}

static bool read_reply(
    struct lw_studio *s, const struct lw_http_reply *reply, struct lw_send_result *d)
{
    lw_send_result_from_reply(reply, d);
    if (reply->outcome != LW_HTTP_ANSWERED)
        return false;
    if (reply->status == 401 && !s->fetching && !s->renewed && refresh_token(s)) {
        s->renewed = true;
        clear_access(s);
        return true; /* gets a new token, then repeats the request */
    }
    json_t *body = json_loadb(reply->body, reply->len, JSON_REJECT_DUPLICATES, NULL);
    bool more = (s->fetching ? read_access : phases[s->phase]->read)(s, reply->status, body, d);
    s->fetching = false;
    if (!more && reply->status >= 500)
        add_trouble(s, body, d);
    json_decref(body);
    if (!more && d->outcome == LW_SEND_SENT)
        stop_with(d, LW_SEND_AGAIN, LW_SYNC_MSG_STUDIO_NOT_IT);
    return more;
}

/* A refused request does not mean a refused batch. */
static void fit_outcome(struct lw_send_result *d)
{
    if (d->outcome == LW_SEND_REFUSED || d->outcome == LW_SEND_TOO_LARGE)
        d->outcome = LW_SEND_CONFIG;
    if (d->outcome == LW_SEND_CONFLICT)
        d->outcome = LW_SEND_AGAIN;
}

static enum lw_step step_studio(void *target, const struct lw_send_request *request,
    const struct lw_http_reply *reply, struct lw_http_request *next, struct lw_send_result *d)
{
    struct lw_studio *s = target;
    s->request = request;
    if (!reply)
        begin_batch(s);
    else if (!read_reply(s, reply, d)) {
        fit_outcome(d);
        if (d->outcome == LW_SEND_LOGIN)
            clear_access(s);
        return LW_STEP_DONE;
    }
    if ((s->fetching = ask_access(s, next)))
        return LW_STEP_REQUEST; /* the phase in hand waits */
    for (; s->phase < PHASES; s->phase++, s->at = 0)
        if (phases[s->phase]->ask(s, next))
            return LW_STEP_REQUEST;
    finish_batch(s, d);
    return LW_STEP_DONE;
}

static const char *const schemes[] = {"https://", "http://", NULL};
const struct lw_target_kind lw_target_label_studio = {
    .type = "label-studio",
    .schemes = schemes,
    .open = open_studio,
    .close = close_studio,
    .step = step_studio,
};
