/* The text of an identity's file: read and written, nothing else. Whoever can write the file can
 * put anything in it, so limits are checked before Argon2id takes memory for them. */
#include "proof/identity_internal.h"

#include "labelwright/base/hash.h"

#include <inttypes.h>
#include <string.h>

enum {
    VARIANT = sodium_base64_VARIANT_ORIGINAL,
    OPS_MOST = 16,
    MEM_KIB_MOST = 1024 * 1024,
    MEM_KIB_LEAST = 8,
    HEADER = 12 /* of the public key; see identity.c */
};

static const char head[] = "labelwright identity 1\n";

/* What is left to read. */
struct rest {
    const char *p, *end;
};

static bool take(struct rest *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
        return false;
    r->p += n;
    return true;
}

/* Base64 of exactly n bytes, and the byte after it. */
static bool take_bytes(struct rest *r, unsigned char *to, size_t n, char after)
{
    const char *stop = memchr(r->p, after, (size_t)(r->end - r->p));
    if (!stop || !lw_base64_decode(r->p, (size_t)(stop - r->p), to, n))
        return false;
    r->p = stop + 1;
    return true;
}

static bool take_number(struct rest *r, uint64_t least, uint64_t most, uint64_t *to)
{
    const char *from = r->p;
    for (*to = 0; r->p < r->end && *r->p >= '0' && *r->p <= '9' && *to <= most; r->p++)
        *to = *to * 10 + (uint64_t)(*r->p - '0');
    return r->p > from && *from != '0' && *to >= least && *to <= most && take(r, " ");
}

static const char *take_secret(struct rest *r, struct lw_identity *to)
{
    unsigned char seed[crypto_sign_SEEDBYTES] = {0};
    const char *fault = NULL;
    if (!take_bytes(r, seed, sizeof seed, '\n'))
        fault = "its secret key is damaged";
    else if (!lw_identity_set_seed(to, seed))
        fault = "its secret key does not belong to its public key";
    sodium_memzero(seed, sizeof seed);
    return fault;
}

static const char *take_seal(struct rest *r, struct lw_identity *to)
{
    struct lw_seal *s = &to->seal;
    to->sealed = true;
    if (!take_number(r, 1, OPS_MOST, &s->ops) ||
        !take_number(r, MEM_KIB_LEAST, MEM_KIB_MOST, &s->mem_kib))
        return "the limits of its passphrase are damaged";
    if (!take_bytes(r, s->salt, sizeof s->salt, ' ') ||
        !take_bytes(r, s->nonce, sizeof s->nonce, ' ') ||
        !take_bytes(r, s->box, sizeof s->box, '\n'))
        return "its sealed key is damaged";
    return NULL;
}

const char *lw_identity_parse(const char *text, size_t n, struct lw_identity *to)
{
    struct rest r = {text, text + n};
    unsigned char public[HEADER + crypto_sign_PUBLICKEYBYTES];
    if (!take(&r, head))
        return "it does not begin with \"labelwright identity 1\"";
    const char *key = r.p + strlen("public ");
    if (!take(&r, "public ") || !take_bytes(&r, public, sizeof public, '\n'))
        return "its public key is damaged";
    lw_identity_set_public(to, public + HEADER);
    if (memcmp(key, to->key, strlen(to->key)) != 0)
        return "its public key is not one of Ed25519";
    const char *fault = take(&r, "secret ")   ? take_secret(&r, to)
                        : take(&r, "sealed ") ? take_seal(&r, to)
                                              : "it has no secret key";
    return fault ? fault : r.p < r.end ? "there is something after its last line" : NULL;
}

static void add_bytes(struct lw_buf *to, const unsigned char *bytes, size_t n, char after)
{
    char text[128];
    sodium_bin2base64(text, sizeof text, bytes, n, VARIANT);
    lw_buf_fmt(to, "%s%c", text, after);
    sodium_memzero(text, sizeof text);
}

void lw_identity_format(const struct lw_identity *i, struct lw_buf *to)
{
    lw_buf_room(to, 1024); /* so that the buffer does not move and leave a copy of the secret */
    lw_buf_fmt(to, "%spublic %s\n%s ", head, i->key, i->sealed ? "sealed" : "secret");
    if (!i->sealed) {
        add_bytes(to, i->secret, crypto_sign_SEEDBYTES, '\n');
        return;
    }
    lw_buf_fmt(to, "%" PRIu64 " %" PRIu64 " ", i->seal.ops, i->seal.mem_kib);
    add_bytes(to, i->seal.salt, sizeof i->seal.salt, ' ');
    add_bytes(to, i->seal.nonce, sizeof i->seal.nonce, ' ');
    add_bytes(to, i->seal.box, sizeof i->seal.box, '\n');
}
