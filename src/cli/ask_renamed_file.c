/* A renamed data file: asks whether to continue with its labels, never guesses. */
#include "cli/cli_internal.h"

#include "labelwright/workspace/renamed_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool says_yes(const char *question)
{
    char answer[16] = "";
    fputs(question, stderr);
    return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

static bool is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void say(const struct lw_cli *c, const struct lw_renamed_file *moved, bool asked)
{
    char *words = lw_renamed_file_describe(moved);
    lw_say("%s", words);
    if (!asked)
        lw_say(
            "To continue with its labels, run labelwright %s in a terminal and answer y.", c->path);
    free(words);
}

int lw_cli_ask_renamed_file(const struct lw_cli *c, bool read_only)
{
    struct lw_renamed_file moved;
    struct lw_problems none = {0};
    struct lw_err err = {0};
    int status = 0;
    if (lw_renamed_file_find(&lw_sys_real, c->path, &moved)) {
        bool ask = !read_only && is_terminal();
        say(c, &moved, ask);
        if (ask && says_yes("Continue with its labels? [y/N] "))
            status = lw_renamed_file_take(&lw_sys_real, &moved, &err) == LW_OK
                         ? 0
                         : lw_say_wrong(&none, &err);
        else if (!read_only)
            status = lw_exit_status(LW_EBAD);
    }
    lw_renamed_file_fini(&moved);
    return status;
}
