/* Marking spans: where the cursor goes in a text as it is shown, what the keys mark, and what the
 * answer then says of the source. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

#define SPANS                                                                                      \
    "  - {name: claims, type: spans, on: response, options: [{value: good, key: g, label: "        \
    "Good},\n"                                                                                     \
    "     {value: kinds, options: [{value: odd, key: o}, {value: bad}]}]}\n"
#define ABOUT                                                                                      \
    "  - {name: source, type: text, on: span, when: {claims: [good, kinds/odd]}}\n"                \
    "  - {name: sure, type: rating, on: span, required: true}\n"
#define TOWER "The **tall** tower. It is e\xCC\x81t\xC3\xA9! So is $x^2$ here."

static void open_text(const char *questions, const char *text)
{
    char *yaml = lw_format("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n%s", questions);
    json_t *task = json_pack("{s:s,s:s,s:[{s:s,s:s}]}", "id", "t1", "prompt", "Say it.",
        "responses", "id", "a", "text", text);
    char *line = json_dumps(task, JSON_COMPACT), *lines = lw_format("%s\n", line);
    app_fixture_make(&p, yaml, lines);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    json_decref(task);
    free(line);
    free(lines);
    free(yaml);
}

static void close_text(void)
{
    app_fixture_end(&p);
}

static json_t *spans(void)
{
    return json_object_get(json_object_get(lw_sitting_view(p.s)->answers, "claims"), "a");
}

/* "The **tall**=good tower=kinds/odd": words and their first tag, in order; what each says of the
 * source is checked. */
static void marked_are(const char *expected)
{
    struct lw_buf got = {0};
    struct lw_span text = lw_sitting_view(p.s)->task->response[0].text;
    json_t *span;
    size_t i;
    json_array_foreach(spans(), i, span)
    {
        size_t start = (size_t)json_integer_value(json_object_get(span, "start"));
        size_t end = (size_t)json_integer_value(json_object_get(span, "end"));
        const json_t *words = json_object_get(span, "text");
        assert_int_equal(json_string_length(words), end - start);
        assert_memory_equal(json_string_value(words), text.s + start, end - start);
        lw_buf_fmt(&got, "%s%s", i ? " " : "", json_string_value(words));
        json_t *tags = json_object_get(span, "tags"), *tag;
        size_t k;
        json_array_foreach(tags, k, tag)
            lw_buf_fmt(&got, "%s%s", k ? "+" : "=", json_string_value(tag));
    }
    assert_string_equal(got.data ? got.data : "", expected);
    lw_buf_fini(&got);
}

static void words_and_sentences_are_marked(void **state)
{
    (void)state;
    open_text(SPANS, TOWER);
    app_fixture_press(&p, "v v w w g");
    marked_are("The **tall** tower=good");
    app_fixture_press(&p, "u");
    marked_are("");
    app_fixture_press(&p, ") v ) o");
    marked_are("It is e\xCC\x81t\xC3\xA9!=kinds/odd");
    app_fixture_press(&p, "Home w 3"); /* a tag marks the word at once; 3: the third option */
    marked_are("tall=kinds/bad It is e\xCC\x81t\xC3\xA9!=kinds/odd");
    app_fixture_press(&p, "g"); /* and then changes it */
    marked_are("tall=good It is e\xCC\x81t\xC3\xA9!=kinds/odd");
    app_fixture_press(&p, "+ o");
    marked_are("tall=good+kinds/odd It is e\xCC\x81t\xC3\xA9!=kinds/odd");
    close_text();
}

static void the_cursor_goes_by_what_a_reader_sees(void **state)
{
    (void)state;
    open_text(SPANS, TOWER);
    /* past "The tall tower. It is": the accent is one with its letter */
    app_fixture_press(&p, "v w w w w w v Esc g");
    marked_are("e\xCC\x81t\xC3\xA9=good");
    app_fixture_press(&p, "u v Left Left g");
    marked_are("s e\xCC\x81t\xC3\xA9=good");
    app_fixture_press(&p, "u End b b v w g"); /* the formula is one place, whole */
    marked_are("$x^2$ here=good");
    close_text();
}

static void spans_nest_and_overlap(void **state)
{
    (void)state;
    open_text(SPANS, "one two three four five");
    app_fixture_press(&p, "v v w w g"); /* one two three */
    app_fixture_press(&p, "b v w o");   /* three, then three four */
    marked_are("one two three=good three four=kinds/odd");
    app_fixture_press(&p, "Home w v 3"); /* within the first */
    marked_are("one two three=good two=kinds/bad three four=kinds/odd");
    assert_true(app_fixture_shows(&p, "span 2 of 3: bad"));
    app_fixture_press(&p, "Tab");
    assert_true(app_fixture_shows(&p, "span 3 of 3: odd"));
    app_fixture_press(&p, "n");
    assert_true(app_fixture_shows(&p, "span 1 of 3: Good"));
    app_fixture_press(&p, "p x");
    marked_are("one two three=good two=kinds/bad");
    app_fixture_press(&p, "u");
    marked_are("one two three=good two=kinds/bad three four=kinds/odd");
    app_fixture_press(&p, "Tab x Tab x Tab x x");
    marked_are("");
    assert_true(app_fixture_shows(&p, "No span at the cursor."));
    app_fixture_press(&p, "u u u");
    marked_are("one two three=good two=kinds/bad three four=kinds/odd");
    close_text();
}

static void lines_of_code_and_tables_are_places(void **state)
{
    (void)state;
    open_text(SPANS, "Look:\n\n```python\ndef f(x):\n    return x\n```\n\n| a | b |\n|---|---|\n| "
                     "left | right |\n");
    app_fixture_press(&p, "v Down v g");
    marked_are("def=good");
    app_fixture_press(&p, "u Down w v w g");
    marked_are("return x=good");
    app_fixture_press(&p, "u End v b g");
    marked_are("left | right=good");
    close_text();
}

static void what_is_folded_is_no_place(void **state)
{
    (void)state;
    open_text(SPANS, "Look here:\n\n```\none\ntwo\nthree\nfour\nfive\n```\n\nAnd then.");
    app_fixture_press(&p, "F4 v w w v g");
    marked_are("And=good");
    close_text();
}

static void a_hidden_or_absent_text_is_not_marked(void **state)
{
    (void)state;
    open_text(SPANS, "");
    app_fixture_press(&p, "v");
    assert_true(app_fixture_shows(&p, "nothing can be marked"));
    close_text();
}

static void escape_first_drops_what_is_being_marked(void **state)
{
    (void)state;
    open_text(SPANS, "one two three");
    app_fixture_press(&p, "v v w Esc g");
    marked_are("one=good");
    app_fixture_press(&p, "Esc");
    assert_false(app_fixture_shows(&p, "MARK SPANS"));
    app_fixture_press(&p, "u"); /* outside too */
    marked_are("");
    app_fixture_press(&p, "v u");
    assert_true(app_fixture_shows(&p, "Nothing more to undo here."));
    close_text();
}

static void each_span_has_its_questions(void **state)
{
    (void)state;
    open_text(SPANS ABOUT, "one two three");
    app_fixture_press(&p, "v g w 3 Enter");
    assert_true(app_fixture_shows(&p, "Span 1 source"));
    app_fixture_press(&p, "Space type:a_map Enter");
    assert_true(app_fixture_shows(&p, "Span 1 sure"));
    app_fixture_press(&p, "4"); /* the second has no source: it is bad */
    assert_true(app_fixture_shows(&p, "Span 2 sure"));
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_shows(&p, "is not answered yet"));
    app_fixture_press(&p, "2 ,");
    assert_true(app_fixture_shows(&p, "Span 1 s"));
    app_fixture_press(&p, "v x Esc"); /* v: to the span that is asked about */
    marked_are("two=kinds/bad");
    app_fixture_press(&p, "Enter");
    json_t *event;
    const struct lw_entry *e = lw_ledger_last(p.w.ledger);
    assert_non_null(e);
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    char *answers = json_dumps(json_object_get(event, "answers"), JSON_COMPACT);
    assert_string_equal(answers,
        "{\"claims\":{\"a\":[{\"id\":\"s2\",\"start\":4,\"end\":7,\"text\":"
        "\"two\",\"tags\":[\"kinds/bad\"]}]},\"sure\":{\"s2\":2}}");
    free(answers);
    json_decref(event);
    close_text();
}

/* Before marking begins the letters of tags are commands as everywhere. */
static void keys_of_tags_mark_nothing_outside(void **state)
{
    (void)state;
    open_text(SPANS, "one two three");
    app_fixture_press(&p, "g o 1");
    assert_true(app_fixture_shows(&p, "Claims takes spans of the text. v: mark them."));
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 0);
    app_fixture_press(&p, "Space g");
    marked_are("one=good");
    close_text();
}

static void marking_begins_at_what_was_found(void **state)
{
    (void)state;
    open_text(SPANS, "one two three two");
    app_fixture_press(&p, "/ type:three Enter v g Esc");
    marked_are("three=good");
    app_fixture_press(&p, "v w o"); /* not again: the cursor stays where it was */
    marked_are("three=good two=kinds/odd");
    close_text();
}

static void each_text_has_its_own(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nshuffle_responses: false\nquestions:\n"
        "  - {name: asked, type: spans, on: prompt, options: [{value: good, key: g}]}\n" SPANS,
        "{\"id\":\"t1\",\"prompt\":\"which one\",\"responses\":[{\"id\":\"a\",\"text\":\"one\"},"
        "{\"id\":\"b\",\"text\":\"two\"}]}\n");
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "v w g Enter v g Enter v o Enter");
    char *got = json_dumps(lw_sitting_view(p.s)->answers, JSON_COMPACT);
    assert_string_equal(got,
        "{\"asked\":[{\"id\":\"s1\",\"start\":6,\"end\":9,\"text\":\"one\",\"tags\":[\"good\"]}],"
        "\"claims\":{\"a\":[{\"id\":\"s2\",\"start\":0,\"end\":3,\"text\":\"one\",\"tags\":["
        "\"good\"]}],"
        "\"b\":[{\"id\":\"s3\",\"start\":0,\"end\":3,\"text\":\"two\",\"tags\":[\"kinds/"
        "odd\"]}]}}");
    free(got);
    close_text();
}

static void turns_are_texts_too(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: claims, type: spans, on: turn, options: [{value: good, key: g}]}\n",
        "{\"id\":\"t1\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"},{\"role\":"
        "\"assistant\","
        "\"content\":\"two\"},{\"role\":\"user\",\"content\":\"three four\"}]}\n");
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "v g Enter v g Enter v w g Enter");
    char *got = json_dumps(lw_sitting_view(p.s)->answers, JSON_COMPACT);
    assert_string_equal(got,
        "{\"claims\":{\"t1\":[{\"id\":\"s1\",\"start\":0,\"end\":3,\"text\":\"one\",\"tags\":["
        "\"good\"]}],"
        "\"t2\":[{\"id\":\"s2\",\"start\":0,\"end\":3,\"text\":\"two\",\"tags\":[\"good\"]}],"
        "\"t3\":[{"
        "\"id\":\"s3\",\"start\":6,\"end\":10,\"text\":\"four\",\"tags\":[\"good\"]}]}}");
    free(got);
    close_text();
}

static void suggested_spans_are_shown_before_they_are_accepted(void **state)
{
    (void)state;
    app_fixture_make(&p, "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n" SPANS,
        "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"one two three\"}],"
        "\"suggestions\":{\"claims\":{\"a\":[{\"id\":\"s1\",\"start\":4,\"end\":7,\"text\":\"two\","
        "\"tags\":[\"good\"]}]}}}\n");
    app_fixture_open(&p);
    assert_true(app_fixture_shows(&p, " ?   one two three"));
    size_t suggested = 0;
    for (int i = 0; i < p.frame.rows * p.frame.cols; i++)
        suggested += p.frame.cell[i].role == LW_ROLE_SUGGESTED && p.frame.cell[i].in_text;
    assert_int_equal(suggested, 3);
    marked_are("");
    app_fixture_press(&p, ";");
    marked_are("two=good");
    assert_true(app_fixture_shows(&p, " g   one two three"));
    close_text();
}

/* Each key draws: going on and tagging among so many is as among few. */
static void two_thousand_spans_are_gone_through_and_tagged(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    struct lw_buf text = {0}, json = {0};
    for (int i = 0; i < MANY; i++) {
        size_t at = text.len;
        lw_buf_fmt(&text, "w%04d", i);
        lw_buf_fmt(&json,
            "%s{\"id\":\"s%d\",\"start\":%zu,\"end\":%zu,\"text\":\"w%04d\",\"tags\":["
            "\"good\"]}",
            i ? "," : "[", i + 1, at, text.len, i);
        lw_buf_char(&text, ' ');
    }
    lw_buf_char(&json, ']');
    open_text(SPANS ABOUT, text.data);
    lw_sitting_run(
        p.s, &(struct lw_command){.id = LW_CMD_SPANS, .text = json.data, .len = json.len});
    assert_int_equal(json_array_size(spans()), MANY);
    app_fixture_press(&p, "v");
    for (int i = 0; i < 100; i++) {
        app_fixture_press(&p, i % 10 ? "w" : "o");
        app_fixture_screen(&p);
    }
    assert_int_equal(json_array_size(spans()), MANY);
    assert_true(app_fixture_shows(&p, "of 2000: "));
    lw_buf_fini(&text);
    lw_buf_fini(&json);
    close_text();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_sentences_are_marked),
        cmocka_unit_test(the_cursor_goes_by_what_a_reader_sees),
        cmocka_unit_test(spans_nest_and_overlap),
        cmocka_unit_test(lines_of_code_and_tables_are_places),
        cmocka_unit_test(what_is_folded_is_no_place),
        cmocka_unit_test(a_hidden_or_absent_text_is_not_marked),
        cmocka_unit_test(escape_first_drops_what_is_being_marked),
        cmocka_unit_test(each_span_has_its_questions),
        cmocka_unit_test(keys_of_tags_mark_nothing_outside),
        cmocka_unit_test(marking_begins_at_what_was_found),
        cmocka_unit_test(each_text_has_its_own),
        cmocka_unit_test(turns_are_texts_too),
        cmocka_unit_test(suggested_spans_are_shown_before_they_are_accepted),
        cmocka_unit_test(two_thousand_spans_are_gone_through_and_tagged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
