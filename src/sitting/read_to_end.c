/* Which responses were read to their end. A front end notes what it showed whole; it stays noted
 * until the session ends, also when the task is undone or left, but not for a record that has
 * changed. `read_to_end` of the project wants all of them read before a label. What counts as shown
 * is not decided here. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/hash.h"
#include "labelwright/project/talk.h"

#include <stdlib.h>
#include <string.h>

static uint64_t key_of(const struct lw_sitting *s, size_t response)
{
    const char *id = s->view.task->response[response].id;
    const uint64_t of[] = {
        s->view.task->key, lw_record_key(s->view.task), lw_fingerprint(id, strlen(id))};
    return lw_fingerprint((const char *)of, sizeof of);
}

void lw_sitting_note_read(struct lw_sitting *s, int response)
{
    const json_t *talk = s->view.task->talk ? json_array_get(s->view.task->talk, 0) : NULL;
    const json_t *reply = lw_talk_find(talk, s->view.task->response[response].id);
    if (s->view.read[response] || json_is_true(json_object_get(reply, "live"))) /* it goes on */
        return;
    s->view.read[response] = true;
    lw_keys_add(&s->read, key_of(s, (size_t)response));
}

void lw_sitting_restore_read(struct lw_sitting *s)
{
    size_t n = s->view.task->nresponses;
    free(s->view.read);
    s->view.read = lw_alloc((n + 1) * sizeof *s->view.read);
    lw_keys_sort(&s->read);
    for (size_t i = 0; i < n; i++)
        s->view.read[i] = !s->repeat.of && lw_keys_have(&s->read, key_of(s, i));
}

int lw_sitting_unread(const struct lw_sitting *s)
{
    const struct lw_task *t = s->view.task;
    if (!s->view.opts.project->read_to_end || !t || t->unreadable)
        return -1;
    for (size_t i = 0; i < t->nresponses; i++)
        if (!s->view.read[s->view.order[i]])
            return s->view.order[i];
    return -1;
}

/* ---- before a label */

static void notify_unread(struct lw_sitting *s, int response)
{
    if (s->view.task->nresponses > 1)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNREAD_OF, lw_sitting_letter(s, response));
    else
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_UNREAD);
    lw_sitting_set_about(s, LW_ABOUT_UNREAD);
}

/* A held Enter must not go from one unread response to the next, and then submit. Another key in
 * between was pressed by somebody who reads. */
static bool follows_soon(const struct lw_sitting *s)
{
    return s->unread_at && s->view.opts.digit_guard_ms > 0 && s->nkeys <= s->unread_key + 1 &&
           lw_sitting_now(s) - s->unread_at < LW_MEANT_MS;
}

bool lw_sitting_refuses_unread(struct lw_sitting *s)
{
    int unread = lw_sitting_unread(s);
    bool soon = follows_soon(s);
    s->unread_at = unread >= 0 || soon ? lw_sitting_now(s) : 0;
    s->unread_key = s->nkeys;
    if (soon && unread != s->unread)
        lw_sitting_notify_too_soon(s);
    else if (unread >= 0)
        notify_unread(s, s->unread = unread);
    return s->unread_at != 0;
}
