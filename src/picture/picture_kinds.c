/* Which kinds of picture files there are, told by their first bytes: a row each. What is inside is
 * their own files'. */
#include "picture/picture_internal.h"

#include <string.h>

#ifdef LW_HAVE_PNG
#define DECODE_PNG lw_picture_decode_png
#else
#define DECODE_PNG NULL
#endif
#ifdef LW_HAVE_JPEG
#define DECODE_JPEG lw_picture_decode_jpeg
#else
#define DECODE_JPEG NULL
#endif

const struct lw_picture_kind lw_picture_kinds[LW_PICTURE_KINDS] = {
    {"PNG", "\x89PNG\r\n\x1a\n", 8, DECODE_PNG, LW_FAULT_LIBRARY},
    {"JPEG", "\xff\xd8\xff", 3, DECODE_JPEG, LW_FAULT_LIBRARY},
    {"GIF", "GIF8", 4, NULL, LW_FAULT_GIF},
    {"WebP", "RIFF", 4, NULL, LW_FAULT_WEBP},
};

int lw_picture_kind_of(const char *bytes, size_t n)
{
    for (int i = 0; i < LW_PICTURE_KINDS; i++) {
        const struct lw_picture_kind *k = &lw_picture_kinds[i];
        if (n >= k->nmagic && memcmp(bytes, k->magic, k->nmagic) == 0)
            return i;
    }
    return -1;
}

bool lw_picture_can_decode(void)
{
    for (int i = 0; i < LW_PICTURE_KINDS; i++)
        if (lw_picture_kinds[i].decode)
            return true;
    return false;
}
