/* A file as each of many programs and data sets writes it, opened with no project: what it is taken
 * for, what is said of the rest, and the texts that the user must see. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

static const struct {
    const char *file, *said; /* by `check` */
    const char *shown;       /* texts of the task, with | between them */
} files[] = {
    {"alpacafarm.json",
        "llmbar: 1 prompt, 2 responses\n1 member with text is not shown: datasplit.", "I|in|a|b"},
    {"arena.jsonl", "named: 1 prompt, 2 responses\n", "hi|hello A|hello B"},
    {"argilla.json", "native in fields: 1 prompt, 1 response\n", "Why?|Because."},
    {"beavertails.jsonl", "named: 1 prompt, 2 responses\n", "P|a|b"},
    {"dataset-viewer.json", "trl-preference in row: 1 prompt, 2 responses\nOK: 2 tasks",
        "P1|good|bad"},
    {"doccano.jsonl", "named: 1 prompt, no response\n", "Barack Obama was born."},
    {"doccano2.jsonl", "named: 1 prompt, no response\n", "Barack Obama was born."},
    {"helpsteer2-pref.jsonl", "named: 1 prompt, 2 responses\n", "P|R1|R2"},
    {"helpsteer2.jsonl", "native: 1 prompt, 1 response\n", "P|R"},
    {"helpsteer3-edit.jsonl",
        "edited: 1 prompt, 2 responses\n"
        "3 members with text are not shown: domain, change_summary, feedback.",
        "Q|R1|R2"},
    {"helpsteer3.jsonl",
        "named: a conversation, 2 responses\n1 member with text is not shown: domain.",
        "Q|A|Q2|R1|R2"},
    {"inspect.json", "messages: 1 prompt, 1 response, a reference\n", "What is 1+1?|2"},
    {"label-studio-export.json", "named in data: 1 prompt, no response\n",
        "What do you think?|I like it"},
    {"llamafactory-dpo.json", "trl-preference: 1 prompt, 2 responses\n", "hi|good|bad"},
    {"lm-eval-mc.jsonl", "lm-eval: 1 prompt, 1 response, a reference\n", "Sky is| blue"},
    {"lm-eval.jsonl", "lm-eval: 1 prompt, 1 response, a reference\n",
        "Question: Q1|Answer:|The answer is 3"},
    {"ms-swift.jsonl", "messages: 1 prompt, 2 responses\n", "hi|good|bad"},
    {"ms-swift2.jsonl", "ms-swift: 1 prompt, 2 responses\n", "hi|good|bad"},
    {"nectar.jsonl", "named: 1 prompt, 3 responses\n", "Human: Q|a1|a2|a3"},
    {"openai-preference.jsonl", "named: 1 prompt, 2 responses\n",
        "How cold is it?|Quite cold.|No idea."},
    {"orca.jsonl", "trl-preference: a conversation, 2 responses\n", "Be nice|Q|good|bad"},
    {"prodigy-choice.jsonl", "named: 1 prompt, no response\n", "Pick a thing|A) one|B) two"},
    {"prodigy.jsonl", "named: 1 prompt, no response\n", "Apple updates its app"},
    {"promptfoo.json", "named: 1 prompt, 1 response\n", "Say hi|hi!"},
    {"sharegpt-role.json", "named: 1 prompt, 1 response\n", "hi|hello"},
    {"shp.jsonl", "named: 1 prompt, 2 responses\n", "Question text|a text|b text"},
    {"tulu.jsonl", "trl-preference: 1 prompt, 2 responses\n", "P|good|bad"},
    {"ultrafeedback-bin.jsonl", "trl-preference: 1 prompt, 2 responses\n", "P|good|bad"},
    {"ultrafeedback.jsonl",
        "named: 1 prompt, 4 responses, a reference\n4 members with text are not shown: source, "
        "completions.principle, completions.custom_system_prompt, completions.critique.",
        "Name a bird|bird gpt-4|bird llama-2-7b|bird wizardlm-7b|bird vicuna-33b"},
    {"wildchat.jsonl", "named: 1 prompt, 1 response\n", "hi|hello"},
};

/* On a line of its own, as --plain prints texts. */
static void expect_shown(struct run *r, const char *file, const char *texts)
{
    for (const char *s = texts; *s;) {
        size_t n = strcspn(s, "|");
        char *line = lw_format("  %.*s\n", (int)n, s);
        if (!strstr(r->out, line))
            fail_msg("%s does not show %s%s", file, line, r->out);
        free(line);
        s += n + (s[n] == '|');
    }
}

static void each_opens_and_shows_its_texts(void **state)
{
    struct run *r = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *file = files[i].file;
        run_shell(r, 0, "cp \"%s/tests/cli/foreign/%s\" . && \"$LW\" check %s", getenv("LW_SOURCE"),
            file, file);
        run_prints(r, files[i].said);
        run_shell(r, 0, "\"$LW\" --plain %s </dev/null", file);
        expect_shown(r, file, files[i].shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_opens_and_shows_its_texts, run_enter, run_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
