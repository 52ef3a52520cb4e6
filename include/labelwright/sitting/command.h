/* Commands: everything a key, a script or a test can ask for, in one table. Help, footer, keymap
 * and remapping read it. */
#ifndef LABELWRIGHT_SITTING_COMMAND_H
#define LABELWRIGHT_SITTING_COMMAND_H

#include <stddef.h>
#include <stdint.h>

/* id, name in config.yaml, default keys (named as in key_internal.h), who runs it, group in help,
 * help.
 *
 * Who: SITTING changes answers or opens another task (sitting.h); APP changes only the view, or
 * opens a dialog that ends in a SITTING command. */
#define LW_COMMANDS(X)                                                                             \
    X(DIGIT, "answer", "1 2 3 4 5 6 7 8 9 0", SITTING, LABEL,                                      \
        "answer the question, then go to the next unanswered one")                                 \
    X(LESS, "less", "Left", SITTING, LABEL, "one point less, or the previous option")              \
    X(MORE, "more", "Right", SITTING, LABEL, "one point more, or the next option")                 \
    X(MUCH_LESS, "much-less", "<", SITTING, LABEL, "on a scale ten points less")                   \
    X(MUCH_MORE, "much-more", ">", SITTING, LABEL, "on a scale ten points more")                   \
    X(TIE, "tie", "=", SITTING, LABEL, "ranking: the next one ties; again: all left")              \
    X(NOT_RANKABLE, "not-rankable", "*", SITTING, LABEL,                                           \
        "ranking: next one not rankable; again: all")                                              \
    X(ACCEPT, "accept", ";", SITTING, LABEL, "accept what is suggested, then go on")               \
    X(ACCEPT_ALL, "accept-all", "^Y", SITTING, LABEL, "accept all suggestions of the task")        \
    X(REPEAT, "repeat", "^R", SITTING, LABEL, "give the answers of the last label again")          \
    X(NEXT_QUESTION, "next-question", "Tab", SITTING, LABEL, "next question")                      \
    X(PREV_QUESTION, "previous-question", "S-Tab", SITTING, LABEL, "previous question")            \
    X(FLAG, "flag", "f", APP, LABEL, "open the first tags question (flags)")                       \
    X(NOTE, "note", "m", APP, LABEL, "open the first text question (note)")                        \
    X(EDIT, "edit", "e", APP, LABEL, "correct the response at the line on screen")                 \
    X(EDIT_OUTSIDE, "edit-outside", "E", APP, LABEL, "correct the response in $VISUAL or $EDITOR") \
    X(SPAN, "mark-span", "v", APP, LABEL, "mark spans or boxes; ? there: its keys")                \
    X(SAY, "say", "^W", APP, LABEL, "talk: write the next turn")                                   \
    X(SAY_ANEW, "say-anew", "^E", APP, LABEL, "talk: write one of your turns anew, as a branch")   \
    X(ASK, "ask", "F12", APP, LABEL, "talk: ask the model for a reply, or for more of them")       \
    X(GO_ON, "go-on", "S-F12", APP, LABEL, "talk: let a reply that was cut go on")                 \
    X(STOP, "stop", "^X", APP, LABEL, "talk: stop the replies; what came is kept")                 \
    X(BRANCH, "branch", "^U", SITTING, LABEL, "talk: go to the next branch")                       \
    X(OLD_DRAFT, "old-draft", "^O", APP, LABEL, "show an old draft; in a box: use its text")       \
    X(SUBMIT, "submit", "Enter", SITTING, LABEL, "submit and go on, or go to a missing answer")    \
    X(SKIP, "skip", "s", APP, LABEL, "skip the task (reason optional)")                            \
    X(TAKE_BACK, "take-back", "u", SITTING, LABEL, "undo the last answer; again: the last task")   \
    X(NEXT_TASK, "next-task", "J", SITTING, MOVE, "next task, labeled or not")                     \
    X(PREV_TASK, "previous-task", "K", SITTING, MOVE, "previous task")                             \
    X(GO_TO, "go-to", "^G", APP, MOVE, "go to a task by number or id")                             \
    X(LIST, "list", "a", APP, MOVE, "all tasks: search, filter, open one")                         \
    X(MARK, "mark", "M", SITTING, MOVE, "mark the task for later, or remove the mark")             \
    X(NEXT_MARK, "next-mark", "^N", SITTING, MOVE, "next marked task")                             \
    X(LINE_DOWN, "line-down", "j Down", APP, READ, "one line down")                                \
    X(LINE_UP, "line-up", "k Up", APP, READ, "one line up")                                        \
    X(PAGE_DOWN, "page-down", "Space PgDn", APP, READ,                                             \
        "one page down, then next pane (Space opens flags, texts)")                                \
    X(PAGE_UP, "page-up", "b PgUp", APP, READ, "one page up")                                      \
    X(TOP, "top", "g Home", APP, READ, "start of the text")                                        \
    X(BOTTOM, "bottom", "G End", APP, READ, "end of the text")                                     \
    X(COPY, "copy", "M-c", APP, READ, "copy this text to the terminal's clipboard")                \
    X(COPY_ID, "copy-id", "M-C", APP, READ, "copy the task's id to the terminal's clipboard")      \
    X(FIND, "find", "/", APP, READ, "search the texts of this task")                               \
    X(FIND_NEXT, "find-next", "n", APP, READ, "next match; in a word diff the next difference")    \
    X(FIND_PREV, "find-previous", "N", APP, READ, "previous match, or difference")                 \
    X(PANE, "other-pane", "o", APP, READ, "next pane")                                             \
    X(NEXT_ITEM, "next-turn", ".", APP, READ, "next turn of the conversation, or next step")       \
    X(PREV_ITEM, "previous-turn", ",", APP, READ, "previous turn, or previous step")               \
    X(ZOOM, "zoom", "O", APP, READ, "one pane on the full screen, on/off")                         \
    X(LINK, "link-scroll", "l", APP, READ, "scroll the responses together, on/off")                \
    X(FOLD, "fold-prompt", "x", APP, READ, "fold the prompt to one line, on/off")                  \
    X(HEADINGS, "headings", "^T", APP, READ, "headings of the text: go to one")                    \
    X(LINKS, "links", "^K", APP, READ, "links in the text: where they go")                         \
    X(RAW, "raw", "t", APP, READ, "source of the text, then with every character")                 \
    X(FOLD_BLOCKS, "fold-blocks", "F4", APP, READ, "fold long code and quotes to a line, on/off")  \
    X(NUMBERS, "line-numbers", "F7", APP, READ, "numbers of the lines of code, on/off")            \
    X(WORD_DIFF, "word-diff", "d", APP, READ, "word diff A to B, or of a correction, on/off")      \
    X(SPELLING, "spelling", "F6", APP, READ, "mark misspelt words in the texts, on/off")           \
    X(NEXT_MISSPELT, "next-misspelt", "F8", APP, READ, "next misspelt word; add or ignore it")     \
    X(PREV_MISSPELT, "previous-misspelt", "S-F8", APP, READ, "previous misspelt word")             \
    X(COMPARE_WITH, "compare-with", "^D", APP, READ,                                               \
        "word diff from the next response, or the reference")                                      \
    X(LARGER, "larger", "F9", APP, READ, "show the picture larger")                                \
    X(SMALLER, "smaller", "S-F9", APP, READ, "show the picture smaller, down to all of it")        \
    X(PART_LEFT, "part-left", "S-Left", APP, READ, "of a larger picture: the part to the left")    \
    X(PART_RIGHT, "part-right", "S-Right", APP, READ, "the part to the right")                     \
    X(PART_UP, "part-up", "S-Up", APP, READ, "the part above")                                     \
    X(PART_DOWN, "part-down", "S-Down", APP, READ, "the part below")                               \
    X(PICTURE_FILTER, "picture-filter", "F10", APP, READ,                                          \
        "pictures grey, blurred, both, as they are")                                               \
    X(CURTAIN, "curtain", "z", APP, READ, "show more of a hidden task; hide it again")             \
    X(CURTAIN_ALL, "curtain-all", "Z", APP, READ, "show all of a hidden task; hide it again")      \
    X(HIDE_FIRST, "hide-first", "S-F10", APP, READ, "every task starts hidden, on/off")            \
    X(FIRST_ROW, "first-row", "F5", APP, READ,                                                     \
        "of a table, before any answer: its first row is names, or a task")                        \
    X(GUIDELINES, "guidelines", "F2 I", APP, HELP, "guidelines of the project; / there: search")   \
    X(HELP, "help", "? F1", APP, HELP, "this help")                                                \
    X(MESSAGES, "messages", "F3", APP, HELP, "messages of this session, newest first")             \
    X(WHOLE, "whole-texts", "S-F4", APP, HELP, "read what this screen cuts short")                 \
    X(WORK, "my-work", "S-F2", APP, HELP, "your work today and this week: charts, figures")        \
    X(PACE, "pace", "S-F3", APP, HELP, "your pace today, once: tasks an hour")                     \
    X(PALETTE, "palette", ": ^P", APP, HELP, "all commands by name, with their keys")              \
    X(THEME, "theme", "S-F5", APP, HELP, "choose a theme, with a preview")                         \
    X(REMAP, "remap-key", "S-F11", APP, HELP, "give a command another key")                        \
    X(SEND, "send", "S", APP, HELP, "send now; show refused labels")                               \
    X(PAUSE, "pause", "p", APP, HELP, "pause: stop the clock and hide the task")                   \
    X(LATER, "later", "S-F6", APP, HELP, "put off the break that is offered")                      \
    X(STOP_TODAY, "stop-for-today", "S-F7", APP, HELP, "summary of today, then leave for today")   \
    X(REDRAW, "redraw", "^L", APP, HELP, "redraw the screen")                                      \
    X(SUSPEND, "suspend", "^Z", APP, HELP, "back to the shell; fg returns")                        \
    X(QUIT, "quit", "q ^C", APP, HELP, "summary of today, then leave")

enum lw_command_id {
#define X(id, name, keys, who, group, help) LW_CMD_##id,
    LW_COMMANDS(X)
#undef X
        LW_CMD_TABLE_END,
    /* Commands of dialogs and scripts; they have no key. */
    LW_CMD_GO = LW_CMD_TABLE_END, /* go to the task `text`: a number from 1, or an id; or so
                                     many on or back: +3, -3 */
    LW_CMD_GO_NTH,                /* go to the task `number`, from 0 */
    LW_CMD_SKIP_WITH,             /* skip; `text` is the reason and may be empty */
    LW_CMD_SUBMIT_EMPTY,          /* submit, even without an answer */
    LW_CMD_TOGGLE, /* set or clear option `number` (headings count) of the focused tags; answer a
                      focused choice with that option, a focused rating with `number`; place the
                      response at `number` (as shown, from 0) next in a focused ranking */
    LW_CMD_TEXT,   /* answer the focused text question with `text`, or correct the response to it;
                      number: LW_TEXT_ flags; a focused ranking: "B A=C *D" */
    LW_CMD_SPANS, /* the focused question's spans or boxes become those of `text`, as JSON (spans.h,
                     boxes.h) */
    LW_CMD_SAY_TEXT, /* `text` is the next message of the talk, or stands beside the one that the
                        draft says (talking.h) */
    LW_CMD_FOCUS,    /* focus the slot `number` */
    LW_CMD_MOVE_ON,  /* a dialog was closed: focus the first unanswered slot from `number` on; else
                        one that a digit can change */
    LW_CMD_MACRO,    /* give the answers of the macro `number` */
    LW_CMD_RESPONSE, /* the user looks at the response `number`: focus the same question about it */
    LW_CMD_COUNT
};

enum {
    LW_TEXT_GOES_ON = 1, /* typing continues: undone together with the change before */
    LW_TEXT_OPEN = 2,    /* an unfinished correction: it cannot be submitted */
    LW_TEXT_NONE = 4     /* no correction at all */
};

enum lw_command_who { LW_WHO_SITTING, LW_WHO_APP };
enum lw_command_group { LW_GROUP_LABEL, LW_GROUP_MOVE, LW_GROUP_READ, LW_GROUP_HELP };
const char *lw_command_group_title(enum lw_command_group g); /* "Labeling" */

struct lw_command_row {
    const char *name, *keys, *help;
    enum lw_command_who who;
    enum lw_command_group group;
};
extern const struct lw_command_row lw_command_table[LW_CMD_TABLE_END];

struct lw_command {
    enum lw_command_id id;
    int64_t number; /* DIGIT: 0-9; ACCEPT_ALL, REPEAT: only about this response or none, -1 for all;
                       for the others see above */
    const char *text; /* borrowed for the call */
    size_t len;
};

#endif
