/* Rankings exported as pairs and as single responses, and what is said of the rest. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

#define FOUR(id)                                                                                   \
    "{\"id\":\"" id                                                                                \
    "\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\"},{\"id\":\"b\","              \
    "\"text\":\"B\"},{\"id\":\"c\",\"text\":\"C\"},{\"id\":\"d\",\"text\":\"D\"}]}\n"
#define RANKED(order, rest) "{\"ranks\":{\"order\":" order ",\"not_rankable\":" rest "}}"

static void begin(struct export_fixture *x, const char *answers)
{
    make(x, FOUR("t1"));
    x->question[0] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    x->r.project.nquestions = 1;
    export_label(x, 0, answers);
}

#define CHOSEN(better, worse)                                                                      \
    "{\"prompt\":\"P\",\"chosen\":\"" better "\",\"rejected\":\"" worse "\"}\n"
#define LABELED(text, label) "{\"prompt\":\"P\",\"completion\":\"" text "\",\"label\":" label "}\n"

static void every_pair_of_two_places_is_a_line(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x, RANKED("[[\"b\"],[\"a\",\"d\"],[\"c\"]]", "[]"));
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    expect_text(
        &x, CHOSEN("B", "A") CHOSEN("B", "D") CHOSEN("B", "C") CHOSEN("A", "C") CHOSEN("D", "C"));
    EXPECT_LOSSES(&x, LOST(TIED_PAIR) = 1);
    export_finish(&x);
}

static void what_could_not_be_ranked_is_in_no_pair(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x, RANKED("[[\"c\"],[\"a\"]]", "[\"b\",\"d\"]"));
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    expect_text(&x, CHOSEN("C", "A"));
    EXPECT_LOSSES(&x, LOST(UNRANKED) = 2);
    assert_int_equal(export_as(&x, "hh-rlhf", NULL), LW_OK);
    assert_int_equal(x.report.written, 1);
    export_finish(&x);
}

static void single_responses_come_from_both_ends(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x, RANKED("[[\"b\"],[\"a\"],[\"d\",\"c\"]]", "[]"));
    assert_int_equal(export_as(&x, "trl-kto", NULL), LW_OK);
    expect_text(&x, LABELED("B", "true") LABELED("D", "false") LABELED("C", "false"));
    EXPECT_LOSSES(&x, LOST(BETWEEN) = 1);
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    expect_text(&x, "{\"prompt\":\"P\",\"completion\":\"B\"}\n");
    EXPECT_LOSSES(&x, LOST(WORSE) = 3);
    export_finish(&x);
}

static void one_place_or_one_response_is_no_preference(void **state)
{
    (void)state;
    struct export_fixture x;
    begin(&x, RANKED("[[\"b\",\"a\",\"d\",\"c\"]]", "[]"));
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(TIE) = 1);
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(TIE) = 1);
    export_finish(&x);
    begin(&x, RANKED("[[\"b\"]]", "[\"a\",\"c\",\"d\"]"));
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(NO_PAIR) = 1);
    export_finish(&x);
}

/* A file of thousands of responses must not become millions of pairs. */
static void very_many_are_left_out(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf task = {0}, order = {0};
    for (int i = 1; i <= 101; i++) {
        lw_buf_fmt(
            &task, "%s\"%d\"", i > 1 ? "," : "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[", i);
        lw_buf_fmt(&order, "%s[\"r%d\"]", i > 1 ? "," : "{\"ranks\":{\"order\":[", i);
    }
    lw_buf_str(&task, "]}\n");
    lw_buf_str(&order, "],\"not_rankable\":[]}}");
    make(&x, task.data);
    x.question[0] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    x.r.project.nquestions = 1;
    export_label(&x, 0, order.data);
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(RANKED_MOST) = 1);
    assert_int_equal(x.report.written, 0);
    export_finish(&x);
    lw_buf_fini(&task);
    lw_buf_fini(&order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_two_places_is_a_line),
        cmocka_unit_test(what_could_not_be_ranked_is_in_no_pair),
        cmocka_unit_test(single_responses_come_from_both_ends),
        cmocka_unit_test(one_place_or_one_response_is_no_preference),
        cmocka_unit_test(very_many_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
