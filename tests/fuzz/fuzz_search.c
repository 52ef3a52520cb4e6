/* Any needle and any text: where the text holds it, the probe says so of its bytes, as they are,
 * and with escapes for what is not ASCII. The first byte is the length of the needle. */
#include "labelwright/base/buf.h"
#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"
#include "tasks/search_probe_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_escaped(struct lw_buf *to, const char *s, size_t n)
{
    char32_t cp;
    for (size_t at = 0, took; at < n; at += took) {
        took = lw_utf8_decode(s + at, n - at, &cp);
        if (cp < 0x80)
            lw_buf_add(to, s + at, took);
        else if (cp < 0x10000)
            lw_buf_fmt(to, at % 2 ? "\\u%04x" : "\\u%04X", (unsigned)cp);
        else
            lw_buf_fmt(to, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (cp >> 10)),
                (unsigned)(0xDC00 | (cp & 0x3FF)));
    }
}

static void must_tell(struct lw_probe *p, const char *s, size_t n, bool escapes)
{
    char *bytes = malloc(n ? n : 1); /* no byte behind it */
    if (!bytes)
        return;
    memcpy(bytes, n ? s : "", n);
    lw_probe_set(p, (struct lw_span){bytes, n}, escapes);
    if (!lw_probe_between(p, 0, n))
        abort();
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lw_needle needle;
    struct lw_buf escaped = {0};
    size_t len, n = size > 0 && data[0] < size - 1 ? data[0] : 0;
    const char *word = (const char *)data + 1, *text = word + n;
    if (n == 0 || !lw_utf8_valid(word, size - 1, NULL) || memchr(text, '\\', size - 1 - n))
        return 0;
    lw_needle_init(&needle, word, n);
    struct lw_span folded = {needle.folded.data ? needle.folded.data : "", needle.folded.len};
    struct lw_probe *p = lw_probe_new(folded);
    n = size - 1 - n;
    if (p && lw_find(&needle, text, n, 0, &len) < n) {
        add_escaped(&escaped, text, n);
        must_tell(p, text, n, false);
        must_tell(p, text, n, true);
        must_tell(p, escaped.data, escaped.len, true);
    }
    lw_probe_free(p);
    lw_buf_fini(&escaped);
    lw_needle_fini(&needle);
    return 0;
}
