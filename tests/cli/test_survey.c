/* check, status, new and the first screen say how a file was read. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#define PAIR(prompt, a, b)                                                                         \
    "{\"question\":\"" prompt "\",\"chosen\":\"" a "\",\"rejected\":\"" b                          \
    "\",\"source\":\"a book\",\"explanation\":\"A is right\",\"label\":\"good\"}\n"

static void check_names_format_and_what_is_not_shown(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", PAIR("q", "a", "b") PAIR("r", "c", "d"));
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_prints(r, "trl-preference: 1 prompt, 2 responses\n"
                  "2 members with text are not shown: source, explanation.\n");
    run_prints(r, "\nOK: 2 tasks");
}

static void members_of_members_are_named_by_their_path(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl",
        "{\"instruction\":\"q\",\"completions\":[{\"response\":\"first answer\",\"critique\":"
        "\"a bit short\"},{\"response\":\"second answer\",\"critique\":\"a bit long\"}],"
        "\"extra\":{\"why\":\"because\",\"when\":\"today\"}}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_prints(r, "2 members with text are not shown: completions.critique, extra.\n");
}

static void numbers_of_responses_that_differ_are_a_range(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", "{\"id\":\"a\",\"prompt\":\"p\",\"responses\":[\"1\",\"2\",\"3\"]}\n"
                       "{\"id\":\"b\",\"prompt\":\"q\",\"responses\":[\"1\",\"2\"]}\n"
                       "{\"id\":\"c\",\"prompt\":\"r\",\"responses\":[\"1\"]}\n"
                       "{\"id\":\"d\",\"prompt\":\"s\",\"responses\":[]}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl || :");
    run_prints(r, "native: 1 prompt, 0 to 3 responses\n");
}

static void tasks_that_lack_something_are_named(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", PAIR("q", "a", "b") PAIR("", "c", "d") PAIR("s", "", "d")
                           PAIR("t", "e", "f") "{\"question\":\"t\",\"chosen\":\"e\"}\n");
    run_put("g.jsonl", "{\"question\":\"q\",\"answers\":[\"a\",\"b\"]}\n"
                       "{\"question\":\"r\",\"answers\":[\"a\",\"b\"]}\n"
                       "{\"question\":\"s\",\"answers\":[\"a\"]}\n");
    run_shell(r, 1, "\"$LW\" check f.jsonl");
    run_prints(r, "f.jsonl:2:1: warning: this task has no prompt. Add it, or skip the task.\n");
    run_prints(r, "f.jsonl:3:1: warning: a response of this task is empty.\n");
    run_prints(r, "1 task has no prompt: the responses are judged without it.\n");
    run_prints(r, "f.jsonl:5:1: error: \"rejected\" is missing");
    run_shell(r, 0, "\"$LW\" check g.jsonl");
    run_prints(r, "g.jsonl:3:1: warning: this task has 1 response; most have 2.\n");
    run_prints(r, "1 task has fewer responses than the usual 2.\n");
}

static void nothing_to_judge_is_an_error(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", "{\"prompt\":\"p\",\"responses\":[\"a\",\"\"]}\n"
                       "{\"prompt\":\"q\",\"responses\":[\"\",\"\"]}\n"
                       "{\"prompt\":\"r\",\"responses\":[\"\"]}\n"
                       "{\"prompt\":\"\",\"responses\":[]}\n");
    run_shell(r, 1, "\"$LW\" check f.jsonl");
    run_prints(r, "f.jsonl:1:1: warning: a response of this task is empty.\n");
    run_prints(r, "f.jsonl:2:1: error: All responses are empty: there is nothing to judge.\n");
    run_prints(r, "f.jsonl:3:1: warning: a response of this task is empty.\n");
    run_prints(
        r, "f.jsonl:4:1: error: The record is empty: no prompt and no response has any text.\n");
}

static void pairs_without_any_prompt_are_said(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", "{\"chosen\":\"a\",\"rejected\":\"b\"}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_prints(r, "trl-preference: no prompt, 2 responses\n"
                  "No task has a prompt: the responses are judged without it.\n");
}

static void status_and_new_say_it_too(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", PAIR("q", "a", "b"));
    run_shell(r, 0, "\"$LW\" status f.jsonl");
    run_prints(r, "format   trl-preference: 1 prompt, 2 responses\n");
    run_shell(r, 0, "\"$LW\" new p --like f.jsonl");
    run_says(r, "trl-preference: 1 prompt, 2 responses");
    run_says(r, "2 members with text are not shown: source, explanation.");
    assert_false(run_has("p/.labelwright"));
}

static void wrapped_tasks_and_tables_are_called_so(void **state)
{
    struct run *r = *state;
    run_put("f.json",
        "{\"rows\":[{\"row_idx\":0,\"row\":{\"chosen\":\"\\n\\nHuman: hi there\\n\\n"
        "Assistant: a\",\"rejected\":\"\\n\\nHuman: hi there\\n\\nAssistant: b\"}}]}");
    run_shell(r, 0, "\"$LW\" check f.json");
    run_prints(r, "hh-rlhf in row: 1 prompt, 2 responses\nOK: ");
    run_put("g.json", "[{\"id\":5,\"data\":{\"prompt\":\"q\",\"answer1\":\"a\",\"answer2\":\"b\"},"
                      "\"annotations\":[{\"id\":1}]}]");
    run_shell(r, 0, "\"$LW\" check g.json");
    run_prints(r, "rlhf-pair in data: 1 prompt, 2 responses\nOK: ");
    run_put("h.csv", ",Prompt,Reply A,Reply B,Note,,\n0,q q,a,b,x y,,\n,,,,,,\n");
    run_shell(r, 0, "\"$LW\" check h.csv");
    run_prints(r, "named in a table: 1 prompt, 2 responses\n"
                  "1 member with text is not shown: Note.\n");
    run_prints(r, "\nOK: 1 task");
}

static void what_only_speaks_of_a_role_is_not_shown(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", "{\"question\":\"Sky?\",\"log\":{\"a\":{\"message\":{\"author\":{\"role\":"
                       "\"user\"},\"content\":{\"parts\":[\"Why?\"]}}}}}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_prints(r, "1 member with text is not shown: log.\n");
}

static void tools_in_a_text_are_shown(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"}],\"tools\":\"[{\\\"name\\\": "
        "\\\"f\\\", \\\"description\\\": \\\"d\\\"}]\"}\n");
    run_shell(r, 0, "\"$LW\" check f.jsonl");
    run_prints(r, "sharegpt: 1 prompt, no response\nOK: ");
}

static void exports_of_other_programs_open_where_their_tasks_are(void **state)
{
    struct run *r = *state;
    run_put("argilla.jsonl", "{\"id\":\"a\",\"fields\":{\"prompt\":\"q\",\"response\":\"a\"},"
                             "\"responses\":[{\"values\":{\"x\":{\"value\":1}}}]}\n"
                             "{\"id\":\"b\",\"fields\":{\"prompt\":\"r\",\"response\":\"b\"},"
                             "\"responses\":[]}\n");
    run_shell(r, 0, "\"$LW\" check argilla.jsonl");
    run_prints(r, "native in fields: 1 prompt, 1 response\nOK: ");
    run_put("promptfoo.json",
        "{\"evalId\":\"e\",\"results\":{\"version\":3,\"prompts\":[{\"raw\":\"say "
        "{{x}}\",\"label\":"
        "\"l\"}],\"results\":[{\"id\":\"r0\",\"prompt\":{\"raw\":\"say y\"},\"response\":{"
        "\"output\":\"a\"}},{\"id\":\"r1\",\"prompt\":{\"raw\":\"say z\"},\"response\":{"
        "\"output\":\"b\"}}]}}");
    run_shell(r, 0, "\"$LW\" check promptfoo.json");
    run_prints(r, "named: 1 prompt, 1 response\n");
    run_prints(r, "\nOK: 2 tasks");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(check_names_format_and_what_is_not_shown),
        TEST(members_of_members_are_named_by_their_path),
        TEST(numbers_of_responses_that_differ_are_a_range),
        TEST(tasks_that_lack_something_are_named),
        TEST(nothing_to_judge_is_an_error),
        TEST(pairs_without_any_prompt_are_said),
        TEST(status_and_new_say_it_too),
        TEST(what_only_speaks_of_a_role_is_not_shown),
        TEST(tools_in_a_text_are_shown),
        TEST(exports_of_other_programs_open_where_their_tasks_are),
        TEST(wrapped_tasks_and_tables_are_called_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
