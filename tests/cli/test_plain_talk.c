/* `label --plain`: a talk without a server: both sides by hand, and what is said where nobody can
 * be asked. Talks with models: tests/servers/test_plain_replies.c. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>

#define HEAD                                                                                       \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"                                   \
    "  - name: conversation\n    type: talk\n"
#define TASKS                                                                                      \
    "{\"id\":\"a\",\"prompt\":\"Speak of rivers.\"}\n"                                             \
    "{\"id\":\"b\",\"prompt\":\"Speak of hills.\"}\n"

static void make(const char *yaml)
{
    run_project("p");
    run_put("p/project.yaml", yaml);
    run_put("p/tasks.jsonl", TASKS);
}

/* The answers of the n-th annotation, from 0: new. */
static json_t *answers(size_t n)
{
    char *journal = run_get("p/journal/000001.jsonl", NULL);
    json_t *found = NULL;
    for (char *line = journal, *end; !found && (end = strchr(line, '\n')); line = end + 1) {
        json_t *e = json_loadb(line, (size_t)(end - line), 0, NULL);
        json_t *given = json_object_get(e, "answers");
        if (given && n-- == 0)
            found = json_incref(given);
        json_decref(e);
    }
    free(journal);
    assert_non_null(found);
    return found;
}

/* "user: Where? | assistant: There." */
static void talk_is(size_t n, const char *expected)
{
    json_t *all = answers(n), *m;
    struct lw_buf got = {0};
    size_t i;
    json_array_foreach(json_object_get(json_object_get(all, "conversation"), "messages"), i, m)
        lw_buf_fmt(&got, "%s%s: %s", i ? " | " : "", json_string_value(json_object_get(m, "role")),
            json_string_value(json_object_get(m, "text")));
    assert_string_equal(got.len ? got.data : "", expected);
    lw_buf_fini(&got);
    json_decref(all);
}

static void both_sides_are_written_line_by_line(void **state)
{
    struct run *r = *state;
    make(HEAD "    required: true\n    talk: {min_turns: 2, max_turns: 2}\n");
    run_fed(r, 0, "\nWhere?\n\nThere.\n\nAnd then?\nHome.\nMore?\n\n\n.quit\n", "--plain p");
    run_prints(r, "\nBrief:\n  Speak of rivers.\n"
                  "Your turn 1 of at most 2 (text; .edit for several lines): \n"
                  "Conversation is not answered yet.\n");
    run_prints(r, "Saved turn 1.\n"
                  "The other side's reply (text; .edit for several lines): \n"
                  "Conversation has a last turn without a reply.\n");
    run_prints(r, "Your turn 2 of at most 2 (text; .edit for several lines): \n");
    run_prints(r, "No more turns (Enter to go on): \n"
                  "No more turns: the project takes no longer talk.");
    run_prints(r, "\nSaved task 1: Conversation 2 turns.\n");
    talk_is(0, "user: Where? | assistant: There. | user: And then? | assistant: Home.");
    run_shell(r, 0, "\"$LW\" verify p");
}

static void a_talk_that_nobody_wants_is_passed_over(void **state)
{
    struct run *r = *state;
    make(HEAD "  - {name: note, type: text}\n");
    run_fed(r, 0, "\nnothing to say\n\n.quit\n", "--plain p");
    run_prints(r, "Your turn 1 (text; .edit for several lines; Enter for none): \nNote (");
    run_prints(r, "\nSaved task 1: Note ");
}

static void a_turn_is_written_in_the_editor(void **state)
{
    static const char *const env[] = {"EDITOR=sh editor.sh", NULL};
    struct run *r = *state;
    make(HEAD);
    run_put("editor.sh", "cat \"$1\" >> before\nprintf 'one\\ntwo\\n' > \"$1\"\n");
    r->env = env;
    run_fed(r, 0, ".edit\nyes\n.anew\n\n\n.quit\n", "--plain p");
    run_prints(r, "Saved turn 1.\nThe other side's reply");
    run_prints(r, "Nothing changed."); /* the same text again is no other turn */
    talk_is(0, "user: one\ntwo | assistant: yes");
    char *before = run_get("before", NULL);
    assert_string_equal(before, "one\ntwo");
    free(before);
}

static void a_turn_written_anew_is_a_branch(void **state)
{
    struct run *r = *state;
    make(HEAD);
    run_fed(r, 0, ".anew no\nA\nB\n.anew C\nD\n.branch\n.again\n\n\n.quit\n", "--plain p");
    run_prints(r, "Nothing was said yet. Type the first turn.\n");
    run_prints(r, "Saved turn 1.\nThe other side's reply");
    run_prints(r, "Saved the reply.\nYour turn 2");
    run_prints(r, "Another branch. .branch: the next one.\n"
                  "p, task 1 of 2, draft\nBrief:\n  Speak of rivers.\n"
                  "User:\n  A\nReply:\n  B\nYour turn 2");
    talk_is(0, "user: A | assistant: B | user: C | assistant: D");
}

static void what_was_said_is_there_again(void **state)
{
    struct run *r = *state;
    make(HEAD);
    run_fed(r, 0, "A\nB\nC\n", "--plain p");
    run_fed(r, 0, "D\n\n\n.quit\n", "--plain p");
    run_prints(r, "User:\n  A\nAssistant:\n  B\nUser:\n  C\nThe other side's reply");
    talk_is(0, "user: A | assistant: B | user: C | assistant: D");
}

static void a_talk_that_is_suggested_goes_on(void **state)
{
    struct run *r = *state;
    make(HEAD);
    run_put("p/tasks.jsonl",
        "{\"id\":\"a\",\"prompt\":\"P\",\"suggestions\":{\"conversation\":{\"messages\":["
        "{\"id\":\"m1\",\"role\":\"user\",\"text\":\"Where?\"},"
        "{\"id\":\"m2\",\"after\":\"m1\",\"role\":\"assistant\",\"text\":\"There.\"}],"
        "\"at\":\"m1\"}}}\n");
    run_fed(r, 0, ".accept\nAnd then?\nHome.\n\n\n", "--plain p");
    run_prints(r, "Enter for none) (suggested: 1 turn; .accept): \n");
    run_prints(r, "Your turn 2 (text; .edit for several lines; Enter to go on): \nSaved turn 2.\n");
    talk_is(0, "user: Where? | assistant: There. | user: And then? | assistant: Home.");
}

static void who_has_no_model_is_told(void **state)
{
    struct run *r = *state;
    make(HEAD "    talk: {model: assistant}\n");
    run_fed(r, 0, "Where?\n.ask\nHello?\n.goon\n.none\n\n.skip\n", "--plain p");
    run_prints(r, "Saved turn 1.\nYou have no model for \"assistant\". Name one under `models:` in "
                  "config.yaml; your turn waits.\n"
                  "No reply yet (.ask: ask the model; .anew TEXT: write your turn anew): \n"
                  "You have no model for \"assistant\".");
    run_prints(r, "Your last turn has no reply yet. .ask: ask the model.\n");
    run_prints(r, "What was said stays.");
    run_prints(r, "Conversation has a last turn without a reply.\n");
}

static void commands_of_talks_are_listed_where_there_is_one(void **state)
{
    struct run *r = *state;
    run_project("q");
    run_fed(r, 0, ".help\n.branch\n.ask\n", "--plain q");
    assert_null(strstr(r->out, ".goon"));
    run_prints(r, "This task has no talk.\n");
    make(HEAD);
    run_fed(r, 0, ".help\n.branch\n.ask\n.goon\n", "--plain p");
    run_prints(r, "\n.goon [LETTER]: talk: let a reply that was cut go on\n");
    run_prints(r, "There is no other branch. .anew TEXT: write your last turn anew.\n");
    run_prints(r, "The project asks for no model: write both sides.\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(both_sides_are_written_line_by_line),
        TEST(a_talk_that_nobody_wants_is_passed_over),
        TEST(a_turn_is_written_in_the_editor),
        TEST(a_turn_written_anew_is_a_branch),
        TEST(what_was_said_is_there_again),
        TEST(a_talk_that_is_suggested_goes_on),
        TEST(who_has_no_model_is_told),
        TEST(commands_of_talks_are_listed_where_there_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
