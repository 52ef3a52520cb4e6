/* An identity in memory, and its file as text: identity.c signs, identity_text.c reads and writes
 * the text, identity_file.c the file. */
#ifndef LABELWRIGHT_PROOF_IDENTITY_INTERNAL_H
#define LABELWRIGHT_PROOF_IDENTITY_INTERNAL_H

#include "labelwright/proof/identity.h"

#include <sodium.h>

/* What the passphrase protects, and how. */
struct lw_seal {
    uint64_t ops, mem_kib;
    unsigned char salt[crypto_pwhash_argon2id_SALTBYTES];
    unsigned char nonce[crypto_secretbox_NONCEBYTES];
    unsigned char box[crypto_secretbox_MACBYTES + crypto_sign_SEEDBYTES];
};

struct lw_identity {
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES]; /* zero while it is sealed */
    char key[LW_KEY_TEXT];
    bool sealed;
    struct lw_seal seal;
};

/* Memory that is not swapped out; lw_identity_free() wipes it. */
struct lw_identity *lw_identity_new(void);

/* Sets the public key, and its text. */
void lw_identity_set_public(struct lw_identity *i, const unsigned char *public);

/* Sets the secret from the seed; false when it does not belong to the public key. */
bool lw_identity_set_seed(struct lw_identity *i, const unsigned char *seed);

/* Reads the text of the file. NULL: `to` is filled; else what is wrong with it. */
const char *lw_identity_parse(const char *text, size_t n, struct lw_identity *to);

/* Adds the text to `to`, which holds the secret afterwards: wipe it. */
void lw_identity_format(const struct lw_identity *i, struct lw_buf *to);

enum lw_code lw_identity_seal(
    struct lw_identity *i, const char *passphrase, size_t n, struct lw_err *err);

#endif
