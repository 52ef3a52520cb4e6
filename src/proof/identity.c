/* The key in memory: made, sealed under a passphrase, signing, checked, shown. All of the
 * cryptography is libsodium's. The file is identity_file.c's. */
#include "proof/identity_internal.h"

#include "labelwright/base/hash.h"

#include <stdlib.h>
#include <string.h>

/* X.509's header of an Ed25519 key (RFC 8410, section 4): 12 bytes, so 16 letters in base64. */
static const unsigned char der[] = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

/* The same key as SSH has it on the wire (RFC 8709, section 4). */
static const unsigned char ssh[] = "\0\0\0\013ssh-ed25519\0\0\0\040";

enum {
    DER = sizeof der,
    SSH = sizeof ssh - 1,
    VARIANT = sodium_base64_VARIANT_ORIGINAL,
    /* About a second, and memory that a small server has: libsodium's "moderate". */
    OPS = crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
    MEM_KIB = crypto_pwhash_argon2id_MEMLIMIT_MODERATE / 1024
};

/* ---- in memory */

struct lw_identity *lw_identity_new(void)
{
    struct lw_identity *i = lw_alloc(sizeof *i);
    sodium_mlock(i, sizeof *i); /* when it may not be locked, it may be swapped out: no more */
    return i;
}

void lw_identity_free(struct lw_identity *i)
{
    if (i) {
        sodium_memzero(i, sizeof *i);
        sodium_munlock(i, sizeof *i);
    }
    free(i);
}

void lw_identity_set_public(struct lw_identity *i, const unsigned char *public)
{
    unsigned char all[DER + sizeof i->public];
    memcpy(i->public, public, sizeof i->public);
    memcpy(all, der, DER);
    memcpy(all + DER, public, sizeof i->public);
    sodium_bin2base64(i->key, sizeof i->key, all, sizeof all, VARIANT);
}

bool lw_identity_set_seed(struct lw_identity *i, const unsigned char *seed)
{
    unsigned char public[sizeof i->public];
    crypto_sign_seed_keypair(public, i->secret, seed);
    bool well = sodium_memcmp(public, i->public, sizeof public) == 0;
    if (!well)
        sodium_memzero(i->secret, sizeof i->secret);
    return well;
}

struct lw_identity *lw_identity_generate(void)
{
    struct lw_identity *i = lw_identity_new();
    unsigned char public[sizeof i->public];
    crypto_sign_keypair(public, i->secret);
    lw_identity_set_public(i, public);
    return i;
}

/* ---- the passphrase */

static enum lw_code derive(const struct lw_seal *s, const char *passphrase, size_t n,
    unsigned char key[crypto_secretbox_KEYBYTES], struct lw_err *err)
{
    if (crypto_pwhash(key, crypto_secretbox_KEYBYTES, passphrase, n, s->salt, s->ops,
            (size_t)s->mem_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return LW_OK;
    return lw_fail(err, LW_EFULL,
        "The passphrase needs %u MiB of memory to be checked, and there is not so much.",
        (unsigned)(s->mem_kib / 1024));
}

enum lw_code lw_identity_seal(
    struct lw_identity *i, const char *passphrase, size_t n, struct lw_err *err)
{
    unsigned char key[crypto_secretbox_KEYBYTES];
    i->seal = (struct lw_seal){.ops = OPS, .mem_kib = MEM_KIB};
    randombytes_buf(i->seal.salt, sizeof i->seal.salt);
    randombytes_buf(i->seal.nonce, sizeof i->seal.nonce);
    enum lw_code code = derive(&i->seal, passphrase, n, key, err);
    if (code == LW_OK) /* the seed is the first half of the secret key */
        crypto_secretbox_easy(i->seal.box, i->secret, crypto_sign_SEEDBYTES, i->seal.nonce, key);
    sodium_memzero(key, sizeof key);
    i->sealed = code == LW_OK;
    return code;
}

enum lw_code lw_identity_unseal(
    struct lw_identity *i, const char *passphrase, size_t n, struct lw_err *err)
{
    unsigned char key[crypto_secretbox_KEYBYTES], seed[crypto_sign_SEEDBYTES];
    enum lw_code code = derive(&i->seal, passphrase, n, key, err);
    if (code == LW_OK && (crypto_secretbox_open_easy(
                              seed, i->seal.box, sizeof i->seal.box, i->seal.nonce, key) != 0 ||
                             !lw_identity_set_seed(i, seed)))
        code = lw_fail(err, LW_EBAD, "This is not the passphrase of your identity.");
    i->sealed = code != LW_OK;
    sodium_memzero(key, sizeof key);
    sodium_memzero(seed, sizeof seed);
    return code;
}

bool lw_identity_is_sealed(const struct lw_identity *i)
{
    return i->sealed;
}

/* ---- shown */

const char *lw_identity_key(const struct lw_identity *i)
{
    return i->key;
}

static void hash_as_ssh(const struct lw_identity *i, unsigned char to[LW_SHA256_BYTES])
{
    unsigned char wire[SSH + sizeof i->public];
    memcpy(wire, ssh, SSH);
    memcpy(wire + SSH, i->public, sizeof i->public);
    lw_sha256(wire, sizeof wire, to);
}

void lw_identity_fingerprint(const struct lw_identity *i, struct lw_buf *to)
{
    unsigned char hash[LW_SHA256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    hash_as_ssh(i, hash);
    sodium_bin2base64(
        text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    lw_buf_fmt(to, "SHA256:%s", text);
}

void lw_identity_groups(const struct lw_identity *i, struct lw_buf *to)
{
    unsigned char hash[LW_SHA256_BYTES];
    hash_as_ssh(i, hash);
    for (size_t k = 0; k < sizeof hash; k += 2)
        lw_buf_fmt(to, "%s%02x%02x", k ? " " : "", hash[k], hash[k + 1]);
}

/* ---- signing */

static char *in_domain(const char *domain, const char *text)
{
    return lw_format("labelwright/%s/1\n%s", domain, text);
}

void lw_identity_sign(
    const struct lw_identity *i, const char *domain, const char *text, char to[LW_SIGNATURE_TEXT])
{
    unsigned char signature[crypto_sign_BYTES];
    char *message = in_domain(domain, text);
    crypto_sign_detached(
        signature, NULL, (const unsigned char *)message, strlen(message), i->secret);
    sodium_bin2base64(to, LW_SIGNATURE_TEXT, signature, sizeof signature, VARIANT);
    free(message);
}

bool lw_signature_check(
    const char *key, const char *domain, const char *text, const char *signature)
{
    unsigned char public[DER + crypto_sign_PUBLICKEYBYTES], raw[crypto_sign_BYTES];
    if (!lw_base64_decode(key, strlen(key), public, sizeof public) ||
        memcmp(public, der, DER) != 0 ||
        !lw_base64_decode(signature, strlen(signature), raw, sizeof raw))
        return false;
    char *message = in_domain(domain, text);
    bool well = crypto_sign_verify_detached(
                    raw, (const unsigned char *)message, strlen(message), public + DER) == 0;
    free(message);
    return well;
}
