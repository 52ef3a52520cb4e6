/* Misspelt words on the screen: marks in panes and in corrections, from one to the next, the box,
 * words added and ignored, what is said where nothing can be checked. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "fixtures/fake_dictionaries.h"

static struct app_fixture p;

static void start_with(const struct lw_dictionaries *dictionaries)
{
    const char *source = getenv("LW_SOURCE");
    char *folder = lw_format("%s/tests/screens/projects/spelling", source ? source : ".");
    app_fixture_copy(&p, folder);
    p.dictionaries = dictionaries;
    app_fixture_open(&p);
    app_fixture_screen(&p);
    free(folder);
}

static void start(void)
{
    start_with(&fake_dictionaries);
}

static void end(void)
{
    app_fixture_end(&p);
}

/* The marked words, in the order of the screen: "teh|wrold". */
static const char *marked(void)
{
    static struct lw_buf b;
    bool was = false;
    app_fixture_screen(&p);
    lw_buf_clear(&b);
    lw_buf_str(&b, "");
    for (int i = 0; i < p.frame.rows * p.frame.cols; i++) {
        const struct lw_cell *c = &p.frame.cell[i];
        bool is = c->role == LW_ROLE_MISSPELT;
        if (is && !was && b.len > 0)
            lw_buf_char(&b, '|');
        if (is)
            lw_buf_char(&b, (char)c->cp[0]);
        was = is;
    }
    return b.data;
}

static const char *corrected(void)
{
    size_t n;
    return lw_app_external_text(&p.app, &n);
}

/* ---- marks */

static void panes_mark_words_when_switched_on(void **state)
{
    (void)state;
    start();
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "F6");
    assert_true(app_fixture_shows(&p, "Loading the English dictionary."));
    app_fixture_press(&p, "work:");
    assert_false(app_fixture_shows(&p, "Loading"));
    assert_string_equal(marked(), "teh|wrold|teh|recieve"); /* no code, no link */
    app_fixture_press(&p, "t");
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    app_fixture_press(&p, "t"); /* with every character: another text */
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "t F6");
    assert_true(app_fixture_shows(&p, "Misspelt words are not marked."));
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "F6"); /* loaded by now: at once */
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    assert_false(lw_app_has_work(&p.app));
    end();
}

static void marks_follow_the_task(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "F6 work: J work:");
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "J work:"); /* in Spanish, says the record */
    assert_string_equal(marked(), "teh|wrold");
    app_fixture_press(&p, "K K work:");
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    lw_app_resize(&p.app, 40, 140);
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    end();
}

static void a_correction_marks_all_but_the_word_being_typed(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "e");
    assert_true(app_fixture_shows(&p, "Loading the English dictionary."));
    app_fixture_press(&p, "work:");
    assert_string_equal(marked(), "wrold|teh|recieve");
    app_fixture_press(&p, "type:teh");
    assert_string_equal(marked(), "wrold|teh|recieve"); /* tehThe is a word to the fake ones */
    app_fixture_press(&p, "Home type:teh");
    assert_string_equal(marked(), "wrold|teh|recieve");
    app_fixture_press(&p, "^R Home type:teh Left Right type:_");
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    app_fixture_press(&p, "Left"); /* behind it again */
    assert_string_equal(marked(), "wrold|teh|recieve");
    app_fixture_press(&p, "M-s");
    assert_string_equal(marked(), "");
    end();
}

static const char *note(void)
{
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    const json_t *text = lw_answer_get(v->opts.project, v->task, v->answers, v->slot[v->focus]);
    return json_string_value(json_is_string(text) ? text : json_object_get(text, "text"));
}

static void a_note_marks_all_but_the_word_being_typed(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "m work:");
    assert_false(app_fixture_shows(&p, "Loading")); /* nothing to check yet */
    app_fixture_press(&p, "type:t");
    assert_true(app_fixture_shows(&p, "Loading the English dictionary."));
    app_fixture_press(&p, "work: type:eh");
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "type:_wrold,_`teh`_");
    assert_string_equal(marked(), "teh|wrold");
    app_fixture_press(&p, "^N type:qqqq");
    assert_string_equal(marked(), "teh|wrold");
    app_fixture_press(&p, "^N ^N ^N"); /* scrolled away */
    assert_string_equal(marked(), "qqqq");
    app_fixture_press(&p, "M-s");
    assert_string_equal(marked(), "");
    app_fixture_press(&p, "M-s M-<");
    assert_string_equal(marked(), "teh|wrold|qqqq");
    app_fixture_press(&p, "Enter m work:"); /* what was kept, from its end */
    assert_string_equal(marked(), "qqqq");
    app_fixture_press(&p, "Esc s type:recieve_");
    assert_string_equal(marked(), "recieve"); /* a reason is written too … */
    app_fixture_press(&p, "Esc / type:recieve_");
    assert_string_equal(marked(), ""); /* … but not what is searched */
    end();
}

/* The record is in Spanish, the project in English. */
static void a_note_is_in_the_languages_of_the_project(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "J J F6 work:");
    assert_string_equal(marked(), "teh|wrold");
    app_fixture_press(&p, "m type:teh_");
    assert_true(app_fixture_shows(&p, "Loading the English dictionary."));
    app_fixture_press(&p, "work:");
    assert_string_equal(marked(), "teh|wrold|teh");
    app_fixture_press(&p, "Esc");
    assert_string_equal(marked(), "teh|wrold");
    app_fixture_press(&p, "m"); /* open still */
    assert_false(app_fixture_shows(&p, "Loading"));
    assert_string_equal(marked(), "teh|wrold|teh");
    end();
}

/* ---- the box */

static void a_digit_replaces(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "e F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: wrold"));
    assert_true(app_fixture_shows(&p, "Misspelt word 1 of 3."));
    assert_true(app_fixture_shows(&p, "1 world"));
    app_fixture_press(&p, "9");
    assert_true(app_fixture_shows(&p, "No suggestion has this number."));
    app_fixture_press(&p, "1");
    assert_non_null(strstr(corrected(), "The world is **large**"));
    assert_string_equal(marked(), "teh|recieve");
    app_fixture_press(&p, "F8 work: Esc ^_");
    assert_non_null(strstr(corrected(), "The wrold is"));
    end();
}

static void a_digit_replaces_in_a_note(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "m F8 work:");
    assert_true(app_fixture_shows(&p, "No misspelt word here."));
    app_fixture_press(&p, "type:teh_wrold_recieve_ F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: teh"));
    assert_true(app_fixture_shows(&p, "Misspelt word 1 of 3."));
    app_fixture_press(&p, "S-F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: recieve"));
    app_fixture_press(&p, "paste:no F8 work: F8 work: 1");
    assert_true(app_fixture_shows(&p, "Replaced with \"world\". F8: next."));
    assert_string_equal(note(), "teh world recieve ");
    app_fixture_press(&p, "F8 work: i F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: teh"));
    app_fixture_press(&p, "Esc type:X");
    assert_string_equal(note(), "Xteh world recieve ");
    app_fixture_press(&p, "Enter");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    app_fixture_press(&p, "s type:wrold M-n work: 1 Enter");
    assert_int_equal((int)lw_sitting_view(p.s)->nth, 1);
    end();
}

static void goes_forth_back_and_around(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "e F8 work: F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: teh"));
    app_fixture_press(&p, "M-n work:");
    assert_true(app_fixture_shows(&p, "Misspelt: recieve"));
    app_fixture_press(&p, "F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: wrold"));
    app_fixture_press(&p, "S-F8 work: M-p work:");
    assert_true(app_fixture_shows(&p, "Misspelt: teh"));
    app_fixture_press(&p, "Esc F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: recieve"));
    end();
}

static void panes_have_the_box_without_replacing(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "F8 work:"); /* the response is the active pane */
    assert_true(app_fixture_shows(&p, "Misspelt: wrold"));
    app_fixture_press(&p, "1");
    assert_true(app_fixture_shows(&p, "Misspelt: wrold"));
    assert_null(json_object_get(lw_sitting_view(p.s)->answers, "quality"));
    app_fixture_press(&p, "F8 work: F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: recieve"));
    app_fixture_press(&p, "F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: teh"));
    assert_int_equal(p.app.active, 0); /* in the prompt */
    app_fixture_press(&p, "S-F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: recieve"));
    app_fixture_press(&p, "Esc");
    assert_false(app_fixture_shows(&p, "Misspelt:"));
    app_fixture_press(&p, "J F8 work:");
    assert_true(app_fixture_shows(&p, "No misspelt word here."));
    end();
}

/* ---- lists */

static void added_words_are_right_from_then_on(void **state)
{
    (void)state;
    start();
    app_fixture_press(&p, "F8 work: a work:");
    assert_true(app_fixture_shows(&p, "\"wrold\" is added to the words of this project."));
    assert_string_equal(marked(), "teh|teh|recieve");
    char *words = app_fixture_read(&p, ".labelwright/words", NULL);
    assert_string_equal(words, "wrold\n");
    free(words);
    app_fixture_press(&p, "F8 work: i work:");
    assert_string_equal(marked(), "recieve");
    app_fixture_press(&p, "e work: F8 work: u work:"); /* no config.yaml in this test */
    assert_true(app_fixture_shows(&p, "for this sitting only"));
    assert_string_equal(marked(), "");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "F6 work:");
    assert_string_equal(marked(), "teh|teh|recieve"); /* what was ignored is marked again */
    end();
}

/* ---- where nothing can be checked */

static const char *no_provider(void)
{
    return NULL;
}

static bool has_none(const char *tag)
{
    (void)tag;
    return false;
}

static void *open_none(const char *tag)
{
    (void)tag;
    return NULL;
}

static void says_what_to_install(void **state)
{
    (void)state;
    struct lw_dictionaries none = fake_dictionaries;
    none.provider = no_provider;
    none.has = has_none;
    none.open = open_none;
    start_with(&none);
    app_fixture_press(&p, "F6 work:");
    assert_true(app_fixture_shows(&p, "enchant is missing. Install libenchant-2-2."));
    app_fixture_press(&p, "e work: F8 work:");
    assert_true(app_fixture_shows(&p, "enchant is missing. Install libenchant-2-2."));
    end();
    none.provider = fake_dictionaries.provider;
    start_with(&none);
    app_fixture_press(&p, "e"); /* told once, unasked */
    assert_true(app_fixture_shows(&p, "Spelling of English (en) is not checked"));
    app_fixture_press(&p, "Esc e");
    assert_false(app_fixture_shows(&p, "Spelling of English (en) is not checked"));
    end();
}

/* ---- long texts */

static void a_long_text_is_checked_between_keys(void **state)
{
    (void)state;
    struct lw_buf json = {0};
    lw_buf_str(
        &json, "{\"id\":\"long\",\"prompt\":\"qqqq\",\"responses\":[{\"id\":\"a\",\"text\":\"");
    for (int i = 0; i < 40000; i++)
        lw_buf_str(&json, i % 20 == 19 ? "words\\n\\n" : "`code` **words** ");
    lw_buf_str(&json, "qqqq\"}]}\n");
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nspelling: [en]\nquestions:\n"
        "  - {name: fix, type: edit, on: response}\n",
        json.data);
    p.dictionaries = &fake_dictionaries;
    app_fixture_open(&p);
    app_fixture_press(&p, "e work: F8");
    assert_true(lw_app_has_work(&p.app));
    assert_true(app_fixture_shows(&p, "Checking the text"));
    lw_app_work(&p.app);
    app_fixture_press(&p, "Right work:"); /* any key ends it */
    assert_false(app_fixture_shows(&p, "Misspelt"));
    app_fixture_press(&p, "F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: qqqq"));
    assert_true(app_fixture_shows(&p, "No suggestion."));
    app_fixture_press(&p, "Esc Esc F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt: qqqq"));
    assert_true(app_fixture_shows(&p, "Misspelt word 2 of 2.")); /* in the panes by now … */
    assert_true(p.app.pane[1].top > 1000); /* … far behind what was laid out */
    app_fixture_press(&p, "F8 work:");
    assert_true(app_fixture_shows(&p, "Misspelt word 1 of 2."));
    assert_int_equal(p.app.active, 0);
    app_fixture_press(&p, "S-F8 work: Esc");
    assert_int_equal(p.app.active, 1);
    app_fixture_press(&p, "g S-F8 work:"); /* from the top, which shows no mistake */
    assert_int_equal(p.app.active, 0);
    lw_buf_fini(&json);
    end();
}

/* ---- with what is installed */

static void real_dictionaries_mark_and_suggest(void **state)
{
    (void)state;
    if (!lw_spelling_has("en")) {
        print_message("skip: no English dictionary here. Install hunspell-en-us.\n");
        skip();
    }
    start_with(NULL);
    app_fixture_press(&p, "F6 work:");
    assert_string_equal(marked(), "teh|wrold|teh|recieve");
    app_fixture_press(&p, "e work: F8 work:");
    assert_true(app_fixture_shows(&p, "world"));
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panes_mark_words_when_switched_on),
        cmocka_unit_test(marks_follow_the_task),
        cmocka_unit_test(a_correction_marks_all_but_the_word_being_typed),
        cmocka_unit_test(a_note_marks_all_but_the_word_being_typed),
        cmocka_unit_test(a_note_is_in_the_languages_of_the_project),
        cmocka_unit_test(a_digit_replaces),
        cmocka_unit_test(a_digit_replaces_in_a_note),
        cmocka_unit_test(goes_forth_back_and_around),
        cmocka_unit_test(panes_have_the_box_without_replacing),
        cmocka_unit_test(added_words_are_right_from_then_on),
        cmocka_unit_test(says_what_to_install),
        cmocka_unit_test(a_long_text_is_checked_between_keys),
        cmocka_unit_test(real_dictionaries_mark_and_suggest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
