/* Completion: what may stand at the cursor, and the scripts in real shells. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "cli/command_table_internal.h"
#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static void complete(struct run *r, const char *words)
{
    run_shell(r, 0,
        "LABELWRIGHT_WORDS=$(printf 'labelwright\\n%s.') && LW_SAMPLES=\"%s/samples\" "
        "LABELWRIGHT_WORDS=${LABELWRIGHT_WORDS%%.} \"$LW\" completion words | cut -f 1 | tr '\\n' "
        "' '",
        words, getenv("LW_SOURCE"));
}

/* Of the words before the cursor, a line each; of the answer, all of it. */
static void only_what_may_stand_at_the_cursor_is_offered(void **state)
{
    static const struct {
        const char *words, *offered;
    } rows[] = {
        {"chec", "check :files "},
        {"check\\n--a", "--annotator --as "},
        {"check\\n--as\\ntrl-s", "trl-stepwise trl-sft "},
        {"check\\n--header\\n", "yes no "},
        {"check\\n--ver", "--verbose "},
        {"export\\n--format\\ntrl-s", "trl-sft trl-stepwise "},
        {"export\\np\\n--format\\ncsv", "csv csv-spreadsheet "},
        {"invoice\\n--format\\n", "text html csv "},
        {"identity\\n", "new show export "},
        {"schema\\nc", "config "},
        {"completion\\n", "bash zsh fish "},
        {"help\\nexpo", "export exposure "},
        {"help\\na", "agree all "},
        {"keys\\n", ""},
        {"--only\\nf", "flagged flags "},
        {"p\\n--only\\nq", "quality "},
        {"\"p\"\\n--only\\nq", "quality "},
        {"export\\np\\n--question\\n", "quality tone flags why "},
        {"timesheet\\n--by\\n", "day week month project "},
        {"timesheet\\n--round\\nq", "quarter-nearest quarter-up "},
        {"export\\n-o\\n", ":files "},
        {"agree\\n--adjudicate\\n", ":folders "},
        {"new\\nmine\\n--from\\nquick", "quickstart "},
        {"--theme\\nhigh", "high-contrast "},
        {"export\\np\\n--theme=x\\n--fo", "--format --force "},
        {"label\\n--task\\n", ""},
    };
    struct run *r = *state;
    run_project("p");
    run_put("project.yaml", RUN_PROJECT);
    run_put("tasks.jsonl", RUN_TASKS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        complete(r, rows[i].words);
        if (strcmp(r->out, rows[i].offered) != 0)
            fail_msg("%s: \"%s\" is offered, not \"%s\"", rows[i].words, r->out, rows[i].offered);
    }
}

static void projects_used_lately_are_offered(void **state)
{
    struct run *r = *state;
    run_project("catalan replies");
    run_shell(r, 0,
        "mkdir state && export XDG_STATE_HOME=$PWD/state && "
        "echo '{\"task\":\"a\",\"skip\":\"\"}' | \"$LW\" record 'catalan replies' && "
        "LABELWRIGHT_WORDS='labelwright\nstatus\n' \"$LW\" completion words");
    run_prints(r, "catalan replies\tworked on lately\n");
    run_prints(r, "\n:files\n");
}

static void another_shell_is_refused(void **state)
{
    struct run *r = *state;
    run_shell(r, 2, "\"$LW\" completion ksh");
    run_says(r, "bash, zsh and fish, not for \"ksh\"");
}

/* ---- in shells */

static void skip_without(struct run *r, const char *shell)
{
    run_shell(r, 0, "command -v %s || :", shell);
    if (!*r->out) {
        print_message("skip: %s is not installed\n", shell);
        skip();
    }
    run_shell(r, 0, "mkdir bin && ln -s \"$LW\" bin/labelwright");
    run_project("my project");
}

static void bash_completes(void **state)
{
    struct run *r = *state;
    skip_without(r, "bash");
    run_put("try", "PATH=$PWD/bin:$PATH\nsource <(labelwright completion bash)\n"
                   "try() { COMP_WORDS=(labelwright \"$@\"); COMP_CWORD=$#; _labelwright; "
                   "printf '%s|' \"${COMPREPLY[@]}\"; echo; }\n"
                   "try exp\ntry export --for\ntry export --format ope\ntry export my\n"
                   "try export 'my\\ project' --question t\ntry keys ''\ntry identity ''\n");
    run_shell(r, 0, "bash --norc try 2>&1");
    assert_string_equal(r->out,
        "export|exposure|\n--format|--force|\nopenai-chat|openai-preference|\n"
        "my project|\ntone|\n|\nnew|show|export|\n");
}

/* Keys to a shell in a terminal of its own, as somebody types them: zsh completes nowhere else. */
static void zsh_completes(void **state)
{
    struct run *r = *state;
    skip_without(r, "zsh");
    run_put("try.zsh",
        "zmodload zsh/zpty\nzpty sh zsh -f\n"
        "ask() { zpty -w -n sh \"$1\"; local out= i; for i in {1..500}; do zpty -r -t sh chunk && "
        "out+=$chunk || sleep 0.02; [[ $out == *$2* ]] && echo \"found $2\" && return; done; "
        "echo \"$out\"; }\n"
        "ask $'PS1=; PATH=$PWD/bin:$PATH; autoload -U compinit; compinit -u -D; source "
        "<(labelwright completion zsh); echo read\\'\\'y\\n' ready\n"
        "ask $'labelwright expo\\t' exposure\n"
        "ask $'\\C-ulabelwright export --form\\t' format\n"
        "ask $'\\C-ulabelwright export --format ultra\\t' ultrafeedback\n"
        "ask $'\\C-ulabelwright status my\\t' 'my\\ project'\n"
        "ask $'\\C-ulabelwright export my\\\\ project --question to\\t' tone\n"
        "zpty -d sh\n");
    run_shell(r, 0, "HOME=$PWD TERM=xterm zsh -f try.zsh 2>&1");
    assert_string_equal(r->out, "found ready\nfound exposure\nfound format\nfound ultrafeedback\n"
                                "found my\\ project\nfound tone\n");
}

static void fish_completes(void **state)
{
    struct run *r = *state;
    skip_without(r, "fish");
    run_put("try.fish",
        "set -x PATH $PWD/bin $PATH\nlabelwright completion fish | source\n"
        "for line in 'labelwright expo' 'labelwright export --form' "
        "'labelwright export --format ultra' 'labelwright export my' "
        "'labelwright export \"my project\" --question to' 'labelwright identity '\n"
        "    complete -C $line\nend\n");
    run_shell(r, 0, "HOME=$PWD fish --no-config try.fish 2>&1 | cut -f 1");
    assert_string_equal(r->out,
        "export\nexposure\n--format\nultrafeedback\nmy project/\ntone\nexport\nnew\nshow\n");
}

/* ---- all of it */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "agree: --explain --help …", a line a command. */
static void add_options(const struct lw_cli_command *c, struct lw_buf *to)
{
    const char *names[LW_OPT_COUNT];
    size_t n = 0;
    for (int i = 0; i < LW_OPT_COUNT; i++)
        if (lw_cli_takes(c, i))
            names[n++] = lw_cli_options[i].name;
    qsort(names, n, sizeof *names, by_name);
    lw_buf_fmt(to, "%s:", c->name);
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(to, " --%s", names[i]);
    lw_buf_str(to, "\n");
}

/* `script` prints for each of $commands what the shell offers behind it and "--". */
static void offers_every_option(struct run *r, const char *shell, const char *script)
{
    struct lw_buf expected = {0}, commands = {0};
    skip_without(r, shell);
    for (size_t i = 0; i < lw_cli_ncommands; i++) {
        add_options(&lw_cli_commands[i], &expected);
        lw_buf_fmt(&commands, " %s", lw_cli_commands[i].name);
    }
    run_put("every", script);
    run_shell(r, 0, "export HOME=$PWD PATH=$PWD/bin:$PATH LC_ALL=C.UTF-8; %s every%s 2>&1", shell,
        commands.data);
    assert_string_equal(r->out, expected.data);
    lw_buf_fini(&expected);
    lw_buf_fini(&commands);
}

static void bash_offers_every_option_of_every_command(void **state)
{
    offers_every_option(*state, "bash",
        "source <(labelwright completion bash)\n"
        "for c; do COMP_WORDS=(labelwright $c --); COMP_CWORD=2; _labelwright; "
        "echo $c: $(printf '%s\\n' \"${COMPREPLY[@]}\" | sort); done\n");
}

static void fish_offers_every_option_of_every_command(void **state)
{
    offers_every_option(*state, "fish",
        "labelwright completion fish | source\n"
        "for c in $argv; echo $c: (complete -C \"labelwright $c --\" | cut -f 1 | sort); end\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_may_stand_at_the_cursor_is_offered),
        TEST(projects_used_lately_are_offered),
        TEST(another_shell_is_refused),
        TEST(bash_completes),
        TEST(zsh_completes),
        TEST(fish_completes),
        TEST(bash_offers_every_option_of_every_command),
        TEST(fish_offers_every_option_of_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
