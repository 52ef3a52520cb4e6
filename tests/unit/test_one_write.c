/* What goes to the terminal at once: gathered from a file, and sent whole. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/one_write_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What write() says, one call after the other: so many bytes, or an error below 0. */
static const struct {
    ssize_t results[8];
    const char *sent;
} rows[] = {
    {{11}, "hello world"},
    {{4, 7}, "hello world"},
    {{4, -EAGAIN, 3, -EINTR, -EAGAIN, 4}, "hello world"},
    {{-EAGAIN, -EAGAIN, 11}, "hello world"},
    {{5, -EIO}, "hello"},
    {{5, 0}, "hello"},
};

static const ssize_t *next;
static struct lw_buf sent;

static ssize_t scripted(const struct lw_sys *sys, int fd, const void *from, size_t n)
{
    (void)sys;
    assert_int_equal(fd, STDOUT_FILENO);
    ssize_t k = *next++;
    assert_true(k <= (ssize_t)n);
    if (k > 0)
        lw_buf_add(&sent, from, (size_t)k);
    errno = k < 0 ? (int)-k : 0;
    return k < 0 ? -1 : k;
}

static void all_is_sent_also_to_a_terminal_that_does_not_wait(void **state)
{
    (void)state;
    struct lw_sys sys = lw_sys_real;
    sys.write = scripted;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        next = rows[i].results;
        lw_buf_clear(&sent);
        lw_one_write_send(&sys, "hello world", 11);
        assert_string_equal(sent.data, rows[i].sent);
    }
    next = NULL;
    lw_one_write_send(&sys, NULL, 0);
    lw_buf_fini(&sent);
}

static void put(const struct lw_one_write *o, const char *s)
{
    assert_int_equal(write(fileno(o->file), s, strlen(s)), strlen(s));
}

static void what_is_written_meanwhile_is_gathered(void **state)
{
    (void)state;
    struct lw_one_write o;
    struct lw_buf all = {0};
    lw_buf_str(&all, "before ");
    lw_one_write_init(&o, &lw_sys_real);
    assert_true(lw_one_write_end(&o, &all)); /* without a begin */
    assert_true(lw_one_write_begin(&o));
    put(&o, "a long ");
    put(&o, "frame");
    assert_true(lw_one_write_end(&o, &all));
    assert_string_equal(all.data, "before a long frame");
    lw_buf_clear(&all);
    assert_true(lw_one_write_begin(&o)); /* a shorter one: nothing of the last is left */
    put(&o, "next");
    assert_true(lw_one_write_end(&o, &all));
    assert_string_equal(all.data, "next");
    lw_one_write_fini(&o);
    lw_buf_fini(&all);
}

static int no_memory(const struct lw_sys *sys)
{
    (void)sys;
    errno = ENOSYS;
    return -1;
}

static void nothing_is_gathered_where_that_cannot_be(void **state)
{
    (void)state;
    struct lw_one_write o;
    struct lw_sys sys = lw_sys_real;
    struct rlimit was, limit;
    sys.memfile = no_memory;
    lw_one_write_init(&o, &sys);
    assert_false(lw_one_write_begin(&o));
    assert_true(lw_one_write_end(&o, NULL));
    lw_one_write_fini(&o);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    limit = was;
    limit.rlim_cur = 1 << 20;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    lw_one_write_init(&o, &lw_sys_real);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_false(lw_one_write_begin(&o));
    lw_one_write_fini(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_sent_also_to_a_terminal_that_does_not_wait),
        cmocka_unit_test(what_is_written_meanwhile_is_gathered),
        cmocka_unit_test(nothing_is_gathered_where_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
