/* The keyboard in time: timeouts of unfinished keys, and pastes that come as a burst of keys. What
 * codes mean is input.c's, what makes a burst a paste burst.c's. */
#include "tui/input/keyboard_internal.h"

#include "labelwright/base/clock.h"
#include "tui/input/burst_internal.h"
#include "tui/input/input_internal.h"

#include <stdlib.h>

enum { PASTE_STALL_MS = 5000, LATE_MS = 3000, GATHER_MOST_MS = 250 /* a held key shows itself */ };

/* A long paste comes in several reads; what follows within the time belongs to it. */
enum { FLOOD_KEYS = 512, FLOOD_MS = 300 };

enum judged { NOT_JUDGED = -1, AS_KEYS, AS_TEXT };

struct lw_keyboard {
    const struct lw_sys *sys;
    int escdelay;
    bool paste_guard;
    struct lw_input *input;
    int64_t codes_at;    /* monotonic ms of the last codes */
    int64_t flood_until; /* monotonic ms: a paste is still coming in */
    int64_t began_at;    /* monotonic ms of the first read since keys were taken … */
    size_t reads;        /* … and how many reads there were since */
    bool only_text;      /* nothing but characters in this read; a wheel sends arrows as fast */
    size_t codes;        /* in this read */
    struct lw_key *key;  /* whole keys: [at, n) */
    size_t at, n, cap;
    enum judged judged;   /* for what the keys left were last judged: the burst begins anew when a
                             key opened or closed a text, as the rest then means something else */
    bool paste_follows;   /* a bracketed paste behind those keys */
    struct lw_buf pasted; /* text of a burst */
};

static int64_t now_ms(const struct lw_keyboard *k)
{
    return lw_clock_mono_ms(k->sys);
}

struct lw_keyboard *lw_keyboard_new(const struct lw_sys *sys, int escdelay, bool paste_guard)
{
    struct lw_keyboard *k = lw_alloc(sizeof *k);
    k->sys = sys;
    k->escdelay = escdelay;
    k->paste_guard = paste_guard;
    k->input = lw_input_new();
    k->only_text = true;
    k->judged = NOT_JUDGED;
    return k;
}

void lw_keyboard_free(struct lw_keyboard *k)
{
    if (!k)
        return;
    lw_input_free(k->input);
    lw_buf_fini(&k->pasted);
    free(k->key);
    free(k);
}

/* ---- reading */

void lw_keyboard_feed(struct lw_keyboard *k, const int *codes, size_t n)
{
    int64_t now = now_ms(k);
    if (now - k->codes_at > LATE_MS)
        lw_input_forget(k->input);
    if (k->reads == 0 && k->codes == 0)
        k->began_at = now;
    lw_input_feed(k->input, codes, n);
    k->codes += n;
    k->codes_at = now;
    for (size_t i = 0; i < n; i++)
        k->only_text = k->only_text && codes[i] < 256 && codes[i] != 0x1B;
}

bool lw_keyboard_end_read(struct lw_keyboard *k, bool typing)
{
    bool text = k->only_text && k->codes > 0;
    k->reads++;
    k->only_text = true;
    k->codes = 0;
    return k->paste_guard && !typing && text && now_ms(k) < k->began_at + GATHER_MOST_MS;
}

/* ---- keys */

static void add_key(struct lw_keyboard *k, struct lw_key key)
{
    if (k->n == k->cap) {
        k->cap = k->cap ? 2 * k->cap : 64;
        k->key = lw_grow(k->key, k->cap, sizeof *k->key);
    }
    k->key[k->n++] = key;
}

/* All whole keys up to a bracketed paste; false when there is nothing. */
static bool decode(struct lw_keyboard *k)
{
    struct lw_key key;
    k->at = k->n = 0;
    k->judged = NOT_JUDGED;
    while (!k->paste_follows && lw_input_next(k->input, &key)) {
        if (key.name == LW_KEY_PASTE)
            k->paste_follows = true;
        else
            add_key(k, key);
    }
    return k->n > 0 || k->paste_follows;
}

static bool is_paste(struct lw_keyboard *k, bool typing)
{
    size_t n = k->n - k->at;
    if (!k->paste_guard)
        return false;
    bool flooded = n > 1 && k->codes_at < k->flood_until; /* one key is a person's */
    bool paste = flooded || lw_burst_is_paste(k->key + k->at, n, typing);
    if (paste && (flooded || n >= FLOOD_KEYS || k->reads > 1))
        k->flood_until = k->codes_at + FLOOD_MS;
    return paste;
}

static void paste_burst(struct lw_keyboard *k, struct lw_key *to, struct lw_pasted *pasted)
{
    lw_buf_clear(&k->pasted);
    lw_burst_text(k->key + k->at, k->n - k->at, &k->pasted);
    k->at = k->n;
    *to = (struct lw_key){.name = LW_KEY_PASTE};
    *pasted = (struct lw_pasted){k->pasted.data ? k->pasted.data : "", k->pasted.len, false};
}

static void paste_bracketed(struct lw_keyboard *k, struct lw_key *to, struct lw_pasted *pasted)
{
    k->paste_follows = false;
    *to = (struct lw_key){.name = LW_KEY_PASTE};
    pasted->text = lw_input_paste(k->input, &pasted->n, &pasted->cut);
}

bool lw_keyboard_next(
    struct lw_keyboard *k, bool typing, struct lw_key *to, struct lw_pasted *pasted)
{
    enum judged as = typing ? AS_TEXT : AS_KEYS;
    *pasted = (struct lw_pasted){0};
    if (k->at == k->n && !k->paste_follows && !decode(k)) {
        k->reads = 0;
        return false;
    }
    if (k->at == k->n) {
        paste_bracketed(k, to, pasted);
    } else if (k->judged != as && is_paste(k, typing)) {
        paste_burst(k, to, pasted);
    } else {
        k->judged = as;
        *to = k->key[k->at++];
    }
    return true;
}

/* ---- waiting */

bool lw_keyboard_waits(const struct lw_keyboard *k)
{
    return lw_input_waits(k->input);
}

int lw_keyboard_wait_ms(const struct lw_keyboard *k)
{
    if (!lw_input_waits(k->input))
        return -1;
    int most = lw_input_pastes(k->input) ? PASTE_STALL_MS : k->escdelay;
    int64_t left = k->codes_at + most - now_ms(k);
    return left > 0 ? (int)left : 0;
}

void lw_keyboard_timeout(struct lw_keyboard *k)
{
    lw_input_timeout(k->input);
}
