/* Ten thousand random keys at random sizes, with restarts and crashes in between: nothing breaks,
 * and what was called saved is what the journal gives back. The seed is printed; LW_SEED repeats a
 * run. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "fixtures/fake_dictionaries.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

static struct app_fixture p;
static uint64_t dice;

static unsigned roll(unsigned sides)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(dice >> 33) % sides;
}

static struct lw_key random_key(void)
{
    static const char32_t odd[] = {
        U'é', U'ế', U'日', U'ы', 0x301, 0x200D, U'🙂', U'&', U'?', U'/'};
    switch (roll(10)) {
    case 0:
        return (struct lw_key){.name = (enum lw_key_name)(1 + roll(LW_KEY_PASTE - 1)),
            .shift = roll(2),
            .ctrl = roll(3) == 0,
            .meta = roll(5) == 0};
    case 1:
        return (struct lw_key){
            .name = LW_KEY_CHAR, .ch = odd[roll(sizeof odd / sizeof *odd)], .meta = roll(9) == 0};
    case 2:
        return (struct lw_key){.name = LW_KEY_CHAR, .ch = 'a' + roll(26), .ctrl = true};
    case 3:
        return (struct lw_key){.name = LW_KEY_ENTER};
    case 4:
    case 5:
    case 6:
        return (struct lw_key){.name = LW_KEY_CHAR, .ch = '0' + roll(10)};
    default:
        return (struct lw_key){.name = LW_KEY_CHAR, .ch = '!' + roll(94), .meta = roll(9) == 0};
    }
}

/* The current label of every task, folded from the journal's own bytes. */
static void each_entry(void *ctx, const struct lw_entry *e)
{
    struct lw_buf *to = ctx;
    lw_buf_fmt(
        to, "%llu %llu %d\n", (unsigned long long)e->task, (unsigned long long)e->seq, e->skip);
}

static char *standing(void)
{
    struct lw_buf b = {0};
    lw_ledger_each(p.w.ledger, each_entry, &b);
    return lw_buf_detach(&b);
}

static void reopen(void)
{
    char *before = standing();
    uint64_t seq = lw_journal_head(p.w.journal).seq;
    if (roll(2)) {
        app_fixture_crash(&p);
    } else {
        app_fixture_close(&p);
    }
    app_fixture_open(&p);
    char *after = standing();
    assert_string_equal(after, before);
    assert_true(lw_journal_head(p.w.journal).seq > seq);
    free(before);
    free(after);
}

static void press_one(void)
{
    static const char *const pastes[] = {"", "1\n2\n3\n", "\xff\xfe", "e\u0301", "a\0b"};
    if (roll(200) == 0) {
        const char *text = pastes[roll(5)];
        lw_app_key(&p.app, (struct lw_key){.name = LW_KEY_PASTE}, text, strlen(text));
        return;
    }
    lw_app_key(&p.app, random_key(), NULL, 0);
    if (lw_app_action(&p.app) == LW_ACTION_EXTERNAL_EDITOR)
        lw_app_external_done(&p.app, roll(2) ? "made\noutside" : NULL, 12, "It failed.");
}

static void grow_or_end(const char *id)
{
    static const char *const texts[] = {"Yes.", "Yes.\n\n- one\n- two\n\n```c\nint x;\n```\n",
        "\x1b[31mé\xCC\x81 日本 🙂\n\n|a|b|\n|-|-|\n|1|2|\n", ""};
    const char *text = texts[roll(4)];
    struct lw_span all = {text, strlen(text)}, none = {NULL, 0};
    if (roll(2))
        lw_sitting_reply_grows(p.s, id, all, roll(4) ? none : all);
    else
        lw_sitting_reply_ends(p.s, id, roll(3) ? json_object() : json_pack("{s:s}", "cut", "x"));
}

/* Replies are asked for, grow and end at any time, whatever is open on the screen. */
static void play_models(void)
{
    json_t *m, *list = json_copy(json_object_get(lw_sitting_talk(p.s), "messages"));
    size_t i;
    if (roll(8) == 0 && p.app.over == LW_OVERLAY_NONE) /* keys alone seldom do */
        lw_sitting_run(p.s, &(struct lw_command){LW_CMD_SAY_TEXT, 0, "Go on.", 6});
    if (lw_sitting_awaits_reply(p.s))
        lw_sitting_ask(p.s);
    json_array_foreach(list, i, m)
    {
        if (json_is_true(json_object_get(m, "live")) && roll(3) == 0)
            grow_or_end(json_string_value(json_object_get(m, "id")));
    }
    json_decref(list);
}

/* Mostly sizes to work at, now and then too small ones. */
static void resize(void)
{
    int least_rows = roll(8) ? LW_MIN_ROWS : 1, least_cols = roll(8) ? LW_MIN_COLS : 1;
    lw_app_resize(&p.app, least_rows + (int)roll(45), least_cols + (int)roll(120));
}

static void any_keys_keep_it_whole(const char *project)
{
    const char *source = getenv("LW_SOURCE"), *seed = getenv("LW_SEED");
    char *folder = lw_format("%s/tests/screens/projects/%s", source ? source : ".", project);
    dice = seed ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL);
    print_message("LW_SEED=%llu\n", (unsigned long long)dice);
    app_fixture_copy(&p, folder);
    p.dictionaries = &fake_dictionaries;
    app_fixture_open(&p);
    for (int i = 0; i < 10000; i++) {
        p.now_ms += roll(400);
        press_one();
        if (lw_sitting_talks(p.s) && roll(4) == 0)
            play_models();
        if (roll(50) == 0)
            resize();
        app_fixture_screen(&p);
        for (int most = (int)roll(4); most > 0 && lw_app_has_work(&p.app); most--)
            lw_app_work(&p.app);
        if (roll(400) == 0)
            reopen();
    }
    reopen();
    /* Or the keys did nothing, and the test shows nothing. */
    assert_true(lw_ledger_totals(p.w.ledger).events > 100);
    app_fixture_end(&p);
    free(folder);
}

static void any_keys_at_any_size_keep_the_screen_whole(void **state)
{
    (void)state;
    any_keys_keep_it_whole("mix");
}

static void the_same_while_responses_are_corrected(void **state)
{
    (void)state;
    any_keys_keep_it_whole("corrections");
    any_keys_keep_it_whole("spelling");
}

static void the_same_with_many_responses(void **state)
{
    (void)state;
    any_keys_keep_it_whole("beside");
}

static void the_same_while_models_reply(void **state)
{
    (void)state;
    any_keys_keep_it_whole("talks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_keys_at_any_size_keep_the_screen_whole),
        cmocka_unit_test(the_same_while_responses_are_corrected),
        cmocka_unit_test(the_same_with_many_responses),
        cmocka_unit_test(the_same_while_models_reply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
