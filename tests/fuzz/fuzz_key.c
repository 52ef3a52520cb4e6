/* Any codes, cut anywhere: the decoder comes to rest, gives only keys that exist, and gives the
 * same keys however the stream was cut. */
#include "tui/input/input_internal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void drain(struct lw_input *d, struct lw_buf *to)
{
    struct lw_key key;
    while (lw_input_next(d, &key)) {
        if (key.name >= LW_KEY_COUNT || key.name == LW_KEY_PASTE_END)
            abort();
        lw_buf_fmt(to, "%d:%d:%d:", (int)key.name, key.ctrl, key.meta);
        lw_key_print(key, to);
        size_t len;
        bool cut;
        const char *paste = lw_input_paste(d, &len, &cut);
        if (key.name == LW_KEY_PASTE)
            lw_buf_add(to, paste, len);
    }
}

static char *keys_of(const int *codes, size_t n, size_t piece)
{
    struct lw_input *d = lw_input_new();
    struct lw_buf b = {0};
    for (size_t at = 0; at < n; at += piece) {
        lw_input_feed(d, codes + at, at + piece < n ? piece : n - at);
        drain(d, &b);
    }
    if (lw_input_waits(d)) {
        lw_input_timeout(d);
        drain(d, &b);
    }
    if (lw_input_waits(d))
        abort();
    lw_input_free(d);
    return lw_buf_detach(&b);
}

/* The byte values that UTF-8 never uses stand for codes of terminfo, pastes among them. */
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    int *codes = lw_grow(NULL, n, sizeof *codes);
    for (size_t i = 0; i < n; i++)
        codes[i] = data[i] >= 0xF5 ? LW_CODE(LW_KEY_PASTE - 3) + data[i] - 0xF5 : data[i];
    char *whole = keys_of(codes, n, n ? n : 1), *single = keys_of(codes, n, 1),
         *seven = keys_of(codes, n, 7);
    if (strcmp(whole, single) != 0 || strcmp(whole, seven) != 0)
        abort();
    free(whole);
    free(single);
    free(seven);
    free(codes);
    return 0;
}
