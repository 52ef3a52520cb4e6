/* label-studio: tasks with annotations, and the labeling config, which fit each other whatever the
 * questions and the answers are. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

static json_t *exported(struct export_fixture *x, struct lw_buf *config)
{
    json_error_t why;
    x->config = config;
    if (export_as(x, "label-studio", NULL) != LW_OK)
        fail_msg("%s", x->err.text);
    json_t *tasks = lw_json_load(x->out.data, x->out.len, &why);
    assert_int_equal(json_array_size(tasks), x->report.written);
    lw_buf_char(config, '\0');
    return tasks;
}

static const char *result_of(const json_t *tasks, size_t task, size_t item, const char *member)
{
    const json_t *notes = json_object_get(json_array_get(tasks, task), "annotations");
    const json_t *result = json_object_get(json_array_get(notes, 0), "result");
    const json_t *v = json_object_get(json_array_get(result, item), member);
    static char text[200];
    char *dump = v ? json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    snprintf(text, sizeof text, "%s", dump ? dump : "");
    free(dump);
    return text;
}

static void expect_data(const json_t *tasks, size_t task, const char *member, const char *text)
{
    const json_t *data = json_object_get(json_array_get(tasks, task), "data");
    const char *got = json_string_value(json_object_get(data, member));
    if (!got || strcmp(got, text) != 0)
        fail_msg("%s of task %zu: %s", member, task, got ? got : "missing");
}

static void expect_config(const struct lw_buf *config, const char *part)
{
    if (!strstr(config->data, part))
        fail_msg("%s\n lacks\n%s", config->data, part);
}

static void every_task_has_every_member(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf config = {0};
    export_make(&x,
        PAIR("t1", "A", "B") "{\"id\":\"t2\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\","
                             "\"text\":\"A\\u2028\"}],\"reference\":\"R\"}\n");
    x.question[0].on = LW_ON_RESPONSE;
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    x.r.project.nquestions = 1;
    export_label(&x, 0, "{\"quality\":{\"b\":4}}");
    export_label(&x, 1, NULL);
    json_t *tasks = exported(&x, &config);
    expect_data(tasks, 0, "response_b", "B");
    expect_data(tasks, 0, "reference", "");
    expect_data(tasks, 0, "skip_reason", "");
    expect_data(tasks, 1, "response_b", "");
    expect_data(tasks, 1, "reference", "R");
    expect_data(tasks, 1, "skip_reason", "bad \"text\"");
    assert_null(strstr(x.out.data, "\xe2\x80\xa8"));
    assert_non_null(strstr(x.out.data, "\"result\":[],\"lead_time\":1.2,\"was_cancelled\":true"));
    assert_string_equal(result_of(tasks, 0, 0, "from_name"), "\"quality_b\"");
    assert_string_equal(result_of(tasks, 0, 0, "to_name"), "\"response_b\"");
    expect_config(&config, "<Rating name=\"quality_a\" toName=\"response_a\" maxRating=\"5\"/>");
    expect_config(&config, "<Rating name=\"quality_b\" toName=\"response_b\" maxRating=\"5\"/>");
    json_decref(tasks);
    lw_buf_fini(&config);
    export_finish(&x);
}

static void a_tie_changes_the_control(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf config = {0};
    export_make(&x, export_pairs);
    x.question[2] = (struct lw_question){.name = (char *)"ranks", .type = LW_Q_RANK};
    export_label(&x, 0,
        "{\"best\":{\"better\":\"b\",\"strength\":2},"
        "\"ranks\":{\"order\":[[\"b\"],[\"a\"]],\"not_rankable\":[]}}");
    json_t *tasks = exported(&x, &config);
    expect_config(&config, "<Pairwise name=\"best\" toName=\"response_a,response_b\"/>");
    expect_config(&config, "<Ranker name=\"ranks\" toName=\"ranks_list\"/>");
    assert_string_equal(result_of(tasks, 0, 0, "value"), "{\"selected\":\"right\"}");
    assert_string_equal(result_of(tasks, 0, 1, "value"), "{\"ranker\":[\"b\",\"a\"]}");
    EXPECT_LOSSES(&x, LOST(STRENGTH) = 1);
    json_decref(tasks);
    lw_buf_fini(&config);
    export_label(&x, 1,
        "{\"best\":{\"better\":null,\"strength\":0},"
        "\"ranks\":{\"order\":[[\"a\"]],\"not_rankable\":[\"b\"]}}");
    tasks = exported(&x, &config);
    expect_config(&config, "<Choices name=\"best\" toName=\"prompt\" choice=\"single\"");
    expect_config(&config, "<Choice value=\"tie\"/>");
    expect_config(&config, "<Bucket name=\"place_2\" title=\"place_2\"/>");
    expect_config(&config, "<Bucket name=\"not_rankable\"");
    assert_string_equal(result_of(tasks, 0, 0, "value"), "{\"choices\":[\"b\"]}");
    assert_string_equal(
        result_of(tasks, 0, 1, "value"), "{\"ranker\":{\"place_1\":[\"b\"],\"place_2\":[\"a\"]}}");
    assert_string_equal(result_of(tasks, 1, 0, "value"), "{\"choices\":[\"tie\"]}");
    assert_string_equal(result_of(tasks, 1, 1, "value"),
        "{\"ranker\":{\"not_rankable\":[\"b\"],\"place_1\":[\"a\"]}}");
    EXPECT_LOSSES(&x, LOST(STRENGTH) = 1);
    json_decref(tasks);
    lw_buf_fini(&config);
    export_finish(&x);
}

static void names_are_escaped_and_free(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf config = {0};
    struct lw_option tones[] = {
        {.path = (char *)"cold", .label = (char *)"\"Cold\" & <icy>", .help = (char *)"a\nb"}};
    struct lw_option kinds[] = {{.path = (char *)"s", .group = true},
        {.path = (char *)"s/hate", .depth = 1}, {.path = (char *)"other"}};
    export_make(&x,
        "{\"id\":\"t1\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\","
        "\"content\":\"U\"}],\"responses\":[{\"id\":\"GPT 4\",\"text\":\"A\"}]}\n");
    x.question[0] = (struct lw_question){
        .name = (char *)"prompt", .type = LW_Q_CHOICE, .option = tones, .noptions = 1};
    x.question[1] = (struct lw_question){
        .name = (char *)"kinds", .type = LW_Q_TAGS, .option = kinds, .noptions = 3};
    x.question[2] = (struct lw_question){.name = (char *)"score",
        .type = LW_Q_RATING,
        .on = LW_ON_RESPONSE,
        .scale = {.min = -2, .max = 2}};
    export_label(&x, 0, "{\"prompt\":\"cold\",\"kinds\":[\"s/hate\"],\"score\":{\"GPT 4\":-1}}");
    json_t *tasks = exported(&x, &config);
    expect_config(&config,
        "<Paragraphs name=\"prompt_text\" value=\"$prompt_text\" layout=\"dialogue\" "
        "nameKey=\"role\" textKey=\"text\"/>");
    expect_config(&config, "<Choices name=\"prompt\" toName=\"prompt_text\"");
    expect_config(&config,
        "<Choice value=\"&quot;Cold&quot; &amp; &lt;icy&gt;\" alias=\"cold\" hint=\"a&#10;b\"/>");
    expect_config(
        &config, "<Number name=\"score_GPT 4\" toName=\"response_1\" min=\"-2\" max=\"2\"");
    expect_data(tasks, 0, "response_1", "A");
    assert_string_equal(result_of(tasks, 0, 1, "value"), "{\"taxonomy\":[[\"s\",\"hate\"]]}");
    assert_string_equal(result_of(tasks, 0, 2, "value"), "{\"number\":-1}");
    json_decref(tasks);
    lw_buf_fini(&config);
    export_finish(&x);
}

static void what_has_no_control_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    struct lw_buf config = {0};
    export_make(&x, export_pairs);
    x.question[0].scale = (struct lw_scale){.min = 1, .max = 5};
    x.question[2] =
        (struct lw_question){.name = (char *)"sure", .type = LW_Q_RATING, .on = LW_ON_SPAN};
    export_label(&x, 0,
        "{\"sure\":{\"s1\":1},\"quality\":\"good\",\"best\":{\"better\":\"z\",\"strength\":0},"
        "\"old\":3}");
    json_t *tasks = exported(&x, &config);
    assert_string_equal(result_of(tasks, 0, 0, "value"), "");
    EXPECT_LOSSES(&x, LOST(NO_PLACE) = 3, LOST(OTHER) = 1);
    json_decref(tasks);
    assert_int_equal(export_as(&x, "csv", NULL), LW_EUSAGE);
    assert_non_null(strstr(x.err.text, "--config works with label-studio"));
    assert_non_null(strstr(x.err.text, "not with csv"));
    lw_buf_fini(&config);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_has_every_member),
        cmocka_unit_test(a_tie_changes_the_control),
        cmocka_unit_test(names_are_escaped_and_free),
        cmocka_unit_test(what_has_no_control_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
