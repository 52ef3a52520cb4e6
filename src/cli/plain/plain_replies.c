/* Plain mode: replies of models, printed as they come: A whole, then B, of which the beginning is
 * kept until its turn. What came is in the talk; here it is only waited for, and read out. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/desk/desk.h"
#include "labelwright/net/http.h"
#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"
#include "labelwright/sitting/talking.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { LOOK_MS = 200 /* how often for signals that end the program */ };

/* A reply that is on its way. */
struct coming {
    char id[LW_ITEM_ID];
    struct lw_plain_growing thought, text;
    enum { NOTHING, THOUGHT, TEXT } prints; /* what is printed of it now, under its title */
};

struct reading {
    const struct lw_plain_talk *t;
    struct coming reply[LW_TALK_REPLIES_MAX];
    size_t n, at;     /* those before are printed */
    const char *told; /* the last message of the log that was printed; NULL for none */
};

/* ---- messages */

static const struct lw_log *log_of(const struct reading *r)
{
    return &lw_sitting_view(r->t->s)->log;
}

/* The log drops its oldest, so it is not counted. */
static void print_told(struct reading *r)
{
    const struct lw_log *log = log_of(r);
    size_t i = log->n;
    while (i > 0 && log->v[i - 1].text != r->told)
        i--;
    for (; i < log->n; i++) {
        char *words = lw_plain_words(log->v[i].text);
        lw_plain_print(words);
        free(words);
        r->told = log->v[i].text;
    }
}

/* ---- one reply */

static struct lw_span text_of(const json_t *message, const char *member)
{
    const json_t *v = json_object_get(message, member);
    return (struct lw_span){v ? json_string_value(v) : "", json_string_length(v)};
}

static int response_of(const struct reading *r, const struct coming *c)
{
    return lw_target_find(LW_ON_RESPONSE, lw_sitting_view(r->t->s)->task, c->id);
}

/* "A", or "A, reasoning". */
static void print_title(const struct reading *r, const struct coming *c, const char *more)
{
    const struct lw_sitting_view *v = lw_sitting_view(r->t->s);
    int i = response_of(r, c);
    if (i >= 0 && v->task->nresponses > 1)
        printf("%c%s:\n", lw_sitting_letter(r->t->s, i), more);
    else
        printf("Reply%s:\n", more);
}

static void grow_thought(
    const struct reading *r, struct coming *c, struct lw_span thought, bool ends)
{
    if (thought.n <= c->thought.cut && !c->thought.open)
        return;
    if (c->prints != THOUGHT)
        print_title(r, c, ", reasoning");
    c->prints = THOUGHT;
    lw_plain_grow(&c->thought, thought, ends);
}

static void grow_text(const struct reading *r, struct coming *c, const json_t *m, bool ends)
{
    struct lw_span text = text_of(m, "text"), thought = text_of(m, "reasoning");
    bool began = c->prints == TEXT;
    if (!began && text.n <= c->text.cut) {
        grow_thought(r, c, thought, ends);
        return;
    }
    if (!began) {
        grow_thought(r, c, thought, true);
        print_title(r, c, json_object_get(m, "goes_on") ? ", goes on" : "");
    }
    c->prints = TEXT;
    lw_plain_grow(&c->text, text, ends);
    if (ends)
        grow_thought(r, c, thought, true); /* what it thought while it wrote */
}

/* What only its end tells: calls of tools, and that it is cut. */
static void print_end(const struct reading *r, const struct coming *c, const json_t *m)
{
    const struct lw_sitting_view *v = lw_sitting_view(r->t->s);
    int i = response_of(r, c);
    if (i < 0)
        return;
    lw_plain_print_calls(r->t->s, v->task->response[i].parts);
    if (json_object_get(m, "cut") && v->task->nresponses > 1)
        printf("%c is cut.\n", lw_sitting_letter(r->t->s, i));
    lw_sitting_note_read(r->t->s, i);
}

/* True when it has ended, and all of it is printed. One of which nothing came is gone. */
static bool print_reply(const struct reading *r, struct coming *c)
{
    const json_t *m = lw_talk_find(lw_sitting_talk(r->t->s), c->id);
    bool live = json_is_true(json_object_get(m, "live"));
    if (m)
        grow_text(r, c, m, !live);
    if (m && !live)
        print_end(r, c, m);
    return !live;
}

static void print_news(struct reading *r)
{
    while (r->at < r->n && print_reply(r, &r->reply[r->at]))
        r->at++;
    const struct coming *now = r->at < r->n ? &r->reply[r->at] : NULL;
    if (!now || now->prints == NOTHING)
        print_told(r);
    fflush(stdout);
}

/* ---- all of them */

/* In the order of their letters. One that goes on is printed from there. */
static void find_coming(struct reading *r)
{
    const struct lw_sitting_view *v = lw_sitting_view(r->t->s);
    const json_t *talk = lw_sitting_talk(r->t->s);
    for (size_t i = 0; i < v->task->nresponses && r->n < LW_TALK_REPLIES_MAX; i++) {
        const char *id = v->task->response[v->order[i]].id;
        const json_t *m = lw_talk_find(talk, id);
        if (!json_is_true(json_object_get(m, "live")))
            continue;
        struct coming *c = &r->reply[r->n++];
        snprintf(c->id, sizeof c->id, "%s", id);
        c->text.cut = c->text.line = text_of(m, "text").n;
    }
}

static int least(int64_t a, int64_t b)
{
    int64_t least = a < 0 ? b : b < 0 || a < b ? a : b;
    return least < 0 || least > LOOK_MS ? LOOK_MS : (int)least;
}

/* A reader that is gone stops them, too. */
static bool is_to_stop(int interrupts)
{
    struct signalfd_siginfo info;
    sigset_t pending;
    sigpending(&pending);
    bool ends = sigismember(&pending, SIGTERM) || sigismember(&pending, SIGHUP) || ferror(stdout);
    return read(interrupts, &info, sizeof info) > 0 || ends;
}

static void wait_for_news(struct reading *r, int interrupts)
{
    struct pollfd fd = {.fd = interrupts, .events = POLLIN};
    struct lw_desk *desk = r->t->desk;
    lw_http_poll(r->t->http, &fd, 1, least(lw_desk_due_ms(desk), lw_sitting_due(r->t->s)));
    if (is_to_stop(interrupts))
        lw_desk_stop(desk);
    if (lw_sitting_due(r->t->s) == 0)
        lw_sitting_tick(r->t->s);
    if (!lw_desk_work(desk))
        return;
    const struct lw_sys *sys = lw_sitting_view(r->t->s)->opts.sys;
    int64_t began = lw_clock_mono_ms(sys);
    print_news(r);
    lw_desk_took(desk, lw_clock_mono_ms(sys) - began);
}

void lw_plain_replies(const struct lw_plain_talk *t, const char *told)
{
    struct reading r = {.t = t, .told = told};
    sigset_t interrupt, all, before;
    find_coming(&r);
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    all = interrupt;
    sigaddset(&all, SIGTERM);
    sigaddset(&all, SIGHUP);
    sigprocmask(SIG_BLOCK, &all, &before);
    int interrupts = signalfd(-1, &interrupt, SFD_NONBLOCK | SFD_CLOEXEC);
    print_news(&r);
    while (lw_desk_busy(t->desk))
        wait_for_news(&r, interrupts);
    print_news(&r);
    if (interrupts >= 0)
        close(interrupts);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
