/* hh-rlhf: {"chosen","rejected"}, each a whole transcript, built the way format_hh_rlhf.c parses
 * them. Which of two responses is better is decided in export_preference.c. */
#include "export/export_internal.h"
#include "labelwright/json/json_value.h"

#include <string.h>

static const struct {
    const char *role, *marker;
    size_t n;
} speaker[] = {
    {"user", "\n\nHuman: ", 9},
    {"assistant", "\n\nAssistant: ", 13},
};
enum { SPEAKERS = sizeof speaker / sizeof *speaker, ASSISTANT = 1 };

static int speaker_of(const char *role)
{
    int i = 0;
    while (i < SPEAKERS && strcmp(speaker[i].role, role) != 0)
        i++;
    return i;
}

static bool marker_at(const char *s, size_t n)
{
    for (int i = 0; i < SPEAKERS; i++)
        if (n >= speaker[i].n && memcmp(s, speaker[i].marker, speaker[i].n) == 0)
            return true;
    return false;
}

static bool holds_marker(struct lw_span text)
{
    const char *end = text.n ? text.s + text.n : text.s;
    for (const char *p = text.s; p != end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        if (marker_at(p, (size_t)(end - p)))
            return true;
    return false;
}

/* Without turns a response must be a transcript itself. */
static bool is_transcript(struct lw_span text)
{
    return text.n == 0 || marker_at(text.s, text.n);
}

static bool accepts(struct lw_export_state *x, const struct lw_task *t)
{
    enum lw_loss loss = LW_LOSS_COUNT;
    for (size_t i = 0; i < t->nturns && loss == LW_LOSS_COUNT; i++) {
        if (speaker_of(t->turn[i].role) == SPEAKERS)
            loss = LW_LOSS_ROLE;
        else if (holds_marker(t->turn[i].text))
            loss = LW_LOSS_MARKER;
    }
    for (size_t i = 0; i < t->nresponses; i++)
        if (t->nturns == 0 && !is_transcript(t->response[i].text))
            loss = LW_LOSS_NO_PROMPT;
    if (loss != LW_LOSS_COUNT)
        lw_export_lose(x, loss);
    return loss == LW_LOSS_COUNT;
}

static void add_transcript(
    struct lw_export_state *x, const char *name, const struct lw_task *t, struct lw_span text)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(&b, speaker[speaker_of(t->turn[i].role)].marker);
        lw_buf_add(&b, t->turn[i].text.s, t->turn[i].text.n);
    }
    if (t->nturns > 0 && !marker_at(text.s, text.n))
        lw_buf_str(&b, speaker[ASSISTANT].marker);
    lw_buf_add(&b, text.s, text.n);
    lw_buf_fmt(&x->out, "\"%s\":", name);
    lw_json_add_text(&x->out, b.data, b.len);
    lw_buf_fini(&b);
}

static void add_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse)
{
    lw_export_lose_parts(x, t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        lw_export_lose_parts(x, t->turn[i].parts);
    lw_export_lose_parts(x, better->parts);
    lw_export_lose_parts(x, worse->parts);
    lw_buf_char(&x->out, '{');
    add_transcript(x, "chosen", t, better->text);
    lw_buf_char(&x->out, ',');
    add_transcript(x, "rejected", t, worse->text);
    lw_buf_str(&x->out, "}\n");
    x->report->written++;
}

const struct lw_export_format lw_export_hh_rlhf = {
    "hh-rlhf",
    "JSON Lines: chosen, rejected; each a full Human/Assistant transcript",
    .begin = lw_export_question_begin,
    .each = lw_export_question_each,
    .by = &lw_by_preference,
    .texts_alone = true,
    .accepts = accepts,
    .pair = add_pair,
    .as_is = true,
};
