/* Talks as trees of messages: what is on the path, what answers what, branches, and what is refused
 * from outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"
#include "labelwright/project/talk.h"

#define M(id, rest) "{\"id\":\"" id "\"," rest "}"
#define USER(id, after) M(id, after "\"role\":\"user\",\"text\":\"" id "!\"")
#define REPLY(id, after)                                                                           \
    M(id, "\"after\":\"" after "\",\"role\":\"assistant\",\"text\":\"" id ".\"")
#define AFTER(id) "\"after\":\"" id "\","
#define TALK(list, rest) "{\"messages\":[" list "]" rest "}"

static json_t *talk(const char *text)
{
    json_t *v = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(v);
    return v;
}

static const char TWO_BRANCHES[] =
    TALK(USER("m1", "") "," REPLY("m2", "m1") "," REPLY("m3", "m1") "," USER(
             "m4", AFTER("m3")) "," REPLY("m5", "m4") "," USER("m6", AFTER("m3")),
        ",\"at\":\"m6\",\"order\":{\"m1\":[[\"m3\"],[\"m2\"]]}");

static void ids_are(json_t *list, const char *ids)
{
    struct lw_buf got = {0};
    json_t *m;
    size_t i;
    json_array_foreach(list, i, m)
        lw_buf_fmt(&got, "%s ", json_string_value(json_object_get(m, "id")));
    assert_string_equal(got.len ? got.data : "", ids);
    lw_buf_fini(&got);
    json_decref(list);
}

static void the_path_leads_to_the_last_turn(void **state)
{
    (void)state;
    json_t *v = talk(TWO_BRANCHES);
    ids_are(lw_talk_path(v), "m1 m3 m6 ");
    ids_are(lw_talk_replies(v, "m1"), "m2 m3 ");
    ids_are(lw_talk_replies(v, "m6"), "");
    assert_string_equal(lw_talk_best(v, "m1"), "m3");
    assert_string_equal(lw_talk_best(v, "m4"), "m5"); /* the only one */
    assert_int_equal(lw_talk_turns(v), 2);
    json_decref(v);
}

static void branches_are_gone_through_in_a_circle(void **state)
{
    (void)state;
    json_t *v = talk(TWO_BRANCHES);
    assert_string_equal(lw_talk_next_branch(v), "m4");
    json_t *there = lw_talk_move(v, "m4");
    ids_are(lw_talk_path(there), "m1 m3 m4 ");
    assert_string_equal(lw_talk_next_branch(there), "m6");
    json_decref(there);
    json_decref(v);
}

/* As long as a talk can be: each message is looked at a few times, and not once for each other one.
 */
static void branches_of_a_long_talk_are_found_at_once(void **state)
{
    (void)state;
    json_t *v = json_pack("{s:[]}", "messages"), *list = json_object_get(v, "messages");
    for (int i = 1; i <= LW_TALK_MESSAGES_MAX; i++) {
        json_t *m = json_pack("{s:o,s:s,s:s}", "id", json_sprintf("m%d", i), "role",
            i % 2 ? "user" : "assistant", "text", "x");
        if (i > 1)
            json_object_set_new(m, "after", json_sprintf("m%d", i - 1));
        json_array_append_new(list, m);
    }
    json_object_set_new(v, "at", json_sprintf("m%d", LW_TALK_MESSAGES_MAX - 1));
    clock_t began = clock();
    json_t *path = lw_talk_path(v);
    clock_t one = clock() - began;
    began = clock();
    assert_null(lw_talk_next_branch(v));
    assert_true(clock() - began < 1000 * (one + CLOCKS_PER_SEC / 1000));
    json_decref(path);
    json_decref(v);
}

static void a_talk_without_branches_has_no_next_one(void **state)
{
    (void)state;
    json_t *v = talk(TALK(USER("m1", "") "," REPLY("m2", "m1"), ",\"at\":\"m1\""));
    assert_null(lw_talk_next_branch(v));
    assert_null(lw_talk_next_branch(NULL));
    json_decref(v);
}

static void a_value_is_never_changed(void **state)
{
    (void)state;
    json_t *v = talk(TWO_BRANCHES), *copy = json_deep_copy(v);
    json_decref(lw_talk_add(v, json_pack("{s:s,s:s}", "role", "user", "text", "x"), true));
    json_decref(lw_talk_move(v, NULL));
    json_decref(lw_talk_with_order(v, "m4", json_pack("[[s]]", "m5")));
    json_decref(lw_talk_with_typed(v, "half", 4, NULL));
    json_decref(lw_talk_ended(v));
    assert_true(json_equal(v, copy));
    json_decref(copy);
    json_decref(v);
}

static void ids_are_new_also_after_branches(void **state)
{
    (void)state;
    json_t *v = talk(TWO_BRANCHES);
    char id[LW_ITEM_ID];
    lw_talk_new_id(v, id);
    assert_string_equal(id, "m7");
    lw_talk_new_id(NULL, id);
    assert_string_equal(id, "m1");
    json_decref(v);
}

static void an_id_is_free_behind_the_last_number(void **state)
{
    (void)state;
    char id[LW_ITEM_ID];
    json_t *v = talk(TALK(USER("m999999999", "") "," USER("m1", "") "," USER("m3", ""), ""));
    lw_talk_new_id(v, id);
    assert_string_equal(id, "m2");
    json_decref(v);
}

static void what_still_grew_is_cut_and_nothing_is_dropped(void **state)
{
    (void)state;
    json_t *v = talk(TALK(
        USER("m1", "") "," M("m2",
            "\"after\":\"m1\",\"role\":\"assistant\",\"text\":\"some\",\"live\":true") "," M("m3",
            "\"after\":\"m1\",\"role\":\"assistant\",\"text\":\"\",\"live\":true"),
        ""));
    json_t *ended = lw_talk_ended(v);
    assert_int_equal(lw_talk_live(v), 2);
    assert_int_equal(lw_talk_live(ended), 0);
    assert_string_equal(
        json_string_value(json_object_get(lw_talk_find(ended, "m2"), "cut")), "ended");
    assert_null(lw_talk_find(ended, "m3")); /* nothing of it had come */
    json_decref(ended);
    json_decref(v);
}

/* Some servers count their calls anew in each reply. */
static void a_call_is_answered_by_what_follows_on_it(void **state)
{
    (void)state;
#define CALLS(id, after)                                                                           \
    M(id,                                                                                          \
        AFTER(                                                                                     \
            after) "\"role\":\"assistant\",\"text\":\"\",\"tool_calls\":[{\"id\":\"0\",\"name\":"  \
                   "\"f\"},{\"id\":\"1\",\"name\":\"g\"}]")
#define GIVES(id, after, call)                                                                     \
    M(id, AFTER(after) "\"role\":\"tool\",\"text\":\"x\",\"call\":\"" call "\"")
#define ONCE                                                                                       \
    USER("m1", "") "," CALLS("m2", "m1") "," GIVES("m3", "m2", "0") "," GIVES("m4", "m3", "1")
    json_t *one = talk(TALK(ONCE, ",\"at\":\"m4\""));
    json_t *again = talk(TALK(ONCE "," CALLS("m5", "m4"), ",\"at\":\"m4\""));
    json_t *half =
        talk(TALK(ONCE "," CALLS("m5", "m4") "," GIVES("m6", "m5", "0"), ",\"at\":\"m6\""));
    ids_are(lw_talk_open_calls(one), "");
    ids_are(lw_talk_open_calls(again), "0 1 ");
    ids_are(lw_talk_open_calls(half), "1 ");
    json_decref(one);
    json_decref(again);
    json_decref(half);
}

static void a_circle_ends(void **state)
{
    (void)state;
    json_t *v = talk(TALK(USER("m1", AFTER("m2")) "," USER("m2", AFTER("m1")), ",\"at\":\"m1\""));
    json_t *path = lw_talk_path(v);
    assert_true(json_array_size(path) <= LW_TALK_MESSAGES_MAX);
    json_decref(path);
    json_decref(v);
}

/* ---- from outside */

static void refused(const char *text, const char *why)
{
    struct lw_question q = {.name = (char *)(uintptr_t) "talk", .type = LW_Q_TALK};
    struct lw_task t = {0};
    struct lw_err err = {0};
    struct lw_value_place a = {&q, &t, -1, &err, false};
    json_t *v = talk(text);
    enum lw_code code = lw_value_check(&a, v);
    json_decref(v);
    if (!why)
        assert_int_equal(code, LW_OK);
    else if (code != LW_EBAD || !strstr(err.text, why))
        fail_msg("\"%s\" is not said of %s, but \"%s\"", why, text, err.text);
}

static void what_is_no_talk_is_refused(void **state)
{
    (void)state;
    refused(TWO_BRANCHES, NULL);
    refused("{}", "a talk must be");
    refused("{\"messages\":3}", "a talk must be");
    refused(TALK("3", ""), "needs an \"id\" of its own");
    refused(TALK(USER("n1", ""), ""), "needs an \"id\" of its own");
    refused(TALK(USER("m01", ""), ""), "needs an \"id\" of its own");
    refused(TALK(USER("m1", "") "," USER("m1", ""), ""), "needs an \"id\" of its own");
    refused(TALK(USER("m18446744073709551615", ""), ""), "needs an \"id\" of its own");
    refused(TALK(M("m1", "\"role\":\"boss\",\"text\":\"\""), ""), "m1 needs a \"role\"");
    refused(TALK(M("m1", "\"role\":\"user\""), ""), "m1 needs a \"text\"");
    refused(TALK(USER("m1", AFTER("m2")) "," USER("m2", ""), ""), "must name messages before it");
    refused(TALK(USER("m1", "\"after\":7,"), ""), "must name messages before it");
    refused(TALK(USER("m1", ""), ",\"at\":\"m2\""), "\"at\" must be the id");
    refused(TALK(USER("m1", ""), ",\"order\":[]"), "\"order\" must be an object");
    refused(TALK(USER("m1", ""), ",\"order\":{\"m1\":[[\"m2\"]]}"), "\"order\" of \"m1\"");
    refused(TALK(USER("m1", "") "," REPLY("m2", "m1"), ",\"order\":{\"m1\":[[\"m2\"]]}"), NULL);
    refused(TALK(USER("m1", "") "," REPLY("m2", "m1"), ",\"order\":{\"m1\":[[\"m2\"],[\"m2\"]]}"),
        "\"order\" of \"m1\"");
    refused(TALK(USER("m1", "") "," REPLY("m2", "m1"), ",\"order\":{\"m1\":[[\"m1\"]]}"),
        "\"order\" of \"m1\"");
    refused(TALK(USER("m1", "") "," REPLY("m2", "m1"), ",\"order\":{\"m2\":[[\"m2\"]]}"),
        "\"order\" of \"m2\"");
    refused(TALK(USER("m1", ""), ",\"order\":{\"m9\":[]}"), "\"order\" of \"m9\"");
    refused(TALK(USER("m1", ""), ",\"order\":{\"m1\":[[3]]}"), "\"order\" of \"m1\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_leads_to_the_last_turn),
        cmocka_unit_test(branches_are_gone_through_in_a_circle),
        cmocka_unit_test(branches_of_a_long_talk_are_found_at_once),
        cmocka_unit_test(a_talk_without_branches_has_no_next_one),
        cmocka_unit_test(a_value_is_never_changed),
        cmocka_unit_test(ids_are_new_also_after_branches),
        cmocka_unit_test(an_id_is_free_behind_the_last_number),
        cmocka_unit_test(what_still_grew_is_cut_and_nothing_is_dropped),
        cmocka_unit_test(a_call_is_answered_by_what_follows_on_it),
        cmocka_unit_test(a_circle_ends),
        cmocka_unit_test(what_is_no_talk_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
