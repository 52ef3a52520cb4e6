/* Durable annotations a second through the whole sitting layer, digit and Enter to saved, against a
 * plain loop of write and fdatasync with the same bytes, in turns.
 *
 * usage: bench_sitting [ANNOTATIONS]     default 3000 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "fixtures/app_fixture.h"

enum { ROUND = 100 };

static int count = 3000;

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response, required: true}\n";

static void sit(struct app_fixture *p)
{
    for (int i = 0; i < ROUND; i++) {
        lw_sitting_run(p->s, &(struct lw_command){.id = LW_CMD_DIGIT, .number = 1 + i % 5});
        lw_sitting_run(p->s, &(struct lw_command){.id = LW_CMD_SUBMIT});
        assert_true(lw_sitting_view(p->s)->saved);
    }
}

static void write_plainly(int fd, const char *bytes, size_t n)
{
    for (int i = 0; i < ROUND; i++)
        if (write(fd, bytes, n) != (ssize_t)n || fdatasync(fd) != 0)
            fail_msg("cannot write");
}

static void durable_annotations(void **state)
{
    (void)state;
    static struct app_fixture p;
    struct lw_buf jsonl = {0};
    for (int i = 0; i < count + ROUND; i++)
        lw_buf_fmt(&jsonl, "{\"id\":\"task-%d\",\"prompt\":\"p\",\"response\":\"r\"}\n", i);
    app_fixture_make(&p, yaml, jsonl.data);
    app_fixture_open(&p);
    sit(&p);
    size_t n = (lw_journal_head(p.w.journal).offset) / (ROUND + 3);
    char *plain = lw_format("%s/plain", p.dir), *bytes = lw_alloc(n);
    int fd = open(plain, O_WRONLY | O_CREAT | O_APPEND, 0600);
    double ours = 0, theirs = 0;
    for (int i = 0; i < count; i += ROUND) {
        double a = bench_seconds();
        sit(&p);
        double b = bench_seconds();
        write_plainly(fd, bytes, n);
        ours += b - a;
        theirs += bench_seconds() - b;
    }
    printf("%d annotations of %zu bytes: %.0f a second; write and fdatasync %.0f; ratio %.2f   aim "
           "0.9\n",
        count, n, count / ours, count / theirs, theirs / ours);
    close(fd);
    free(bytes);
    free(plain);
    lw_buf_fini(&jsonl);
    app_fixture_end(&p);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {cmocka_unit_test(durable_annotations)};
    count = argc > 1 ? atoi(argv[1]) : count;
    return cmocka_run_group_tests(figures, NULL, NULL);
}
