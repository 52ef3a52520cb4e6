/* Commands: all that a key, a script or a test can ask for, in one table. Help, the footer, the
 * keymap and remapping read it. */
#ifndef LABELWRIGHT_SITTING_COMMAND_H
#define LABELWRIGHT_SITTING_COMMAND_H

#include <stddef.h>
#include <stdint.h>

/* id, name in config.yaml, default keys (key.h has their names), who acts on it, group in help,
 * help.
 *
 * Who: SITTING changes answers or goes to another task (sitting.h); APP changes only how things
 * are looked at, or opens a box that ends in a SITTING command. */
#define LW_COMMANDS(X)                                                                             \
    X(DIGIT, "answer", "1 2 3 4 5 6 7 8 9 0", SITTING, LABEL,                                      \
        "answer the focused question, then go to the next one without an answer")                  \
    X(LESS, "less", "Left", SITTING, LABEL, "one point less, or the option before")                \
    X(MORE, "more", "Right", SITTING, LABEL, "one point more, or the option after")                \
    X(NEXT_QUESTION, "next-question", "Tab", SITTING, LABEL, "next question")                      \
    X(PREV_QUESTION, "previous-question", "S-Tab", SITTING, LABEL, "previous question")            \
    X(FLAG, "flag", "f", APP, LABEL, "flags: the first tags question of the focused response")     \
    X(NOTE, "note", "m", APP, LABEL, "note: the first text question")                              \
    X(EDIT, "edit", "e", APP, LABEL, "correct the response, from the line on the screen")          \
    X(EDIT_OUTSIDE, "edit-outside", "E", APP, LABEL, "correct it in $VISUAL or $EDITOR")           \
    X(OLD_DRAFT, "old-draft", "^O", APP, LABEL,                                                    \
        "an old draft of this task; in a text box, its text")                                      \
    X(SUBMIT, "submit", "Enter", SITTING, LABEL,                                                   \
        "submit and go on, or go to the first missing answer")                                     \
    X(SKIP, "skip", "s", APP, LABEL, "skip the task, with a reason if you like")                   \
    X(TAKE_BACK, "take-back", "u", SITTING, LABEL,                                                 \
        "take back the last answer; then, once more, the last task")                               \
    X(NEXT_TASK, "next-task", "J", SITTING, MOVE, "next task, labeled or not")                     \
    X(PREV_TASK, "previous-task", "K", SITTING, MOVE, "previous task")                             \
    X(GO_TO, "go-to", "^G", APP, MOVE, "go to a task by its number or id")                         \
    X(LIST, "list", "a", APP, MOVE, "all tasks: find one, open it again")                          \
    X(MARK, "mark", "M", SITTING, MOVE, "mark the task to come back to it, or take the mark away") \
    X(NEXT_MARK, "next-mark", "^N", SITTING, MOVE, "the next marked task")                         \
    X(LINE_DOWN, "line-down", "j Down", APP, READ, "one line down")                                \
    X(LINE_UP, "line-up", "k Up", APP, READ, "one line up")                                        \
    X(PAGE_DOWN, "page-down", "Space PgDn", APP, READ,                                             \
        "one page down; at the end the other pane (Space opens a focused flag or text)")           \
    X(PAGE_UP, "page-up", "b PgUp", APP, READ, "one page up")                                      \
    X(TOP, "top", "g Home", APP, READ, "start of the text")                                        \
    X(BOTTOM, "bottom", "G End", APP, READ, "end of the text")                                     \
    X(FIND, "find", "/", APP, READ, "find words in the task's texts")                              \
    X(FIND_NEXT, "find-next", "n", APP, READ, "the next place found")                              \
    X(FIND_PREV, "find-previous", "N", APP, READ, "the place found before")                        \
    X(PANE, "other-pane", "o", APP, READ, "the other pane")                                        \
    X(ZOOM, "zoom", "O", APP, READ, "one pane on the whole screen, and back")                      \
    X(LINK, "link-scroll", "l", APP, READ, "scroll both answers together, and back")               \
    X(FOLD, "fold-prompt", "x", APP, READ, "fold the prompt to one line, and back")                \
    X(RAW, "raw", "t", APP, READ, "raw text: every invisible character shown, and back")           \
    X(WORD_DIFF, "word-diff", "d", APP, READ,                                                      \
        "word diff of B against A, or of a correction; and off")                                   \
    X(CURTAIN, "curtain", "z", APP, READ, "show what the curtain hides, and hide it again")        \
    X(GUIDELINES, "guidelines", "F2", APP, HELP, "the client's guidelines")                        \
    X(HELP, "help", "? F1", APP, HELP, "this help")                                                \
    X(MESSAGES, "messages", "F3", APP, HELP, "all messages of this sitting, the newest first")     \
    X(PALETTE, "palette", ": ^P", APP, HELP, "every command by name, with its keys")               \
    X(SEND, "send", "S", APP, HELP, "send now what is saved; what was refused, and why")           \
    X(PAUSE, "pause", "p", APP, HELP, "pause: the clock stops and the screen hides the task")      \
    X(REDRAW, "redraw", "^L", APP, HELP, "draw the screen anew")                                   \
    X(SUSPEND, "suspend", "^Z", APP, HELP, "back to the shell; fg returns")                        \
    X(QUIT, "quit", "q ^C", APP, HELP, "the day's card, then leave")

enum lw_command_id {
#define X(id, name, keys, who, group, help) LW_CMD_##id,
    LW_COMMANDS(X)
#undef X
        LW_CMD_TABLE_END,
    /* What boxes and scripts ask of the sitting; no key of their own. */
    LW_CMD_GO = LW_CMD_TABLE_END, /* to the task that `text` names: a number from 1, or an id */
    LW_CMD_GO_NTH,                /* to the task `number`, from 0 */
    LW_CMD_SKIP_WITH,             /* skip; `text` is the reason, may be empty */
    LW_CMD_SUBMIT_EMPTY,          /* submit, even without any answer */
    LW_CMD_TOGGLE, /* option `number` (headings count) of the focused tags; a focused choice becomes
                      that option, a focused rating the value `number` */
    LW_CMD_TEXT,   /* the focused text question becomes `text`, the focused edit question a
                      correction to it; number: LW_TEXT_ flags */
    LW_CMD_FOCUS,  /* the slot `number` */
    LW_CMD_MOVE_ON,  /* an answer given in a box is finished: from the slot `number` on, the first
                        that wants one; else one that a digit mends */
    LW_CMD_RESPONSE, /* the response `number` is looked at: what was asked about another one is now
                        asked about it */
    LW_CMD_COUNT
};

enum {
    LW_TEXT_GOES_ON = 1, /* typing goes on: taken back as one with the change before */
    LW_TEXT_OPEN = 2,    /* a correction that is half done: it cannot be submitted so */
    LW_TEXT_NONE = 4     /* no correction at all */
};

enum lw_command_who { LW_WHO_SITTING, LW_WHO_APP };
enum lw_command_group { LW_GROUP_LABEL, LW_GROUP_MOVE, LW_GROUP_READ, LW_GROUP_HELP };

struct lw_command_row {
    const char *name, *keys, *help;
    enum lw_command_who who;
    enum lw_command_group group;
};
extern const struct lw_command_row lw_command_table[LW_CMD_TABLE_END];

struct lw_command {
    enum lw_command_id id;
    int64_t number;   /* DIGIT: 0-9; others as said above */
    const char *text; /* borrowed for the call */
    size_t len;
};

#endif
