/* `label --plain`: labeling line by line. What was typed is in the journal, and nothing that is
 * printed moves the cursor. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>

#define JOURNAL "p/journal/000001.jsonl"
#define PAIRS                                                                                      \
    "labelwright: 1\n"                                                                             \
    "title: \"Pairs\\e[31m\"\n"                                                                    \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "shuffle_responses: false\n"                                                                   \
    "curtain: [violence]\n"                                                                        \
    "questions:\n"                                                                                 \
    "  - {name: better, type: compare, required: true}\n"                                          \
    "  - {name: score, type: rating, on: response, scale: {min: -5, max: 20, low: bad,"            \
    " high: good}}\n"                                                                              \
    "  - {name: flags, type: tags, on: response, options: [{value: rude},"                         \
    " {value: safety, options: [{value: hate}, {value: harm}]}]}\n"
#define HOSTILE                                                                                    \
    "{\"id\":\"a\\u001b]0;id\\u0007\",\"prompt\":\"One\\u001b[2J\\r\\u009b1m\\u202e?\\nSaved "     \
    "task 9.\",\"responses\":[{\"id\":\"secret\",\"model\":\"gpt\",\"text\":\"1\\b\\u001b[H\"},"   \
    "{\"id\":\"y\",\"text\":\"\"}]}\n"
#define CURTAINED                                                                                  \
    "{\"id\":\"b\",\"tags\":[\"violence\"],\"prompt\":\"Two?\",\"responses\":[{\"id\":\"x\","      \
    "\"text\":\"1\"},{\"id\":\"y\",\"text\":\"2\"}]}\n"

static void pairs(void)
{
    run_project("p");
    run_put("p/project.yaml", PAIRS);
    run_put("p/tasks.jsonl", HOSTILE CURTAINED);
}

/* The n-th event of that type in the journal, from 0, new; NULL after the last. */
static json_t *event(const char *type, size_t n)
{
    char *journal = run_get(JOURNAL, NULL);
    json_t *found = NULL;
    for (char *line = journal, *end; !found && (end = strchr(line, '\n')); line = end + 1) {
        json_t *e = json_loadb(line, (size_t)(end - line), 0, NULL);
        if (strcmp(json_string_value(json_object_get(e, "type")), type) == 0 && n-- == 0)
            found = json_incref(e);
        json_decref(e);
    }
    free(journal);
    return found;
}

static void answers_are(size_t nth, const char *task, const char *expected)
{
    json_t *e = event("annotate", nth), *answers = json_loads(expected, 0, NULL);
    assert_non_null(e);
    assert_non_null(answers);
    assert_string_equal(json_string_value(json_object_get(e, "task")), task);
    assert_true(json_equal(json_object_get(e, "answers"), answers));
    json_decref(answers);
    json_decref(e);
}

static void nothing_more(const char *type, size_t n)
{
    assert_null(event(type, n));
}

/* No control character but the line feed, and no C1 one either. */
static void assert_harmless(const struct run *r)
{
    for (size_t i = 0; i < r->out_n; i++) {
        unsigned char c = (unsigned char)r->out[i];
        assert_true(c == '\n' || (c >= ' ' && c != 0x7f));
        assert_false(c == 0xc2 && (unsigned char)r->out[i + 1] < 0xa0);
    }
}

static void prints_not(const struct run *r, const char *text)
{
    assert_null(strstr(r->out, text));
}

/* ---- what is typed */

static void what_is_typed_stands_in_the_journal(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0,
        "4\n2\n1,2\n\n"
        "2\n\n\nnot \303\251nough\r\n\n"
        ".skip too long\n",
        "--plain p");
    run_is_silent(r);
    answers_are(0, "a", "{\"quality\":4,\"tone\":\"cold\",\"flags\":{\"x\":[\"rude\",\"wrong\"]}}");
    answers_are(1, "b", "{\"quality\":2,\"why\":\"not \303\251nough\"}");
    nothing_more("annotate", 2);
    json_t *skip = event("skip", 0);
    assert_string_equal(json_string_value(json_object_get(skip, "reason")), "too long");
    json_decref(skip);
    run_prints(r, "\nSaved task 1: Quality 4, Tone cold, Flags rude, wrong.\n");
    run_prints(r, "\nTask 3 skipped.\n"
                  "All tasks are done or skipped: 1 skipped.\n");
    run_shell(r, 0, "\"$LW\" verify p");
    run_fed(r, 0, "", "--plain p");
    assert_string_equal(r->out, "All tasks are done or skipped: 1 skipped.\n");
}

static void the_end_has_a_line_that_exports_the_labels(void **state)
{
    struct run *r = *state;
    run_project("it's mine");
    run_fed(r, 0, "4\n1\n\n\n.quit\n", "--plain \"it's mine\" --annotator joe");
    char *line = strstr(r->out, "To export them:\n  ");
    assert_non_null(line);
    line = lw_strdup(strchr(line, '\n') + 1);
    run_shell(r, 0, "%s", line);
    char *labels = run_get("it's mine-labels.jsonl", NULL);
    assert_non_null(strstr(labels, "\"quality\":4"));
    free(labels);
    free(line);
    run_fed(r, 0, ".quit\n", "--plain \"it's mine\" --annotator joe");
    prints_not(r, "To export them");
}

static void pairs_are_compared_by_letter(void **state)
{
    struct run *r = *state;
    pairs();
    run_fed(r, 0, "6\n\u22125\n1 3\n\uFF12\u0660\n\n\n", "label --plain p");
    run_prints(r, "Better (1 A much, 2 A some, 3 A bit, 4 same, 5 B bit, 6 B some, 7 B much): ");
    run_prints(r, "A score -5 to 20 (bad to good): ");
    run_prints(r, "B flags (1 rude, safety: 2 hate, 3 harm; several: 1,3; Enter for none): ");
    answers_are(0, "a\033]0;id\a",
        "{\"better\":{\"better\":\"y\",\"strength\":2},\"score\":{\"secret\":-5,\"y\":20},"
        "\"flags\":{\"secret\":[\"rude\",\"safety/harm\"]}}");
    run_shell(r, 0, "\"$LW\" verify p");
}

static void spans_are_given_by_their_words(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
        "  - {name: claims, type: spans, on: response, options: [{value: true, label: True},"
        " {value: false, label: False}]}\n"
        "  - {name: source, type: text, on: span, when: {claims: [false]}}\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"P\",\"responses\":[{\"id\":\"x\",\"text\":"
                             "\"A **tall** tower, a wide \\u001b[2J tower.\"}]}\n");
    run_fed(r, 0,
        "2 \"A TALL tower\"\n1 \"tower\" 2\n1 \"tower\" 3\n3 \"wide\"\n1 wide\n1 "
        "\"wide\"\n-2\n-7\n\n"
        "a map\n\n",
        "--plain p");
    run_prints(r,
        "Claims (1 True, 2 False; a number and words: 1 \"words\"; -2 removes span 2; Enter "
        "for none): ");
    run_prints(r, "\nClaims: these words do not stand there so often.\n");
    run_prints(r, "\nClaims: there is no tag with this number.\n");
    run_prints(r, "\nClaims: give a tag's number and words in quotes: 1 \"words\".");
    run_prints(r, "\nClaims: there is no such span.");
    run_prints(r, "\nSpan 1, False: A **tall** tower\nSpan 2, True: tower\nClaims (");
    run_prints(r, "\nSpan 1, False: A **tall** tower\nSpan 1 source (text; Enter for none): ");
    answers_are(0, "a",
        "{\"claims\":{\"x\":[{\"id\":\"s1\",\"start\":0,\"end\":16,\"text\":\"A **tall** tower\","
        "\"tags\":[\"false\"]},{\"id\":\"s2\",\"start\":30,\"end\":35,\"text\":\"tower\",\"tags\":["
        "\"true\"]}]},\"source\":{\"s1\":\"a map\"}}");
    assert_harmless(r);
}

static void an_end_of_a_scale_that_alone_has_a_name_is_told_with_its_number(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
        "  - {name: mark, type: rating, scale: {min: 1, max: 6, best: low}}\n"
        "  - {name: tone, type: rating, scale: {min: 1, max: 6, high: kind}}\n");
    run_fed(r, 0, "1\n\n", "--plain p");
    run_prints(r, "Mark 1-6 (1 best): ");
    run_prints(r, "Tone 1-6 (6 kind): ");
}

static void a_question_appears_as_it_becomes_asked(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "4\n\n\n", "--plain p");
    prints_not(r, "Why");
    run_fed(r, 0, "2\n\n\n", "--plain p");
    run_prints(r, "Why (text; Enter for none): ");
}

static void auto_asks_every_question_and_then_submits(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", RUN_PROJECT "advance: auto\n");
    run_fed(r, 0, "4\n1\n2\n5\n", "--plain p");
    answers_are(0, "a", "{\"quality\":4,\"tone\":\"warm\",\"flags\":{\"x\":[\"wrong\"]}}");
    nothing_more("annotate", 1);
}

/* ---- what is no answer */

static void a_page_is_named_before_its_first_question(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                              "  - {name: clear, type: rating}\n"
                              "  - {name: exact, type: rating, page: Facts}\n"
                              "  - {name: sources, type: rating}\n");
    run_fed(r, 0, "4\n2\n", "--plain p");
    run_prints(r, "Clear 1-5: \nFacts\nExact 1-5: \nSources 1-5: ");
}

static void suggestions_are_told_and_accepted_by_a_word(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl",
        "{\"id\":\"a\",\"prompt\":\"One?\",\"responses\":[{\"id\":\"x\",\"text\":\"1\"}],"
        "\"suggestions\":{\"quality\":4,\"tone\":\"cold\",\"flags\":{\"x\":[\"rude\"]}}}\n");
    run_fed(r, 0, ".accept\n1\n.accept all\n\n", "--plain p");
    run_prints(r, "Quality 1-5 (suggested: 4; .accept): ");
    run_prints(r, "1 suggestion accepted. Enter submits.\nPress Enter to submit: ");
    answers_are(0, "a", "{\"quality\":4,\"tone\":\"warm\",\"flags\":{\"x\":[\"rude\"]}}");
    json_t *e = event("annotate", 0);
    assert_int_equal(json_array_size(json_object_get(e, "suggestions")), 3);
    run_put("p/tasks.jsonl", RUN_TASKS);
    run_fed(r, 0, ".go b\n.repeat\n\n", "--plain p");
    run_prints(r, "3 answers repeated. Enter submits.");
    answers_are(1, "b", "{\"quality\":4,\"tone\":\"warm\",\"flags\":{\"x\":[\"rude\"]}}");
    json_decref(e);
}

static void quotas_and_earlier_texts_are_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
        "  - {name: kind, type: choice, quota: {verse: 1}, options: [{value: verse}, "
        "{value: prose}]}\n"
        "  - {name: story, type: write, distinct: true}\n");
    run_fed(r, 0, "1\nThe keeper counts the ships and writes their names down.\n\n", "--plain p");
    run_prints(r, "Kind (1 verse (0 of 1), 2 prose): ");
    run_fed(r, 0, "1\n.like\nThe keeper counts the boats and writes their names down.\n.like\n",
        "--plain p");
    run_prints(r, "Kind (1 verse (1 of 1), 2 prose): ");
    run_prints(r, "\nKind = verse, which is full: 1 of 1.");
    run_prints(r, "No earlier text is much like one of this task.\n");
    run_prints(r, "\nStory: much like task 1 (90 % of its words). .like: see it.\n");
    run_prints(r, "task 1 (90 %):\nThe keeper counts the ships and writes their names down.\n");
}

static void a_wrong_answer_says_why_and_is_asked_again(void **state)
{
    static const struct {
        const char *lines, *said;
    } rows[] = {
        {"6\n", "\nQuality: give a number from 1 to 5.\nQuality 1-5: "},
        {"4x\n", "\nQuality: give a number from 1 to 5.\nQuality 1-5: "},
        {"99999999999999999999\n", "\nQuality: give a number from 1 to 5.\n"},
        {"\n", "\nQuality is not answered yet.\nQuality 1-5: "},
        {"4\n3\n", "\nTone: give a number from 1 to 2.\nTone (1 warm, 2 cold): "},
        {"4\n\n1,,2\n", "\nFlags: give numbers from 1 to 2, with commas: 1,3.\n"},
        {"4\n\n1,3\n", "\nFlags: give numbers from 1 to 2, with commas: 1,3.\nFlags (1 rude, 2 "
                       "wrong; several"},
        {"2\n\n\n\377\n", "\nLine ignored: not UTF-8 text.\n"
                          "Why"},
        {".frob\n", "\nUnknown command; .help lists them."},
        {".go 9\n", "\nNo task 9. Numbers go from 1 to 3.\n"
                    "Quality"},
        {".prev\n", "\nFirst task.\n"
                    "Quality"},
        {"4\n\n\nyes\n",
            "\nPress Enter on an empty line to submit. .back: undo the last answer.\n"},
    };
    struct run *r = *state;
    run_project("p");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *in = lw_format("%s.quit\n", rows[i].lines);
        run_shell(r, 0, "rm -rf p/journal p/.labelwright");
        run_fed(r, 0, in, "--plain p");
        run_prints(r, rows[i].said);
        nothing_more("annotate", 0);
        free(in);
    }
}

/* ---- going back */

static void back_takes_back_the_answer_then_the_task(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0,
        "3\n1\n.back\n2\n\n\n"
        ".back\n.back\n5\n.none\n\n\n\n.quit\n",
        "--plain p");
    run_prints(r, "Undone: Tone.\n"
                  "Tone (1 warm, 2 cold): ");
    run_prints(r, "\nUndo again to reopen task 1.\n");
    run_prints(r, "\nTrial, task 1 of 3, draft\n");
    answers_are(0, "a", "{\"quality\":3,\"tone\":\"cold\"}");
    answers_are(1, "a", "{\"quality\":5,\"tone\":\"cold\"}");
    json_t *undo = event("undo", 0);
    assert_non_null(undo);
    json_decref(undo);
    run_shell(r, 0, "\"$LW\" verify p");
}

static void a_task_that_is_done_keeps_what_an_empty_line_passes(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0,
        "4\n1\n1,2\n\n"
        ".go 1\n\n2\n.none\n\n\n.quit\n",
        "--plain p");
    run_prints(r, "\nTrial, task 1 of 3, done\n");
    run_prints(r, ".none to clear it) [rude, wrong]: ");
    answers_are(1, "a", "{\"quality\":4,\"tone\":\"cold\"}");
}

/* ---- ends */

static void the_end_of_input_keeps_a_draft(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "4\n2\n.skip half a w", "--plain p");
    nothing_more("annotate", 0);
    nothing_more("skip", 0);
    json_t *stop = event("sitting", 1);
    assert_non_null(stop);
    json_decref(stop);
    run_fed(r, 0, "\n\n\n\n", "--plain p");
    run_prints(r, "\nTrial, task 1 of 3, draft\n");
    run_prints(r, "Quality 1-5 [4]: ");
    answers_are(0, "a", "{\"quality\":4,\"tone\":\"cold\"}");
}

static void only_what_passes_a_filter_is_asked(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "printf '%%s\\n' 4 '' '' '' '' 2 '' '' '' '' .quit | \"$LW\" --plain p");
    run_shell(r, 0, "printf '3\\n\\n\\n\\n\\n' | \"$LW\" --plain p --only 'quality <= 2'");
    run_prints(r, "Trial, task 2 of 3, done\n");
    run_prints(r, "All tasks in this filter are done.\n");
    prints_not(r, "task 3 of 3");
    run_shell(r, 0, "printf '.quit\\n' | \"$LW\" --plain p --only open");
    run_prints(r, "Trial, task 3 of 3\n");
    run_shell(r, 1, "\"$LW\" --plain p --only 'quality <= 2' < /dev/null");
    run_says(r, "--only quality <= 2: no task matches.");
    run_shell(r, 2, "\"$LW\" --plain p --only 'qualty <= 2' < /dev/null");
    run_says(r, "unknown question \"qualty\". Did you mean \"quality\"?");
    run_shell(r, 2, "\"$LW\" status p --only open");
}

static void a_closed_stdout_is_an_error_and_loses_nothing(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 3, "printf '4\\n' | \"$LW\" --plain p >&-");
    run_shell(r, 3, "printf '4\\n1\\n' | \"$LW\" --plain p >/dev/full");
    run_says(r, "Cannot write to stdout");
    run_shell(r, 3, "\"$LW\" --plain p <&-");
    run_says(r, "Cannot read stdin");
    run_shell(r, 0, "\"$LW\" verify p");
}

static void a_signal_keeps_the_draft_and_closes_the_session(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0,
        "mkfifo in; \"$LW\" --plain p <in >out & pid=$!; exec 3>in; echo 4 >&3; "
        "until grep -q Tone out; do :; done; kill -TERM $pid; wait $pid; test $? = 130");
    json_t *stop = event("sitting", 1);
    assert_non_null(stop);
    json_decref(stop);
    run_fed(r, 0, "", "--plain p");
    run_prints(r, "Quality 1-5 [4]: ");
}

/* ---- what is printed */

static void hostile_text_is_harmless_and_nothing_is_given_away(void **state)
{
    struct run *r = *state;
    pairs();
    run_fed(r, 0, "1\n\n\n\n.again\n.help\n.go \033[2J\n\n.skip\n", "--plain p");
    assert_harmless(r);
    prints_not(r, "\nSaved task 9.");
    prints_not(r, "secret");
    prints_not(r, "gpt");
    run_prints(r, "\nPairs^[[31m, task 1 of 2\nPrompt:\n  One^[[2J");
    run_prints(r, "\nB:\n  (empty)\n");
}

static void a_hidden_task_is_shown_by_a_word(void **state)
{
    struct run *r = *state;
    pairs();
    run_fed(r, 0, ".go 2\n4\n.again\n.quit\n", "--plain p");
    run_prints(r, "\nHidden (violence). Type show to see it: ");
    prints_not(r, "Two?");
    run_fed(r, 0, ".go 2\nshow\n4\n\n\n\n\n\n.quit\n", "--plain p");
    run_prints(r, "\nPrompt:\n  Two?\n");
    answers_are(0, "b", "{\"better\":{\"better\":null,\"strength\":0}}");
}

/* `read_to_end`: what was printed was read; a hidden task is not printed. */
static void printing_is_reading(void **state)
{
    struct run *r = *state;
    pairs();
    run_put("p/project.yaml", "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nread_to_end: true\n"
                              "curtain: [violence]\nquestions: [{name: tone, type: rating}]\n");
    run_fed(r, 0, "4\n\nshow\n5\n\n", "--plain p");
    answers_are(0, "a\033]0;id\007", "{\"tone\":4}");
    answers_are(1, "b", "{\"tone\":5}");
}

static void a_record_that_cannot_be_read_is_skipped(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", "{\"id\":\"n\",\"prompt\":NaN}\n" RUN_TASKS);
    run_fed(r, 0, ".go 1\n\n.skip\n.quit\n", "--plain p");
    run_prints(r, "\nThis task cannot be read:\n"
                  "  ");
    run_prints(r, "\nThis task cannot be read. .skip: skip it, .next: next task.\n");
    run_prints(r, "\nTask 1 skipped.\n");
}

static void an_empty_label_wants_a_word(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nadvance: auto\n"
                              "questions: [{name: tone, type: rating}]\n");
    run_fed(r, 0, "\n\n\n\n\n.quit\n", "--plain p");
    run_prints(r, "No answer; type empty to save without answers: ");
    run_prints(r, "No answer yet. Type empty to save without answers, or .skip.\n");
    assert_null(event("annotate", 0));
    run_fed(r, 0, "\nempty\n4\n.quit\n", "--plain p");
    run_prints(r, "\nSaved task 1 without an answer.\n");
    answers_are(0, "a", "{}");
    answers_are(1, "b", "{\"tone\":4}");
}

static void empty_lines_are_labels_where_the_project_says_so(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nallow_empty: true\n"
                              "questions: [{name: tone, type: rating}]\n");
    run_fed(r, 0, "\n\n.quit\n", "--plain p");
    answers_are(0, "a", "{}");
}

static void where_nothing_is_asked_an_empty_line_is_no_label(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nallow_empty: true\nadvance: auto\n"
        "questions: [{name: better, type: compare}]\n");
    run_fed(r, 0, "\n\n.skip\n.quit\n", "--plain p");
    run_prints(r, "Better is left out: it needs 2 responses, this task has 1.\n");
    run_prints(r, "No answer; type empty to save without answers: ");
    assert_null(event("annotate", 0));
    run_prints(r, "Task 1 skipped.");
}

/* ---- Markdown */

#define RICH                                                                                       \
    "{\"prompt\":\"Say *one*.\",\"responses\":[{\"text\":\"## Costs\\n\\n| Name | Cost "           \
    "|\\n|--|--|"                                                                                  \
    "\\n| x\\u001b[2J | 5 |\\n\\n1. a\\n2. b\"}]}\n"

static void markdown_is_put_in_words_and_its_source_is_there(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RICH);
    run_fed(r, 0, ".quit\n", "--plain p");
    run_prints(r, "\nPrompt:\n  Say *one*.\nResponse (Markdown):\n  heading 2: Costs\n"
                  "  table, 2 columns, 1 row\n  row 1: Name: x^[[2J; Cost: 5\n  end of table\n"
                  "  list, 2 items\n  1: a\n  2: b\n  end of list\n");
    prints_not(r, "|--|");
    run_fed(r, 0, ".source\n.again\n.quit\n", "--plain p");
    run_prints(r, "Texts are printed as they stand.\n");
    run_prints(r, "\nResponse:\n  ## Costs\n\n  | Name | Cost |\n  |--|--|\n  | x^[[2J | 5 |\n");
    run_fed(r, 0, ".source\n.source\n.help\n.quit\n", "--plain p");
    run_prints(r, "\n.source: print texts as they stand; again: Markdown in words\n");
    run_prints(r, "Markdown is put in words.\n");
    assert_harmless(r);
}

#define RANK(style)                                                                                \
    "labelwright: 1\n"                                                                             \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "shuffle_responses: false\n"                                                                   \
    "questions: [{name: ranking, type: rank, required: true" style "}]\n"
#define FOUR                                                                                       \
    "{\"id\":\"a\",\"prompt\":\"p\",\"responses\":[\"one\",\"two\",\"three\",\"four\"]}\n"         \
    "{\"id\":\"b\",\"prompt\":\"q\",\"responses\":[\"one\",\"two\",\"three\",\"four\"]}\n"

/* A whole ranking in one line, with letters or with the digits of the screen. */
static void what_is_doubtful_is_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml",
        "labelwright: 1\ntitle: T\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
        "  - {name: kind, type: choice, options: [{value: a}, {value: b}], quota: {a: 1}}\n"
        "  - {name: why, type: write, distinct: true}\n");
    run_fed(r, 0,
        "1\nthe river runs down to the sea every day\n\n"
        "1\nthe river runs down to the sea every day\n\n2\n",
        "--plain p");
    run_prints(r, "Why: much like ");
    run_prints(r, "% of its words). .like: see it.\nPress Enter to submit: ");
    run_prints(r, "Kind = a, which is full: 1 of 1.");
}

static void ranks_in_one_line(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", RANK(""));
    run_put("p/tasks.jsonl", FOUR);
    run_fed(r, 0, "B\nB A=E C\nB B A\n=B A C\n\nb a=c *d\n\n24=1\n\n", "--plain p");
    run_prints(r, "Ranking (letters, best first; = ties, * not rankable: B A=C *D)");
    run_prints(r, "Ranking: name each one, best first, as in B A=C *D (D cannot be ranked).");
    answers_are(
        0, "a", "{\"ranking\":{\"order\":[[\"r2\"],[\"r1\",\"r3\"]],\"not_rankable\":[\"r4\"]}}");
    answers_are(1, "b",
        "{\"ranking\":{\"order\":[[\"r2\"],[\"r4\",\"r1\"],[\"r3\"]],\"not_rankable\":[]}}");
}

static void the_best_and_the_worst_are_a_line_too(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", RANK(", style: best_worst"));
    run_put("p/tasks.jsonl", FOUR);
    run_fed(r, 0, "D\nD=A\nD > A\n\n", "--plain p");
    run_prints(r, "Ranking: name the best and the worst, as in B D.");
    answers_are(0, "a",
        "{\"ranking\":{\"order\":[[\"r4\"],[\"r2\",\"r3\"],[\"r1\"]],\"not_rankable\":[]}}");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_doubtful_is_told),
        TEST(ranks_in_one_line),
        TEST(the_best_and_the_worst_are_a_line_too),
        TEST(what_is_typed_stands_in_the_journal),
        TEST(the_end_has_a_line_that_exports_the_labels),
        TEST(pairs_are_compared_by_letter),
        TEST(spans_are_given_by_their_words),
        TEST(an_end_of_a_scale_that_alone_has_a_name_is_told_with_its_number),
        TEST(a_question_appears_as_it_becomes_asked),
        TEST(auto_asks_every_question_and_then_submits),
        TEST(a_page_is_named_before_its_first_question),
        TEST(suggestions_are_told_and_accepted_by_a_word),
        TEST(quotas_and_earlier_texts_are_told),
        TEST(a_wrong_answer_says_why_and_is_asked_again),
        TEST(back_takes_back_the_answer_then_the_task),
        TEST(a_task_that_is_done_keeps_what_an_empty_line_passes),
        TEST(the_end_of_input_keeps_a_draft),
        TEST(only_what_passes_a_filter_is_asked),
        TEST(a_closed_stdout_is_an_error_and_loses_nothing),
        TEST(a_signal_keeps_the_draft_and_closes_the_session),
        TEST(hostile_text_is_harmless_and_nothing_is_given_away),
        TEST(a_hidden_task_is_shown_by_a_word),
        TEST(printing_is_reading),
        TEST(a_record_that_cannot_be_read_is_skipped),
        TEST(an_empty_label_wants_a_word),
        TEST(empty_lines_are_labels_where_the_project_says_so),
        TEST(where_nothing_is_asked_an_empty_line_is_no_label),
        TEST(markdown_is_put_in_words_and_its_source_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
