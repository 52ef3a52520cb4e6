/* Any bytes as the answer of any API, whole and in pieces: the same comes out, it is valid UTF-8
 * without NUL, and it stays within its limits. The first byte chooses the API and the cuts. */
#include "fixtures/cut_bytes.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"
#include "model/api_internal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void must(bool holds)
{
    if (!holds)
        abort();
}

struct feeding {
    struct lw_stream s;
    bool more;
};

static void feed(void *ctx, const char *piece, size_t n)
{
    struct feeding *f = ctx;
    f->more = f->more && lw_stream_feed(&f->s, piece, n);
}

static void check_text(const struct lw_wire_text *t)
{
    const struct lw_buf *b = &t->text;
    must(lw_utf8_valid(b->data ? b->data : "", b->len, NULL) && b->len <= LW_ANSWER_MAX);
    must(!b->len || !memchr(b->data, 0, b->len));
}

/* All that came, as JSON. */
static void tell(const struct lw_stream *s, struct lw_buf *to)
{
    json_t *calls = lw_stream_calls(s);
    const struct lw_buf *const texts[] = {&s->text.text, &s->reasoning.text, &s->refusal.text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        lw_json_add_text(to, texts[i]->data, texts[i]->len);
    if (calls)
        lw_json_add(to, calls);
    if (s->usage)
        lw_json_add(to, s->usage);
    lw_buf_fmt(
        to, "%s %s %d %s", s->finish ? s->finish : "", s->model ? s->model : "", s->done, s->error);
    json_decref(calls);
}

static void read_all(
    const struct lw_api *api, const char *bytes, size_t n, unsigned seed, struct lw_buf *to)
{
    struct feeding f = {.more = true};
    lw_stream_init(&f.s, api);
    cut_bytes(bytes, n, seed, feed, &f);
    lw_stream_end(&f.s);
    check_text(&f.s.text);
    check_text(&f.s.reasoning);
    check_text(&f.s.refusal);
    tell(&f.s, to);
    must(lw_utf8_valid(to->data, to->len, NULL));
    lw_stream_fini(&f.s);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    struct lw_buf whole = {0}, cut = {0};
    if (n == 0)
        return 0;
    const struct lw_api *api = lw_api_of((enum lw_api_kind)(*data % LW_API_COUNT));
    const char *bytes = (const char *)data + 1;
    read_all(api, bytes, n - 1, CUT_NOWHERE, &whole);
    read_all(api, bytes, n - 1, 1 + *data / LW_API_COUNT, &cut);
    must(whole.len == cut.len && memcmp(whole.data, cut.data, cut.len) == 0);
    lw_buf_fini(&whole);
    lw_buf_fini(&cut);
    return 0;
}
