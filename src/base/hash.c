/* SHA-256 (FIPS 180-4) by nettle, which uses the processor's own instructions for it: libsodium
 * 1.0.18 takes six times as long for a line of a journal, and libcrypto 3.0 needs 1.5 ms to start.
 * SipHash-2-4 by libsodium, under a drawn key, for tables. What is hashed, and which domain it
 * belongs to, is decided by the callers. */
#include "labelwright/base/hash.h"

#include "labelwright/base/buf.h"

#include <nettle/sha2.h>
#include <sodium.h>
#include <stdlib.h>

void lw_sha256(const void *bytes, size_t n, unsigned char to[LW_SHA256_BYTES])
{
    struct sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, n, bytes);
    sha256_digest(&state, LW_SHA256_BYTES, to);
}

char *lw_base64(const void *bytes, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    return sodium_bin2base64(lw_alloc(room), room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium 1.0.18 takes every byte from 0x80 on for a slash. */
bool lw_base64_decode(const char *text, size_t len, void *to, size_t n)
{
    size_t got = 0;
    const char *end = NULL;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return sodium_base642bin(to, n, text, len, NULL, &got, &end, sodium_base64_VARIANT_ORIGINAL) ==
               0 &&
           got == n && end == text + len;
}

/* nettle calls a function for each byte: a fifth of what hashing a line of a journal takes. */
void lw_hex(const unsigned char *bytes, size_t n, char *to)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    *to = '\0';
}

struct lw_sha256_run {
    struct sha256_ctx state;
};

struct lw_sha256_run *lw_sha256_begin(void)
{
    struct lw_sha256_run *run = lw_alloc(sizeof *run);
    sha256_init(&run->state);
    return run;
}

void lw_sha256_add(struct lw_sha256_run *run, const void *bytes, size_t n)
{
    sha256_update(&run->state, n, bytes);
}

void lw_sha256_end(struct lw_sha256_run *run, char to[LW_SHA256_HEX])
{
    unsigned char raw[LW_SHA256_BYTES];
    sha256_digest(&run->state, sizeof raw, raw);
    lw_hex(raw, sizeof raw, to);
    free(run);
}

void lw_sha256_hex2(const void *a, size_t na, const void *b, size_t nb, char to[LW_SHA256_HEX])
{
    struct sha256_ctx state;
    unsigned char raw[LW_SHA256_BYTES];
    sha256_init(&state);
    sha256_update(&state, na, a);
    sha256_update(&state, nb, b);
    sha256_digest(&state, sizeof raw, raw);
    lw_hex(raw, sizeof raw, to);
}

void lw_sha256_hex(const void *bytes, size_t n, char to[LW_SHA256_HEX])
{
    lw_sha256_hex2("", 0, bytes, n, to);
}

uint64_t lw_fingerprint(const void *bytes, size_t n)
{
    unsigned char raw[LW_SHA256_BYTES];
    lw_sha256(bytes, n, raw);
    uint64_t key = 0;
    for (int i = 0; i < 8; i++)
        key = key << 8 | raw[i];
    return key;
}

uint64_t lw_run_key(const void *bytes, size_t n)
{
    static unsigned char key[crypto_shorthash_KEYBYTES];
    static bool drawn;
    uint64_t to;
    if (!drawn)
        randombytes_buf(key, sizeof key);
    drawn = true;
    crypto_shorthash((unsigned char *)&to, bytes, n, key);
    return to;
}
