/* Plain mode: shows a task and its questions as lines of text, and takes typed lines as answers.
 *
 * All text from outside is sanitised. The texts of a task are indented, so that none of their lines
 * looks like one of ours. */
#ifndef LABELWRIGHT_CLI_PLAIN_PLAIN_INTERNAL_H
#define LABELWRIGHT_CLI_PLAIN_PLAIN_INTERNAL_H

#include "labelwright/sitting/sitting.h"
#include "labelwright/sync/sync.h"

struct lw_cli;

/* `label --plain`: opens PATH and runs the session on stdin and stdout until one of them or the
 * tasks end; returns the exit status. */
int lw_plain_run(struct lw_cli *c);

/* Prints any text, sanitised, as one line on stdout. */
void lw_plain_print(const char *text);

/* "Title, task 3 of 40, done". */
void lw_plain_print_header(const struct lw_sitting *s);

/* Prints prompt, responses and reference; or why there are none. Markdown is put in words, but for
 * `source`: then every text is printed as it stands. */
void lw_plain_print_task(const struct lw_sitting *s, bool source);
void lw_plain_print_next(const struct lw_sitting *s, bool source); /* if it is shown */

/* "Quality 1-7 (bad to good) [5]: ", without a line end. */
void lw_plain_print_prompt(const struct lw_sitting *s, struct lw_slot slot);

/* The prompt for a hidden task. */
void lw_plain_print_curtain(const char *tag);

/* Answers this slot with a typed line (NUL-terminated); an empty line clears tags and texts. False
 * when it is not an answer: s->message says why, and nothing has changed. */
bool lw_plain_answer(struct lw_sitting *s, size_t slot, const char *line, size_t n);

/* Of spans a line adds one, or with - removes one; an empty line clears them. Reading them aloud: a
 * line each, and the one that a slot is about. */
bool lw_plain_answer_spans(struct lw_sitting *s, size_t slot, const char *line);
void lw_plain_read_spans(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* What spans and boxes have in common: the list so far, NULL for none; a new one, which it takes,
 * and whether it is the answer now; the tag with this number, from 1; a number at the start of a
 * line, and past what stands between it and the next. */
const json_t *lw_plain_marks(const struct lw_sitting *s, struct lw_slot slot);
bool lw_plain_set_marks(struct lw_sitting *s, struct lw_slot slot, json_t *value);
const struct lw_option *lw_plain_option(const struct lw_question *q, int64_t number);
bool lw_plain_take_number(const char **s, int64_t *to);

/* The same of boxes and points, by numbers. */
bool lw_plain_answer_boxes(struct lw_sitting *s, size_t slot, const char *line);
void lw_plain_read_boxes(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

bool lw_plain_has_lines(struct lw_span text); /* more than one */

/* The same for a text or a correction, written in the user's own editor. */
bool lw_plain_edit(struct lw_sitting *s, size_t slot, char *const *editor);

/* Sends what is saved, and prints the result. */
void lw_plain_send(const struct lw_sitting *s, struct lw_sync *sync);

/* ---- lines */

/* Zero-initialise; free() its text. */
struct lw_plain_line {
    char *text;       /* NUL-terminated; without its line end */
    size_t room, len; /* bytes */
    int error;        /* errno of the read that failed, 0 for none */
};

/* Flushes stdout and reads the next line. False at the end of input, when stdout or stdin fails and
 * on SIGINT, SIGTERM, SIGHUP. A line that the end of input cut off is ignored. */
bool lw_plain_read_line(struct lw_plain_line *to);

/* Why a line must be ignored: not text, cut by the terminal, too long; NULL when it is fine. */
const char *lw_plain_line_fault(const struct lw_plain_line *l);

/* Prints what went wrong while reading, and returns the exit status. */
int lw_plain_end_status(const struct lw_plain_line *l);

#endif
