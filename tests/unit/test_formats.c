/* Each format: which records it takes, and what task comes out. */
#include "labelwright/buf.h"
#include "labelwright/task.h"
#include "shared.h"

static struct lw_task *parse(const char *format, const char *record)
{
    struct lw_task *t = lw_task_parse(lw_format_find(format), record, strlen(record));
    assert_null(t->unreadable);
    return t;
}

static void assert_span(struct lw_span s, const char *text)
{
    assert_int_equal(s.n, strlen(text));
    assert_memory_equal(s.s, text, s.n);
}

static void assert_response(
    const struct lw_task *t, size_t i, const char *id, const char *model, const char *text)
{
    assert_true(i < t->nresponses);
    assert_string_equal(t->response[i].id, id);
    assert_span(t->response[i].text, text);
    if (model)
        assert_string_equal(t->response[i].model, model);
    else
        assert_null(t->response[i].model);
    assert_ptr_equal(lw_task_response(t, id), &t->response[i]);
}

static void test_table(void **state)
{
    (void)state;
    const char *const *names = lw_format_names();
    assert_string_equal(names[0], "auto");
    for (size_t i = 1; names[i]; i++)
        assert_string_equal(lw_format_find(names[i])->name, names[i]);
    assert_null(lw_format_find("auto"));
    assert_null(lw_format_find("unheard"));
}

static void test_guess(void **state)
{
    (void)state;
    static const struct {
        const char *record, *format;
    } cases[] = {
        {"{\"id\":1,\"prompt\":\"p\",\"responses\":[]}", "native"},
        {"{\"prompt\":\"p\",\"response\":\"r\",\"model\":\"m\"}", "native"},
        {"{\"messages\":[],\"responses\":[\"a\"]}", "native"},
        {"{\"prompt\":\"p\"}", "native"},
        {"{\"chosen\":\"\\n\\nHuman: a\",\"rejected\":\"\\n\\nHuman: b\"}", "hh-rlhf"},
        {"{\"chosen\":\"\\n\\nHuman: a\",\"rejected\":\"\"}", "hh-rlhf"},
        {"{\"prompt\":\"p\",\"chosen\":\"a\",\"rejected\":\"b\"}", NULL}, /* trl, not yet */
        {"{\"chosen\":\"a\",\"rejected\":\"b\"}", NULL},
        {"{\"chosen\":\"\",\"rejected\":\"\"}", NULL},
        {"{\"prompt\":\"p\",\"completion\":\"c\"}", NULL},
        {"{\"question\":\"q\",\"answer\":\"a\"}", NULL},
        {"{}", NULL},
        {"[]", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *record = json_loads(cases[i].record, 0, NULL);
        const struct lw_format *f = lw_format_guess(record);
        if (f != (cases[i].format ? lw_format_find(cases[i].format) : NULL))
            fail_msg("%s: %s", cases[i].record, f ? f->name : "none");
        json_decref(record);
    }
}

static void test_native_whole(void **state)
{
    (void)state;
    struct lw_task *t = parse("native",
        "{\"id\":\"t1\",\"prompt\":\"Hi\",\"responses\":[{\"id\":\"a\",\"text\":\"A\",\"model\":"
        "\"m1\"},"
        "{\"id\":12,\"text\":\"\"},\"plain\"],\"tags\":[\"violence\",\"x\"],\"reference\":\"14\","
        "\"meta\":{\"k\":1}}");
    assert_string_equal(t->id, "t1");
    assert_int_equal(t->nturns, 1);
    assert_string_equal(t->turn[0].role, "user");
    assert_span(t->turn[0].text, "Hi");
    assert_int_equal(t->nresponses, 3);
    assert_response(t, 0, "a", "m1", "A");
    assert_response(t, 1, "12", NULL, "");
    assert_response(t, 2, "r3", NULL, "plain");
    assert_int_equal(t->ntags, 2);
    assert_string_equal(t->tag[1], "x");
    assert_span(t->reference, "14");
    assert_null(lw_task_response(t, "b"));
    lw_task_free(t);
}

static void test_native_conversation(void **state)
{
    (void)state;
    static const char *const records[] = {
        "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":"
        "[{\"type\":\"text\",\"text\":\"U\"}]},{\"role\":\"assistant\",\"tool_calls\":[]}]}",
        "{\"prompt\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U\"}"
        ","
        "{\"role\":\"assistant\",\"content\":null}],\"messages\":null}"};
    for (int i = 0; i < 2; i++) {
        struct lw_task *t = parse("native", records[i]);
        assert_int_equal(t->nturns, 3);
        assert_string_equal(t->turn[0].role, "system");
        assert_span(t->turn[1].text, "U");
        assert_span(t->turn[2].text, "");
        assert_int_equal(t->nresponses, 0);
        lw_task_free(t);
    }
}

static void test_native_small(void **state)
{
    (void)state;
    struct lw_task *t =
        parse("native", "{\"response\":\"only\",\"reference\":-9223372036854775808,\"tags\":null}");
    assert_int_equal(t->nturns, 0);
    assert_response(t, 0, "r1", NULL, "only");
    assert_span(t->reference, "-9223372036854775808");
    lw_task_free(t);
    t = parse("native", "{\"image\":\"cat.png\"}");
    assert_null(t->reference.s);
    lw_task_free(t);
}

static void test_many_response_ids(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"responses\":[\"\"");
    for (int i = 1; i < 200000; i++)
        lw_buf_str(&b, ",\"\"");
    lw_buf_str(&b, "]}");
    struct lw_task *t = parse("native", b.data);
    assert_string_equal(t->response[199999].id, "r200000");
    lw_task_free(t);
    lw_buf_fini(&b);
}

#define H "\\n\\nHuman: "
#define A "\\n\\nAssistant: "

static void test_hh_rlhf_shapes(void **state)
{
    (void)state;
    static const struct {
        const char *chosen, *rejected;
        size_t turns;
        const char *text[2];
    } cases[] = {
        {H "q" A "a", H "q" A "b", 1, {"a", "b"}},
        {H "q" A "a" H "r" A "a", H "q" A "a" H "r" A "b", 3, {"a", "b"}},
        {H "q" A "a", H "q" A "ab", 1, {"a", "ab"}},
        {H "q" A "same", H "q" A "same", 1, {"same", "same"}},
        {H "q" A "a" H "r" A "c", H "q" A "b", 1, {"a\n\nHuman: r\n\nAssistant: c", "b"}},
        {H "q" A "a" H "r", H "q" A "a", 1, {"a\n\nHuman: r", "a"}},
        {H "q" A "a" H "r", H "q" A "a" H "s", 2, {"\n\nHuman: r", "\n\nHuman: s"}},
        {H "q" A H "r", H "q" A "b", 1, {"\n\nAssistant: \n\nHuman: r", "b"}},
        {H "q" A, H "q" A "b", 1, {"", "b"}},
        {H "q" A "a", H "p" A "b", 0,
            {"\n\nHuman: q\n\nAssistant: a", "\n\nHuman: p\n\nAssistant: b"}},
        {"", H "q" A "a", 0, {"", "\n\nHuman: q\n\nAssistant: a"}},
        {A "a", "a", 0, {"\n\nAssistant: a", "a"}},
        {H "q", H "q", 0, {"\n\nHuman: q", "\n\nHuman: q"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *record = lw_format(
            "{\"chosen\":\"%s\",\"rejected\":\"%s\"}", cases[i].chosen, cases[i].rejected);
        struct lw_task *t = parse("hh-rlhf", record);
        assert_int_equal(t->nturns, cases[i].turns);
        assert_int_equal(t->nresponses, 2);
        assert_response(t, 0, "chosen", NULL, cases[i].text[0]);
        assert_response(t, 1, "rejected", NULL, cases[i].text[1]);
        lw_task_free(t);
        free(record);
    }
}

static void test_hh_rlhf_refusals(void **state)
{
    (void)state;
    static const char *const records[] = {
        "{\"chosen\":\"a\"}", "{\"chosen\":\"a\",\"rejected\":null}", "{\"rejected\":\"a\"}"};
    for (int i = 0; i < 3; i++) {
        struct lw_task *t =
            lw_task_parse(lw_format_find("hh-rlhf"), records[i], strlen(records[i]));
        assert_non_null(strstr(t->unreadable, "in hh-rlhf it is a transcript"));
        lw_task_free(t);
    }
}

static bool begins_with_turn(struct lw_span s)
{
    return (s.n >= 9 && !memcmp(s.s, "\n\nHuman: ", 9)) ||
           (s.n >= 13 && !memcmp(s.s, "\n\nAssistant: ", 13));
}

/* The rule that format_hh_rlhf.c states. */
static void reassemble(const struct lw_task *t, size_t side, struct lw_buf *to)
{
    struct lw_span text = t->response[side].text;
    lw_buf_clear(to);
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(to, strcmp(t->turn[i].role, "user") ? "\n\nAssistant: " : "\n\nHuman: ");
        lw_buf_add(to, t->turn[i].text.s, t->turn[i].text.n);
    }
    if (t->nturns && !begins_with_turn(text))
        lw_buf_str(to, "\n\nAssistant: ");
    lw_buf_add(to, text.s, text.n);
}

static void test_hh_rlhf_gives_every_byte_back(void **state)
{
    (void)state;
    size_t n, records = 0;
    char *bytes = shared_bytes("data/preference/hh-rlhf_harmless-base_test.jsonl", &n);
    if (!bytes)
        skip();
    struct lw_buf b = {0};
    for (char *line = bytes, *end; (end = memchr(line, '\n', n - (size_t)(line - bytes)));
         line = end + 1) {
        struct lw_task *t = lw_task_parse(lw_format_find("hh-rlhf"), line, (size_t)(end - line));
        assert_null(t->unreadable);
        assert_ptr_equal(lw_format_guess(t->root), lw_format_find("hh-rlhf"));
        for (size_t i = 0; i < 2; i++) {
            reassemble(t, i, &b);
            assert_string_equal(
                b.data, json_string_value(json_object_get(t->root, t->response[i].id)));
        }
        lw_task_free(t);
        records++;
    }
    assert_int_equal(records, 2312);
    lw_buf_fini(&b);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_native_whole),
        cmocka_unit_test(test_native_conversation),
        cmocka_unit_test(test_native_small),
        cmocka_unit_test(test_many_response_ids),
        cmocka_unit_test(test_hh_rlhf_shapes),
        cmocka_unit_test(test_hh_rlhf_refusals),
        cmocka_unit_test(test_hh_rlhf_gives_every_byte_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
