/* Replies that come are kept in files beside the draft, which is then written no oftener; and what
 * those have, when a draft with replies that had not ended is opened again. */
#include "sitting/sitting_internal.h"

#include "labelwright/ledger/reply_file.h"
#include "labelwright/project/talk.h"
#include "labelwright/text/utf8.h"

#include <string.h>

static struct lw_kept_reply *kept(struct lw_sitting *s, const char *id)
{
    struct lw_kept_reply *unused = NULL;
    for (size_t i = 0; i < LW_TALK_REPLIES_MAX; i++) {
        if (strcmp(s->kept[i].id, id) == 0)
            return &s->kept[i];
        if (!s->kept[i].id[0])
            unused = &s->kept[i];
    }
    return unused;
}

void lw_reply_begin(struct lw_sitting *s, const char *id)
{
    struct lw_kept_reply *k = kept(s, id);
    lw_reply_remove(lw_sitting_drafts(s), s->view.task->id, id);
    if (k) {
        *k = (struct lw_kept_reply){.n = 0};
        memcpy(k->id, id, strlen(id) + 1);
    }
}

void lw_reply_keep(struct lw_sitting *s, const char *id, struct lw_span text)
{
    struct lw_kept_reply *k = kept(s, id);
    struct lw_err err = {0};
    if (!k || text.n <= k->n || lw_journal_mode(s->view.opts.journal) != LW_JOURNAL_WRITABLE)
        return;
    if (lw_reply_append(lw_sitting_drafts(s), s->view.task->id, id, text.s + k->n, text.n - k->n,
            &err) == LW_OK)
        k->n = text.n;
    else
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DRAFT_NOT_SAVED, err.text);
}

void lw_reply_forget(struct lw_sitting *s, const char *id)
{
    struct lw_kept_reply *k = kept(s, id);
    lw_reply_remove(lw_sitting_drafts(s), s->view.task->id, id);
    if (k)
        *k = (struct lw_kept_reply){.n = 0};
}

/* ---- when a draft is opened */

/* The text of a reply as its file has it, behind that of the one that it goes on from. */
static json_t *text_kept(const struct lw_sitting *s, const json_t *value, const json_t *m)
{
    const char *id = json_string_value(json_object_get(m, "id"));
    const char *from = json_string_value(json_object_get(m, "goes_on"));
    const json_t *begun = json_object_get(lw_talk_find(value, from), "text");
    const json_t *had = json_object_get(m, "text");
    struct lw_buf text = {0};
    size_t bad = 0;
    lw_buf_add(&text, json_string_value(begun), json_string_length(begun));
    bool there = lw_reply_read(lw_sitting_drafts(s), s->view.task->id, id, &text);
    if (there && !lw_utf8_valid(text.data, text.len, &bad))
        text.len = bad; /* the last character did not come whole */
    json_t *whole = there && text.len > json_string_length(had)
                        ? json_stringn(text.data, text.len)
                        : json_incref((json_t *)(uintptr_t)had);
    lw_buf_fini(&text);
    return whole;
}

json_t *lw_reply_restore(struct lw_sitting *s, const json_t *value)
{
    json_t *now = json_incref((json_t *)(uintptr_t)value), *m;
    size_t i;
    json_array_foreach(json_object_get(value, "messages"), i, m)
    {
        if (!json_is_true(json_object_get(m, "live")))
            continue;
        s->replies_restored = true;
        json_t *more = json_copy(m);
        json_object_set_new(more, "text", text_kept(s, value, m));
        json_t *next = lw_talk_add(now, more, false);
        json_decref(now);
        now = next;
    }
    json_t *ended = lw_talk_ended(now);
    json_decref(now);
    return ended;
}

/* The files of replies that had not ended when the program did. */
void lw_replies_settle(struct lw_sitting *s)
{
    const struct lw_question *q = lw_talk_question(s->view.opts.project);
    json_t *m;
    size_t i;
    if (!q || !s->replies_restored)
        return;
    s->replies_restored = false;
    json_array_foreach(json_object_get(json_object_get(s->view.answers, q->name), "messages"), i, m)
    {
        const char *cut = json_string_value(json_object_get(m, "cut"));
        if (cut && strcmp(cut, "ended") == 0)
            lw_reply_remove(lw_sitting_drafts(s), s->view.task->id,
                json_string_value(json_object_get(m, "id")));
    }
}
