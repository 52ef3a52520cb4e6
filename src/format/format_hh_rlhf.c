/* {"chosen", "rejected"}: two transcripts of "\n\nHuman: …" and "\n\nAssistant: …" turns.
 *
 * The whole turns that both share are the conversation; what is left of each side, at least its
 * last turn, is a response. A response loses its leading "\n\nAssistant: " unless another turn
 * follows at once. Where nothing is shared, the sides stay as they are. So each side can be put
 * together again, byte for byte:
 *   no turns:                       the response
 *   a response begins with a turn:  turns with their markers, response
 *   otherwise:                      turns with their markers, "\n\nAssistant: ", response */
#include "format/format_internal.h"
#include "labelwright/base/buf.h"

#include <string.h>

static const struct {
    const char *text, *role;
    size_t n;
} marker[] = {
    {"\n\nHuman: ", "user", 9},
    {"\n\nAssistant: ", "assistant", 13},
};
enum { NONE = -1, HUMAN, ASSISTANT };

static int marker_at(struct lw_span s, size_t at)
{
    for (int i = HUMAN; i <= ASSISTANT; i++)
        if (s.n - at >= marker[i].n && memcmp(s.s + at, marker[i].text, marker[i].n) == 0)
            return i;
    return NONE;
}

static size_t turn_end(struct lw_span s, size_t at)
{
    for (const char *p; (p = memchr(s.s + at + 1, '\n', s.n - at - 1));) {
        at = (size_t)(p - s.s);
        if (marker_at(s, at) != NONE)
            return at;
    }
    return s.n;
}

/* True when the same turn begins at `at` in both and is the last of neither. */
static bool shared_turn(struct lw_span a, struct lw_span b, size_t at, size_t *end)
{
    if (marker_at(a, at) == NONE)
        return false;
    *end = turn_end(a, at);
    return *end < a.n && *end < b.n && memcmp(a.s + at, b.s + at, *end - at) == 0 &&
           marker_at(b, *end) != NONE;
}

static struct lw_span response_text(struct lw_span side, size_t shared)
{
    size_t from = shared;
    if (shared > 0 && marker_at(side, shared) == ASSISTANT)
        from += marker[ASSISTANT].n;
    if (marker_at(side, from) != NONE)
        from = shared;
    return (struct lw_span){side.s + from, side.n - from};
}

static void add_turn(struct lw_task *to, struct lw_span s, size_t at, size_t end)
{
    int m = marker_at(s, at);
    size_t from = at + marker[m].n;
    lw_task_add_turn(to, marker[m].role, (struct lw_span){s.s + from, end - from});
}

static struct lw_span side_of(const json_t *record, const char *name)
{
    const json_t *v = json_object_get(record, name);
    struct lw_span none = {0};
    return json_is_string(v) ? (struct lw_span){json_string_value(v), json_string_length(v)} : none;
}

static bool transcript(struct lw_span s)
{
    return s.s && (s.n == 0 || marker_at(s, 0) != NONE);
}

static bool fits(const struct lw_format *f, const json_t *record)
{
    (void)f;
    struct lw_span a = side_of(record, "chosen"), b = side_of(record, "rejected");
    return transcript(a) && transcript(b) && (a.n || b.n) && !json_object_get(record, "prompt");
}

static enum lw_code read(
    const struct lw_format *f, json_t *record, struct lw_task *to, struct lw_err *err)
{
    (void)f;
    static const char *const name[] = {"chosen", "rejected"};
    struct lw_span side[2];
    for (int i = 0; i < 2; i++) {
        side[i] = side_of(record, name[i]);
        if (!side[i].s)
            return lw_fail(err, LW_EBAD, "\"%s\" is %s: in hh-rlhf it must be a transcript.",
                name[i], json_object_get(record, name[i]) ? "not text" : "missing");
    }
    size_t at = 0;
    for (size_t end; shared_turn(side[0], side[1], at, &end); at = end)
        add_turn(to, side[0], at, end);
    for (int i = 0; i < 2; i++)
        lw_task_add_response(to, name[i], NULL, response_text(side[i], at));
    return LW_OK;
}

const struct lw_format lw_format_hh_rlhf = {
    .name = "hh-rlhf",
    .fits = fits,
    .read = read,
};
