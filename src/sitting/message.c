/* Messages to the user: the current one, and the log of all. What they say is in
 * messages_internal.h, how they are drawn is the front end's. */
#define _GNU_SOURCE
#include "sitting/sitting_internal.h"

#include "labelwright/base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void drop_oldest(struct lw_log *l)
{
    free(l->v[0].text);
    memmove(l->v, l->v + 1, (l->n - 1) * sizeof *l->v);
    l->n--;
}

/* Steals the text. A repeated message only updates the time. */
static void append_to_log(struct lw_sitting *s, enum lw_tone tone, char *text)
{
    struct lw_log *l = &s->view.log;
    struct lw_log_entry *last = l->n > 0 ? &l->v[l->n - 1] : NULL;
    int64_t now = lw_clock_utc_ms(s->view.opts.sys);
    if (!*text || (last && strcmp(last->text, text) == 0)) {
        if (*text)
            last->utc_ms = now;
        free(text);
        return;
    }
    if (l->n == LW_LOG_MOST)
        drop_oldest(l);
    l->v = lw_grow(l->v, l->n + 1, sizeof *l->v);
    l->v[l->n++] = (struct lw_log_entry){now, tone, text};
}

void lw_sitting_set_message(struct lw_sitting *s, enum lw_tone tone, const char *text)
{
    size_t n = strlen(text), room = sizeof s->view.message - 1;
    if (n > room)
        for (n = room; n > 0 && (text[n] & 0xC0) == 0x80;) /* do not cut within a character */
            n--;
    memmove(s->view.message, text, n);
    s->view.message[n] = '\0';
    s->view.tone = tone;
    s->view.about = LW_ABOUT_NOTHING;
}

void lw_sitting_notify(struct lw_sitting *s, enum lw_tone tone, const char *fmt, ...)
{
    char *text;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) < 0)
        text = lw_strdup(fmt);
    va_end(ap);
    lw_sitting_set_message(s, tone, text);
    append_to_log(s, tone, text);
}

void lw_sitting_set_about(struct lw_sitting *s, enum lw_about what)
{
    s->view.about = what;
}

void lw_sitting_clear_message(struct lw_sitting *s)
{
    s->view.message[0] = '\0';
    s->view.tone = LW_TONE_INFO;
    s->view.about = LW_ABOUT_NOTHING;
}

void lw_sitting_clear_about(struct lw_sitting *s, enum lw_about what)
{
    if (s->view.about == what)
        lw_sitting_clear_message(s);
}

void lw_sitting_notify_too_soon(struct lw_sitting *s)
{
    lw_sitting_set_message(s, LW_TONE_INFO, LW_MSG_TOO_SOON);
}

void lw_log_fini(struct lw_log *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].text);
    free(l->v);
    *l = (struct lw_log){0};
}
