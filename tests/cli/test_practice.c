/* Practice from the command line: the command, plain mode, and what leaves the machine. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"

#include <string.h>

#define CSV "q,a,gold,why\nOne?,1,5,Zebra: it is one.\nTwo?,3,1,Zebra: it is two.\n"
#define YAML                                                                                       \
    "labelwright: 1\n"                                                                             \
    "tasks:\n"                                                                                     \
    "  - {file: gold.csv, practice: true, columns: {prompt: q, response: a},\n"                    \
    "     known: {quality: [gold]}, why: why}\n"                                                   \
    "  - real.csv\n"                                                                               \
    "sync: {to: \"file:outbox/\"}\n"                                                               \
    "questions: [{name: quality, type: rating, on: response, required: true}]\n"
#define NATIVE                                                                                     \
    "{\"id\":\"a\",\"prompt\":\"Hi\",\"responses\":[{\"id\":\"x\",\"text\":\"Hi!\"}],"             \
    "\"known\":{\"answers\":{\"tone\":\"warm\"}}}\n"                                               \
    "{\"id\":\"b\",\"prompt\":\"Bye\",\"responses\":[{\"id\":\"x\",\"text\":\"Go.\"}],"            \
    "\"known\":{\"answers\":{\"tone\":\"cold\"}}}\n"

static void mixed_project(void)
{
    run_put("p/project.yaml", YAML);
    run_put("p/gold.csv", CSV);
    run_put("p/real.csv", "prompt,response\nThree?,3\n");
}

static void make_folder(struct run *r)
{
    run_shell(r, 0, "mkdir p");
    mixed_project();
}

static void only_tasks_of_practice_are_asked_and_compared(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_fed(r, 0, "4\n\n1\n\n", "practice --plain p");
    run_prints(r, "task 1 of 3, practice");
    run_prints(r, "Quality: 4. Reference: 5. Yours is 1 lower.\nZebra: it is one.\n"
                  "So far: 0 of 1 answers as the reference, 0 % (small sample: 0 to 79 %).\n");
    run_prints(r, "Quality: 1, as the reference.\n");
    assert_null(strstr(r->out, "Three?"));
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "practice 1 of 2 answers as the reference, 50 % (small sample: 9 to 91 %)\n");
    run_shell(r, 0, "\"$LW\" status --json p | jq -c .practice");
    run_prints(r, "{\"tasks\":2,\"answers\":2,\"agreed\":1}\n");
}

static void nothing_known_is_printed_before_the_label(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_fed(r, 0,
        ".help\n.again\n.source\n.accept\n.accept all\n.repeat\n.like\n.next\n.prev\n"
        ".go 2\n.back\n.skip\n.quit\n",
        "label --plain p");
    assert_null(strstr(r->out, "Zebra"));
    assert_null(strstr(r->out, "eference"));
    run_shell(r, 1, "grep -r Zebra p/journal p/.labelwright");
}

static void practice_is_neither_sent_nor_exported(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_fed(r, 0, "4\n\n2\n\n3\n\n", "label --plain p");
    run_shell(r, 0, "\"$LW\" export --format csv p | cut -d, -f 1-2");
    assert_null(strstr(r->out, "gold.csv"));
    run_prints(r, "real.csv");
    run_says(r, "2 tasks left out: practice, which stays here.");
    run_shell(r, 0, "\"$LW\" sync p && cat p/outbox/*/*.ndjson");
    assert_null(strstr(r->out, "gold.csv"));
    run_prints(r, "\"file\":\"real.csv\"");
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "sync     all sent\n");
    run_shell(r, 0, "\"$LW\" verify p");
}

static void a_project_may_send_them(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_shell(r, 0, "echo 'send_practice: true' >> p/project.yaml");
    run_fed(r, 0, "4\n\n2\n\n", "practice --plain p");
    run_shell(r, 0, "\"$LW\" sync p && cat p/outbox/*/*.ndjson");
    run_prints(r, "\"outcome\":\"other\"");
    run_shell(r, 0, "\"$LW\" export --format native p | jq -r .file");
    run_prints(r, "gold.csv\ngold.csv\n");
}

static void a_file_with_known_answers_asks_for_them(void **state)
{
    struct run *r = *state;
    run_put("g.jsonl", NATIVE);
    run_fed(r, 0, "2\n\n\n1\n\n\n", "practice --plain g.jsonl");
    run_prints(r, "Tone (1 warm, 2 cold)");
    run_prints(r, "Tone: cold. Reference: warm.\n");
    run_prints(r, "So far: 0 of 2 answers as the reference");
    run_shell(r, 0, "grep '^practice: true' g.jsonl.labelwright/project.yaml");
}

static void labels_of_another_program_are_known(void **state)
{
    struct run *r = *state;
    run_put("ls.json",
        "[{\"id\":1,\"data\":{\"prompt\":\"Hi\",\"response\":\"Hello\"},\"annotations\":[{"
        "\"result\":[{\"from_name\":\"tone\",\"type\":\"choices\",\"value\":{\"choices\":"
        "[\"warm\"]}}]}]},{\"id\":2,\"data\":{\"prompt\":\"Bye\",\"response\":\"Go\"},"
        "\"annotations\":[{\"result\":[{\"from_name\":\"tone\",\"type\":\"choices\",\"value\":{"
        "\"choices\":[\"cold\"]}}]}]}]");
    run_fed(r, 0, "1\n\n\n", "practice --plain ls.json");
    assert_null(strstr(r->out, "uggest"));
    run_prints(r, "Tone: warm, as the reference.\n");
}

static void a_project_without_practice_is_refused(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 1, "\"$LW\" practice --plain p");
    run_says(r, "p/project.yaml does not say that its tasks are practice. Write `practice: true`");
    assert_false(run_has("p/journal"));
}

static void check_names_known_answers_that_do_not_fit(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_put("p/gold.csv", "q,a,gold,why\nOne?,1,9,\nTwo?,3,,\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r,
        "p/gold.csv:2:1: error: known answers: \"quality\" of response \"r1\": 9 is outside the "
        "scale. Give an integer from 1 to 5.\n");
    run_prints(r, "p/gold.csv:3:1: warning: this practice task has no known answers.");
    run_prints(r, "1 mistake: 3 tasks");
}

static void scripts_record_practice_as_such(void **state)
{
    struct run *r = *state;
    make_folder(r);
    run_shell(r, 0,
        "id=$(\"$LW\" check p > /dev/null; echo '{\"task\":\"1\"}' > /dev/null; printf "
        "'4\\n\\n' | \"$LW\" label --plain p > /dev/null; jq -r 'select(.type == "
        "\"annotate\").task' p/journal/*.jsonl); printf "
        "'{\"task\":\"%%s\",\"answers\":{\"quality\":{\"r1\":5}}}\\n' $id | \"$LW\" record p && "
        "tail -n 1 p/journal/000001.jsonl | jq -c '[.private,.practice[0].outcome]'");
    run_prints(r, "[true,\"same\"]\n");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        T(only_tasks_of_practice_are_asked_and_compared),
        T(nothing_known_is_printed_before_the_label),
        T(practice_is_neither_sent_nor_exported),
        T(a_project_may_send_them),
        T(a_file_with_known_answers_asks_for_them),
        T(labels_of_another_program_are_known),
        T(a_project_without_practice_is_refused),
        T(check_names_known_answers_that_do_not_fit),
        T(scripts_record_practice_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
