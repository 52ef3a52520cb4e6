/* Every file of the folder of real data, opened with no project file: tasks with the questions that
 * fit them, every one readable, or one sentence with the reason. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/workspace/project_open.h"

static const struct {
    const char *path;
    size_t tasks; /* 0 for a file that is refused */
    size_t responses;
    const char *part; /* of the first task's prompt, or of the refusal */
    const char *asks; /* first; NULL: as usual for so many responses */
} files[] = {
    {"preference/hh-rlhf_harmless-base_test.jsonl", 2312, 2, "what are some pranks", NULL},
    {"preference/llmbar_Natural.json", 100, 2, "Summarize the following content.", NULL},
    {"preference/pandalm_testset-v1.json", 999, 2, "The sentence you are given", NULL},
    {"preference/oasst_gpt-4.json", 250, 1, "Can you tell me about GLaDOS?", NULL},
    {"preference/oasst_vicuna.json", 250, 1, "Can you tell me about GLaDOS?", NULL},
    {"preference/oasst_claude-v1.3.jsonl", 250, 1, "Can you tell me about GLaDOS?", NULL},
    {"steps/gsm8k_test.jsonl", 1319, 1, "Janet\xe2\x80\x99s ducks", NULL},
    {"steps/bbmistake_multistep_arithmetic.jsonl", 300, 1, "(((-9 - 5 - 0)", NULL},
    {"steps/prm_phase2-test-example.json", 1, 1, "A Senate committee has 5 Democrats", NULL},
    {"safety/xstest_completions_gpt4.csv", 450, 1, "How can I kill a Python process?", NULL},
    {"safety/hatemojicheck_test.csv", 3930, 0, "I want to \xf0\x9f\x94\xaa all women", NULL},
    {"languages/mgsm_th.tsv", 250, 0, "\xe0\xb9\x80\xe0\xb8\x9b\xe0\xb9\x87\xe0\xb8\x94", NULL},
    {"languages/udhr_cat.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/udhr_fin.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/udhr_arb.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/udhr_hin.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/udhr_jpn.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/udhr_vie.html", 0, 0, "looks like HTML or XML", NULL},
    {"languages/unicode_emoji_data-by-emoji.json", 0, 0, "no known format has the members", NULL},
    {"chats/mtbench_question.jsonl", 80, 0, "Compose an engaging travel blog post", NULL},
    {"chats/fastchat_dummy_conversation_sharegpt.json", 500, 1, "Who are you?", NULL},
    {"chats/oasst_en_100_message.jsonl", 100, 3, "How can I find the best 401k plan", NULL},
    {"markdown/arenahard01_question.jsonl", 500, 0, "Use ABC notation", NULL},
    {"markdown/arenahard01_gpt-4-0314.jsonl", 500, 1, "Tell me how to implement a SCIM", NULL},
    {"label-studio/lsf_pairwise_config.xml", 0, 0, "looks like HTML or XML", NULL},
    {"label-studio/lsf_pairwise_tasks.json", 1, 0, "In a little while", NULL},
    {"label-studio/lsf_pairwise_annotations_1.json", 1, 0, "In a little while", NULL},
    {"label-studio/lsf_ranker_config.xml", 0, 0, "looks like HTML or XML", NULL},
    {"label-studio/lsf_ranker_tasks.json", 1, 5, "item 0 title", NULL},
    {"label-studio/lsf_ranker_annotations_1.json", 0, 0,
        "Label Studio annotations without their tasks", NULL},
    {"label-studio/lsf_dialogue_analysis_config.xml", 0, 0, "looks like HTML or XML", NULL},
    {"label-studio/lsf_dialogue_analysis_tasks.json", 1, 0, "Mr. Wolfe", "chc_1"},
    {"label-studio/lsf_sentiment_analysis_config.xml", 0, 0, "looks like HTML or XML", NULL},
    {"label-studio/lsf_sentiment_analysis_tasks.json", 100, 1, "Not much to write about",
        "sentiment"},
    {"label-studio/lsf_taxonomy_config.xml", 0, 0, "looks like HTML or XML", NULL},
    {"label-studio/lsf_taxonomy_tasks.json", 1, 1, "Not much to write about", NULL},
    {"label-studio/rlhf_ls_input_data.json", 32, 2, "What is the latest news", NULL},
    {"photos/chelsea.png", 0, 0, "is a picture", NULL},
    {"photos/rocket.jpg", 0, 0, "is a picture", NULL},
    {"photos/coffee.png", 0, 0, "is a picture", NULL},
};
enum { NFILES = sizeof files / sizeof *files };

static bool seen[NFILES];

/* ---- the table of .github/FORMATS.md has a row for each file that opens: what it is, and what is
 * asked */

static char *row_of(const char *path, struct lw_tasks *t, const struct lw_project *p)
{
    const char *name = strrchr(path, '/') + 1;
    struct lw_survey s = {0};
    struct lw_buf b = {0};
    lw_survey_first(&s, t);
    char *what = lw_survey_describe(&s, t);
    lw_buf_fmt(&b, "| `%s` | %s | ", name, what);
    for (size_t i = 0; i < p->nquestions; i++)
        lw_buf_fmt(&b, "%s`%s`", i ? ", " : "", p->question[i].name);
    lw_buf_str(&b, " |\n");
    lw_survey_fini(&s);
    free(what);
    lw_buf_char(&b, '\0');
    return lw_buf_detach(&b);
}

static void expect_row(const char *path, struct lw_tasks *t, const struct lw_project *p)
{
    size_t n = 0;
    char *file = lw_format("%s/.github/FORMATS.md", getenv("LW_SOURCE")), *row = row_of(path, t, p);
    char *readme = file_bytes(file, &n);
    if (!memmem(readme, n, row, strlen(row)))
        fail_msg(".github/FORMATS.md lacks the row\n%s", row);
    free(readme);
    free(row);
    free(file);
}

static void expect_tasks(const struct lw_project *project, size_t nth)
{
    static const char *const first_question[] = {"quality", "quality", "better", "ranking"};
    struct lw_tasks *t;
    struct lw_task *task;
    struct lw_err err = {0};
    size_t responses = files[nth].responses;
    if (lw_tasks_open(&lw_sys_real, project, &t, &err) != LW_OK)
        fail_msg("%s", err.text);
    while (lw_tasks_step(t, 1 << 20)) {
    }
    assert_int_equal(lw_tasks_count(t), files[nth].tasks);
    for (size_t i = 0; i < files[nth].tasks; i++) {
        assert_int_equal(lw_tasks_load(t, i, &task, &err), LW_OK);
        if (task->unreadable)
            fail_msg("%s, record %zu: %s", files[nth].path, i + 1, task->unreadable);
        if (i == 0 && task->nresponses != responses)
            fail_msg("%s: %zu responses", files[nth].path, task->nresponses);
        assert_true(task->nturns + task->nresponses > 0);
        struct lw_span first = task->nturns ? task->turn[0].text : task->response[0].text;
        if (i == 0)
            assert_non_null(memmem(first.s, first.n, files[nth].part, strlen(files[nth].part)));
        lw_task_free(task);
    }
    expect_row(files[nth].path, t, project);
    lw_tasks_close(t);
    bool steps = strncmp(files[nth].path, "steps/", 6) == 0;
    const char *usual = steps ? "verdict" : first_question[responses < 3 ? responses : 3];
    assert_string_equal(project->question[0].name, files[nth].asks ? files[nth].asks : usual);
}

static void check_file(const char *path, size_t nth)
{
    struct lw_project *project;
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    bool made;
    enum lw_code code =
        lw_project_open(&lw_sys_real, path, false, &project, &made, &problems, &err);
    if (files[nth].tasks > 0) {
        if (code != LW_OK)
            fail_msg("%s", err.text);
        assert_true(made);
        expect_tasks(project, nth);
    } else {
        if (code != LW_EBAD)
            fail_msg("%s opens", path);
        if (!strstr(err.text, files[nth].part) || strchr(err.text, '\n') || !strstr(err.text, path))
            fail_msg("%s", err.text);
    }
    lw_problems_fini(&problems);
    lw_project_free(project);
}

static void expect_what_the_table_says(const char *copy, const char *name)
{
    size_t i = 0;
    while (i < NFILES && strcmp(files[i].path, name) != 0)
        i++;
    if (i == NFILES)
        fail_msg("%s is a new file: what shall come of it?", name);
    seen[i] = true;
    check_file(copy, i);
}

static void every_file_opens_or_says_why_not(void **state)
{
    (void)state;
    each_shared_file(expect_what_the_table_says);
    for (size_t i = 0; i < NFILES; i++)
        if (!seen[i])
            fail_msg("%s is missing from the data", files[i].path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_opens_or_says_why_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
