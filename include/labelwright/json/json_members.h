/* The members of a compact JSON object, picked out of its text without building a tree. For lines
 * that this program wrote (their hash has been checked): no white space between the tokens. Any
 * other text ends the walk early and does no harm. */
#ifndef LABELWRIGHT_JSON_JSON_MEMBERS_H
#define LABELWRIGHT_JSON_JSON_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lw_member {
    const char *key, *value; /* the key without its quotes; the value as it stands, with them */
    size_t key_len, value_len;
};

/* `*at` starts at the brace of the object. False behind the last member. */
bool lw_member_next(const char **at, const char *end, struct lw_member *to);

bool lw_member_is(const struct lw_member *m, const char *key);
bool lw_member_find(const char *at, const char *end, const char *key, struct lw_member *to);

uint64_t lw_member_u64(const struct lw_member *m); /* 0 for what is no such number */
/* The string's bytes where they stand; NULL when it is none or needs unescaping. */
const char *lw_member_plain(const struct lw_member *m, size_t *len);
char *lw_member_text(const struct lw_member *m, size_t *len); /* unescaped, new; NULL: no string */

#endif
