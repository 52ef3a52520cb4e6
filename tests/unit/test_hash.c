/* SHA-256 against the vectors of FIPS 180. */
#include "labelwright/base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void known_digests(void **state)
{
    (void)state;
    char hex[LW_SHA256_HEX];
    lw_sha256_hex("", 0, hex);
    assert_string_equal(hex, EMPTY);
    lw_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, ABC);
    lw_sha256_hex2("a", 1, "bc", 2, hex);
    assert_string_equal(hex, ABC);
}

static void fingerprint_is_the_first_eight_bytes(void **state)
{
    (void)state;
    assert_true(lw_fingerprint("abc", 3) == UINT64_C(0xba7816bf8f01cfea));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(fingerprint_is_the_first_eight_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
