/* The journal on a disk that works: what is written, what is read, who may write. */
#define _GNU_SOURCE
#include "lab.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEGMENT "journal/000001.jsonl"

static int setup(void **state)
{
    struct lab *lab = lw_alloc(sizeof *lab);
    lab_open(lab);
    *state = lab;
    return 0;
}

static int teardown(void **state)
{
    lab_close(*state);
    free(*state);
    return 0;
}

static enum lw_code try_open(
    const struct lab *lab, bool read_only, const char *annotator, struct lw_err *err)
{
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    o.read_only = read_only;
    o.annotator = annotator;
    memset(err, 0, sizeof *err);
    enum lw_code code = lw_journal_open(&o, &j, err);
    lw_journal_close(j);
    return code;
}

/* n annotations, no two alike. */
static void fill(const struct lab *lab, int n)
{
    static int count;
    struct lw_journal *j = lab_journal(lab, NULL);
    struct lw_err err = {0};
    char note[32];
    for (int i = 0; i < n && snprintf(note, sizeof note, "note %08d", count++); i++)
        if (lab_annotate(j, "t", note, NULL, &err) != LW_OK)
            fail_msg("%s", err.text);
    lw_journal_close(j);
}

/* ---- what is written */

static void first_line_says_whose_journal_it_is(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j = lab_journal(lab, NULL);
    json_t *first;
    struct lw_buf text = {0};
    struct lw_err err = {0};
    lab_read(lab, SEGMENT, &text);
    assert_int_equal(
        lw_journal_read(j, (struct lw_pos){1, (uint32_t)text.len, 0}, &first, &err), LW_OK);
    assert_string_equal(json_string_value(json_object_get(first, "type")), "journal");
    assert_string_equal(json_string_value(json_object_get(first, "annotator")), "maria");
    assert_string_equal(json_string_value(json_object_get(first, "title")), "Catalan replies");
    assert_string_equal(json_string_value(json_object_get(first, "version")), LW_VERSION);
    const char *seed = json_string_value(json_object_get(first, "seed"));
    assert_int_equal(strtoull(seed, NULL, 16), lw_journal_seed(j));
    assert_int_equal(strlen(lw_journal_id(j)), 32);
    assert_string_equal(lw_journal_annotator(j), "maria");
    json_decref(first);
    lw_buf_fini(&text);
    lw_journal_close(j);
}

static void line_has_the_documented_form(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j = lab_journal(lab, NULL);
    struct lw_event e;
    struct lw_err err = {0};
    struct lw_buf text = {0};
    char before[LW_SHA256_HEX];
    strcpy(before, lw_journal_head(j).hash);
    assert_int_equal(lab_annotate(j, "a \"task\" é", "x\ny", &e, &err), LW_OK);
    lab_read(lab, SEGMENT, &text);
    char *line = text.data + e.pos.offset;
    char *end = lw_format(",\"prev\":\"%s\",\"hash\":\"%s\"}\n", before, e.hash);
    char *start =
        lw_format("{\"v\":1,\"journal\":\"%s\",\"seq\":2,\"time\":\"20", lw_journal_id(j));
    assert_int_equal(strncmp(line, start, strlen(start)), 0);
    assert_string_equal(line + e.pos.len - strlen(end), end);
    assert_non_null(
        strstr(line, "\",\"type\":\"annotate\",\"task\":\"a \\\"task\\\" é\",\"answers\":"));
    assert_int_equal(e.pos.offset + e.pos.len, text.len);
    assert_memory_equal(e.text, line, e.pos.len);
    char hash[LW_SHA256_HEX];
    lw_sha256_hex2("labelwright/1\n", 14, line, e.pos.len - 1 - 75, hash);
    assert_string_equal(hash, e.hash);
    free(start);
    free(end);
    lw_buf_fini(&text);
    lw_journal_close(j);
}

static void events_are_read_back_in_order(void **state)
{
    const struct lab *lab = *state;
    struct lab_log log = {0};
    fill(lab, 5);
    struct lw_journal *j = lab_journal(lab, &log);
    assert_int_equal(log.n, 6);
    for (size_t i = 0; i < log.n; i++)
        assert_int_equal(log.event[i].seq, i + 1);
    assert_int_equal(log.event[0].type, LW_EV_JOURNAL);
    assert_int_equal(log.event[5].type, LW_EV_ANNOTATE);
    assert_string_equal(lw_journal_head(j).hash, log.event[5].hash);
    size_t notes;
    lw_journal_notes(j, &notes);
    assert_int_equal(notes, 0);
    lw_journal_close(j);
    lab_log_fini(&log);
}

static void batch_is_one_chain(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j = lab_journal(lab, NULL);
    json_t *body[3];
    struct lw_event out[3];
    for (int i = 0; i < 3; i++)
        body[i] = lab_body("skip", "t", "too long");
    assert_int_equal(lw_journal_append(j, body, 3, out, NULL), LW_OK);
    for (int i = 0; i < 3; i++) {
        json_t *json = lw_event_json(&out[i]);
        assert_int_equal(out[i].seq, i + 2);
        assert_string_equal(json_string_value(json_object_get(json, "prev")),
            i ? out[i - 1].hash : json_string_value(json_object_get(json, "prev")));
        json_decref(json);
        json_decref(body[i]);
    }
    lw_journal_close(j);
    struct lw_verdict v = lab_verify(lab);
    assert_int_equal(v.events, 4);
    assert_string_equal(v.first_damage, "");
    assert_string_equal(v.head, out[2].hash);
}

static void line_of_several_mebibytes(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j = lab_journal(lab, NULL);
    struct lw_err err = {0};
    struct lw_event e;
    struct lab_log log = {0};
    size_t n = 5 * 1024 * 1024;
    char *note = lw_alloc(n + 1);
    memset(note, '\n', n); /* two bytes each in JSON */
    assert_int_equal(lab_annotate(j, "big", note, &e, &err), LW_OK);
    assert_true(e.pos.len > 2 * n);
    assert_int_equal(e.pos.segment, 2);
    json_t *json;
    assert_int_equal(lw_journal_read(j, e.pos, &json, &err), LW_OK);
    const json_t *read = json_object_get(json_object_get(json, "answers"), "note");
    assert_int_equal(json_string_length(read), n);
    json_decref(json);
    assert_int_equal(lab_annotate(j, "small", "", &e, &err), LW_OK);
    assert_int_equal(e.pos.segment, 3);
    lw_journal_close(j);
    lw_journal_close(lab_journal(lab, &log));
    assert_int_equal(log.n, 3);
    lab_log_fini(&log);
    free(note);
}

static void segments_follow_each_other(void **state)
{
    const struct lab *lab = *state;
    struct lab_log log = {0};
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    o.segment_bytes = 1000;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(lab_annotate(j, "t", "n", NULL, NULL), LW_OK);
    assert_true(lw_journal_head(j).segment > 5);
    lw_journal_close(j);
    lw_journal_close(lab_journal(lab, &log));
    assert_int_equal(log.n, 21);
    struct lw_verdict v = lab_verify(lab);
    assert_string_equal(v.first_damage, "");
    assert_true(v.segments > 5);
    lab_log_fini(&log);
}

static void body_with_members_of_the_journal_is_refused(void **state)
{
    struct lw_journal *j = lab_journal(*state, NULL);
    static const char *const bad[] = {"{\"type\":\"annotate\",\"seq\":9}", "{\"task\":\"t\"}",
        "{\"type\":\"nonsense\"}", "{\"type\":7}", "{\"task\":\"t\",\"type\":\"skip\"}",
        "{\"type\":\"skip\",\"hash\":\"\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        json_t *body = json_loads(bad[i], 0, NULL);
        struct lw_err err = {0};
        assert_int_equal(lw_journal_append(j, &body, 1, NULL, &err), LW_EUSAGE);
        json_decref(body);
    }
    assert_int_equal(lw_journal_head(j).seq, 1);
    lw_journal_close(j);
}

static void read_checks_the_hash(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j = lab_journal(lab, NULL);
    struct lw_event e;
    struct lw_err err = {0};
    json_t *json;
    assert_int_equal(lab_annotate(j, "t", "good", &e, NULL), LW_OK);
    int fd = openat(lab->dir, SEGMENT, O_WRONLY);
    assert_int_equal(pwrite(fd, "X", 1, (off_t)(e.pos.offset + e.pos.len - 200)), 1);
    close(fd);
    assert_int_equal(lw_journal_read(j, e.pos, &json, &err), LW_EBAD);
    assert_null(json);
    assert_non_null(strstr(err.text, "journal/000001.jsonl"));
    lw_journal_close(j);
}

/* ---- who may write */

static void second_opener_reads_and_knows_the_owner(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *first = lab_journal(lab, NULL);
    struct lab_log log = {0};
    struct lw_journal *second = lab_journal(lab, &log);
    char pid[32];
    snprintf(pid, sizeof pid, "pid %ld on ", (long)getpid());
    assert_int_equal(lw_journal_mode(second), LW_JOURNAL_READ_ONLY);
    assert_non_null(strstr(lw_journal_owner(second), pid));
    assert_int_equal(log.n, 1);
    assert_int_equal(lab_annotate(second, "t", "n", NULL, NULL), LW_EBUSY);
    lw_journal_close(second);
    assert_int_equal(lab_annotate(first, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(first);
    struct lw_journal *third = lab_journal(lab, NULL);
    assert_int_equal(lw_journal_mode(third), LW_JOURNAL_WRITABLE);
    lw_journal_close(third);
    lab_log_fini(&log);
}

static void lock_survives_closing_the_lock_file_elsewhere(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *first = lab_journal(lab, NULL);
    close(openat(lab->dir, "journal/lock", O_RDWR));
    struct lw_journal *second = lab_journal(lab, NULL);
    lw_journal_close(second);
    struct lw_journal *third = lab_journal(lab, NULL);
    assert_int_equal(lw_journal_mode(third), LW_JOURNAL_READ_ONLY);
    lw_journal_close(third);
    lw_journal_close(first);
    assert_true(lab_has(lab, "journal/lock"));
}

static void reader_ignores_a_line_being_written(void **state)
{
    const struct lab *lab = *state;
    struct lab_log log = {0};
    struct lw_journal_opts o = lab_opts(lab, &log);
    struct lw_journal *j;
    fill(lab, 1);
    lab_add(lab, SEGMENT, "{\"v\":1,", 7);
    o.read_only = true;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    assert_int_equal(log.n, 2);
    assert_false(lab_has(lab, SEGMENT ".torn"));
    lw_journal_close(j);
    lab_log_fini(&log);
}

static void reader_without_a_journal(void **state)
{
    struct lw_err err;
    assert_int_equal(try_open(*state, true, NULL, &err), LW_EABSENT);
    assert_false(lab_has(*state, "journal"));
}

static void whose_journal_it_is_can_be_asked_without_reading_it(void **state)
{
    struct lab *lab = *state;
    assert_null(lw_journal_whose(&lw_sys_real, lab->dir, "journal"));
    fill(lab, 1);
    char *who = lw_journal_whose(&lw_sys_real, lab->dir, "journal");
    assert_string_equal(who, "maria");
    free(who);
    struct lw_buf text = {0};
    lab_read(lab, SEGMENT, &text);
    text.data[100] ^= 1;
    lab_write(lab, SEGMENT, text.data, text.len);
    assert_null(lw_journal_whose(&lw_sys_real, lab->dir, "journal"));
    lw_buf_fini(&text);
}

static void another_annotators_journal(void **state)
{
    struct lw_err err;
    fill(*state, 1);
    assert_int_equal(try_open(*state, false, "joan", &err), LW_EBAD);
    assert_non_null(strstr(err.text, "maria"));
    assert_non_null(strstr(err.text, "journal-joan"));
    assert_int_equal(try_open(*state, true, NULL, &err), LW_OK);
}

static void folder_that_holds_no_journal(void **state)
{
    struct lab *lab = *state;
    struct lw_err err;
    assert_int_equal(mkdirat(lab->dir, "journal", 0700), 0);
    lab_write(lab, SEGMENT, "hello\nworld\n", 12);
    assert_int_equal(try_open(lab, false, "maria", &err), LW_EBAD);
}

static void symlinks_are_refused(void **state)
{
    struct lab *lab = *state;
    struct lw_err err;
    fill(lab, 1);
    assert_int_equal(renameat(lab->dir, SEGMENT, lab->dir, "elsewhere"), 0);
    assert_int_equal(symlinkat("../elsewhere", lab->dir, SEGMENT), 0);
    assert_int_equal(try_open(lab, false, "maria", &err), LW_EREFUSED);
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(try_open(lab, true, "maria", &err), LW_EREFUSED);
    unlinkat(lab->dir, SEGMENT, 0);
    assert_int_equal(mkfifoat(lab->dir, SEGMENT, 0600), 0);
    assert_int_equal(try_open(lab, false, "maria", &err), LW_EREFUSED);
    lab_wipe(lab);
    assert_int_equal(mkdirat(lab->dir, "other", 0700), 0);
    assert_int_equal(symlinkat("other", lab->dir, "journal"), 0);
    assert_int_equal(try_open(lab, false, "maria", &err), LW_EREFUSED);
}

static mode_t mode_of(const struct lab *lab, const char *name)
{
    struct stat st;
    assert_int_equal(fstatat(lab->dir, name, &st, 0), 0);
    return st.st_mode & 07777;
}

static void modes_are_mended_with_a_note(void **state)
{
    struct lab *lab = *state;
    fill(lab, 1);
    assert_int_equal(mode_of(lab, SEGMENT), 0600);
    assert_int_equal(mode_of(lab, "journal"), 0700);
    assert_int_equal(mode_of(lab, "journal/lock"), 0600);
    assert_int_equal(fchmodat(lab->dir, SEGMENT, 0664, 0), 0);
    assert_int_equal(fchmodat(lab->dir, "journal", 0755, 0), 0);
    assert_int_equal(linkat(lab->dir, SEGMENT, lab->dir, "second", 0), 0);
    struct lw_journal *j = lab_journal(lab, NULL);
    assert_true(lab_noted(j, "0600"));
    assert_true(lab_noted(j, "0700"));
    assert_true(lab_noted(j, "hard link"));
    assert_int_equal(mode_of(lab, SEGMENT), 0600);
    assert_int_equal(mode_of(lab, "journal"), 0700);
    lw_journal_close(j);
}

/* Runs `f` in a child without root's rights; the child's folder is the lab, given to it. */
static void as_nobody(struct lab *lab, int (*f)(struct lab *lab))
{
    enum { NOBODY = 65534 };
    pid_t child = fork();
    if (child == 0) {
        if (setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0)
            _exit(99);
        _exit(f(lab));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int nobody_is_refused(struct lab *lab)
{
    struct lw_err err;
    return try_open(lab, false, "maria", &err) != LW_EREFUSED || !strstr(err.text, "another user");
}

static void strangers_journal_is_refused(void **state)
{
    struct lab *lab = *state;
    if (geteuid() != 0) {
        print_message("SKIPPED: needs root to become another user\n");
        skip();
    }
    fill(lab, 1);
    assert_int_equal(fchmod(lab->dir, 0755), 0);
    assert_int_equal(fchmodat(lab->dir, "journal", 0755, 0), 0);
    assert_int_equal(fchmodat(lab->dir, SEGMENT, 0644, 0), 0);
    as_nobody(lab, nobody_is_refused);
}

static int nobody_reads_what_cannot_be_written(struct lab *lab)
{
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    int bad = lw_journal_mode(j) != LW_JOURNAL_READ_ONLY || lw_journal_owner(j) != NULL ||
              !lab_noted(j, "only be read");
    lw_journal_close(j);
    return bad;
}

static void own_journal_that_cannot_be_written_is_read(void **state)
{
    struct lab *lab = *state;
    if (geteuid() != 0) {
        print_message("SKIPPED: needs root to become another user\n");
        skip();
    }
    fill(lab, 1);
    assert_int_equal(fchmod(lab->dir, 0755), 0);
    assert_int_equal(unlinkat(lab->dir, "journal/lock", 0), 0);
    assert_int_equal(fchownat(lab->dir, SEGMENT, 65534, 65534, 0), 0);
    assert_int_equal(fchownat(lab->dir, "journal", 65534, 65534, 0), 0);
    assert_int_equal(fchmodat(lab->dir, "journal", 0500, 0), 0);
    as_nobody(lab, nobody_reads_what_cannot_be_written);
}

/* ---- starting from a mark */

static void reading_goes_on_at_a_mark(void **state)
{
    const struct lab *lab = *state;
    struct lab_log log = {0};
    struct lw_journal_opts o = lab_opts(lab, &log);
    fill(lab, 3);
    struct lw_journal *j = lab_journal(lab, NULL);
    o.from = lw_journal_head(j);
    lw_journal_close(j);
    fill(lab, 2);
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    assert_int_equal(log.restarts, 0);
    assert_int_equal(log.n, 2);
    assert_int_equal(log.event[0].seq, 5);
    assert_string_equal(lw_journal_annotator(j), "maria");
    assert_int_equal(lab_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_string_equal(lab_verify(lab).first_damage, "");
    lab_log_fini(&log);
}

static void mark_that_is_not_borne_out_starts_over(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal *j;
    fill(lab, 3);
    j = lab_journal(lab, NULL);
    const struct lw_mark good = lw_journal_head(j);
    lw_journal_close(j);
    for (int i = 0; i < 5; i++) {
        struct lab_log log = {0};
        struct lw_journal_opts o = lab_opts(lab, &log);
        o.from = good;
        if (i == 0)
            o.from.seq++;
        if (i == 1)
            o.from.offset -= 7;
        if (i == 2)
            o.from.offset += 1000000;
        if (i == 3)
            o.from.segment = 9;
        if (i == 4)
            o.from.hash[3] = '!';
        assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
        assert_int_equal(log.restarts, 1);
        assert_int_equal(log.n, 4);
        assert_true(lab_noted(j, "read again"));
        lw_journal_close(j);
        lab_log_fini(&log);
    }
}

/* ---- the chain */

/* Puts the journal of six lines together again from the lines named, in that order. */
static struct lw_verdict reordered(const struct lab *lab, const char *order, char *finding)
{
    struct lw_buf text = {0}, now = {0};
    struct lab_log log = {0};
    fill(lab, 5);
    lw_journal_close(lab_journal(lab, &log));
    lab_read(lab, SEGMENT, &text);
    for (const char *p = order; *p; p++) {
        const struct lw_pos *pos = &log.event[*p - '1'].pos;
        lw_buf_add(&now, text.data + pos->offset, pos->len);
    }
    lab_write(lab, SEGMENT, now.data, now.len);
    struct lw_verdict v = lab_verify(lab);
    strcpy(finding, v.first_damage);
    lab_log_fini(&log);
    lw_journal_close(lab_journal(lab, &log));
    size_t distinct = 0;
    for (char c = '1'; c <= '6'; c++)
        distinct += strchr(order, c) != NULL;
    size_t own = 0; /* events that opening added */
    for (size_t i = 0; i < log.n; i++)
        own += log.event[i].type == LW_EV_RECOVERED;
    assert_int_equal(log.n - own, distinct);
    lab_log_fini(&log);
    lw_buf_fini(&text);
    lw_buf_fini(&now);
    return v;
}

static void chain_breaks_are_told(void **state)
{
    static const struct {
        const char *order, *finding;
    } table[] = {
        {"123456", ""},
        {"12456", "000001.jsonl:3: event 3 is missing"},
        {"1256", "000001.jsonl:3: events 3 to 4 are missing"},
        {"23456", "000001.jsonl:1: event 1 is missing"},
        {"124356", "000001.jsonl:3: event 3 is missing"},
        {"123465", "000001.jsonl:5: event 5 is missing"},
        {"1233456", ""},
        {"12345612", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char finding[160];
        lab_wipe(*state);
        struct lw_verdict v = reordered(*state, table[i].order, finding);
        assert_int_equal(strncmp(finding, table[i].finding, strlen(table[i].finding)), 0);
        assert_int_equal(v.breaks > 0, table[i].finding[0] != '\0');
        /* After opening, the next event follows on the highest seq and reading finds no fork. */
        assert_null(strstr(lab_verify(*state).first_damage, "fork"));
    }
}

static void missing_segment_is_told(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    o.segment_bytes = 1000;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    for (int i = 0; i < 10; i++)
        assert_int_equal(lab_annotate(j, "t", "n", NULL, NULL), LW_OK);
    lw_journal_close(j);
    assert_int_equal(unlinkat(lab->dir, "journal/000002.jsonl", 0), 0);
    struct lw_verdict v = lab_verify(lab);
    assert_int_equal(v.breaks, 1);
    assert_int_equal(strncmp(v.first_damage, "000003.jsonl:1: event", 21), 0);
}

/* Continued on two machines, then put into one folder. */
static void fork_is_told_and_nothing_dropped(void **state)
{
    const struct lab *lab = *state;
    struct lw_buf before = {0}, here = {0};
    struct lab_log log = {0};
    fill(lab, 2);
    lab_read(lab, SEGMENT, &before);
    fill(lab, 2);
    lab_read(lab, SEGMENT, &here);
    lab_write(lab, SEGMENT, before.data, before.len);
    fill(lab, 3);
    lab_write(lab, "journal/000002.jsonl", here.data, here.len);
    struct lw_verdict v = lab_verify(lab);
    assert_int_equal(v.events, 3 + 3 + 2);
    assert_int_equal(v.damaged, 0);
    assert_non_null(strstr(v.first_damage, "fork"));
    lw_journal_close(lab_journal(lab, &log));
    assert_true(log.n >= 8);
    lab_log_fini(&log);
    lw_buf_fini(&before);
    lw_buf_fini(&here);
}

static void shell_loop_agrees(void **state)
{
    const struct lab *lab = *state;
    struct lw_journal_opts o = lab_opts(lab, NULL);
    struct lw_journal *j;
    char command[600];
    const char *source = getenv("LW_SOURCE");
    if (!source) {
        print_message("SKIPPED: LW_SOURCE is not set\n");
        skip();
    }
    o.segment_bytes = 1500;
    assert_int_equal(lw_journal_open(&o, &j, NULL), LW_OK);
    static const char *const odd[] = {
        "plain", "\\ back", "%s %d", "\"prev\":\"x\"", "é\n\t", " ", "$HOME `x`"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(lab_annotate(j, odd[i], odd[i], NULL, NULL), LW_OK);
    lw_journal_close(j);
    snprintf(command, sizeof command, "sh %s/tests/unit/verify.sh %s/journal", source, lab->path);
    assert_int_equal(system(command), 0);
    struct lw_buf text = {0};
    lab_read(lab, SEGMENT, &text);
    char *x = strstr(text.data, "\"task\":\"plain\"");
    x[9] = 'P';
    lab_write(lab, SEGMENT, text.data, text.len);
    assert_int_not_equal(system(command), 0);
    lw_buf_fini(&text);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(first_line_says_whose_journal_it_is),
        T(line_has_the_documented_form),
        T(events_are_read_back_in_order),
        T(batch_is_one_chain),
        T(line_of_several_mebibytes),
        T(segments_follow_each_other),
        T(body_with_members_of_the_journal_is_refused),
        T(read_checks_the_hash),
        T(second_opener_reads_and_knows_the_owner),
        T(lock_survives_closing_the_lock_file_elsewhere),
        T(reader_ignores_a_line_being_written),
        T(reader_without_a_journal),
        T(whose_journal_it_is_can_be_asked_without_reading_it),
        T(another_annotators_journal),
        T(folder_that_holds_no_journal),
        T(symlinks_are_refused),
        T(modes_are_mended_with_a_note),
        T(strangers_journal_is_refused),
        T(own_journal_that_cannot_be_written_is_read),
        T(reading_goes_on_at_a_mark),
        T(mark_that_is_not_borne_out_starts_over),
        T(chain_breaks_are_told),
        T(missing_segment_is_told),
        T(fork_is_told_and_nothing_dropped),
        T(shell_loop_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
