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

/* What is known of the practice task before, if that is still to be read. */
void lw_plain_print_note(const struct lw_sitting *s);

/* "Title, task 3 of 40, done". */
void lw_plain_print_header(const struct lw_sitting *s);

/* Prints prompt, responses and reference; or why there are none. Markdown is put in words, but for
 * `source`: then every text is printed as it stands. */
void lw_plain_print_task(const struct lw_sitting *s, bool source);
void lw_plain_print_next(const struct lw_sitting *s, bool source); /* if it is shown */

/* The calls of tools among the parts of a response. */
struct lw_parts;
void lw_plain_print_calls(const struct lw_sitting *s, const struct lw_parts *parts);

/* "Quality 1-7 (bad to good) [5]: ", without a line end. Of a talk what it waits for. */
void lw_plain_print_prompt(const struct lw_sitting *s, struct lw_slot slot);

/* Earlier texts that those of the task are much like. */
void lw_plain_print_like(const struct lw_sitting *s);

/* What may be known of a hidden task: its tags, how long it is. */
void lw_plain_print_hidden(const struct lw_sitting *s);

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

/* ---- talks */

struct lw_desk;
struct lw_http;

/* What a talk needs beside the sitting; desk NULL where the project has no talk. */
struct lw_plain_talk {
    struct lw_sitting *s;
    struct lw_desk *desk;
    struct lw_http *http; /* the pool of its models */
    char *const *editor;
};

/* "Your turn 2 (…)": what the talk waits for, added to `to`. Prints an unfinished turn before. */
void lw_plain_talk_prompt(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to);

/* What stands before a turn or a reply of a talk: the speaker or the letter, and notes on it. New;
 * NULL where the task has no talk. */
char *lw_plain_turn_title(const struct lw_sitting *s, size_t turn);
char *lw_plain_reply_title(const struct lw_sitting *s, int response);

/* The talk has several replies, and which is the best is still to be said. */
bool lw_plain_awaits_choice(const struct lw_sitting *s);

/* A line for the focused talk: the turn, the best reply, or none to take back the choice. False
 * when it is not taken: the message says why. */
bool lw_plain_answer_talk(struct lw_sitting *s, const char *line, size_t n);

/* "2" and "b" are 1, the place of a reply; false for other words. */
bool lw_plain_reply_place(const char *word, size_t *to);

/* Says the text as the next turn, or beside the one that the draft names: whether it does. False
 * when it was not said: the message says why, and what the disk did not take is an unfinished turn.
 */
bool lw_plain_say(struct lw_sitting *s, const char *text, size_t n);
bool lw_plain_types_anew(const struct lw_sitting *s);
bool lw_plain_turn_is_begun(const struct lw_sitting *s); /* unfinished, and no copy of an old one */

/* True when the talk may be left; else the message says what is missing. */
bool lw_plain_talk_is_done(struct lw_sitting *s, struct lw_slot slot);

/* The replies in view are all there, and the best of them is chosen: `to` tells them from others.
 */
enum { LW_PLAIN_ROUND = 2 * LW_ITEM_ID + 24 };
bool lw_plain_talk_round(const struct lw_sitting *s, char to[LW_PLAIN_ROUND]);

/* A turn was said: asks for replies and prints them as they come, if there are any to come. The
 * commands: for more of them; for the rest of a cut one (by letter or number; "" for the first);
 * another turn in the place of the last one ("": in the editor); the next branch. False: nothing
 * has changed, as was printed. */
void lw_plain_talk_said(const struct lw_plain_talk *t);
bool lw_plain_talk_ask(const struct lw_plain_talk *t);
bool lw_plain_talk_go_on(const struct lw_plain_talk *t, const char *reply);
bool lw_plain_talk_anew(const struct lw_plain_talk *t, size_t slot, const char *text);

/* Prints the replies that are on their way until all have ended, and what the log has since `told`,
 * its last message then. SIGINT stops them; SIGTERM and SIGHUP, too, and stay pending. */
void lw_plain_replies(const struct lw_plain_talk *t, const char *told);

/* A text that still grows, sanitised and indented: whole lines, or whole sentences or words of a
 * long one. Nothing that was printed is taken back. Zero-initialise. */
struct lw_plain_growing {
    size_t cut;   /* all before this is printed */
    size_t line;  /* where the line that is printed now begins … */
    size_t clean; /* … and how many sanitised bytes of it are printed */
    bool open;    /* its end is not printed yet */
};
void lw_plain_grow(struct lw_plain_growing *g, struct lw_span text, bool ends);

/* The message with its keys in the words of this mode, as far as it is about talks and texts: new.
 */
char *lw_plain_words(const char *message);

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
