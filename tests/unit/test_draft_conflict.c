/* A draft that somebody else changed while its task is open: never lost, shown, and the user
 * chooses. */
#define _GNU_SOURCE
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

static const char yaml[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                           "  - {name: fix, type: edit, on: response}\n"
                           "  - {name: good, type: rating, scale: {min: 1, max: 5}}\n";

static struct lw_drafts drafts(void)
{
    return (struct lw_drafts){&lw_sys_real, p.w.dir, "journal"};
}

/* The draft's text becomes another one, as if a second machine had written it. */
static void write_elsewhere(const char *text)
{
    json_t *draft = lw_draft_load(drafts(), "t1", NULL);
    assert_non_null(draft);
    json_t *answers = json_object_get(draft, "answers");
    json_object_set_new(answers, "fix",
        json_pack("{s:{s:s, s:s, s:b}}", "a", "original", "first", "text", text, "open", 1));
    assert_int_equal(lw_draft_save(drafts(), "t1", draft, NULL, NULL), LW_OK);
    json_decref(draft);
}

static void old_draft_has(size_t i, const char *text)
{
    json_t *old = lw_drafts_old(drafts(), "t1");
    char *all = json_dumps(json_array_get(old, i), JSON_ENCODE_ANY);
    assert_non_null(all);
    assert_non_null(strstr(all, text));
    free(all);
    json_decref(old);
}

static size_t old_drafts(void)
{
    json_t *old = lw_drafts_old(drafts(), "t1");
    size_t n = json_array_size(old);
    json_decref(old);
    return n;
}

static void text_is(const char *text)
{
    size_t n;
    assert_string_equal(lw_edit_text(p.app.input, &n), text);
}

/* Mine is "xyfirst", theirs "other". */
static void conflict(void)
{
    begin(yaml, THREE);
    app_fixture_press(&p, "e type:x");
    lw_sitting_save_draft(p.s);
    write_elsewhere("other");
    app_fixture_press(&p, "type:y");
    lw_sitting_save_draft(p.s);
}

static void it_is_shown_and_neither_is_lost(void **state)
{
    (void)state;
    conflict();
    assert_true(app_fixture_shows(&p, "Draft changed elsewhere. That one is kept"));
    assert_true(app_fixture_shows(&p, "Changed elsewhere:  k keep this text  t take the other"));
    old_draft_has(0, "other");
    text_is("xyfirst");
    app_fixture_crash(&p);
    app_fixture_open(&p); /* mine is on the disk too */
    app_fixture_press(&p, "e");
    text_is("xyfirst");
    app_fixture_press(&p, "^O");
    text_is("other");
}

static void no_key_changes_the_text_before_the_choice(void **state)
{
    (void)state;
    conflict();
    app_fixture_press(&p, "z paste:z ^X Backspace ^C");
    text_is("xyfirst");
    message_is("Changed elsewhere. k: keep this text, t: take the other, d: differences.");
    app_fixture_press(&p, "d");
    assert_true(app_fixture_shows(&p, "[-xyfirst-]{+other+}"));
    app_fixture_press(&p, "x k");
    message_is("This text is kept. ^O brings the other.");
    app_fixture_press(&p, "type:z ^O");
    text_is("other");
}

static void theirs_is_taken_and_mine_is_an_undo_away(void **state)
{
    (void)state;
    conflict();
    app_fixture_press(&p, "t");
    text_is("other");
    app_fixture_press(&p, "^_");
    text_is("xyfirst");
    app_fixture_press(&p, "M-e ^X");
    lw_sitting_save_draft(p.s);
    assert_int_equal(old_drafts(), 1);
}

static void the_same_change_elsewhere_is_no_conflict(void **state)
{
    (void)state;
    begin(yaml, THREE);
    app_fixture_press(&p, "e type:x");
    lw_sitting_save_draft(p.s);
    write_elsewhere("xyfirst");
    app_fixture_press(&p, "type:y");
    lw_sitting_save_draft(p.s);
    assert_int_equal(old_drafts(), 0);
    assert_false(app_fixture_shows(&p, "elsewhere"));
}

static void a_submit_keeps_what_it_would_remove(void **state)
{
    (void)state;
    begin(yaml, THREE);
    app_fixture_press(&p, "e type:x ^X");
    lw_sitting_save_draft(p.s);
    write_elsewhere("other");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"xfirst\"}}}");
    old_draft_has(0, "other");
}

static void a_draft_that_appears_where_none_was_is_kept(void **state)
{
    (void)state;
    begin(yaml, THREE);
    app_fixture_press(&p, "e type:x");
    lw_sitting_save_draft(p.s);
    json_t *draft = lw_draft_load(drafts(), "t1", NULL);
    app_fixture_press(&p, "Backspace ^C"); /* no change: the file is removed */
    lw_sitting_save_draft(p.s);
    assert_int_equal(lw_draft_save(drafts(), "t1", draft, NULL, NULL), LW_OK);
    json_decref(draft);
    app_fixture_press(&p, "e type:q");
    lw_sitting_save_draft(p.s);
    old_draft_has(0, "xfirst");
    app_fixture_press(&p, "k");
    text_is("qfirst");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_shown_and_neither_is_lost),
        TEST(no_key_changes_the_text_before_the_choice),
        TEST(theirs_is_taken_and_mine_is_an_undo_away),
        TEST(the_same_change_elsewhere_is_no_conflict),
        TEST(a_submit_keeps_what_it_would_remove),
        TEST(a_draft_that_appears_where_none_was_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
