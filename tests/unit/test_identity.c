/* The identity: what it signs, its file, and what is refused. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include "proof/identity_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct temp_journal temp;

static int setup(void **state)
{
    temp_journal_open(&temp);
    setenv("XDG_DATA_HOME", temp.path, 1);
    *state = lw_identity_generate();
    return sodium_init() < 0;
}

static int teardown(void **state)
{
    lw_identity_free(*state);
    temp_journal_close(&temp);
    return 0;
}

static void a_signature_fits_its_key_domain_and_text_alone(void **state)
{
    struct lw_identity *i = *state, *other = lw_identity_generate();
    char signature[LW_SIGNATURE_TEXT];
    const char *key = lw_identity_key(i);
    lw_identity_sign(i, "batch", "text\n", signature);
    assert_true(lw_signature_check(key, "batch", "text\n", signature));
    assert_false(lw_signature_check(key, "proof", "text\n", signature));
    assert_false(lw_signature_check(key, "batch", "text", signature));
    assert_false(lw_signature_check(lw_identity_key(other), "batch", "text\n", signature));
    assert_false(lw_signature_check("", "batch", "text\n", signature));
    assert_false(lw_signature_check(key, "batch", "text\n", ""));
    char was = signature[10];
    for (int c = 1; c < 256; c++) {
        signature[10] = (char)c;
        assert_int_equal(lw_signature_check(key, "batch", "text\n", signature), (char)c == was);
    }
    signature[10] = was == 'A' ? 'B' : 'A';
    assert_false(lw_signature_check(key, "batch", "text\n", signature));
    lw_identity_free(other);
}

static struct lw_buf text_of(const struct lw_identity *i)
{
    struct lw_buf text = {0};
    lw_identity_format(i, &text);
    return text;
}

static void the_text_is_read_as_it_was_written(void **state)
{
    struct lw_identity *i = *state, *back = lw_identity_new();
    struct lw_buf text = text_of(i), again = {0};
    assert_null(lw_identity_parse(text.data, text.len, back));
    assert_memory_equal(back->secret, i->secret, sizeof i->secret);
    assert_string_equal(back->key, i->key);
    assert_false(lw_identity_is_sealed(back));
    lw_identity_format(back, &again);
    assert_string_equal(again.data, text.data);
    lw_buf_fini(&text);
    lw_buf_fini(&again);
    lw_identity_free(back);
}

static void every_cut_and_every_changed_byte_is_noticed(void **state)
{
    struct lw_buf text = text_of(*state);
    for (size_t at = 0; at < text.len; at++) {
        struct lw_identity *cut = lw_identity_new(), *changed = lw_identity_new();
        assert_non_null(lw_identity_parse(text.data, at, cut));
        text.data[at] ^= 1;
        assert_non_null(lw_identity_parse(text.data, text.len, changed));
        text.data[at] ^= 1;
        lw_identity_free(cut);
        lw_identity_free(changed);
    }
    lw_buf_fini(&text);
}

static void limits_that_take_all_memory_are_refused(void **state)
{
    struct lw_identity *i = *state;
    i->sealed = true;
    static const struct {
        uint64_t ops, mem_kib;
        bool well;
    } limits[] = {{1, 8, true}, {16, 1024 * 1024, true}, {0, 8, false}, {17, 8, false},
        {1, 7, false}, {1, 1024 * 1024 + 1, false}, {1, UINT64_MAX, false}};
    for (size_t k = 0; k < sizeof limits / sizeof *limits; k++) {
        struct lw_identity *back = lw_identity_new();
        i->seal.ops = limits[k].ops;
        i->seal.mem_kib = limits[k].mem_kib;
        struct lw_buf text = text_of(i);
        assert_int_equal(!lw_identity_parse(text.data, text.len, back), limits[k].well);
        lw_buf_fini(&text);
        lw_identity_free(back);
    }
}

static void only_the_passphrase_opens_a_sealed_one(void **state)
{
    struct lw_identity *i = *state, *back = NULL;
    struct lw_err err = {0};
    char signature[LW_SIGNATURE_TEXT], want[LW_SIGNATURE_TEXT];
    assert_int_equal(lw_identity_save(&lw_sys_real, i, "näil", 5, &err), LW_OK);
    assert_int_equal(lw_identity_load(&lw_sys_real, &back, &err), LW_OK);
    assert_true(lw_identity_is_sealed(back));
    assert_int_equal(lw_identity_unseal(back, "nail", 4, &err), LW_EBAD);
    assert_true(lw_identity_is_sealed(back));
    assert_int_equal(lw_identity_unseal(back, "näil", 5, &err), LW_OK);
    assert_false(lw_identity_is_sealed(back));
    lw_identity_sign(i, "proof", "x", want);
    lw_identity_sign(back, "proof", "x", signature);
    assert_string_equal(signature, want);
    lw_identity_free(back);
}

static void a_file_is_never_replaced(void **state)
{
    struct lw_identity *other = lw_identity_generate(), *back = NULL;
    struct lw_err err = {0};
    assert_int_equal(lw_identity_load(&lw_sys_real, &back, &err), LW_EABSENT);
    assert_string_equal(err.text, "");
    assert_int_equal(lw_identity_save(&lw_sys_real, *state, NULL, 0, &err), LW_OK);
    assert_int_equal(temp_journal_mode(&temp, "labelwright/identity"), 0600);
    assert_int_equal(lw_identity_save(&lw_sys_real, other, NULL, 0, &err), LW_EREFUSED);
    assert_int_equal(lw_identity_load(&lw_sys_real, &back, &err), LW_OK);
    assert_string_equal(lw_identity_key(back), lw_identity_key(*state));
    lw_identity_free(back);
    lw_identity_free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_signature_fits_its_key_domain_and_text_alone),
        TEST(the_text_is_read_as_it_was_written),
        TEST(every_cut_and_every_changed_byte_is_noticed),
        TEST(limits_that_take_all_memory_are_refused),
        TEST(only_the_passphrase_opens_a_sealed_one),
        TEST(a_file_is_never_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
