/* Label Studio (1.23): each label becomes an annotation of its task there.
 *
 * A request is processed task by task, and each request sets the server's state to what the journal
 * says. So an interrupted request can start again, and an older one that comes late changes
 * nothing. */
#define _GNU_SOURCE
#include "sync/target/studio_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
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

static void forget_access(struct lw_studio *s)
{
    if (s->access)
        sodium_memzero(s->access, strlen(s->access));
    free(s->access);
    s->access = NULL;
}

static void forget_parcel(struct lw_studio *s)
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

static void forget_request(struct lw_studio *s)
{
    if (s->body)
        sodium_memzero(s->body, strlen(s->body));
    free(s->body);
    free(s->url);
    s->body = s->url = NULL;
}

static void close_studio(void *target)
{
    struct lw_studio *s = target;
    if (!s)
        return;
    forget_access(s);
    forget_parcel(s);
    forget_request(s);
    lw_studio_config_fini(&s->config);
    free(s->base);
    free(s);
}

/* ---- for the phases */

void lw_studio_request(
    struct lw_studio *s, struct lw_http_request *next, const char *method, char *path, json_t *body)
{
    size_t n = 0;
    forget_request(s);
    s->url = lw_format("%s%s", s->base, path);
    s->body = body ? json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL;
    free(path);
    json_decref(body);
    if (s->access)
        s->header[n++] = s->access;
    if (s->body)
        s->header[n++] = "Content-Type: application/json";
    s->header[n] = NULL;
    *next = (struct lw_http_request){.method = method,
        .url = s->url,
        .headers = s->header,
        .body = s->body,
        .len = s->body ? strlen(s->body) : 0,
        .answer_max = LW_STUDIO_ANSWER_MAX,
        .endpoint = s->with.endpoint};
}

void lw_studio_refuse(
    struct lw_studio *s, struct lw_studio_work *w, const char *code, const char *fmt, ...)
{
    struct lw_refusal *r = &s->refused[s->nrefused++];
    va_list ap;
    r->seq = w->last;
    snprintf(r->code, sizeof r->code, "%s", code);
    va_start(ap, fmt);
    vsnprintf(r->message, sizeof r->message, fmt, ap);
    va_end(ap);
    lw_clean_line(r->message, r->message, sizeof r->message);
    w->done = true;
}

static bool give_up(struct lw_send_result *d, enum lw_send_outcome fate, const char *text)
{
    d->fate = fate;
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

static bool hear_access(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    const char *access = json_string_value(json_object_get(body, "access"));
    if (status == 400 || status == 401)
        return give_up(d, LW_SEND_LOGIN,
            "Label Studio refused your token. Create a new one there (Account & Settings, "
            "Personal Access Token) and put it where your config.yaml says.");
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

static bool hear_user(
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

static bool hear_project(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    const char *xml = json_string_value(json_object_get(body, "label_config"));
    struct lw_err err = {0};
    if (status == 404)
        return give_up(d, LW_SEND_CONFIG,
            "Label Studio shows you no such project. Compare `project` in project.yaml with the "
            "number in the project's address there.");
    if (status != 200 || !xml)
        return false;
    if (lw_studio_config_read(xml, strlen(xml), &s->config, &err) != LW_OK ||
        lw_studio_fits(s->with.project, &s->config, &err) != LW_OK) {
        lw_studio_config_fini(&s->config);
        return give_up(d, LW_SEND_CONFIG, err.text);
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

static void begin(struct lw_studio *s)
{
    const struct lw_send_request *p = s->request;
    s->phase = s->at = 0;
    s->renewed = s->fetching = false;
    if (strcmp(s->sha256, p->sha256) == 0) {
        for (size_t i = 0; i < s->nwork; i++)
            s->work[i].looked = false;
        return; /* continues where it was interrupted */
    }
    forget_parcel(s);
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

static void finish(struct lw_studio *s, struct lw_send_result *d)
{
    *d = (struct lw_send_result){.fate = LW_SEND_SENT,
        .accepted = s->request->events - s->duplicates - s->nrefused,
        .duplicates = s->duplicates,
        .rejected = s->refused,
        .nrejected = s->nrefused,
        .listed = true,
        .wait_ms = -1};
    snprintf(d->batch, sizeof d->batch, "%s", s->request->sha256);
    s->sha256[0] = '\0'; /* the same bytes may be sent again later */
}

/* ---- stepping */

static const struct lw_studio_phase project_phase = {ask_project, hear_project};
static const struct lw_studio_phase user_phase = {ask_user, hear_user};
static const struct lw_studio_phase *const phases[] = {
    &project_phase, &user_phase, &lw_studio_find, &lw_studio_find_own, &lw_studio_put};
enum { PHASES = sizeof phases / sizeof *phases };

/* Adds a server error's detail, and the task if it was about a label. */
static void say_trouble(const struct lw_studio *s, const json_t *body, struct lw_send_result *d)
{
    const char *detail = json_string_value(json_object_get(body, "detail"));
    bool of_task = phases[s->phase] == &lw_studio_put && s->at < s->nwork;
    lw_send_result_add_said(d, detail);
    if (of_task) {
        size_t n = strlen(d->text);
        snprintf(d->text + n, sizeof d->text - n, " (about task %.60s)", s->work[s->at].task);
    }
}

static bool hear(struct lw_studio *s, const struct lw_http_reply *reply, struct lw_send_result *d)
{
    lw_send_result_of_reply(reply, d);
    if (reply->outcome != LW_HTTP_ANSWERED)
        return false;
    if (reply->status == 401 && !s->fetching && !s->renewed && refresh_token(s)) {
        s->renewed = true;
        forget_access(s);
        return true; /* gets a new token, then repeats the request */
    }
    json_t *body = json_loadb(reply->body, reply->len, JSON_REJECT_DUPLICATES, NULL);
    bool goes_on = (s->fetching ? hear_access : phases[s->phase]->hear)(s, reply->status, body, d);
    s->fetching = false;
    if (!goes_on && reply->status >= 500)
        say_trouble(s, body, d);
    json_decref(body);
    if (!goes_on && d->fate == LW_SEND_SENT)
        give_up(d, LW_SEND_AGAIN, "The answer is not from Label Studio.");
    return goes_on;
}

/* A refused request does not mean a refused batch. */
static void make_fit(struct lw_send_result *d)
{
    if (d->fate == LW_SEND_REFUSED || d->fate == LW_SEND_TOO_LARGE)
        d->fate = LW_SEND_CONFIG;
    if (d->fate == LW_SEND_CONFLICT)
        d->fate = LW_SEND_AGAIN;
}

static enum lw_step step_studio(void *target, const struct lw_send_request *request,
    const struct lw_http_reply *reply, struct lw_http_request *next, struct lw_send_result *d)
{
    struct lw_studio *s = target;
    s->request = request;
    if (!reply)
        begin(s);
    else if (!hear(s, reply, d)) {
        make_fit(d);
        if (d->fate == LW_SEND_LOGIN)
            forget_access(s);
        return LW_STEP_DONE;
    }
    if ((s->fetching = ask_access(s, next)))
        return LW_STEP_REQUEST; /* the phase in hand waits */
    for (; s->phase < PHASES; s->phase++, s->at = 0)
        if (phases[s->phase]->ask(s, next))
            return LW_STEP_REQUEST;
    finish(s, d);
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
