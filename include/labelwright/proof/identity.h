/* The contractor's identity: an Ed25519 key (RFC 8032) that signs batches and proofs, so that
 * whoever compared its fingerprint once knows who wrote them. Optional: nothing needs one.
 *
 * It is a file of the user's own, $XDG_DATA_HOME/labelwright/identity (not beside config.yaml,
 * which people publish with their other settings), mode 0600, never in a project and never sent:
 *
 *   labelwright identity 1
 *   public BASE64                               the key as in a PEM file
 *   secret BASE64                               the 32 bytes of the seed, or, under a passphrase:
 *   sealed OPS MEM_KIB BASE64 BASE64 BASE64     Argon2id's limits and salt; nonce and box of
 *                                               XSalsa20-Poly1305 with the seed
 *
 * What is signed begins with what it is, so that no signature fits elsewhere:
 *   "labelwright/batch/1\n", the journal's id, "\n", first, "\n", last, "\n", the batch's SHA-256,
 * "\n" "labelwright/proof/1\n", SHA-256, "\n"                                   see bundle.h */
#ifndef LABELWRIGHT_PROOF_IDENTITY_H
#define LABELWRIGHT_PROOF_IDENTITY_H

#include "labelwright/base/buf.h"
#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LW_KEY_TEXT = 61,       /* the public key in base64, DER of X.509, with the NUL */
    LW_SIGNATURE_TEXT = 89, /* a signature in base64, with the NUL */
    LW_PASSPHRASE_MAX = 1024
};

struct lw_identity;

char *lw_identity_path(void); /* new string */

/* Generates a key; nothing is on the disk yet. Never NULL. */
struct lw_identity *lw_identity_generate(void);
/* Wipes the secret. NULL is fine. */
void lw_identity_free(struct lw_identity *i);

/* Writes the file, in a folder of mode 0700 that is made when missing. `passphrase`: n bytes, NULL
 * for none. LW_EREFUSED: there is one, and it is never replaced. */
enum lw_code lw_identity_save(const struct lw_sys *sys, const struct lw_identity *i,
    const char *passphrase, size_t n, struct lw_err *err);

/* Reads the file. LW_EABSENT: there is none (no text in `err`). LW_EREFUSED: others can read it, or
 * it is not the user's own file. LW_EBAD: it is damaged. */
enum lw_code lw_identity_load(
    const struct lw_sys *sys, struct lw_identity **to, struct lw_err *err);

bool lw_identity_is_sealed(const struct lw_identity *i); /* needs the passphrase to sign */

/* LW_EBAD: not the passphrase. LW_EFULL: not enough memory for Argon2id. */
enum lw_code lw_identity_unseal(
    struct lw_identity *i, const char *passphrase, size_t n, struct lw_err *err);

/* Borrowed. */
const char *lw_identity_key(const struct lw_identity *i);

/* "SHA256:…", as ssh-keygen -l shows it for the same key; and, to read aloud, the same in 16 groups
 * of 4 hex digits. */
void lw_identity_fingerprint(const struct lw_identity *i, struct lw_buf *to);
void lw_identity_groups(const struct lw_identity *i, struct lw_buf *to);

/* Signs; the identity must not be sealed. `domain` is "batch" or "proof". */
void lw_identity_sign(
    const struct lw_identity *i, const char *domain, const char *text, char to[LW_SIGNATURE_TEXT]);

/* Whether the signature fits; for the tests, and for whoever receives batches. */
bool lw_signature_check(
    const char *key, const char *domain, const char *text, const char *signature);

#endif
