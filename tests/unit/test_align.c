/* Paragraphs side by side: which are paired, and where a place is on the other side. */
#define _GNU_SOURCE
#include "fixtures/align_properties.h"
#include "fixtures/shared_data.h"

#include <jansson.h>

/* "0=0 1- -1": pairs, and those that stand alone. */
static void rows_are(const char *s, const char *t, const char *shown)
{
    struct lw_align al = {0};
    struct lw_buf got = {0};
    struct paragraphs p = paragraphs_of(s, strlen(s)), q = paragraphs_of(t, strlen(t));
    struct lw_align_text a = as_text(s, strlen(s), p), b = as_text(t, strlen(t), q);
    hold_align(s, strlen(s), t, strlen(t));
    lw_align_paragraphs(&al, &a, &b);
    for (size_t i = 0; i < al.n; i++) {
        const struct lw_align_row *r = &al.v[i];
        lw_buf_str(&got, i > 0 ? " " : "");
        if (r->a != LW_ALIGN_NONE)
            lw_buf_fmt(&got, "%zu", r->a);
        lw_buf_str(&got, r->a == LW_ALIGN_NONE || r->b == LW_ALIGN_NONE ? "-" : "=");
        if (r->b != LW_ALIGN_NONE)
            lw_buf_fmt(&got, "%zu", r->b);
    }
    assert_string_equal(got.len ? got.data : "", shown);
    lw_buf_fini(&got);
    lw_align_fini(&al);
    free(p.v);
    free(q.v);
}

static void similar_paragraphs_stand_together(void **state)
{
    (void)state;
    rows_are("", "", "");
    rows_are("alone", "", "0-");
    rows_are("One thing.\n\nAnother one.", "One thing.\n\nAnother one.", "0=0 1=1");
    rows_are("The gutter keeps rain.\n\nBees make honey.",
        "An introduction first.\n\nRain fills the gutter.\n\nHoney is made by bees.", "-0 0=1 1=2");
    rows_are("Cats sleep.\n\nDogs bark loudly.\n\nBirds sing.", "Cats sleep.\n\nBirds sing.",
        "0=0 1- 2=1");
}

/* Two that changed places cannot both be beside their like. */
static void the_order_of_both_is_kept(void **state)
{
    (void)state;
    rows_are("A short one.\n\nThis is by far the longer paragraph of the two, and it weighs more.",
        "This is by far the longer paragraph of the two, and it weighs more.\n\nA short one.",
        "0- 1=0 -1");
}

static void what_repeats_is_paired_in_order(void **state)
{
    (void)state;
    rows_are("---\n\n---\n\nmiddle\n\n---", "---\n\n---\n\nmiddle\n\n---", "0=0 1=1 2=2 3=3");
    rows_are("a c\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na",
        "a c\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na\n\na b",
        "0=0 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10");
    rows_are("---\n\nfirst\n\n---", "---\n\nsecond\n\n---", "0=0 1- -1 2=2");
}

static void a_place_is_found_beside(void **state)
{
    (void)state;
    const char *s = "0123456789\n\nhoney bees", *t = "new\n\n0123456789\n\nhoney bees and more";
    struct lw_align al = {0};
    struct paragraphs p = paragraphs_of(s, strlen(s)), q = paragraphs_of(t, strlen(t));
    struct lw_align_text a = as_text(s, strlen(s), p), b = as_text(t, strlen(t), q);
    lw_align_paragraphs(&al, &a, &b);
    assert_int_equal(lw_align_place(&al, 4), 9);
    assert_int_equal(lw_align_place(&al, 12), 17); /* honey */
    assert_int_equal(lw_align_place(&al, 17), 26); /* half of one is half of the other */
    assert_int_equal(lw_align_place(&al, 1000), strlen(t));
    assert_int_equal(lw_align_place_back(&al, 9), 4);
    lw_align_fini(&al);
    assert_int_equal(lw_align_place(&al, 5), 0);
    free(p.v);
    free(q.v);
}

static void ranges_that_are_none_do_no_harm(void **state)
{
    (void)state;
    struct lw_align al = {0};
    struct lw_align_range wrong[] = {{5, 2}, {3, 900}, {0, 2}, {800, 900}};
    struct lw_align_text a = {"a b c d e f", 11, wrong, 4}, b = {"a b", 3, wrong, 4};
    lw_align_paragraphs(&al, &a, &b);
    hold_rows(&al, &a, &b);
    for (size_t at = 0; at < 20; at++)
        assert_true(lw_align_place(&al, at) <= 3);
    const struct lw_align_range back[] = {{12, 21}, {0, 10}};
    struct lw_align_text c = {"honey bees\n\nrare cats", 21, back, 2};
    const struct lw_align_range back_there[] = {{16, 25}, {0, 14}};
    struct lw_align_text e = {"honey bees and\n\nrare cats", 25, back_there, 2};
    lw_align_paragraphs(&al, &c, &e);
    assert_int_equal(al.v[0].percent, 100);
    assert_true(al.v[1].percent > 50);
    hold_places(&al, 21, 25);
    lw_align_fini(&al);
}

/* ---- real answers */

static size_t paired, paragraphs, answers;

static void hold_answers(const char *s, const char *t)
{
    struct lw_align al = {0};
    struct paragraphs p = paragraphs_of(s, strlen(s)), q = paragraphs_of(t, strlen(t));
    struct lw_align_text a = as_text(s, strlen(s), p), b = as_text(t, strlen(t), q);
    hold_align(s, strlen(s), t, strlen(t));
    lw_align_paragraphs(&al, &a, &b);
    for (size_t i = 0; i < al.n; i++)
        paired += al.v[i].a != LW_ALIGN_NONE && al.v[i].b != LW_ALIGN_NONE;
    paragraphs += p.n < q.n ? p.n : q.n;
    answers++;
    lw_align_fini(&al);
    free(p.v);
    free(q.v);
}

static const char *answer_of(const json_t *file, size_t i)
{
    const json_t *prompt = json_array_get(json_object_get(file, "prompts"), i);
    const json_t *result = json_array_get(json_object_get(prompt, "results"), 0);
    return json_string_value(json_array_get(json_object_get(result, "outputs"), 0));
}

static void answers_of_two_models_to_one_question(void **state)
{
    (void)state;
    static const char *const names[] = {
        "data/preference/oasst_gpt-4.json", "data/preference/oasst_vicuna.json"};
    json_t *file[2];
    for (int i = 0; i < 2; i++) {
        size_t n;
        char *s = shared_bytes(names[i], &n);
        if (!s)
            skip();
        file[i] = json_loadb(s, n, 0, NULL);
        free(s);
    }
    for (size_t i = 0; i < json_array_size(json_object_get(file[0], "prompts")); i++) {
        const char *s = answer_of(file[0], i), *t = answer_of(file[1], i);
        if (s && t)
            hold_answers(s, t);
    }
    json_decref(file[0]);
    json_decref(file[1]);
    fprintf(stderr, "%zu of %zu paragraphs paired in %zu answers\n", paired, paragraphs, answers);
    assert_true(answers > 200 && paired > paragraphs / 4 && paired < paragraphs);
}

/* Every paragraph of a correction is beside the one it was made of. */
static void a_text_and_its_correction(void **state)
{
    (void)state;
    struct lw_buf s = {0}, t = {0};
    for (size_t i = 0; i < 3000; i++) {
        lw_buf_fmt(&s, "%zu is a number that %zu follows, and then comes %zu at last.\n\n",
            i * 7919, i * 31, i * 13);
        if (i % 10 == 5)
            lw_buf_fmt(&t, "Something entirely new: %zu.\n\n", i * 104729);
        if (i % 10 != 3)
            lw_buf_fmt(&t, "%zu is a number that %zu precedes, and then comes %zu.\n\n", i * 7919,
                i * 31, i * 13);
    }
    struct lw_align al = {0};
    struct paragraphs p = paragraphs_of(s.data, s.len), q = paragraphs_of(t.data, t.len);
    struct lw_align_text a = as_text(s.data, s.len, p), b = as_text(t.data, t.len, q);
    lw_align_paragraphs(&al, &a, &b);
    size_t pairs = 0;
    for (size_t i = 0; i < al.n; i++) {
        const struct lw_align_row *r = &al.v[i];
        if (r->a == LW_ALIGN_NONE || r->b == LW_ALIGN_NONE)
            continue;
        pairs++;
        assert_int_equal(atoi(s.data + p.v[r->a].from), atoi(t.data + q.v[r->b].from));
    }
    assert_int_equal(pairs, 2700);
    lw_align_fini(&al);
    lw_buf_fini(&s);
    lw_buf_fini(&t);
    free(p.v);
    free(q.v);
}

static void any_two_texts_are_aligned(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "a", "b ", "\n\n", "\n\n", "cat ", "rare ", "---", "é", "\xFF"};
    unsigned seed = 3;
    for (int round = 0; round < 2000; round++) {
        struct lw_buf t[2] = {{0}, {0}};
        for (int i = 0; i < 2; i++) {
            unsigned n = (seed = seed * 1103515245U + 12345U) >> 16 & 31;
            lw_buf_add(&t[i], "", 0);
            while (n-- > 0)
                lw_buf_str(&t[i], piece[((seed = seed * 1103515245U + 12345U) >> 16) % 9]);
        }
        hold_align(t[0].data, t[0].len, t[1].data, t[1].len);
        lw_buf_fini(&t[0]);
        lw_buf_fini(&t[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(similar_paragraphs_stand_together),
        cmocka_unit_test(the_order_of_both_is_kept),
        cmocka_unit_test(what_repeats_is_paired_in_order),
        cmocka_unit_test(a_place_is_found_beside),
        cmocka_unit_test(ranges_that_are_none_do_no_harm),
        cmocka_unit_test(answers_of_two_models_to_one_question),
        cmocka_unit_test(a_text_and_its_correction),
        cmocka_unit_test(any_two_texts_are_aligned),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
