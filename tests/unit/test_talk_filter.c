/* Finding tasks by what was said in their talks. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

static const char ALONE[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                            "  - name: conversation\n    type: talk\n    required: true\n"
                            "    talk: {min_turns: 1}\n";
static const char ASKED[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Speak of hills.\"}\n";

static void say(const char *text)
{
    lw_sitting_run(p.s, &(struct lw_command){LW_CMD_SAY_TEXT, 0, text, strlen(text)});
}

static void lists(const char *filter, size_t most)
{
    app_fixture_press(&p, filter);
    while (lw_app_has_work(&p.app))
        lw_app_work(&p.app);
    assert_int_equal(lw_filter_count(&p.app.list.filter, p.s), most);
    app_fixture_press(&p, "a");
}

static void talks_are_found_by_what_both_sides_say(void **state)
{
    (void)state;
    begin(ALONE, ASKED);
    say("Where is the Nile?");
    say("In Egypt.");
    app_fixture_press(&p, "Enter");
    say("How high is it?");
    say("Very high.");
    app_fixture_press(&p, "Enter");
    lists("a = type:conversation Enter", 2);
    lists("a = type:conversation:_nile Enter", 1);
    lists("a = type:conversation:_Egypt Enter", 1);
    lists("a = type:conversation:_is Enter", 2);
    lists("a = type:conversation:_assistant Enter", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(talks_are_found_by_what_both_sides_say, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
