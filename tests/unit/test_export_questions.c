/* Labels are taken by the questions that they were given under. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"
#include "labelwright/project/question.h"

#define ONE(id)                                                                                    \
    "{\"id\":\"" id "\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"A\"}]}\n"
#define RATING(name, rest) "{\"name\":\"" name "\",\"type\":\"rating\"" rest "}"
#define EACH ",\"on\":\"response\""
#define TO_7 ",\"scale\":{\"min\":1,\"max\":7,\"points\":{\"4\":\"so so\"}}"
#define TO_3 ",\"scale\":{\"min\":1,\"max\":3}"

/* The project asks this from now on, and the journal says so. */
static void ask(struct export_fixture *x, const char *block)
{
    struct lw_project *p = &x->r.project;
    json_decref(p->questions);
    p->questions = json_loads(block, 0, NULL);
    lw_project_free(x->asked);
    x->asked = lw_project_of_questions(p->questions);
    assert_non_null(x->asked);
    p->question = x->asked->question;
    p->nquestions = x->asked->nquestions;
    lw_sha256_hex(block, strlen(block), p->questions_hash);
    export_append(x, lw_event_questions(p));
}

static void finish(struct export_fixture *x)
{
    json_decref(x->r.project.questions);
    lw_project_free(x->asked);
    export_finish(x);
}

static const char *label_at(struct export_fixture *x, size_t n, size_t lines)
{
    json_t *line = export_line_of(x, n, lines);
    bool good = json_is_true(json_object_get(line, "label"));
    json_decref(line);
    return good ? "good" : "bad";
}

static void a_rating_is_judged_by_its_own_scale(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, ONE("t1") ONE("t2") ONE("t3") ONE("t4"));
    ask(&x, "[" RATING("quality", EACH TO_7) "]");
    export_label(&x, 0, "{\"quality\":{\"a\":5}}");
    export_label(&x, 1, "{\"quality\":{\"a\":3}}");
    export_label(&x, 2, "{\"quality\":{\"a\":4}}");
    ask(&x, "[" RATING("quality", EACH TO_3) "]");
    export_label(&x, 3, "{\"quality\":{\"a\":3}}");
    assert_int_equal(export_as(&x, "trl-kto", NULL), LW_OK);
    assert_string_equal(label_at(&x, 0, 3), "good");
    assert_string_equal(label_at(&x, 1, 3), "bad");
    assert_string_equal(label_at(&x, 2, 3), "good");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 3, LOST(MIDDLE) = 1, LOST(DEGREE) = 3);
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(EARLIER) = 3);
    json_t *first = export_line_of(&x, 0, 4), *last = export_line_of(&x, 3, 4);
    assert_false(
        json_equal(json_object_get(first, "questions"), json_object_get(last, "questions")));
    assert_string_equal(
        json_string_value(json_object_get(last, "questions")), x.r.project.questions_hash);
    json_decref(first);
    json_decref(last);
    finish(&x);
}

static void a_renamed_question_is_told_and_can_be_asked_for(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, ONE("t1") ONE("t2"));
    ask(&x, "[" RATING("quality", EACH TO_7) "]");
    export_label(&x, 0, "{\"quality\":{\"a\":2}}");
    ask(&x, "[" RATING("worth", EACH TO_3) "]");
    export_label(&x, 1, "{\"worth\":{\"a\":3}}");
    assert_int_equal(export_as(&x, "trl-kto", NULL), LW_OK);
    assert_string_equal(label_at(&x, 0, 1), "good");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 1, LOST(UNASKED) = 1, LOST(DEGREE) = 1);
    assert_string_equal(x.report.instead, "quality");
    assert_int_equal(export_as(&x, "trl-kto", "quality"), LW_OK);
    assert_string_equal(x.report.instead, "worth");
    assert_string_equal(label_at(&x, 0, 1), "bad");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 1, LOST(UNASKED) = 1, LOST(DEGREE) = 1);
    assert_int_equal(export_as(&x, "trl-kto", "unheard"), LW_EUSAGE);
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    for (size_t i = 0; i < 2; i++) { /* every line has every question that some label answers */
        json_t *line = export_line_of(&x, i, 2);
        export_expect(json_incref(json_object_get(line, "answers")),
            i ? "{\"worth\":{\"a\":3},\"quality\":{}}" : "{\"worth\":{},\"quality\":{\"a\":2}}");
        json_decref(line);
    }
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    expect_rows(&x,
        "task,file,record,record_now,state,worth.a,quality.a,skipped,order,active_ms,wall_ms\n"
        "t1,a.jsonl,1,same,done,,2,,,1200,3400\n"
        "t2,a.jsonl,2,same,done,3,,,,1200,3400\n");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 1);
    finish(&x);
}

static void a_removed_question_decides_where_no_other_does(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, ONE("t1"));
    ask(&x, "[" RATING("quality", EACH TO_7) "]");
    export_label(&x, 0, "{\"quality\":{\"a\":7}}");
    ask(&x, "[{\"name\":\"why\",\"type\":\"text\"}]");
    assert_int_equal(export_as(&x, "trl-sft", NULL), LW_OK);
    export_expect(export_line_of(&x, 0, 1), "{\"prompt\":\"P\",\"completion\":\"A\"}");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 1, LOST(DEGREE) = 1);
    finish(&x);
}

static void a_question_of_another_kind_keeps_both_columns(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, ONE("t1") ONE("t2") ONE("t3"));
    ask(&x, "[" RATING("q", "") "]");
    export_label(&x, 0, "{\"q\":2}");
    ask(&x, "[{\"name\":\"q\",\"type\":\"compare\"}]");
    export_label(&x, 1, "{\"q\":{\"better\":\"a\",\"strength\":1}}");
    ask(&x, "[" RATING("q", EACH) "]");
    export_label(&x, 2, "{\"q\":{\"a\":4}}");
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    expect_rows(&x,
        "task,file,record,record_now,state,q,q.strength,q.a,skipped,order,active_ms,wall_ms\n"
        "t1,a.jsonl,1,same,done,2,,,,,1200,3400\n"
        "t2,a.jsonl,2,same,done,a,1,,,,1200,3400\n"
        "t3,a.jsonl,3,same,done,,,4,,,1200,3400\n");
    EXPECT_LOSSES(&x, LOST(EARLIER) = 2);
    finish(&x);
}

static void labels_without_their_questions_are_told(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, ONE("t1"));
    ask(&x, "[" RATING("quality", EACH TO_7) "]");
    strcpy(x.r.project.questions_hash, "0123");
    export_label(&x, 0, "{\"quality\":{\"a\":7},\"why\":\"so\"}");
    ask(&x, "[" RATING("quality", EACH TO_7) "]");
    assert_int_equal(export_as(&x, "trl-kto", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(UNREADABLE_ASKED) = 1);
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    assert_non_null(strstr(x.out.data, ",quality,why,skipped,"));
    assert_non_null(strstr(x.out.data, ",\"{\"\"a\"\":7}\",so,,"));
    EXPECT_LOSSES(&x, LOST(UNKNOWN) = 1);
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(UNKNOWN) = 1);
    finish(&x);
}

#define CONDITIONS                                                                                 \
    "[" RATING("quality", "") "," RATING(                                                          \
        "each", EACH) ","                                                                          \
                      "{\"name\":\"why\",\"type\":\"text\",\"when\":{\"quality\":\"<= 2\"}},"      \
                      "{\"name\":\"fix\",\"type\":\"text\",\"on\":\"response\",\"when\":{"         \
                      "\"each\":\"<= 2\"}},"                                                       \
                      "{\"name\":\"more\",\"type\":\"text\",\"when\":{\"why\":\"yes\"}},"          \
                      "{\"name\":\"any\",\"type\":\"text\",\"when\":{\"each\":5}}]"

static void answers_that_were_not_asked_stay_behind(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B"));
    ask(&x, CONDITIONS);
    export_label(&x, 0,
        "{\"quality\":4,\"each\":{\"a\":1,\"b\":5},\"why\":\"yes\",\"fix\":{\"a\":\"f\",\"b\":"
        "\"stale\"},\"more\":\"stale\",\"any\":\"kept\"}");
    assert_int_equal(export_as(&x, "native", NULL), LW_OK);
    json_t *line = export_line_of(&x, 0, 1);
    export_expect(json_incref(json_object_get(line, "answers")),
        "{\"quality\":4,\"each\":{\"a\":1,\"b\":5},\"why\":\"\",\"fix\":{\"a\":\"f\"},\"more\":"
        "\"\",\"any\":\"kept\"}");
    json_decref(line);
    EXPECT_LOSSES(&x, LOST(STALE) = 3);
    assert_int_equal(export_as(&x, "csv", NULL), LW_OK);
    assert_null(strstr(x.out.data, "stale"));
    assert_non_null(strstr(x.out.data, ",kept,"));
    EXPECT_LOSSES(&x, LOST(STALE) = 3);
    finish(&x);
}

static void a_comparison_that_was_not_asked_decides_nothing(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "B") PAIR("t2", "A", "B"));
    ask(&x, "[" RATING("quality", "") ",{\"name\":\"best\",\"type\":\"compare\",\"when\":"
                                      "{\"quality\":1}}]");
    export_label(&x, 0, "{\"quality\":2,\"best\":{\"better\":\"a\",\"strength\":0}}");
    export_label(&x, 1, "{\"quality\":1,\"best\":{\"better\":\"a\",\"strength\":0}}");
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    EXPECT_LOSSES(&x, LOST(STALE) = 1, LOST(OPEN) = 1, LOST(OTHER) = 1);
    assert_int_equal(x.report.written, 1);
    finish(&x);
}

static void pairs_of_the_same_text_are_told(void **state)
{
    (void)state;
    struct export_fixture x;
    make(&x, PAIR("t1", "A", "A") PAIR("t2", " ", " ") PAIR("t3", "A", "B"));
    for (size_t i = 0; i < 3; i++)
        export_label(&x, i, "{\"best\":{\"better\":\"a\",\"strength\":0}}");
    assert_int_equal(export_as(&x, "trl-preference", NULL), LW_OK);
    assert_int_equal(x.report.written, 3);
    EXPECT_LOSSES(&x, LOST(SAME) = 2);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rating_is_judged_by_its_own_scale),
        cmocka_unit_test(a_renamed_question_is_told_and_can_be_asked_for),
        cmocka_unit_test(a_removed_question_decides_where_no_other_does),
        cmocka_unit_test(a_question_of_another_kind_keeps_both_columns),
        cmocka_unit_test(labels_without_their_questions_are_told),
        cmocka_unit_test(answers_that_were_not_asked_stay_behind),
        cmocka_unit_test(a_comparison_that_was_not_asked_decides_nothing),
        cmocka_unit_test(pairs_of_the_same_text_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
