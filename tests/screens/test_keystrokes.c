/* The commonest moments of a day, and how many keys they take: counted, not promised. */
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
static const char *source;

#define SCALE(name, on) "  - {name: " name ", type: rating, on: " on ", required: true}\n"

#define TEN "\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\""

static const char steps[] =
    "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"steps\":[" TEN "," TEN "," TEN "]}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"steps\":[\"k\"]}]}\n";

static const char tasks[] = "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\","
                            "\"text\":\"x\"},{\"id\":\"b\",\"text\":\"y\"}]}\n"
                            "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\","
                            "\"text\":\"x\"},{\"id\":\"b\",\"text\":\"y\"}]}\n";

#define ANSWER(id) "{\"id\":\"" id "\",\"text\":\"" id "\"}"
static const char four[] = "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[" ANSWER(
    "a") "," ANSWER("b") "," ANSWER("c") "," ANSWER("d") "]}\n";

static const char suggested[] = "{\"id\":\"t1\",\"prompt\":\"one\",\"suggestions\":{\"accuracy\":5,"
                                "\"clarity\":4,\"tone\":3}}\n";

/* Every row ends with t1 labeled, or, where `flags` is set, with so many flags on the draft. */
static const struct {
    const char *what, *questions, *keys;
    size_t most, flags;
    const char *tasks; /* NULL for pairs */
} rows[] = {
    {"three scales", SCALE("accuracy", "task") SCALE("clarity", "task") SCALE("tone", "task"),
        "5 4 3 Enter", 4, 0, NULL},
    {"a pair with three scales each and an overall choice",
        "  - {name: better, type: compare, required: true}\n" SCALE("accuracy", "response")
            SCALE("clarity", "response") SCALE("tone", "response"),
        "6 5 4 3 2 1 5 Enter", 8, 0, NULL},
    {"two flags",
        "  - {name: flags, type: tags, options: [{value: odd}, {value: rude}, {value: long}]}\n",
        "f 1 3 f", 4, 2, NULL},
    {"a text of one's own, with a rating of it",
        "  - {name: story, type: write, required: true, min_words: 2}\n" SCALE("pleased", "task"),
        "Space type:Once_upon ^X 4 Enter", 5, 0, NULL},
    {"one question that submits by itself",
        "  - {name: good, type: choice, required: true, options: [{value: yes}, {value: no}]}\n",
        "1", 1, 0, NULL},
    {"four answers in order", "  - {name: ranking, type: rank, required: true}\n", "2 4 1 Enter", 4,
        0, four},
    {"of four answers the best and the worst",
        "  - {name: ranking, type: rank, required: true, style: best_worst}\n", "2 4 Enter", 3, 0,
        four},
    {"three scales that a model has filled in",
        SCALE("accuracy", "task") SCALE("clarity", "task") SCALE("tone", "task"), "^Y Enter", 2, 0,
        suggested},
    {"three scales, one of which a model has wrong",
        SCALE("accuracy", "task") SCALE("clarity", "task") SCALE("tone", "task"), "; 2 ; Enter", 4,
        0, suggested},
    {"thirty steps",
        "  - {name: verdict, type: choice, on: step, required: true, stop_after: [bad],\n"
        "     options: [{value: bad}, {value: neutral}, {value: good}, {value: unsure}]}\n",
        "3 3 2 3 3 3 3 3 3 3 3 3 3 2 3 3 3 3 4 3 3 3 3 3 3 3 3 3 3 3", 30, 0, steps},
    {"a bad step among thirty ends the questions",
        "  - {name: verdict, type: choice, on: step, required: true, stop_after: [bad],\n"
        "     options: [{value: bad}, {value: neutral}, {value: good}, {value: unsure}]}\n",
        "3 3 1", 3, 0, steps},
};

static size_t count(const char *keys)
{
    size_t n = 1;
    for (; (keys = strchr(keys, ' ')); keys++)
        n++;
    return n;
}

static bool labeled(const char *id)
{
    return lw_ledger_of(p.w.ledger, lw_fingerprint(id, strlen(id))) != NULL;
}

static size_t flags_given(void)
{
    return json_array_size(json_object_get(lw_sitting_view(p.s)->answers, "flags"));
}

static void common_moments_take_few_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool by_itself = rows[i].flags == 0 && !strstr(rows[i].keys, "Enter");
        char *yaml = lw_format("labelwright: 1\ntasks: [tasks.jsonl]\nadvance: %s\nquestions:\n%s",
            by_itself ? "auto" : "confirm", rows[i].questions);
        app_fixture_make(&p, yaml, rows[i].tasks ? rows[i].tasks : tasks);
        app_fixture_open(&p);
        app_fixture_press(&p, rows[i].keys);
        if (count(rows[i].keys) > rows[i].most)
            fail_msg("%s takes %zu keys", rows[i].what, count(rows[i].keys));
        if (rows[i].flags ? flags_given() != rows[i].flags : !labeled("t1"))
            fail_msg("%s: %s does not do it", rows[i].what, rows[i].keys);
        app_fixture_end(&p);
        free(yaml);
    }
}

/* One task of each sample, from its first screen to the next task. */
static const struct {
    const char *sample, *keys;
    size_t most;
} jobs[] = {
    {"quickstart", "6 4 Enter", 3}, {"helpfulness", "6 2 4 Enter", 4}, {"refusals", "1 1", 2},
    {"flagged", ", w Enter 2 Enter", 5}, /* and `,` for each turn before the last */
    {"toxicity", "z 0 Enter", 3},
    {"fact-check",
        "Space v ) s Enter Space type:Lewis_and_Short,_A_Latin_Dictionary,_aurum Enter 3 2 Enter",
        11}, /* one claim; 3 keys more for each that is marked, and those for its source */
    {"next-text", "e type:Then_its_root_is_not_in_the_list_that_we_made. ^X 2 5 4 Enter", 7},
    {"prompts",
        "e type:Write_eight_lines_for_a_man_who_repaired_boats. ^X 1 e "
        "type:Eight_lines,_and_no_last_voyage. ^X 2 Enter",
        9},
    {"conversation",
        "Space type:Where_can_I_walk? ^X replies:Here.|There. 2 3 4 ^W type:How_far? ^X "
        "replies:Not.|Far. 1 5 2 1 Enter",
        18}, /* two turns; the two `replies:` are the models' */
};

static void a_task_of_a_sample_takes_few_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        char *folder = lw_format("%s/samples/%s", source, jobs[i].sample);
        app_fixture_copy(&p, folder);
        app_fixture_open(&p);
        app_fixture_screen(&p);
        app_fixture_press(&p, jobs[i].keys);
        if (count(jobs[i].keys) > jobs[i].most)
            fail_msg("%s takes %zu keys", jobs[i].sample, count(jobs[i].keys));
        if (lw_ledger_totals(p.w.ledger).done != 1)
            fail_msg("%s: %s does not label a task", jobs[i].sample, jobs[i].keys);
        app_fixture_end(&p);
        free(folder);
    }
}

/* The cursor is at the first word already. */
static void a_span_takes_four_keys(void **state)
{
    (void)state;
    static const char three[] = "v w w h", word[] = "h";
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n  - {name: claims, type: spans, on: "
        "response, options: [{value: hate, key: h}]}\n",
        "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"one two three "
        "four\"}]}\n");
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "v");
    app_fixture_press(&p, three);
    app_fixture_press(&p, "w");
    app_fixture_press(&p, word);
    assert_true(count(three) <= 4 && count(word) == 1);
    char *got = json_dumps(lw_sitting_view(p.s)->answers, JSON_COMPACT);
    assert_string_equal(got,
        "{\"claims\":{\"a\":[{\"id\":\"s1\",\"start\":0,\"end\":13,\"text\":\"one "
        "two three\",\"tags\":[\"hate\"]},{\"id\":\"s2\",\"start\":14,\"end\":18,"
        "\"text\":\"four\",\"tags\":[\"hate\"]}]}}");
    free(got);
    app_fixture_end(&p);
}

int main(void)
{
    source = getenv("LW_SOURCE");
    if (!source)
        source = ".";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_takes_four_keys),
        cmocka_unit_test(common_moments_take_few_keys),
        cmocka_unit_test(a_task_of_a_sample_takes_few_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
