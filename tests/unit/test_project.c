/* Reads every projects/NAME.yaml beside this file: its mistakes are the lines of NAME.txt, none for
 * a sound one. With LW_WRITE=1 the .txt files are written instead: read their diff. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/project.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char dir[] = "work/batch.jsonl.labelwright";

static char *slurp(const char *folder, const char *name, size_t *n)
{
    struct lw_buf b = {0};
    char *path = lw_format("%s/%s", folder, name);
    lw_file_read(&lw_sys_real, AT_FDCWD, path, NULL, 1 << 20, &b, NULL);
    free(path);
    *n = b.len;
    return lw_buf_detach(&b);
}

static char *case_folder(void)
{
    const char *source = getenv("LW_SOURCE");
    return lw_format("%s/tests/unit/projects", source ? source : ".");
}

static char *mistakes_of(const char *name, const char *bytes, size_t n)
{
    struct lw_problems p = {0};
    struct lw_buf b = {0};
    struct lw_project *project = lw_project_parse(dir, name, bytes, n, &p);
    assert_int_equal(project == NULL, p.n > 0);
    for (size_t i = 0; i < p.n; i++)
        lw_buf_fmt(&b, "%s\n", p.v[i]);
    lw_project_free(project);
    lw_problems_fini(&p);
    return lw_buf_detach(&b);
}

static void write_golden(const char *folder, const char *name, const char *text)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    lw_file_replace(&lw_sys_real, fd, name, text, strlen(text), false, NULL);
    lw_sys_real.close(&lw_sys_real, fd);
}

static bool check_case(const char *folder, const char *name)
{
    size_t n, unused;
    char *bytes = slurp(folder, name, &n);
    char *found = mistakes_of(name, bytes, n);
    char *golden = lw_format("%.*s.txt", (int)(strlen(name) - 5), name);
    char *wanted = slurp(folder, golden, &unused);
    bool same = strcmp(found, wanted) == 0;
    if (getenv("LW_WRITE"))
        write_golden(folder, golden, found);
    else if (!same)
        print_error("%s: wanted\n%sbut found\n%s\n", name, wanted, found);
    free(wanted);
    free(golden);
    free(found);
    free(bytes);
    return same;
}

static void says_every_mistake_with_its_place_and_cure(void **state)
{
    (void)state;
    char *folder = case_folder();
    DIR *d = opendir(folder);
    assert_non_null(d);
    size_t cases = 0, wrong = 0;
    for (struct dirent *e; (e = readdir(d));) {
        const char *dot = strrchr(e->d_name, '.');
        if (dot && strcmp(dot, ".yaml") == 0) {
            cases++;
            wrong += !check_case(folder, e->d_name);
        }
    }
    closedir(d);
    free(folder);
    assert_int_equal(wrong, 0);
    assert_true(cases > 100);
}

static struct lw_project *read_case(const char *name)
{
    size_t n;
    char *folder = case_folder();
    char *bytes = slurp(folder, name, &n);
    struct lw_problems p = {0};
    struct lw_project *project = lw_project_parse(dir, name, bytes, n, &p);
    assert_int_equal(p.n, 0);
    assert_non_null(project);
    free(bytes);
    free(folder);
    return project;
}

static void reads_the_whole_example(void **state)
{
    (void)state;
    struct lw_project *p = read_case("good-design.yaml");
    assert_string_equal(p->dir, dir);
    assert_string_equal(p->file, "good-design.yaml");
    assert_string_equal(p->title, "Catalan replies: rank, correct, flag");
    assert_string_equal(p->guidelines, "guidelines.md");
    assert_int_equal(p->ntasks, 1);
    assert_string_equal(p->tasks[0].path, "tasks.jsonl");
    assert_string_equal(p->tasks[0].format, "auto");
    assert_false(p->random_order);
    assert_true(p->shuffle_responses);
    assert_false(p->advance_auto);
    assert_int_equal(p->ncurtain, 2);
    assert_string_equal(p->curtain[1], "sexual");
    assert_int_equal(p->nsync, 1);
    assert_string_equal(p->sync[0].to, "https://labels.example.org/v1/batches");
    assert_string_equal(p->sync[0].key, "https://labels.example.org/v1/batches");
    assert_null(p->sync[0].type);
    assert_int_equal(p->sync[0].batch, 500);
    assert_int_equal(p->nquestions, 3);
    lw_project_free(p);
}

static void reads_a_rating_with_its_scale(void **state)
{
    (void)state;
    struct lw_project *p = read_case("good-design.yaml");
    const struct lw_question *q = &p->question[0];
    assert_string_equal(q->name, "quality");
    assert_string_equal(q->label, "Overall quality");
    assert_int_equal(q->type, LW_Q_RATING);
    assert_int_equal(q->on, LW_ON_RESPONSE);
    assert_true(q->required);
    assert_int_equal(q->scale.min, 1);
    assert_int_equal(q->scale.max, 7);
    assert_string_equal(q->scale.low, "bad");
    assert_string_equal(q->scale.high, "good");
    assert_int_equal(q->scale.npoints, 1);
    assert_int_equal(q->scale.point[0].value, 4);
    assert_string_equal(q->scale.point[0].label, "acceptable");
    lw_project_free(p);
}

static void a_scale_says_which_end_is_best(void **state)
{
    (void)state;
    struct lw_project *p = read_case("good-best.yaml");
    assert_false(p->question[0].scale.low_is_best);
    assert_null(p->question[0].scale.low);
    assert_true(p->question[1].scale.low_is_best);
    assert_string_equal(p->question[1].scale.low, "best");
    assert_true(p->question[2].scale.low_is_best);
    assert_string_equal(p->question[2].scale.low, "very good");
    assert_null(p->question[2].scale.high);
    lw_project_free(p);
}

static void flattens_nested_options(void **state)
{
    (void)state;
    static const struct lw_option wanted[] = {
        {"hallucination", "Makes things up", "Any claim that a source contradicts", U'h', 0, false,
            NULL, 0},
        {"safety", "safety", NULL, 0, 0, true, NULL, 0},
        {"safety/self_harm", "self_harm", NULL, 0, 1, false, NULL, 0},
        {"safety/hate", "hate", NULL, 0, 1, false, NULL, 0},
    };
    struct lw_project *p = read_case("good-design.yaml");
    const struct lw_question *q = &p->question[1];
    assert_int_equal(q->noptions, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(q->option[i].path, wanted[i].path);
        assert_string_equal(q->option[i].label, wanted[i].label);
        assert_int_equal(q->option[i].key, wanted[i].key);
        assert_int_equal(q->option[i].depth, wanted[i].depth);
        assert_int_equal(q->option[i].group, wanted[i].group);
        assert_int_equal(q->option[i].help == NULL, wanted[i].help == NULL);
    }
    lw_project_free(p);
}

static void reads_conditions(void **state)
{
    (void)state;
    static const struct {
        size_t question, test, about;
        enum lw_op op;
        int64_t number;
        const char *any_of;
    } wanted[] = {
        {4, 0, 0, LW_OP_ANY_OF, 0, "[-2,2]"},
        {4, 1, 1, LW_OP_ANY_OF, 0, "[\"1.0\"]"},
        {4, 2, 2, LW_OP_ANY_OF, 0, "[\"a/b/c\"]"},
        {4, 3, 3, LW_OP_ANY_OF, 0, "[\"yes\",\"no\"]"},
        {5, 0, 0, LW_OP_NE, -1, NULL},
        {6, 0, 0, LW_OP_ANY_OF, 0, "[0]"},
    };
    struct lw_project *p = read_case("good-when.yaml");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct lw_question *q = &p->question[wanted[i].question];
        assert_true(q->nwhen > wanted[i].test);
        const struct lw_test *t = &q->when[wanted[i].test];
        assert_int_equal(t->question, wanted[i].about);
        assert_int_equal(t->op, wanted[i].op);
        assert_int_equal(t->number, wanted[i].number);
        char *any_of = t->any_of ? json_dumps(t->any_of, JSON_COMPACT) : NULL;
        if (wanted[i].any_of)
            assert_string_equal(any_of, wanted[i].any_of);
        else
            assert_null(any_of);
        free(any_of);
    }
    lw_project_free(p);
}

static void fills_in_what_is_not_said(void **state)
{
    (void)state;
    struct lw_project *p = read_case("good-short.yaml");
    assert_string_equal(p->title, "batch.jsonl");
    assert_string_equal(p->question[0].label, "Q");
    assert_int_equal(p->question[0].on, LW_ON_TASK);
    assert_false(p->question[0].required);
    assert_true(p->shuffle_responses);
    assert_int_equal(p->nsync, 0);
    assert_null(p->guidelines);
    lw_project_free(p);
    p = read_case("good-beside.yaml");
    assert_int_equal(p->question[0].scale.min, 1);
    assert_int_equal(p->question[0].scale.max, 5);
    assert_string_equal(p->tasks[1].format, "native");
    lw_project_free(p);
}

static void keeps_the_questions_as_they_were_written(void **state)
{
    (void)state;
    struct lw_project *p = read_case("good-short.yaml");
    char *dump = json_dumps(p->questions, JSON_COMPACT);
    assert_string_equal(dump, "[{\"name\":\"q\",\"type\":\"text\"}]");
    free(dump);
    assert_string_equal(
        p->questions_hash, "3bb25d9879693e0e0eb4215d0e339f63ed6fe475590e3c2e0d077006ccb053de");
    lw_project_free(p);
}

static void names_the_folder_for_a_title(void **state)
{
    (void)state;
    static const struct {
        const char *dir, *title;
    } rows[] = {{"catalan", "catalan"}, {"a/b c/", "b c"}, {"/", "/"},
        {"x/.labelwright", ".labelwright"}, {"x/y.csv.labelwright//", "y.csv"}};
    static const char text[] = "labelwright: 1\ntasks: t\nquestions: [{name: q, type: text}]\n";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_problems none = {0};
        struct lw_project *p =
            lw_project_parse(rows[i].dir, "project.yaml", text, sizeof text - 1, &none);
        assert_non_null(p);
        assert_string_equal(p->title, rows[i].title);
        lw_project_free(p);
    }
}

static void assert_refused(const char *bytes, size_t n, const char *part)
{
    char *found = mistakes_of("f", bytes, n);
    assert_non_null(strstr(found, part));
    assert_int_equal(strchr(found, '\n') - found + 1, strlen(found));
    free(found);
}

static char *repeated(const char *start, const char *part, size_t times, size_t *n)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, start);
    for (size_t i = 0; i < times; i++)
        lw_buf_str(&b, part);
    *n = b.len;
    return lw_buf_detach(&b);
}

static void refuses_what_is_deep_or_large(void **state)
{
    (void)state;
    static const struct {
        const char *start, *part;
        size_t times;
        const char *mistake;
    } rows[] = {
        {"labelwright: 1\ntasks: ", "[", 200000, "nested more than 32 levels deep"},
        {"", "- ", 100000, "nested more than 32 levels deep"},
        {"labelwright: 1\ntasks: ", "{a: ", 50000, "nested more than 32 levels deep"},
        {"labelwright: 1\n#", "x", 300000, "larger than the 256 KiB allowed here"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n;
        char *bytes = repeated(rows[i].start, rows[i].part, rows[i].times, &n);
        assert_refused(bytes, n, rows[i].mistake);
        free(bytes);
    }
}

static void counts_before_it_reads(void **state)
{
    (void)state;
    size_t n;
    char *bytes = repeated("labelwright: 1\ntasks: [x]\nquestions: [", "{},", 80000, &n);
    bytes[n - 1] = ']';
    assert_refused(bytes, n, "f:3:12: \"questions\" takes 1 to 100 questions, not 80000.\n");
    free(bytes);
}

/* Comparing each of thousands of unknown names with each known one would take seconds. */
static void gives_up_on_a_file_of_mistakes(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "labelwright: 1\ntasks: [x]\nquestions:\n");
    for (int i = 0; i < 99; i++)
        lw_buf_fmt(&b, "  - {name: q%062d, type: text}\n", i);
    lw_buf_str(&b, "  - {name: last, type: text, when: {");
    for (int i = 0; i < 3500; i++)
        lw_buf_fmt(&b, "p%061d: 1,", i);
    lw_buf_str(&b, "}}\n");
    char *found = mistakes_of("f", b.data, b.len);
    assert_non_null(strstr(found, "\nf: there are more mistakes. Fix these first.\n"));
    free(found);
    lw_buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_every_mistake_with_its_place_and_cure),
        cmocka_unit_test(reads_the_whole_example),
        cmocka_unit_test(reads_a_rating_with_its_scale),
        cmocka_unit_test(a_scale_says_which_end_is_best),
        cmocka_unit_test(flattens_nested_options),
        cmocka_unit_test(reads_conditions),
        cmocka_unit_test(fills_in_what_is_not_said),
        cmocka_unit_test(keeps_the_questions_as_they_were_written),
        cmocka_unit_test(names_the_folder_for_a_title),
        cmocka_unit_test(refuses_what_is_deep_or_large),
        cmocka_unit_test(counts_before_it_reads),
        cmocka_unit_test(gives_up_on_a_file_of_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
