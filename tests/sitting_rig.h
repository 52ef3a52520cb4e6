/* What the tests of the sitting share: small projects, and what is on the screen and in the
 * journal. */
#ifndef LABELWRIGHT_TESTS_SITTING_RIG_H
#define LABELWRIGHT_TESTS_SITTING_RIG_H

#include "support/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((unused)) static const char RATE[] =
    "labelwright: 1\n"
    "title: rate\n"
    "tasks: [{file: tasks.jsonl}]\n"
    "shuffle_responses: false\n"
    "questions:\n"
    "  - {name: quality, type: rating, on: response, required: true,\n"
    "     scale: {min: 1, max: 7}}\n"
    "  - {name: clarity, type: rating, on: response, scale: {min: 1, max: 5}}\n"
    "  - name: problems\n"
    "    type: tags\n"
    "    on: response\n"
    "    options: [{value: wrong, key: r}, {value: rude}]\n"
    "  - {name: why, type: text, on: task, when: {quality: \"<= 3\"}}\n";

__attribute__((unused)) static const char ONE_KEY[] =
    "labelwright: 1\n"
    "tasks: [{file: tasks.jsonl}]\n"
    "advance: auto\n"
    "questions:\n"
    "  - {name: good, type: choice, required: true,\n"
    "     options: [{value: yes}, {value: no}]}\n";

__attribute__((unused)) static const char PAIR[] =
    "labelwright: 1\n"
    "tasks: [{file: tasks.jsonl}]\n"
    "shuffle_responses: true\n"
    "questions:\n"
    "  - {name: better, type: compare, on: task, required: true}\n"
    "  - {name: helpful, type: rating, on: response, scale: {min: 1, max: 5}}\n";

__attribute__((unused)) static const char THREE[] =
    "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"three\",\"responses\":[{\"id\":\"a\",\"text\":\"third\"}]}\n";

__attribute__((unused)) static const char PAIRS[] =
    "{\"id\":\"p1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"x\",\"text\":\"1x\"},{\"id\":\"y\","
    "\"text\":\"1y\"}]}\n"
    "{\"id\":\"p2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"x\",\"text\":\"2x\"},{\"id\":\"y\","
    "\"text\":\"2y\"}]}\n"
    "{\"id\":\"p3\",\"prompt\":\"three\",\"responses\":[{\"id\":\"x\",\"text\":\"3x\"},{\"id\":"
    "\"y\",\"text\":\"3y\"}]}\n"
    "{\"id\":\"p4\",\"prompt\":\"four\",\"responses\":[{\"id\":\"x\",\"text\":\"4x\"},{\"id\":"
    "\"y\",\"text\":\"4y\"}]}\n";

static struct place p;

static void begin(const char *yaml, const char *jsonl)
{
    place_make(&p, yaml, jsonl);
    place_open(&p);
}

static int end(void **state)
{
    (void)state;
    place_close(&p);
    place_remove(&p);
    return 0;
}

/* What the draft on the screen says, as compact JSON. */
__attribute__((unused)) static void answers_are(const char *json)
{
    char *got = json_dumps(p.s->answers, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(got, json);
    free(got);
}

/* The journal's event that stands for a task, as compact JSON of its answers; "-" for none. */
__attribute__((unused)) static void recorded_is(const char *task, const char *json)
{
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint(task, strlen(task)));
    struct lw_err err = {0};
    json_t *event;
    if (!e || e->skip) {
        assert_string_equal(json, e ? "skip" : "-");
        return;
    }
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, &err), LW_OK);
    char *got = json_dumps(json_object_get(event, "answers"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(got, json);
    free(got);
    json_decref(event);
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

#endif
