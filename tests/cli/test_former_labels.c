/* Labels that another program gave are suggestions: a file that came back from Label Studio or
 * Argilla asks the same questions again, and accepting all gives the same answers. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>

static const char project[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
    "  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}\n"
    "  - {name: tone, type: choice, options: [{value: warm}, {value: cold}]}\n"
    "  - {name: flags, type: tags, on: response, options: [{value: rude}, {value: wrong}]}\n"
    "  - {name: ranking, type: rank}\n"
    "  - {name: why, type: text}\n";
static const char tasks[] =
    "{\"id\":\"t1\",\"prompt\":\"P1\",\"responses\":[{\"id\":\"a\",\"text\":\"A1\"},{\"id\":\"b\","
    "\"text\":\"B1\"},{\"id\":\"c\",\"text\":\"C1\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"P2\",\"responses\":[{\"id\":\"a\",\"text\":\"A2\"},{\"id\":\"b\","
    "\"text\":\"B2\"},{\"id\":\"c\",\"text\":\"C2\"}]}\n";
static const char labels[] =
    "{\"task\":\"t1\",\"answers\":{\"quality\":{\"a\":2,\"b\":7,\"c\":1},\"tone\":\"cold\","
    "\"flags\":"
    "{\"a\":[\"rude\",\"wrong\"],\"b\":[\"rude\"]},\"ranking\":{\"order\":[[\"b\"],[\"a\"],[\"c\"]]"
    ","
    "\"not_rankable\":[]},\"why\":\"too short, all of them\"}}\n"
    "{\"task\":\"t2\",\"answers\":{\"quality\":{\"a\":5},\"tone\":\"warm\"}}\n";

static void expect_the_same_again(struct run *r, const char *format)
{
    run_put("p/project.yaml", project);
    run_put("p/tasks.jsonl", tasks);
    run_fed(r, 0, labels, "record p");
    run_shell(r, 0, "\"$LW\" export --format %s -o back.json p", format);
    run_shell(r, 0, "\"$LW\" new again --like back.json");
    run_shell(r, 0, "\"$LW\" check again");
    run_shell(r, 0, "printf '.accept all\\n\\n.accept all\\n\\n' | \"$LW\" --plain again");
    run_shell(r, 0, "\"$LW\" export --format native again");
    run_prints(r, "\"quality\":{\"response_a\":2,\"response_b\":7,\"response_c\":1}");
    run_prints(r, "\"tone\":\"cold\"");
    run_prints(r, "\"flags\":{\"response_a\":[\"rude\",\"wrong\"],\"response_b\":[\"rude\"]}");
    run_prints(r, "\"order\":[[\"response_b\"],[\"response_a\"],[\"response_c\"]]");
    run_prints(r, "\"why\":\"too short, all of them\"");
    run_prints(r, "\"outcome\":\"accepted\"");
}

static void tasks_come_back_from_label_studio(void **state)
{
    assert_int_equal(mkdir("p", 0755), 0);
    expect_the_same_again(*state, "label-studio");
}

static void records_come_back_from_argilla(void **state)
{
    assert_int_equal(mkdir("p", 0755), 0);
    expect_the_same_again(*state, "argilla");
}

static void predictions_count_where_nobody_labeled(void **state)
{
    struct run *r = *state;
    run_put("f.json",
        "[{\"data\":{\"prompt\":\"P\",\"response\":\"R\"},\"annotations\":[{\"was_cancelled\":true,"
        "\"result\":[{\"from_name\":\"Tone-1\",\"type\":\"choices\",\"value\":{\"choices\":["
        "\"bad\"]}}]}],"
        "\"predictions\":[{\"result\":[{\"from_name\":\"Tone-1\",\"type\":\"choices\",\"value\":"
        "{\"choices\":[\"Rather good\"]}}]}]}]\n");
    run_shell(r, 0, "\"$LW\" check f.json");
    run_shell(r, 0, "\"$LW\" --plain f.json </dev/null");
    run_prints(r, "(suggested: Rather_good; .accept)");
}

/* They count characters: the owl is one, in four bytes. */
static void spans_of_others_are_found_in_the_text(void **state)
{
    struct run *r = *state;
    run_put("prodigy.jsonl",
        "{\"text\":\"\xf0\x9f\xa6\x89 Apple of "
        "Paris\",\"_task_hash\":1,\"spans\":[{\"start\":11,\"end\":16,"
        "\"label\":\"LOC\"},{\"start\":2,\"end\":7,\"label\":\"ORG\"}],\"answer\":\"accept\"}\n");
    run_put("doccano.jsonl", "{\"text\":\"\xf0\x9f\xa6\x89 Apple of "
                             "Paris\",\"label\":[[2,7,\"ORG\"],[11,16,\"LOC\"]]}\n");
    run_put("relations.jsonl",
        "{\"text\":\"\xf0\x9f\xa6\x89 Apple of Paris\",\"entities\":[{\"id\":1,\"label\":\"ORG\","
        "\"start_offset\":2,\"end_offset\":7},{\"id\":2,\"label\":\"LOC\",\"start_offset\":11,"
        "\"end_offset\":16}],\"relations\":[]}\n");
    static const char *const files[] = {"prodigy.jsonl", "doccano.jsonl", "relations.jsonl"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        run_shell(r, 0, "\"$LW\" check %s", files[i]);
        run_shell(r, 0, "printf '.accept all\\n\\n' | \"$LW\" --plain %s", files[i]);
        run_shell(r, 0, "\"$LW\" export --format native %s", files[i]);
        run_prints(r,
            "\"spans\":[{\"id\":\"s1\",\"start\":5,\"end\":10,\"text\":\"Apple\",\"tags\":[\"ORG\"]"
            "},"
            "{\"id\":\"s2\",\"start\":14,\"end\":19,\"text\":\"Paris\",\"tags\":[\"LOC\"]}]");
    }
}

static void spans_beyond_the_text_are_none(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", "{\"text\":\"Apple of Paris\",\"label\":[[2,70,\"ORG\"]]}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_shell(r, 0, "\"$LW\" --plain f.jsonl </dev/null");
    run_prints(r, "Overall quality");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest all[] = {
        TEST(tasks_come_back_from_label_studio),
        TEST(records_come_back_from_argilla),
        TEST(predictions_count_where_nobody_labeled),
        TEST(spans_of_others_are_found_in_the_text),
        TEST(spans_beyond_the_text_are_none),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
