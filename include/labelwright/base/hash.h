/* SHA-256 (nettle), and bytes as text (libsodium). */
#ifndef LABELWRIGHT_BASE_HASH_H
#define LABELWRIGHT_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LW_SHA256_BYTES = 32, LW_SHA256_HEX = 65 /* with the NUL */ };

void lw_sha256(const void *bytes, size_t n, unsigned char to[LW_SHA256_BYTES]);
void lw_sha256_hex(const void *bytes, size_t n, char to[LW_SHA256_HEX]);

/* The same over the two runs joined: a prefix that separates domains, and the bytes. */
void lw_sha256_hex2(const void *a, size_t na, const void *b, size_t nb, char to[LW_SHA256_HEX]);

/* The same piece by piece, for what does not fit memory. _end frees. */
struct lw_sha256_run;
struct lw_sha256_run *lw_sha256_begin(void);
void lw_sha256_add(struct lw_sha256_run *run, const void *bytes, size_t n);
void lw_sha256_end(struct lw_sha256_run *run, char to[LW_SHA256_HEX]);

void lw_hex(const unsigned char *bytes, size_t n, char *to); /* 2n + 1 bytes at `to` */

char *lw_base64(const void *bytes, size_t n); /* with padding, in one line; a new string */

/* The same back: exactly `n` bytes of `len` letters, or false. Nothing but base64 is taken. */
bool lw_base64_decode(const char *text, size_t len, void *to, size_t n);

/* The first eight bytes of the SHA-256, big-endian: the key of a task id in tables. */
uint64_t lw_fingerprint(const void *bytes, size_t n);

/* A key for tables of this run only, much faster: SipHash under a key that each run draws, so that
 * nobody can make two texts that meet. */
uint64_t lw_run_key(const void *bytes, size_t n);

#endif
