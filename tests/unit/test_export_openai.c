/* openai-preference: pairs for preference fine-tuning, each with the conversation before them. */
#define _GNU_SOURCE
#include "fixtures/export_fixture.h"

#define SAYS(role, text) "{\"role\":\"" role "\",\"content\":\"" text "\"}"
#define BOTH "\"responses\":[{\"id\":\"a\",\"text\":\"A\\u2028\"},{\"id\":\"b\",\"text\":\"B\"}]}\n"
#define BETTER(id) "{\"best\":{\"better\":" id ",\"strength\":0}}"

static void every_line_has_every_member(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, "{\"tools\":[{\"name\":\"f\"}],\"messages\":[" SAYS("system", "S") "," SAYS(
                        "user", "U") "]," BOTH "{\"messages\":[" SAYS("user", "P") "]," BOTH);
    export_label(&x, 0, BETTER("\"b\""));
    export_label(&x, 1, BETTER("\"a\""));
    assert_int_equal(export_as(&x, "openai-preference", "best"), LW_OK);
    export_expect(export_line_of(&x, 1, 2),
        "{\"input\":{\"messages\":[" SAYS(
            "user", "P") "],\"tools\":[]},"
                         "\"preferred_output\":[" SAYS("assistant",
                             "A\\u2028") "],"
                                         "\"non_preferred_output\":[" SAYS("assistant", "B") "]}");
    export_expect(export_line_of(&x, 0, 2),
        "{\"input\":{\"messages\":[" SAYS("system", "S") "," SAYS("user",
            "U") "],"
                 "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]},"
                 "\"preferred_output\":[" SAYS("assistant", "B") "],"
                                                                 "\"non_preferred_output\":[" SAYS(
                                                                     "assistant", "A\\u2028") "]}");
    assert_null(strstr(x.out.data, "\xe2\x80\xa8"));
    export_finish(&x);
}

static void what_it_cannot_hold_is_counted(void **state)
{
    (void)state;
    struct export_fixture x;
    export_make(&x, "{\"prompt\":\"P\"," BOTH "{\"messages\":[" SAYS("narrator",
                        "N") "]," BOTH "{" BOTH "{\"messages\":[" SAYS("user", "P") "]," BOTH);
    export_label(&x, 0, BETTER("null"));
    for (size_t i = 1; i < 3; i++)
        export_label(&x, i, BETTER("\"a\""));
    export_label(&x, 3, NULL);
    assert_int_equal(export_as(&x, "openai-preference", "best"), LW_OK);
    assert_int_equal(x.report.written, 0);
    EXPECT_LOSSES(&x, LOST(TIE) = 1, LOST(ROLE) = 1, LOST(NO_PROMPT) = 1, LOST(SKIPPED) = 1);
    export_finish(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_has_every_member),
        cmocka_unit_test(what_it_cannot_hold_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
