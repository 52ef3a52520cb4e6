/* Where the samples are. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Installed samples are in the program's prefix, wherever that was moved. */
char *lw_cli_samples_folder(void)
{
    char program[PATH_MAX];
    const char *given = getenv("LW_SAMPLES");
    if (given && *given)
        return lw_strdup(given);
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return lw_strdup("samples");
    program[n] = '\0';
    *strrchr(program, '/') = '\0';
    return lw_format("%s/%s/samples", program, LW_DATA_FROM_BIN);
}
