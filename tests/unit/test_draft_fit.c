/* A draft whose task or questions have changed: the answers that still fit are kept, the rest is
 * set aside as an old draft. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"
#include "labelwright/ledger/draft.h"

#define TASK(prompt, text)                                                                         \
    "{\"id\":\"t1\",\"prompt\":\"" prompt "\",\"responses\":[{\"id\":\"a\",\"text\":\"" text       \
    "\"}]}\n"

static void write_file(const char *name, const char *text)
{
    app_fixture_write(&p, name, text, strlen(text));
}

/* Work on a task; then a file changes, and the project is opened again. */
static void work_and_change(const char *name, const char *text)
{
    begin(NOTED, THREE);
    app_fixture_press(&p, LONG_WORK);
    app_fixture_close(&p);
    write_file(name, text);
    app_fixture_open(&p);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
}

static json_t *read_old(const char *name)
{
    char *path = lw_format("%s/.labelwright/drafts/%s", p.dir, name);
    json_t *old = json_load_file(path, 0, NULL);
    free(path);
    return old;
}

static void old_answers_are(const char *name, const char *json)
{
    json_t *old = read_old(name);
    char *got = json_dumps(json_object_get(old, "answers"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_non_null(got);
    assert_string_equal(got, json);
    free(got);
    json_decref(old);
}

static void a_mended_prompt_costs_nothing_that_was_typed(void **state)
{
    (void)state;
    work_and_change("tasks.jsonl", TASK("one, mended", "first"));
    answers_are(T1_DRAFT);
    message_is("Task changed since your draft. Answers kept: check them.");
    assert_true(lw_sitting_view(p.s)->draft);
    assert_null(read_old("old-1.json"));
    app_fixture_press(&p, "m Enter Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"a long correction "
                      "first\"}},\"note\":\"half a no\",\"quality\":{\"a\":5}}");
}

static void a_draft_of_another_response_is_kept_and_offered(void **state)
{
    (void)state;
    work_and_change("tasks.jsonl", TASK("one", "another"));
    answers_are("{}");
    message_is("Task changed. Old draft: .labelwright/drafts/old-1.json (^O: show)");
    app_fixture_press(&p, "6"); /* what destroyed it */
    lw_sitting_save_draft(p.s);
    old_answers_are("old-1.json", T1_DRAFT);
    app_fixture_press(&p, "^O");
    assert_true(app_fixture_shows(&p, "OLD DRAFT"));
    assert_true(app_fixture_shows(&p, ".labelwright/drafts/old-1.json"));
    assert_true(app_fixture_shows(&p, "a long correction first"));
    app_fixture_press(&p, "q m");
    assert_true(app_fixture_shows(&p, "^O: bring back the text of an old draft."));
    app_fixture_press(&p, "^O Enter e ^O ^X");
    answers_are("{\"fix\":{\"a\":{\"original\":\"another\",\"text\":\"a long correction "
                "first\"}},\"note\":\"half a no\",\"quality\":{\"a\":6}}");
    app_fixture_press(&p, "Enter");
    old_answers_are("old-1.json", T1_DRAFT);
}

static void bringing_back_can_be_undone(void **state)
{
    (void)state;
    work_and_change("tasks.jsonl", TASK("one", "another") "{\"id\":\"t2\",\"prompt\":\"two\"}\n");
    app_fixture_press(&p, "e type:new_ ^O ^_ ^X");
    answers_are("{\"fix\":{\"a\":{\"original\":\"another\",\"text\":\"new another\"}}}");
    app_fixture_press(&p, "J ^O");
    message_is("No old draft for this task.");
    app_fixture_press(&p, "m ^O");
    message_is("No text in old drafts.");
}

static void a_second_change_keeps_a_second_draft(void **state)
{
    (void)state;
    work_and_change("tasks.jsonl", TASK("one", "another"));
    app_fixture_press(&p, "m type:other Enter");
    app_fixture_close(&p);
    write_file("tasks.jsonl", TASK("one", "a third"));
    app_fixture_open(&p);
    message_is("Task changed. Old draft: .labelwright/drafts/old-2.json (^O: show)");
    old_answers_are("old-1.json", T1_DRAFT);
    old_answers_are("old-2.json", "{\"note\":\"other\"}");
    app_fixture_press(&p, "m ^O"); /* the newest first, then around */
    assert_true(app_fixture_shows(&p, "other"));
    app_fixture_press(&p, "^O");
    assert_true(app_fixture_shows(&p, "half a no"));
}

static void answers_that_fit_changed_questions_are_taken_over(void **state)
{
    (void)state;
    work_and_change("project.yaml", "labelwright: 1\n"
                                    "tasks: [{file: tasks.jsonl}]\n"
                                    "questions:\n"
                                    "  - {name: quality, type: rating, on: response,\n"
                                    "     label: How good, scale: {min: 1, max: 7}}\n"
                                    "  - {name: fix, type: edit, on: response, required: true}\n"
                                    "  - {name: note, type: text, on: task}\n"
                                    "  - {name: more, type: text, on: task}\n");
    answers_are(T1_DRAFT);
    message_is("");
}

static void a_rating_on_another_scale_is_not(void **state)
{
    (void)state;
    work_and_change("project.yaml", "labelwright: 1\n"
                                    "tasks: [{file: tasks.jsonl}]\n"
                                    "questions:\n"
                                    "  - {name: quality, type: rating, on: response,\n"
                                    "     scale: {min: 1, max: 10}}\n"
                                    "  - {name: remark, type: text, on: task}\n");
    answers_are("{}");
    message_is("Questions changed. Old draft: .labelwright/drafts/old-1.json (^O: show)");
    app_fixture_press(&p, "m ^O Enter"); /* of the question that has another name now */
    answers_are("{\"remark\":\"half a no\"}");
}

static bool is_full;

static int full_for_old(const struct lw_sys *sys, int dir, const char *from, const char *to)
{
    (void)sys;
    if (is_full && strncmp(to, "old-", 4) == 0) {
        errno = ENOSPC;
        return -1;
    }
    return lw_sys_real.renameat(&lw_sys_real, dir, from, to);
}

static void a_draft_that_cannot_be_kept_is_not_overwritten(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, LONG_WORK);
    app_fixture_close(&p);
    write_file("tasks.jsonl", TASK("one", "another"));
    p.sys.renameat = full_for_old;
    is_full = true;
    app_fixture_open(&p);
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_ERROR);
    app_fixture_press(&p, "6");
    lw_sitting_save_draft(p.s);
    answers_are("{\"quality\":{\"a\":6}}");
    assert_null(read_old("old-1.json"));
    json_t *draft = lw_draft_load((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", NULL);
    assert_true(json_object_get(json_object_get(draft, "answers"), "fix") != NULL);
    json_decref(draft);
    is_full = false;
    app_fixture_press(&p, "7");
    lw_sitting_save_draft(p.s);
    old_answers_are("old-1.json", T1_DRAFT);
}

/* What came with the folder may be anything. */
static void a_draft_of_wrong_kinds_is_set_aside(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "5");
    lw_sitting_save_draft(p.s);
    json_t *draft = json_pack("{s:s,s:s,s:s,s:[s],s:{s:s,s:[i],s:{s:{s:i}},s:i}}", "task", "t1",
        "sha256", lw_sitting_view(p.s)->task->record.sha256, "questions",
        lw_sitting_view(p.s)->opts.project->questions_hash, "order", "a", "answers", "quality",
        "five", "fix", 1, "note", "text", "open", 1, "more", 2);
    assert_non_null(draft);
    assert_int_equal(lw_draft_save((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1",
                         draft, NULL, NULL),
        LW_OK);
    json_decref(draft);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    answers_are("{}");
    message_is("Questions changed. Old draft: .labelwright/drafts/old-1.json (^O: show)");
    app_fixture_press(&p, "^O");
    assert_true(app_fixture_shows(&p, "OLD DRAFT"));
}

/* Killed between the label and the removal of its draft. */
static void a_draft_that_was_submitted_is_no_draft_any_more(void **state)
{
    (void)state;
    static const char *const typed[] = {"m type:half_a_no", "m type:half_a_no Enter"};
    for (int i = 0; i < 2; i++) {
        begin(NOTED, THREE);
        app_fixture_press(&p, typed[i]);
        lw_sitting_save_draft(p.s);
        json_t *draft =
            lw_draft_load((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", NULL);
        app_fixture_press(&p, i == 0 ? "Enter Enter" : "Enter");
        recorded_is("t1", "{\"note\":\"half a no\"}");
        lw_draft_save(
            (struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", draft, NULL, NULL);
        json_decref(draft);
        app_fixture_crash(&p);
        app_fixture_open(&p);
        app_fixture_press(&p, "^G type:1 Enter");
        assert_false(lw_sitting_view(p.s)->draft);
        answers_are("{\"note\":\"half a no\"}");
        assert_null(read_old("old-1.json"));
        end(state);
    }
}

static void a_draft_that_another_way_of_labeling_overtook_is_kept(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, LONG_WORK);
    lw_sitting_save_draft(p.s);
    json_t *draft = lw_draft_load((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", NULL);
    app_fixture_press(&p, "u u u 3 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":3}}");
    lw_draft_save((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", draft, NULL, NULL);
    json_decref(draft);
    app_fixture_press(&p, "K");
    message_is("Labeled later. Old draft: .labelwright/drafts/old-1.json (^O: show)");
    answers_are("{\"quality\":{\"a\":3}}");
    old_answers_are("old-1.json", T1_DRAFT);
}

#define NAMELESS(prompt, text)                                                                     \
    "{\"prompt\":\"zero\",\"responses\":[\"nothing\"]}\n"                                          \
    "{\"prompt\":\"" prompt "\",\"responses\":[\"" text "\"]}\n"

/* A task without an id is called by its record, which changes with it. */
static void a_task_without_an_id_keeps_its_draft_too(void **state)
{
    (void)state;
    begin(NOTED, NAMELESS("one", "first"));
    app_fixture_press(&p, "J");
    app_fixture_press(&p, LONG_WORK);
    char *was = lw_strdup(lw_sitting_view(p.s)->task->id);
    app_fixture_close(&p);
    write_file("tasks.jsonl", NAMELESS("one, mended", "first"));
    app_fixture_open(&p);
    app_fixture_press(&p, "g J");
    assert_string_not_equal(lw_sitting_view(p.s)->task->id, was);
    message_is("Task changed since your draft. Answers kept: check them.");
    assert_true(app_fixture_shows(&p, "unfinished: half a no"));
    app_fixture_close(&p);
    write_file("tasks.jsonl", NAMELESS("one, mended", "another"));
    app_fixture_open(&p);
    app_fixture_press(&p, "g J"); /* the same place in the file, with another response */
    message_is("Task changed. Old draft: .labelwright/drafts/old-1.json (^O: show)");
    app_fixture_press(&p, "m ^O Enter");
    answers_are("{\"note\":\"half a no\"}");
    free(was);
}

/* ---- messages */

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_mended_prompt_costs_nothing_that_was_typed),
        TEST(a_draft_of_another_response_is_kept_and_offered),
        TEST(bringing_back_can_be_undone),
        TEST(a_second_change_keeps_a_second_draft),
        TEST(answers_that_fit_changed_questions_are_taken_over),
        TEST(a_rating_on_another_scale_is_not),
        TEST(a_draft_that_cannot_be_kept_is_not_overwritten),
        TEST(a_draft_of_wrong_kinds_is_set_aside),
        TEST(a_draft_that_was_submitted_is_no_draft_any_more),
        TEST(a_draft_that_another_way_of_labeling_overtook_is_kept),
        TEST(a_task_without_an_id_keeps_its_draft_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
