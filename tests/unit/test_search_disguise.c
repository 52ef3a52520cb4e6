/* Which characters a search looks at more closely. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "labelwright/text/find.h"
#include "tasks/search_disguise_internal.h"

static bool is_in_block(char32_t cp)
{
    for (size_t i = 0; i < LW_DISGUISE_BLOCKS; i++)
        if (cp >= lw_disguise_blocks[i][0] && cp <= lw_disguise_blocks[i][1])
            return true;
    return false;
}

/* A new version of libunistring may change that. */
static void no_other_of_the_rare_ones_is_folded(void **state)
{
    (void)state;
    for (char32_t cp = LW_DISGUISES_KNOWN; cp <= 0x10FFFF; cp++)
        if (!is_in_block(cp) && lw_fold_changes(cp))
            fail_msg("U+%X", (unsigned)cp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_of_the_rare_ones_is_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
