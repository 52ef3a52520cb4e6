/* `record`: labels from scripts. A reply with a hash means that the label is on the disk. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>

#define JOURNAL "p/journal/000001.jsonl"
#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}"
#define LABEL_B "{\"task\":\"b\",\"answers\":{\"quality\":5,\"tone\":\"warm\"}}"
#define FORM                                                                                       \
    "Write {\\\"task\\\":ID,\\\"answers\\\":{…}} or {\\\"task\\\":ID,\\\"skip\\\":\\\"why\\\"} " \
    "in each line."

/* The n-th line of a text from 0, parsed; NULL after the last. */
static json_t *line_of(const char *text, size_t n)
{
    for (; n > 0; n--) {
        text = strchr(text, '\n');
        if (!text)
            return NULL;
        text++;
    }
    return json_loadb(text, strcspn(text, "\n"), JSON_REJECT_DUPLICATES, NULL);
}

static const char *text_in(const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    return text ? text : "";
}

static void assert_same_member(const json_t *a, const json_t *b, const char *name)
{
    assert_non_null(json_object_get(a, name));
    assert_true(json_equal(json_object_get(a, name), json_object_get(b, name)));
}

/* The last line of the journal. */
static json_t *last_event(void)
{
    char *journal = run_get(JOURNAL, NULL);
    json_t *last = NULL, *next;
    for (size_t i = 0; (next = line_of(journal, i)); i++) {
        json_decref(last);
        last = next;
    }
    free(journal);
    assert_non_null(last);
    return last;
}

/* ---- what is accepted */

static void numbers_off_the_steps_and_wrong_dates_are_refused(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: year, type: rating, scale: {min: 0, max: 3000, step: 10}}\n"
        "  - {name: day, type: text, format: date}\n  - {name: link, type: text, format: url}\n");
    run_fed(r, 1,
        "{\"task\":\"a\",\"answers\":{\"year\":1969}}\n"
        "{\"task\":\"a\",\"answers\":{\"day\":\"2026-02-30\"}}\n"
        "{\"task\":\"a\",\"answers\":{\"link\":\"ftp://x\"}}\n"
        "{\"task\":\"a\",\"answers\":{\"year\":1970,\"day\":\"2026-02-28\",\"link\":\"http://"
        "x.example/"
        "y\"}}\n",
        "record p");
    run_prints(r, "1969 is outside the scale. Give an integer from 0 to 3000 in steps of 10.");
    run_prints(r, "the text has a date that does not exist. Change it");
    run_prints(r, "the text has no web address such as https://example.org.");
    run_prints(r, "\"seq\":");
    run_fed(r, 0, "1975\n1980\n31.1.2026\n2026-01-31\n\n", "--plain p");
    run_prints(r, "Year 0-3000 in steps of 10: ");
    run_prints(r, "Year: give a number from 0 to 3000 in steps of 10.");
    run_prints(r, "Day (a date such as 2026-01-31; Enter for none): ");
    run_prints(r, "Day: no date such as 2026-01-31. Kept, unfinished.");
}

static void a_script_s_label_says_what_became_of_suggestions(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl",
        "{\"id\":\"a\",\"prompt\":\"One?\",\"responses\":[{\"id\":\"x\",\"text\":\"1\"}],"
        "\"suggestions\":{\"quality\":4,\"tone\":\"cold\",\"flags\":{\"x\":[\"rude\"]}}}\n");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":4,\"tone\":\"warm\"}}\n", "record p");
    run_shell(r, 0, "\"$LW\" export --format csv p");
    run_prints(r, ",questions,suggestions\r\n");
    run_prints(r,
        "[{\"\"question\"\":\"\"quality\"\",\"\"item\"\":\"\"\"\",\"\"outcome\"\":\"\"accepted\"\"}"
        ","
        "{\"\"question\"\":\"\"tone\"\",\"\"item\"\":\"\"\"\",\"\"outcome\"\":\"\"changed\"\"},"
        "{\"\"question\"\":\"\"flags\"\",\"\"item\"\":\"\"x\"\",\"\"outcome\"\":\"\"ignored\"\"}]");
    run_shell(r, 0, "\"$LW\" export --format native p");
    run_prints(
        r, "\"suggestions\":[{\"question\":\"quality\",\"item\":\"\",\"outcome\":\"accepted\"},");
}

static void each_reply_names_the_line_that_the_journal_has(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n" LABEL_B "\n{\"task\":\"c\",\"skip\":\"too long\"}\n", "record p");
    run_is_silent(r);
    char *journal = run_get(JOURNAL, NULL);
    for (size_t i = 0; i < 3; i++) {
        json_t *reply = line_of(r->out, i), *event = line_of(journal, i + 2);
        assert_int_equal(json_object_size(reply), 3);
        assert_same_member(reply, event, "task");
        assert_same_member(reply, event, "seq");
        assert_same_member(reply, event, "hash");
        json_decref(reply);
        json_decref(event);
    }
    assert_null(line_of(r->out, 3));
    free(journal);
    run_shell(r, 0, "\"$LW\" verify p");
}

static void texts_of_too_few_or_too_many_words_are_refused_with_the_cure(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: story, type: write, min_words: 3, max_words: 5}\n");
    run_fed(r, 1, "{\"task\":\"a\",\"answers\":{\"story\":\"once – upon\"}}\n", "record p");
    run_prints(r, "the text has 2 words of at least 3. Change it, or skip the task.");
    run_fed(r, 1, "{\"task\":\"a\",\"answers\":{\"story\":\"a b c d e f\"}}\n", "record p");
    run_prints(r, "the text has 6 words of at most 5. Change it, or skip the task.");
    run_fed(r, 1, "{\"task\":\"a\",\"answers\":{\"story\":[\"a b c\"]}}\n", "record p");
    run_prints(r, "the answer must be text (a string).");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"story\":\"once upon a time\"}}\n", "record p");
    run_fed(r, 0, "{\"task\":\"b\",\"answers\":{}}\n", "record p"); /* it is not required */
    run_shell(r, 0, "\"$LW\" verify p");
}

static void answers_stand_in_the_journal_as_they_were_given(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0,
        "{\"task\":\"a\",\"answers\":{\"why\":\"\\u00e9\\n\",\"quality\":2,\"tone\":\"cold\","
        "\"flags\":{\"x\":[\"wrong\",\"rude\"]}}}\n",
        "record p");
    json_t *event = last_event();
    assert_string_equal(text_in(event, "type"), "annotate");
    json_t *expected = json_pack("{s:i,s:s,s:{s:[s,s]},s:s}", "quality", 2, "tone", "cold", "flags",
        "x", "wrong", "rude", "why", "\303\251\n");
    assert_true(json_equal(json_object_get(event, "answers"), expected));
    json_decref(expected);
    json_decref(event);
}

/* Who reads is not the script's to prove. */
static void a_script_need_not_read_to_the_end(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "echo 'read_to_end: true' >> p/project.yaml");
    run_fed(r, 0, LABEL_A "\n", "record p");
    json_t *event = last_event();
    assert_string_equal(text_in(event, "type"), "annotate");
    json_decref(event);
}

static void the_questions_stand_in_the_journal_before_the_first_label(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n" LABEL_B "\n", "record p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    run_shell(r, 0, "grep -c '\"type\":\"questions\"' " JOURNAL);
    assert_string_equal(r->out, "1\n");
    char *journal = run_get(JOURNAL, NULL);
    json_t *questions = line_of(journal, 1), *label = line_of(journal, 2);
    assert_string_equal(text_in(questions, "type"), "questions");
    assert_string_equal(text_in(questions, "sha256"), text_in(label, "questions"));
    json_decref(questions);
    json_decref(label);
    free(journal);
}

static void an_answer_that_is_not_asked_is_dropped(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":4,\"why\":\"not asked above 2\"}}\n",
        "record p");
    json_t *event = last_event();
    assert_null(json_object_get(json_object_get(event, "answers"), "why"));
    json_decref(event);
}

static void a_second_label_names_the_one_it_replaces(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL_A "\n", "record p");
    json_t *first = line_of(r->out, 0);
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":1}}\n", "record p");
    json_t *event = last_event();
    assert_true(json_equal(json_object_get(event, "replaces"), json_object_get(first, "seq")));
    json_decref(first);
    json_decref(event);
}

static void a_skip_keeps_its_reason(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "{\"task\":\"b\",\"skip\":\"\"}\n{\"task\":\"a\",\"skip\":\"kein Satz\"}\n",
        "record p");
    json_t *event = last_event();
    assert_string_equal(text_in(event, "type"), "skip");
    assert_string_equal(text_in(event, "reason"), "kein Satz");
    json_decref(event);
}

static void a_record_that_cannot_be_read_is_skipped_but_not_labeled(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RUN_TASKS "{\"id\":\"n\",\"prompt\":NaN}\n");
    run_fed(r, 1,
        "{\"task\":\"n\",\"answers\":{\"quality\":4}}\n{\"task\":\"n\",\"skip\":\"NaN\"}\n",
        "record p");
    run_prints(r, "{\"task\":\"n\",\"error\":\"This task cannot be read, only skipped. ");
    run_prints(r, "NaN is not a JSON number");
    run_prints(r, "{\"task\":\"n\",\"seq\":3,");
}

static void the_second_task_of_an_id_is_known_by_its_suffix(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RUN_TASKS RUN_TASKS);
    run_fed(r, 0, "{\"task\":\"b~2\",\"skip\":\"\"}\n", "record p");
    run_says(r, "3 tasks have the id of an earlier task (first: task 4).");
    json_t *event = last_event();
    assert_int_equal(json_integer_value(json_object_get(event, "record")), 5);
    json_decref(event);
}

/* ---- what is refused */

static void each_mistake_is_named_and_costs_only_its_own_line(void **state)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"{\"task\":\"zz\",\"skip\":\"\"}",
            "{\"task\":\"zz\",\"error\":\"No task \\\"zz\\\" in this project.\"}"},
        {"{\"skip\":\"\"}",
            "{\"task\":null,\"error\":\"\\\"task\\\" must be the id of a task, as text."},
        {"{\"task\":7,\"skip\":\"\"}",
            "{\"task\":null,\"error\":\"\\\"task\\\" must be the id of a task"},
        {"{\"task\":\"a\"}", "{\"task\":\"a\",\"error\":\"" FORM "\"}"},
        {"{\"task\":\"a\",\"skip\":\"\",\"answers\":{}}",
            "Give \\\"answers\\\" or \\\"skip\\\", not both."},
        {"{\"task\":\"a\",\"skip\":true}",
            "\\\"skip\\\" must be text: the reason. It may be empty."},
        {"{\"task\":\"a\",\"answers\":[]}", "answers must be an object"},
        {"{\"task\":\"a\",\"answers\":{}}", "\\\"quality\\\": an answer is required."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":6}}",
            "6 is outside the scale. Give an integer from 1 to 5."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":0}}", "0 is outside the scale."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":\"4\"}}",
            "a rating must be an integer from 1 to 5."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4.0}}",
            "a rating must be an integer from 1 to 5."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":null}}", "a rating must be an integer"},
        {"{\"task\":\"a\",\"answers\":{\"qualty\":4}}",
            "no question is called \\\"qualty\\\". Did you mean \\\"quality\\\"?"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"tone\":\"wram\"}}",
            "there is no option \\\"wram\\\". Did you mean \\\"warm\\\"?"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"tone\":2}}", "a choice must be a string"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"flags\":{\"y\":[]}}}",
            "the task has no response \\\"y\\\". It has: x."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"flags\":[\"rude\"]}}",
            "this question asks about each response."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"flags\":{\"x\":[\"rude\",\"rude\"]}}}",
            "the tag \\\"rude\\\" is given twice."},
        {"{\"task\":\"a\",\"answers\":{\"quality\":2,\"why\":7}}",
            "the answer must be text (a string)."},
        {"{\"task\":\"a\",\"task\":\"b\",\"skip\":\"\"}",
            "Column 13 of the record: \\\"task\\\" is used twice in the same object"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":4,\"quality\":5}}",
            "is used twice in the same object"},
        {"{\"task\":\"a\",\"skip\":\"\\u0000\"}",
            "is a NUL character: remove it, because text cannot contain it"},
        {"{\"task\":\"a\",\"skip\":\"\\ud800\"}", "is half a surrogate pair"},
        {"{\"task\":\"a\",\"skip\":\"\xff\"}", "Byte 21 of the record (0xFF) is not UTF-8."},
        {"{\"task\":\"a\",\"skip\":\"x\"", "The record ends too early"},
        {"{\"task\":\"a\",\"skip\":\"x\"} {}", "extra text after the record"},
        {"{task:\"a\"}", "Column 2 of the record: not JSON"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":99999999999999999999}}",
            "an integer of more than 64 bits"},
        {"{\"task\":\"a\",\"answers\":{\"quality\":NaN}}", "NaN is not a JSON number"},
        {"[\"a\"]", "{\"task\":null,\"error\":\"" FORM "\"}"},
        {"a", "{\"task\":null,\"error\":\"" FORM "\"}"},
        {"null", "{\"task\":null,\"error\":\"" FORM "\"}"},
    };
    struct run *r = *state;
    run_project("p");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *in = lw_format("%s\n" LABEL_B "\n", rows[i].line);
        run_fed(r, 1, in, "record p");
        run_prints(r, rows[i].said);
        run_prints(r, "\n{\"task\":\"b\",\"seq\":");
        free(in);
    }
    run_shell(r, 0, "\"$LW\" status --json p");
    run_prints(r, "\"done\":1,\"skipped\":0,");
}

static void a_refusal_cut_within_a_character_is_still_json(void **state)
{
    struct run *r = *state;
    struct lw_buf in = {0};
    run_project("p");
    for (int shift = 0; shift < 3; shift++) {
        lw_buf_str(&in, "{\"task\":\"a\",\"answers\":{\"quality\":4,\"tone\":\"");
        lw_buf_add(&in, "xx", (size_t)shift);
        for (int i = 0; i < 300; i++)
            lw_buf_str(&in, "\342\202\254");
        lw_buf_str(&in, "\"}}\n{\"task\":\"");
        lw_buf_add(&in, "xx", (size_t)shift);
        for (int i = 0; i < 300; i++)
            lw_buf_str(&in, "\342\202\254");
        lw_buf_str(&in, "\",\"skip\":\"\"}\n");
    }
    run_fed(r, 1, in.data, "record p");
    for (size_t i = 0; i < 6; i++) {
        json_t *reply = line_of(r->out, i);
        assert_non_null(reply);
        assert_int_not_equal(text_in(reply, "error")[0], '\0');
        json_decref(reply);
    }
    lw_buf_fini(&in);
}

static void takes_and_refuses_rankings(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\n"
                              "questions: [{name: order, type: rank, required: true}]\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"p\",\"responses\":[\"1\",\"2\",\"3\"]}\n");
    run_fed(r, 1,
        "{\"task\":\"a\",\"answers\":{\"order\":{\"order\":[[\"r1\"],[\"r2\"]],"
        "\"not_rankable\":[]}}}\n"
        "{\"task\":\"a\",\"answers\":{\"order\":{\"order\":[[\"r1\"],[\"r9\"],[\"r2\"]],"
        "\"not_rankable\":[]}}}\n"
        "{\"task\":\"a\",\"answers\":{\"order\":{\"order\":[[\"r3\",\"r1\"]],"
        "\"not_rankable\":[\"r2\"]}}}\n",
        "record p");
    run_prints(r, "\\\"order\\\": the response \\\"r3\\\" is missing. Put it into ");
    run_prints(r, "the task has no response \\\"r9\\\".");
    json_t *event = last_event(), *expected = json_pack("{s:{s:[[s,s]],s:[s]}}", "order", "order",
                                      "r3", "r1", "not_rankable", "r2");
    assert_true(json_equal(json_object_get(event, "answers"), expected));
    json_decref(expected);
    json_decref(event);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_off_the_steps_and_wrong_dates_are_refused),
        TEST(a_script_s_label_says_what_became_of_suggestions),
        TEST(each_reply_names_the_line_that_the_journal_has),
        TEST(texts_of_too_few_or_too_many_words_are_refused_with_the_cure),
        TEST(answers_stand_in_the_journal_as_they_were_given),
        TEST(takes_and_refuses_rankings),
        TEST(a_script_need_not_read_to_the_end),
        TEST(the_questions_stand_in_the_journal_before_the_first_label),
        TEST(an_answer_that_is_not_asked_is_dropped),
        TEST(a_second_label_names_the_one_it_replaces),
        TEST(a_skip_keeps_its_reason),
        TEST(a_record_that_cannot_be_read_is_skipped_but_not_labeled),
        TEST(the_second_task_of_an_id_is_known_by_its_suffix),
        TEST(each_mistake_is_named_and_costs_only_its_own_line),
        TEST(a_refusal_cut_within_a_character_is_still_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
