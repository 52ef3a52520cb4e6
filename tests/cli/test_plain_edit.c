/* `label --plain`: corrections and notes of several lines, typed as a line or written in an editor.
 */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>

#define PROJECT                                                                                    \
    "labelwright: 1\n"                                                                             \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "curtain: [grim]\n"                                                                            \
    "questions:\n"                                                                                 \
    "  - {name: fix, type: edit, on: response, required: true}\n"                                  \
    "  - {name: why, type: text}\n"
#define TASK(id, text)                                                                             \
    "{\"id\":\"" id "\",\"prompt\":\"P\",\"responses\":[{\"id\":\"x\",\"text\":\"" text "\"}]}\n"

static void make(const char *tasks)
{
    run_project("p");
    run_put("p/project.yaml", PROJECT);
    run_put("p/tasks.jsonl", tasks);
}

/* Makes $EDITOR a script, over what the test had. */
static void set_editor(struct run *r, const char *script)
{
    static const char *const env[] = {"EDITOR=sh editor.sh", NULL};
    run_put("editor.sh", script);
    r->env = env;
}

/* The answers of the n-th annotation, from 0. */
static void answers_are(size_t n, const char *expected)
{
    char *journal = run_get("p/journal/000001.jsonl", NULL);
    json_t *want = json_loads(expected, 0, NULL), *found = NULL;
    assert_non_null(want);
    for (char *line = journal, *end; !found && (end = strchr(line, '\n')); line = end + 1) {
        json_t *e = json_loadb(line, (size_t)(end - line), 0, NULL);
        json_t *answers = json_object_get(e, "answers");
        if (answers && n-- == 0)
            found = json_incref(answers);
        json_decref(e);
    }
    if (!json_equal(found, want)) {
        char *got = found ? json_dumps(found, 0) : NULL;
        fail_msg("%s", got ? got : "no such annotation");
    }
    json_decref(found);
    json_decref(want);
    free(journal);
}

static void a_line_corrects_a_response_of_one_line(void **state)
{
    struct run *r = *state;
    make(TASK("a", "teh end") TASK("b", "teh end\\r\\n") TASK("c", "fine"));
    run_fed(r, 0, "\nthe end\n\n\nthe end\n\n\n=\nquite so\n\n", "--plain p");
    run_prints(r, "Fix (corrected text; = no change needed): ");
    run_prints(r, "Fix is not answered yet.");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"teh end\",\"text\":\"the end\"}}}");
    answers_are(1, "{\"fix\":{\"x\":{\"original\":\"teh end\\r\\n\",\"text\":\"the end\\r\\n\"}}}");
    answers_are(
        2, "{\"fix\":{\"x\":{\"original\":\"fine\",\"text\":\"fine\"}},\"why\":\"quite so\"}");
    run_shell(r, 0, "\"$LW\" verify p");
}

static void several_lines_want_the_editor(void **state)
{
    struct run *r = *state;
    make(TASK("a", "one\\ntwo"));
    set_editor(r, "printf 'one\\n2\\n' > \"$1\"\n");
    run_fed(r, 0, "a line\n.edit\n\n\n", "--plain p");
    run_prints(r, "Fix (.edit to open your editor; = no change needed): ");
    run_prints(r, "This response has several lines. .edit: open it in your editor");
    run_prints(r, "Answer set.\n");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"one\\ntwo\",\"text\":\"one\\n2\"}}}");
}

static void a_note_of_several_lines_comes_from_the_editor(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x"));
    set_editor(r, "printf 'first\\nsecond\\n' > \"$1\"\n");
    run_fed(r, 0, "=\n.edit\n\n", "--plain p");
    answers_are(
        0, "{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"x\"}},\"why\":\"first\\nsecond\"}");
}

static void a_text_is_written_in_a_line_or_an_editor_within_its_limits(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x") TASK("b", "y"));
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: story, type: write, required: true, min_words: 3}\n");
    set_editor(r, "printf 'first\\nsecond third\\n' > \"$1\"\n");
    run_fed(r, 0, "once upon\n\nonce upon a\n\n.edit\n\n", "--plain p");
    run_prints(r, "Story (at least 3 words; .edit for several lines): ");
    run_prints(r, "Story: 2 words of at least 3. Kept, unfinished.");
    run_prints(r, "[unfinished: once upon]");
    answers_are(0, "{\"story\":\"once upon a\"}");
    answers_are(1, "{\"story\":\"first\\nsecond third\"}");
}

static void what_comes_next_is_printed_when_the_text_is_kept(void **state)
{
    struct run *r = *state;
    make("{\"id\":\"a\",\"prompt\":\"The lamp\",\"next\":\"went out\"}\n");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: story, type: write, required: true, min_words: 2}\n"
                              "  - {name: note, type: text}\n");
    run_fed(r, 0, "broke\n.quit\n", "--plain p");
    assert_null(strstr(r->out, "went out"));
    run_fed(r, 0, "broke in\n.back\nanother text\n.quit\n", "--plain p");
    run_prints(r, "What came next");
    run_prints(r, "went out");
    run_fed(r, 0, "another text\n\n\n\n", "--plain p");
    run_prints(r, "Story stays as it is: what came next was shown.");
    answers_are(0, "{\"story\":\"broke in\",\"note\":\"another text\"}");
}

/* Its stdin and stdout are no terminal here: what is typed and printed is not its to take. */
static void the_editor_takes_no_lines_and_prints_none(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x"));
    set_editor(r, "echo chatter; cat; echo y > \"$1\"\n");
    run_fed(r, 0, ".edit\nquite\n\n", "--plain p");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"y\"}},\"why\":\"quite\"}");
    assert_null(strstr(r->out, "chatter"));
    run_says(r, "chatter");
}

static void what_fails_changes_nothing_and_says_so(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x"));
    set_editor(r, "echo y > \"$1\"; exit 2\n");
    run_fed(r, 0, ".edit\n", "--plain p");
    run_prints(r, "Nothing changed. sh exited with status 2.");
    set_editor(r, ":\n");
    run_fed(r, 0, ".edit\n", "--plain p");
    run_prints(r, "\nNothing changed.\n");
    r->env = (const char *const[]){"EDITOR=none-such", NULL};
    run_fed(r, 0, ".edit\n", "--plain p");
    run_prints(r, "Cannot start none-such (from $EDITOR): No such file or directory.");
    r->env = NULL;
    run_shell(r, 1, "grep -q annotate p/journal/000001.jsonl");
}

static void none_takes_a_correction_away(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x"));
    run_fed(r, 0, "y\n.back\n.none\nz\n\n\n", "--plain p");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"z\"}}}");
}

static void nothing_is_edited_in_a_hidden_task(void **state)
{
    struct run *r = *state;
    make("{\"id\":\"a\",\"tags\":[\"grim\"],\"prompt\":\"P\",\"responses\":[{\"id\":\"x\",\"text\":"
         "\"x\"}]}\n");
    set_editor(r, "echo y > \"$1\"\n");
    run_fed(r, 0, ".edit\nshow\n.edit\n\n\n", "--plain p");
    run_prints(r, "No question to answer here.");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"y\"}}}");
}

static void scripts_record_corrections(void **state)
{
    struct run *r = *state;
    make(TASK("a", "x") TASK("b", "x"));
    run_fed(r, 1,
        "{\"task\":\"a\",\"answers\":{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"y\"}}}}\n"
        "{\"task\":\"b\",\"answers\":{\"fix\":{\"x\":{\"original\":\"X\",\"text\":\"y\"}}}}\n",
        "record p");
    answers_are(0, "{\"fix\":{\"x\":{\"original\":\"x\",\"text\":\"y\"}}}");
    run_prints(r, "is not the text of this response");
    run_shell(r, 0, "\"$LW\" export --format trl-preference p");
    assert_string_equal(r->out, "{\"prompt\":\"P\",\"chosen\":\"y\",\"rejected\":\"x\"}\n");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        T(a_line_corrects_a_response_of_one_line),
        T(several_lines_want_the_editor),
        T(a_note_of_several_lines_comes_from_the_editor),
        T(a_text_is_written_in_a_line_or_an_editor_within_its_limits),
        T(what_comes_next_is_printed_when_the_text_is_kept),
        T(the_editor_takes_no_lines_and_prints_none),
        T(what_fails_changes_nothing_and_says_so),
        T(none_takes_a_correction_away),
        T(nothing_is_edited_in_a_hidden_task),
        T(scripts_record_corrections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
