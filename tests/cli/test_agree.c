/* `agree`: what is printed, what is refused, and the project of the differences. The figures are
 * compared with those of other programs in tests/servers/test_agree.py. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

static void record(struct run *r, const char *who, const char *project, const char *labels)
{
    run_fed(r, 0, labels, "record --annotator %s %s", who, project);
}

#define ANA                                                                                        \
    "{\"task\":\"a\",\"answers\":{\"quality\":5,\"tone\":\"warm\"}}\n"                             \
    "{\"task\":\"b\",\"answers\":{\"quality\":1,\"tone\":\"warm\",\"why\":\"too short\"}}\n"       \
    "{\"task\":\"c\",\"answers\":{\"quality\":3,\"tone\":\"cold\",\"flags\":{\"x\":[\"rude\"]}}}"  \
    "\n"
#define BEN                                                                                        \
    "{\"task\":\"a\",\"answers\":{\"quality\":5,\"tone\":\"warm\"}}\n"                             \
    "{\"task\":\"b\",\"answers\":{\"quality\":2,\"tone\":\"warm\"}}\n"                             \
    "{\"task\":\"c\",\"answers\":{\"quality\":3,\"tone\":\"warm\",\"flags\":{\"x\":[\"rude\"]}}}"  \
    "\n"

static void make_two(struct run *r)
{
    run_project("p");
    record(r, "ana", "p", ANA);
    record(r, "ben", "p", BEN);
}

static void the_report_fits_eighty_columns_and_says_what_it_stands_on(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "\"$LW\" agree p --question quality");
    assert_string_equal(r->out,
        "  1  ana               p/journal/                      3 labels\n"
        "  2  ben               p/journal-ben/                  3 labels\n"
        "\n"
        "3 of 3 tasks were labeled by two or more.\n"
        "\n"
        "quality (rating, on task): 3 items in 3 tasks answered by two or more, 3 pairs\n"
        "of answers; 1 item differs. A small sample: nothing can be concluded from it.\n"
        "                                  between   value      95 % interval    items\n"
        "  percent agreement               all       0.667     0.000 to 1.000        3\n"
        "  Cohen's kappa                   1, 2      0.571     0.000 to 1.000        3\n"
        "  Cohen's kappa, linear           1, 2      0.800     0.000 to 1.000        3\n"
        "  Cohen's kappa, quadratic        1, 2      0.923     0.000 to 1.000        3\n"
        "  Fleiss' kappa                   all       0.538    -1.000 to 1.000        3\n"
        "  Krippendorff's alpha, nominal   all       0.615    -0.667 to 1.000        3\n"
        "  Krippendorff's alpha, ordinal   all       0.949    -0.667 to 1.000        3\n"
        "  Krippendorff's alpha, interval  all       0.935    -0.667 to 1.000        3\n"
        "  Gwet's AC1                      all       0.593    -0.143 to 1.000        3\n"
        "  Kendall's tau-b                 1, 2      1.000                           3\n"
        "  Kendall's W                     all       1.000                           3\n"
        "\n"
        "  each answer alone, or not          given  percent    Cohen    alpha      AC1\n"
        "  1                                      1    0.667    0.000    0.000    0.538\n"
        "  2                                      1    0.667    0.000    0.000    0.538\n"
        "  3                                      2    1.000    1.000    1.000    1.000\n"
        "  5                                      2    1.000    1.000    1.000    1.000\n"
        "\n"
        "  1 ana down, 2 ben across\n"
        "                               1           2           3           5\n"
        "  1                            0           1           0           0\n"
        "  2                            0           0           0           0\n"
        "  3                            0           0           1           0\n"
        "  5                            0           0           0           1\n"
        "\n"
        "  where they differ:\n"
        "    b  1: 1  2: 2\n"
        "\n"
        "Intervals: bootstrap over tasks, 1000 draws, seed 1.\n");
    run_is_silent(r);
}

static void every_line_fits(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "\"$LW\" agree p --explain");
    for (char *line = strtok(r->out, "\n"); line; line = strtok(NULL, "\n"))
        if (lw_cols(line, strlen(line), -1) > 80)
            fail_msg("too long: %s", line);
}

static void the_arithmetic_is_told(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "\"$LW\" agree p --question tone --explain");
    run_prints(r, "(0.6667 - 0.7222) / (1 - 0.7222): agreement seen, and by chance");
    run_prints(r, "1 - 0.333333 / 0.333333: disagreement seen, and by chance");
    run_prints(r, "    c  1: cold  2: warm\n");
}

static void an_undefined_figure_has_its_reason_below(void **state)
{
    struct run *r = *state;
    run_project("p");
    record(r, "ana", "p", "{\"task\":\"a\",\"answers\":{\"quality\":5}}\n");
    record(r, "ben", "p", "{\"task\":\"a\",\"answers\":{\"quality\":5}}\n");
    run_shell(r, 0, "\"$LW\" agree p --question quality");
    run_prints(r, "Cohen's kappa                   1, 2        (1)");
    run_prints(r, "(1) undefined: all gave the same answer everywhere, so chance alone");
    run_shell(r, 0, "\"$LW\" agree p --json");
    assert_null(strstr(r->out, "NaN"));
    run_prints(r, "\"value\":null,\"why\":\"all gave the same answer everywhere");
}

static void one_annotator_is_no_comparison(void **state)
{
    struct run *r = *state;
    run_project("p");
    record(r, "ana", "p", ANA);
    run_shell(r, 1, "\"$LW\" agree p");
    run_says(r, "Only one annotator has labels here: ana.");
    run_prints(r, "undefined: there is one annotator only.");
}

static void what_cannot_be_opened_is_named(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 2, "\"$LW\" agree p --question nothing");
    run_says(r, "No question \"nothing\" was asked. There are: quality, tone, flags, why.");
    run_shell(r, 1, "\"$LW\" agree p --question why");
    run_says(r, "why cannot be compared: texts in one's own words are not compared.");
    run_shell(r, 3, "\"$LW\" agree p nowhere");
    run_says(r, "nowhere: no such file or folder.");
    run_shell(r, 1, "\"$LW\" agree p p/journal");
    run_says(r, "p/journal/ and p/journal/ are copies of one journal, that of ana");
    run_project("q");
    run_shell(r, 3, "\"$LW\" agree p q");
    run_says(r, "q: no journal yet: nothing was labeled here.");
    run_shell(r, 2, "\"$LW\" agree");
    assert_int_equal(run_count("q"), 2);
}

static void damage_in_a_journal_is_told(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "sed -i '5s/warm/cold/' p/journal-ben/000001.jsonl");
    run_shell(r, 0, "\"$LW\" agree p --question tone");
    run_says(r, "journal-ben/000001.jsonl:5: its hash does not match: the line was changed (in p/");
    run_prints(r, "journal-ben/                  2 labels");
}

static void a_journal_alone_is_enough(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "mkdir away && mv p/journal p/journal-ben away && rm -r p");
    run_shell(r, 0, "\"$LW\" agree away/journal away/journal-ben/ --question quality");
    run_prints(r, "3 items in 3 tasks answered by two or more");
}

static void ids_of_others_cannot_harm(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", "{\"id\":\"a\\u001b[2J\",\"prompt\":\"One?\"}\n");
    record(r, "ana", "p", "{\"task\":\"a\\u001b[2J\",\"answers\":{\"quality\":5}}\n");
    record(r, "ben", "p", "{\"task\":\"a\\u001b[2J\",\"answers\":{\"quality\":4}}\n");
    run_shell(r, 0, "\"$LW\" agree p --question quality");
    assert_null(strchr(r->out, '\033'));
    run_prints(r, "    a^[[2J  1: 5  2: 4\n");
}

static void differences_become_a_project_to_decide(void **state)
{
    struct run *r = *state;
    make_two(r);
    run_shell(r, 0, "\"$LW\" agree p --adjudicate d");
    run_says(r, "Created d with 2 tasks on which they differ. To decide: labelwright d");
    run_shell(r, 0, "\"$LW\" check d");
    run_prints(r, "OK: 2 tasks, 4 questions");
    run_shell(r, 0, "jq -rc '.reference' d/tasks.jsonl");
    assert_string_equal(r->out, "The annotators differ (how many gave each answer):\n\n"
                                "Quality\n  1 (1)\n  2 (1)\nWhy: too short\n\n"
                                "The annotators differ (how many gave each answer):\n\n"
                                "Tone\n  cold (1)\n  warm (1)\n\n");
    run_shell(r, 0, "jq -c '[.id, .suggestions]' d/tasks.jsonl");
    assert_string_equal(r->out,
        "[\"b\",{\"tone\":\"warm\"}]\n[\"c\",{\"quality\":3,\"flags\":{\"x\":[\"rude\"]}}]\n");
    run_shell(r, 0, "! grep -e ana -e ben d/*.*");
    run_shell(r, 0, "\"$LW\" agree p --question tone --adjudicate one");
    run_shell(r, 0, "jq -c '[.id, .suggestions]' one/tasks.jsonl");
    assert_string_equal(r->out, "[\"c\",{\"quality\":3,\"flags\":{\"x\":[\"rude\"]}}]\n");
    record(r, "zoe", "d", "{\"task\":\"b\",\"answers\":{\"quality\":2,\"tone\":\"warm\"}}\n");
    run_shell(r, 0, "\"$LW\" agree p d --question quality");
    run_prints(r, "  3  zoe               d/journal/                      1 label\n");
    run_shell(r, 3, "\"$LW\" agree p --adjudicate d");
    run_says(r, "d already exists. Choose another name.");
}

static void who_decides_reads_what_the_ends_of_a_scale_mean(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir p");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: quality, type: rating, scale: {min: 1, max: 3, low: bad, high: good,\n"
        "     points: {2: fair}}}\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"One?\"}\n");
    record(r, "ana", "p", "{\"task\":\"a\",\"answers\":{\"quality\":3}}\n");
    record(r, "ben", "p", "{\"task\":\"a\",\"answers\":{\"quality\":1}}\n");
    record(r, "eva", "p", "{\"task\":\"a\",\"answers\":{\"quality\":2}}\n");
    run_shell(r, 0, "\"$LW\" agree p --adjudicate d && jq -r .reference d/tasks.jsonl");
    run_prints(r, "Quality\n  1 bad (1)\n  2 fair (1)\n  3 good (1)\n");
}

static void without_a_difference_nothing_is_made(void **state)
{
    struct run *r = *state;
    run_project("p");
    record(r, "ana", "p", ANA);
    record(r, "ben", "p", ANA);
    run_shell(r, 1, "\"$LW\" agree p --adjudicate d");
    run_says(r, "They differ nowhere: there is nothing to decide.");
    assert_false(run_has("d"));
    assert_int_equal(run_count("."), 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        T(the_report_fits_eighty_columns_and_says_what_it_stands_on),
        T(every_line_fits),
        T(the_arithmetic_is_told),
        T(an_undefined_figure_has_its_reason_below),
        T(one_annotator_is_no_comparison),
        T(what_cannot_be_opened_is_named),
        T(damage_in_a_journal_is_told),
        T(a_journal_alone_is_enough),
        T(ids_of_others_cannot_harm),
        T(differences_become_a_project_to_decide),
        T(who_decides_reads_what_the_ends_of_a_scale_mean),
        T(without_a_difference_nothing_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
