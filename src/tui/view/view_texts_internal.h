/* Every text that the views draw, screen by screen: to be read as a whole, and to be translated.
 * String macros, so that the compiler checks the formats where they are used. The words beside keys
 * are in the tables of the footers. */
#ifndef LABELWRIGHT_TUI_VIEW_VIEW_TEXTS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VIEW_TEXTS_INTERNAL_H

#include <inttypes.h>

/* ---- header and panes */

#define LW_VIEW_VIEW_ONLY "view only"
#define LW_VIEW_CANNOT_SAVE "cannot save"
#define LW_VIEW_SKIPPED_DRAFT "skipped, draft"
#define LW_VIEW_SAVED_CHANGED "saved, record changed"
#define LW_VIEW_NOT_STARTED "not started"
#define LW_VIEW_DRAFT "draft"
#define LW_VIEW_SAVED "saved"
#define LW_VIEW_DONE "done"
#define LW_VIEW_SKIPPED "skipped"
#define LW_VIEW_CHANGED "changed"
#define LW_VIEW_DRAFT_SAVED "draft saved"
#define LW_VIEW_OFFER_BREAK "%s. %s: pause, %s: later"
#define LW_VIEW_OFFER_STOP "%s. %s: stop, %s: not today"
#define LW_VIEW_OFFER_PALETTE ":"
#define LW_VIEW_DONE_TODAY "%" PRIu64 " done, %" PRIu64 " today"
#define LW_VIEW_ALL_TODAY "%" PRIu64 " done today"
#define LW_VIEW_TODAY_ONLY "%" PRIu64 " today"
#define LW_VIEW_FILTER_PLACE ", filter %zu of %zu"
#define LW_VIEW_PRACTICE "  practice"
#define LW_VIEW_MARKED "  marked"
#define LW_VIEW_JUDGED "  judged now"
#define LW_VIEW_RANKED "  place %zu"
#define LW_VIEW_NOT_RANKED "  not rankable"
#define LW_VIEW_CONVERSATION "CONVERSATION"
#define LW_VIEW_PROMPT "PROMPT"
#define LW_VIEW_FOLDED "  folded; %s: show"
#define LW_VIEW_PANE_DIFF "  word diff"
#define LW_VIEW_DIFF_TO "  word diff from %c"
#define LW_VIEW_DIFF_TO_REFERENCE "  word diff from the reference"
#define LW_VIEW_PANE_OF "  %d of %zu"
#define LW_VIEW_RESPONSE "RESPONSE"
#define LW_VIEW_LINES_MORE "%zu-%zu/%zu, %zu more"
#define LW_VIEW_HEADINGS "HEADINGS"
#define LW_VIEW_LINKS "LINKS"
#define LW_VIEW_LINES_SOME "%zu-%zu, %d %%" /* of its bytes: its lines are not counted yet */
#define LW_VIEW_PERCENT ", %d %%"
#define LW_VIEW_READ ", read to the end"
#define LW_VIEW_LINES_END "%zu-%zu/%zu, end"
/* files of pictures */
#define LW_VIEW_PICTURE "Picture: %s, %" PRIu32 " x %" PRIu32 " pixels%s"
#define LW_VIEW_PICTURE_PART                                                                       \
    "Picture: %s, %" PRIu32 " x %" PRIu32 " pixels%s, %d %% of the width, %d %% of the height"
#define LW_VIEW_PICTURE_GREY ", grey"
#define LW_VIEW_PICTURE_BLURRED ", blurred"
#define LW_VIEW_PICTURE_BOTH ", grey and blurred"
#define LW_VIEW_PICTURE_READING "Picture: %s …"
#define LW_VIEW_PICTURE_FAULT "Picture, not shown: %s."

#define LW_VIEW_NO_TASK "No task to show yet."

/* ---- the status line: %s of PRESS and UNDO_HINT is a key */

#define LW_VIEW_NO_LABELS "no labels yet"
#define LW_VIEW_LABELS "%" PRIu64 " label%s"
#define LW_VIEW_SKIPS "%s%" PRIu64 " skip%s"
#define LW_VIEW_SAVED_HERE " saved on this machine"
#define LW_VIEW_ALL_SENT "all sent"
#define LW_VIEW_NOTHING_TO_SEND "nothing to send"
#define LW_VIEW_TO_SEND "%" PRIu64 " to send"
#define LW_VIEW_SENDING_OF "sending %" PRIu64 " of %" PRIu64
#define LW_VIEW_OFFLINE "offline, %" PRIu64 " to send"
#define LW_VIEW_NOT_SENT "%" PRIu64 " not sent"
#define LW_VIEW_REFUSED "%" PRIu64 " refused"
#define LW_VIEW_PROBLEM "problem"
#define LW_VIEW_PRESS ": press %s"
#define LW_VIEW_UNDO_HINT "%s: undo"
#define LW_VIEW_ALL_OF_MESSAGE "%s: all"

/* ---- what a pane warns of */

#define LW_VIEW_NO_PROMPT "This task has no prompt."
#define LW_VIEW_FEWER_RESPONSES "This task has %zu response%s; most have %zu."
#define LW_VIEW_NEXT "What came next"
#define LW_VIEW_REFERENCE "Reference"
#define LW_VIEW_EMPTY_RESPONSE "This response is empty."
#define LW_VIEW_UNREADABLE "This task cannot be read."
#define LW_VIEW_HIDDEN "Hidden (%s). z: show a piece, Z: all."
#define LW_VIEW_MORE_HIDDEN "%zu more hidden. z: the next, Z: all."

/* ---- questions */

#define LW_VIEW_DEFAULT " default: "
#define LW_VIEW_SUGGESTED " suggested: "
#define LW_VIEW_SUGGESTED_MORE ", %zu more"
#define LW_VIEW_PAGE "page %zu of %zu"
#define LW_VIEW_PAGE_MISSING "page %zu of %zu, %zu required left"
#define LW_VIEW_ANSWERS "ANSWERS"
#define LW_VIEW_REQUIRED "*"
#define LW_VIEW_ITEMS_ANSWERED "%zu/%zu" /* turns, steps or spans, of so many */
#define LW_VIEW_EMPTY_CHOOSE "empty: Space to choose"
#define LW_VIEW_EMPTY_WRITE "empty: Space to write"
#define LW_VIEW_RANK_BEST "the best?"
#define LW_VIEW_RANK_NEXT "the next best?"
#define LW_VIEW_RANK_WORST "the worst?"
#define LW_VIEW_RANK_TIED "as good?"
#define LW_VIEW_RANK_NOT "not rankable?"
#define LW_VIEW_RANK_PLACE "place"
#define LW_VIEW_RANK_AGAIN "rank again"
#define LW_VIEW_RANK_THE_BEST "best"
#define LW_VIEW_RANK_THE_WORST "worst"
#define LW_VIEW_QUOTA "%llu of %llu"
#define LW_VIEW_QUOTA_OF "%s %s%s, "
#define LW_VIEW_QUOTA_FULL " (full)"
#define LW_VIEW_QUOTA_ALL "in all %llu of %llu"
#define LW_VIEW_QUOTA_MARK " ✓"
#define LW_VIEW_NO_OPTION "nothing matches \"%s\""
#define LW_VIEW_EMPTY_STEP "(this step is empty)"
#define LW_VIEW_WHOLE_RESPONSE "The response as a whole:"
#define LW_VIEW_OF_ITEM ": "
#define LW_VIEW_OPTION_PLACE "  %d of %d"
#define LW_VIEW_FILTER_KEYS "Enter choose  Esc close"

/* ---- marking spans */

#define LW_VIEW_EMPTY_MARK "none: v to mark"
#define LW_VIEW_MARKING "MARK SPANS"
#define LW_VIEW_MARKING_OPEN "the key of a tag marks it"
#define LW_VIEW_MARKING_NOW "span %zu of %zu: "
#define LW_VIEW_MARKING_MORE ", and …"
#define LW_VIEW_MARKING_COUNT "%zu span%s"

/* ---- marking boxes */

#define LW_VIEW_BOXING "MARK PARTS OF THE PICTURE"
#define LW_VIEW_BOXING_OPEN "the key of a tag ends the box"
#define LW_VIEW_BOXING_NOW "%zu of %zu: "
#define LW_VIEW_BOXING_COUNT "%zu marked"

/* ---- boxes over the screen */

#define LW_VIEW_FREE_SKIP "Skip this task: it costs you nothing. Reason (optional):"
#define LW_VIEW_SKIP_REASON "Skip this task. Reason (optional):"
#define LW_VIEW_SEARCH_TASK "Search this task"
#define LW_VIEW_GO_TO_TASK "Go to task (number or id; +3 or -3: so many on or back)"
#define LW_VIEW_COMMANDS "Commands"
#define LW_VIEW_NO_COMMAND "No command matches \"%s\"."

/* ---- the correction editor */

#define LW_VIEW_EDIT_TEXT "EDIT  %s"
#define LW_VIEW_WRITE_TEXT "WRITE  %s"
#define LW_VIEW_TASK_TEXTS "the task"
#define LW_VIEW_CALL_RESULT "what %.40s gives back (%zu to do)"
#define LW_VIEW_TURN_ANEW "your turn, written anew"
#define LW_VIEW_TURN_OF "your turn %zu of at most %" PRId64
#define LW_VIEW_TURN "your turn %zu"
#define LW_VIEW_OTHER_SIDE "the other side's reply"
#define LW_VIEW_BEST "  best"
#define LW_VIEW_COMING "coming"
#define LW_VIEW_CUT "cut"
#define LW_VIEW_YOUR_TEXT "your text"
#define LW_VIEW_TEMPLATES "templates"
#define LW_VIEW_TEMPLATE "%zu  %s: %.*s"
#define LW_VIEW_LIKE "Much like %s (%d %% of its words). M-o: see it"
#define LW_VIEW_LIKE_SHOWN "Much like %s (%d %% of its words). M-o: the task"
#define LW_VIEW_LENGTH "%zu word%s%s, %zu character%s, about %zu token%s"
#define LW_VIEW_LENGTH_SHORT "%zu word%s%s"
#define LW_VIEW_LIMITS " (%" PRId64 " to %" PRId64 ")"
#define LW_VIEW_LIMIT " (at %s %" PRId64 ")"
#define LW_VIEW_DIFF_COUNTS "+%zu -%zu words"
#define LW_VIEW_WORD_DIFF "word diff"
#define LW_VIEW_NO_CHANGES "No changes. ^X: mark \"no correction needed\"."
#define LW_VIEW_TEXT "text"
#define LW_VIEW_RENDERED "as it is shown"
#define LW_VIEW_SEARCH "Search "
#define LW_VIEW_CONFLICT "Changed elsewhere:"
#define LW_VIEW_REPLACE "Replace "
#define LW_VIEW_REPLACE_WITH "Replace with "
#define LW_VIEW_REPLACE_THIS "Replace this one?"
#define LW_VIEW_GO_TO_LINE "Go to line "

/* ---- spelling: %s is a language, or a word */

#define LW_VIEW_LOADING "Loading the %s dictionary."
#define LW_VIEW_MISSPELT "Misspelt: %s"
#define LW_VIEW_SEEKING "Looking for what may be meant …"
#define LW_VIEW_NOTHING_MEANT "No suggestion."

/* ---- pages */

#define LW_VIEW_KEYS "KEYS"
#define LW_VIEW_GUIDELINES "GUIDELINES"
#define LW_VIEW_NOTE "TASK %zu AND THE REFERENCE"
#define LW_VIEW_OLD_DRAFT "OLD DRAFT"
#define LW_VIEW_MESSAGES "MESSAGES"
#define LW_VIEW_WHOLE "CUT SHORT ON THE SCREEN"
#define LW_VIEW_MY_WORK "MY WORK"
#define LW_VIEW_MORE "%zu more"
#define LW_VIEW_END "end"
#define LW_VIEW_FOUND "match %zu of %zu"
#define LW_VIEW_NOT_FOUND "not found"

/* of a table that was just opened: %s is a key */
#define LW_VIEW_ROW_IS_TASK " · %s: it is a task"
#define LW_VIEW_ROW_IS_NAMES " · %s: the first row is names"

/* ---- the start screen */

#define LW_VIEW_START_PROJECTS "PROJECTS"
#define LW_VIEW_START_FILES "TASK FILES IN THIS FOLDER"
#define LW_VIEW_START_SAMPLES "SAMPLES"
#define LW_VIEW_START_LEFT "%" PRIu64 " of %zu left"
#define LW_VIEW_START_ALL_DONE "all %zu done"
#define LW_VIEW_START_DONE "%" PRIu64 " done"
#define LW_VIEW_START_UNSENT "%" PRIu64 " unsent"
#define LW_VIEW_START_REFUSED "%" PRIu64 " refused"
#define LW_VIEW_START_TODAY "today"
#define LW_VIEW_START_LOOKING "…"
#define LW_VIEW_START_SEARCHING "looking at the files of this folder …"
#define LW_VIEW_START_NO_PROJECT "None yet. To see how it works, open a sample: press A."
#define LW_VIEW_START_NO_PROJECT_AT_ALL "None yet. Open a file of tasks: labelwright FILE"
#define LW_VIEW_START_NO_FILE                                                                      \
    "None. Put a file of tasks here (JSON, CSV, TSV), or: labelwright FILE"
#define LW_VIEW_START_NO_FILE_NARROW "None. Put one here (JSON, CSV), or: labelwright FILE"
#define LW_VIEW_START_NO_SAMPLE "None are installed."
#define LW_VIEW_START_MORE_FILES "%zu more in this folder"
#define LW_VIEW_START_BELOW "%zu more below"
#define LW_VIEW_START_ENTER_PROJECT "Enter: label %s/%s"
#define LW_VIEW_START_ENTER_FILE "Enter: label it here. n: copy it to a project folder first."
#define LW_VIEW_START_ENTER_SAMPLE "Enter: make the folder %s of this sample, and label it."
#define LW_VIEW_START_PROGRAM "labelwright " LW_VERSION
#define LW_VIEW_START_CUT_WHY "%s: %s "
#define LW_VIEW_START_CUT_FILE "%s, %s. "
#define LW_VIEW_START_CUT_TITLE "%s. "
#define LW_VIEW_START_MARK_FIRST                                                                   \
    "Mark a file or a sample first (Up, Down): n makes a project of it."
#define LW_VIEW_START_NO_KEY "This key opens nothing. q leaves."

/* ---- the task list */

#define LW_VIEW_LIST_TITLE "TASKS: %s"
#define LW_VIEW_LIST_TOTALS "%" PRIu64 " done, %" PRIu64 " skipped"
#define LW_VIEW_LIST_COUNT "%zu task%s%s"
#define LW_VIEW_STILL_SEARCHING ", still searching"
#define LW_VIEW_SEARCHING "searching …"
#define LW_VIEW_LIST_SEARCHING "Searching …"
#define LW_VIEW_LIST_EMPTY "No task matches. Tab: next filter."
#define LW_VIEW_TODAY "today %H:%M"
#define LW_VIEW_YESTERDAY "yest. %H:%M"
#define LW_VIEW_HEAD_NUMBER "#"
#define LW_VIEW_HEAD_STATE "state"
#define LW_VIEW_HEAD_WHEN "when"
#define LW_VIEW_HEAD_ANSWERS "answers"
#define LW_VIEW_HEAD_TASK "task"

/* ---- the filter line: %s is the name of a question */

#define LW_VIEW_FILTER_RATING "%s: <= 3, > 3 or 3; scale %" PRId64 " to %" PRId64
#define LW_VIEW_FILTER_ANY "%s: any answer"
#define LW_VIEW_FILTER_WORDS "%s: words in the answer; no words: any answer"

/* ---- sending */

#define LW_VIEW_SENDING "SENDING"
#define LW_VIEW_UNSENT_REFUSED "%" PRIu64 " to send, %" PRIu64 " refused"
#define LW_VIEW_REFUSED_TITLE "REFUSED (kept here)"
#define LW_VIEW_HEAD_REFUSED "  event  task"
#define LW_VIEW_HEAD_WHY "why"
#define LW_VIEW_REFUSED_WHOLE "%s: %s"
#define LW_VIEW_NOT_REACHED "%" PRIu64 " waiting (server not reached"
#define LW_VIEW_NEXT_TRY "; next try in %" PRId64 " s"
#define LW_VIEW_KEEP_WORKING "). Keep working."

/* ---- all tasks finished */

#define LW_VIEW_FINISH_TITLE "ALL TASKS FINISHED"
#define LW_VIEW_FINISH_FILTER "ALL TASKS OF THIS FILTER FINISHED"
#define LW_VIEW_FINISH_PROJECT "Project"
#define LW_VIEW_FINISH_DONE_LABEL "Done"
#define LW_VIEW_FINISH_DONE "%" PRIu64 " of %" PRIu64
#define LW_VIEW_FINISH_TODAY "%" PRIu64 " done, %s on labels, breaks %s"
#define LW_VIEW_FINISH_LEAVE "leave"
#define LW_VIEW_FINISH_BACK "back to the last task"
#define LW_VIEW_FINISH_SKIPPED "skipped tasks"
#define LW_VIEW_FINISH_DRAFTS "tasks with a draft"
#define LW_VIEW_FINISH_LEFT "tasks left"
#define LW_VIEW_FINISH_OUTSIDE ", not in this filter"
#define LW_VIEW_FINISH_SEND "send now"
#define LW_VIEW_FINISH_ALL "all tasks"

/* ---- leaving */

#define LW_VIEW_LEAVING "LEAVING"
#define LW_VIEW_LEAVING_TODAY "STOP FOR TODAY"
#define LW_VIEW_CARD_SEEN "Seen"
#define LW_VIEW_CARD_TODAY "Today"
#define LW_VIEW_TODAY_COUNTS                                                                       \
    "%" PRIu64 " done, %" PRIu64 " skipped, %" PRIu64 " corrected, %" PRIu64 " undone"
#define LW_VIEW_CARD_TIME "Time"
#define LW_VIEW_TIME_SPENT "%s on labels, breaks %s"
#define LW_VIEW_CARD_PRACTICE "Practice"
#define LW_VIEW_CARD_REPEATS "Repeats"
#define LW_VIEW_REPEATS_COUNT "%" PRIu64 " earlier task%s came again, unsent"
#define LW_VIEW_CARD_TOTAL "Total"
#define LW_VIEW_TOTAL_COUNTS "%" PRIu64 " done, %" PRIu64 " skipped, %" PRIu64 " left%s"
#define LW_VIEW_OR_MORE " or more"
#define LW_VIEW_CARD_JOURNAL "Journal"
#define LW_VIEW_JOURNAL_UNCHECKED "not checked now; run: labelwright verify"
#define LW_VIEW_JOURNAL_DAMAGED "DAMAGED; run: labelwright verify"
#define LW_VIEW_JOURNAL_SAFE "your labels are safe (%" PRIu64 " entr%s)"
#define LW_VIEW_CARD_SENDING "Sending"
#define LW_VIEW_AND_REFUSED ", %" PRIu64 " refused"
#define LW_VIEW_CARD_DRAFT "Draft"
#define LW_VIEW_CARD_LABELS "Labels"
#define LW_VIEW_DRAFT_KEPT "task %zu unfinished; kept for next time"
#define LW_VIEW_DRAFT_LOST "task %zu unfinished and NOT kept: the folder cannot be written"

/* ---- instead of a task */

#define LW_VIEW_PAUSED "paused"
#define LW_VIEW_CLOCK_STOPPED "The clock is stopped. Press any key to continue."
#define LW_VIEW_PAUSED_SINCE "Since %s."
#define LW_VIEW_TOO_SMALL "Too small: %dx%d."
#define LW_VIEW_NEEDS_SIZE "Make the window at least %dx%d."
#define LW_VIEW_NOTHING_LOST "Nothing is lost."

/* ---- settings: %s is a command, its keys, a key */

#define LW_VIEW_THEMES "THEMES"
#define LW_VIEW_REMAP "ANOTHER KEY"
#define LW_VIEW_KEYS_OF "%s: %s"
#define LW_VIEW_PRESS_KEY "Press the new key of %s."
#define LW_VIEW_KEY_HOW "%s is free. Make it the only key of %s, or one more?"

#endif
