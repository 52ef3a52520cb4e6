/* Plain mode: the commands of a talk that ask the models: after a turn, once more, for the rest of
 * a reply, and for another turn in the place of the last one. What comes is printed by
 * plain_replies.c. */
#include "cli/plain/plain_internal.h"

#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_message(const struct lw_sitting *s)
{
    char *words = lw_plain_words(lw_sitting_view(s)->message);
    if (*words)
        lw_plain_print(words);
    free(words);
}

/* What the desk has begun; or its message where that is nothing. */
static bool follow(const struct lw_plain_talk *t, size_t coming, const char *told)
{
    if (coming == 0)
        print_message(t->s);
    else
        lw_plain_replies(t, told);
    return coming > 0;
}

static const char *last_told(const struct lw_plain_talk *t)
{
    const struct lw_log *log = &lw_sitting_view(t->s)->log;
    return log->n > 0 ? log->v[log->n - 1].text : NULL;
}

void lw_plain_talk_said(const struct lw_plain_talk *t)
{
    const char *before = last_told(t);
    lw_sitting_clear_message(t->s);
    if (t->desk)
        follow(t, lw_desk_said(t->desk), before);
}

/* The project or the task may have none; its name is that of a command. */
static bool talks(const struct lw_plain_talk *t)
{
    lw_sitting_clear_message(t->s);
    if (t->desk && lw_sitting_talks(t->s))
        return true;
    puts("This task has no talk.");
    return false;
}

bool lw_plain_talk_ask(const struct lw_plain_talk *t)
{
    const char *before = last_told(t);
    return talks(t) && follow(t, lw_desk_ask(t->desk), before);
}

/* The one that is named, else the first that was cut. */
static const char *reply_to_go_on(const struct lw_sitting *s, const char *named)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    size_t place;
    if (*named)
        return lw_plain_reply_place(named, &place) && place < v->task->nresponses
                   ? v->task->response[v->order[place]].id
                   : NULL;
    for (size_t i = 0; i < v->task->nresponses; i++) {
        const char *id = v->task->response[v->order[i]].id;
        if (json_object_get(lw_talk_find(lw_sitting_talk(s), id), "cut"))
            return id;
    }
    return NULL;
}

bool lw_plain_talk_go_on(const struct lw_plain_talk *t, const char *reply)
{
    const char *before = last_told(t);
    return talks(t) && follow(t, lw_desk_go_on(t->desk, reply_to_go_on(t->s, reply)), before);
}

/* The last turn of the user's own on the path. */
static const json_t *last_turn(const struct lw_sitting *s)
{
    json_t *path = lw_talk_path(lw_sitting_talk(s)), *m;
    const json_t *last = NULL;
    size_t i;
    json_array_foreach(path, i, m)
    {
        const char *role = json_string_value(json_object_get(m, "role"));
        if (role && strcmp(role, lw_talk_role(LW_TALK_USER)) == 0)
            last = m; /* the talk owns it, too */
    }
    json_decref(path);
    return last;
}

bool lw_plain_talk_anew(const struct lw_plain_talk *t, size_t slot, const char *text)
{
    if (!talks(t))
        return false;
    const json_t *m = NULL;
    bool may = lw_sitting_check_command(t->s, LW_CMD_SAY_TEXT) &&
               !lw_sitting_refuses_turn(t->s, true) && (m = last_turn(t->s));
    if (!may) {
        print_message(t->s);
        return false;
    }
    const json_t *was = json_object_get(m, "text");
    const char *begin = *text ? text : json_string_value(was);
    char *id = lw_strdup(json_string_value(json_object_get(m, "id"))), *words = lw_strdup(begin);
    lw_sitting_type_turn(t->s, words, strlen(words), id);
    bool said =
        *text ? lw_plain_say(t->s, words, strlen(words)) : lw_plain_edit(t->s, slot, t->editor);
    if (!said)
        print_message(t->s);
    if (!said && !*text)
        lw_sitting_type_turn(t->s, "", 0, NULL);
    free(words);
    free(id);
    return said;
}
