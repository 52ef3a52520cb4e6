/* What the waits of pty.c and tmux.c share: a clock, and the environment of the programs under
 * test. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_WAIT_H
#define LABELWRIGHT_TESTS_SUPPORT_WAIT_H

#include <stdint.h>

int64_t lw_test_now_ms(void);
void lw_test_pause(int ms); /* between two looks at what cannot be polled */

/* A new NULL-terminated environment, to free() as one block: the clean one with `extra` over it. */
char **lw_test_env(const char *const *extra);

#endif
