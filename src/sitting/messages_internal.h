/* Every sentence that the session says, in one place: to be read as a whole, and to be translated.
 * String macros, so that the compiler checks the formats where they are used. In a message of the
 * screen `s:` names a key. */
#ifndef LABELWRIGHT_SITTING_MESSAGES_INTERNAL_H
#define LABELWRIGHT_SITTING_MESSAGES_INTERNAL_H

/* ---- answering: %s is the label of a question */

#define LW_MSG_NEXT " Next: %s."
#define LW_MSG_MISSING " Missing: %s."
#define LW_MSG_ENTER_SUBMITS " Enter submits."
#define LW_MSG_ANSWERED "%s = %s."
#define LW_MSG_ANSWERED_FULL "%s = %s, which is full: %llu of %llu."
#define LW_MSG_NO_ANSWER "%s: no answer."
#define LW_MSG_OFF_SCALE "%s takes %lld to %lld."
#define LW_MSG_OFF_STEPS "%s takes %lld to %lld in steps of %lld."
#define LW_MSG_POINT_NAME ", %s" /* behind the point of a scale: what it means */
#define LW_MSG_NUMBER_COUNTS "%s = %lld. "
#define LW_MSG_NUMBER_NAMED "%s = %lld, %s. "
#define LW_MSG_NUMBER_SO_FAR "%s: %lld… "
#define LW_MSG_NUMBER_ENTER " Enter: go on."
#define LW_MSG_NUMBER_LAST "Type %d for %lld."
#define LW_MSG_NUMBER_MORE "Type a digit for %lld to %lld."
#define LW_MSG_OPTION_RANGE "%s: choose 1 to %d."
#define LW_MSG_COMPARE_RANGE "%s takes 1 (A much better) to 7 (B much better)."
#define LW_MSG_TAKES_TEXT "%s takes text. Press Space or %s to write it."
#define LW_MSG_PRESS_SPACE "Press Space to open %s."
#define LW_MSG_END_REACHED "%s: end reached."

/* ---- texts like earlier ones */

#define LW_MSG_LIKE "%s: much like %s (%d %% of its words). e, then M-o: see it."
#define LW_MSG_LIKE_TASK "task %zu"
#define LW_MSG_LIKE_GONE "a task that is gone"

/* ---- suggestions */

#define LW_MSG_NO_SUGGESTION "%s: nothing is suggested."
#define LW_MSG_NO_SUGGESTION_LEFT "No suggestion is left."
#define LW_MSG_ACCEPTED_ONE "suggestion accepted."
#define LW_MSG_ACCEPTED "suggestions accepted."
#define LW_MSG_UNFIT "Suggestion left out: %s"
#define LW_MSG_UNFIT_MORE "Suggestion left out: %s (%zu more)"

/* ---- practice: %s is what a question is called, then the user's answer, then the known one */

#define LW_MSG_KNOWN_SAME "%s: %s, as the reference."
#define LW_MSG_KNOWN_OTHER "%s: %s. Reference: %s."
#define LW_MSG_KNOWN_NO_ANSWER "no answer"
#define LW_MSG_KNOWN_NONE "none"
#define LW_MSG_KNOWN_BETTER "%c better"
#define LW_MSG_KNOWN_HIGHER " Yours is %lld higher%s."
#define LW_MSG_KNOWN_LOWER " Yours is %lld lower%s."
#define LW_MSG_KNOWN_NEAR ", which is near enough"
#define LW_MSG_KNOWN_SAME_BETTER " The same one is better, which counts."
#define LW_MSG_KNOWN_MISSING " Missing: %s."
#define LW_MSG_KNOWN_EXTRA " Not in the reference: %s."
#define LW_MSG_KNOWN_MARKS " Marks missing: %zu. Not in the reference: %zu."
#define LW_MSG_KNOWN_PAIRS " %zu of %zu pairs the other way round"
#define LW_MSG_KNOWN_TIES ", %zu tied in one of the two only"
#define LW_MSG_KNOWN_TEXTS "%s: texts are not compared. Yours:\n%s\nReference:\n%s"
#define LW_MSG_PRACTICE_SUM "%llu of %llu answers as the reference, %d %% "
#define LW_MSG_PRACTICE_SMALL "(small sample: %d to %d %%)"
#define LW_MSG_PRACTICE_RANGE "(%d to %d %%)"
#define LW_MSG_PRACTICE_SO_FAR "So far: "
#define LW_MSG_PRACTICE_UNKNOWN "Saved task %zu. Nothing is known to compare it with."

/* ---- repeating the last label: behind the number */

#define LW_MSG_REPEATED_ONE "answer repeated."
#define LW_MSG_REPEATED "answers repeated."
#define LW_MSG_REPEAT_NOTHING "Nothing of the last label is left to repeat here."
#define LW_MSG_REPEAT_NO_LABEL "No label yet to repeat."

/* ---- macros: behind the number; %s is the key */

#define LW_MSG_MACRO_ONE "answer given."
#define LW_MSG_MACRO "answers given."
#define LW_MSG_MACRO_SAME "Already so. u: undo."
#define LW_MSG_MACRO_NOTHING "%s answers nothing that is asked here."

/* ---- rankings: %c is the letter of a response */

#define LW_MSG_RANK_WHICH_NEXT "The next best? =: tie, *: not rankable, u: undo."
#define LW_MSG_RANK_WHICH_TIED "Which one ties with it? =: all that are left."
#define LW_MSG_RANK_WHICH_NOT "Which cannot be ranked? *: all that are left."
#define LW_MSG_RANK_WHICH_BEST "Which is the best? *: not rankable."
#define LW_MSG_RANK_WHICH_WORST "Which is the worst? *: not rankable, u: undo."
#define LW_MSG_RANK_LAST " =: the last two tie."
#define LW_MSG_RANKED "%s: %s."
#define LW_MSG_RANK_REPEATED "%c was placed already: it was the last one."
#define LW_MSG_RANK_PLACED "%c is placed already. u: undo."
#define LW_MSG_RANK_RANGE "%s: choose 1 to %zu."
#define LW_MSG_RANK_SPACE "Space: place %c. Left, Right: another one."
#define LW_MSG_RANK_COMPLETE "complete. To begin again, press the best one."
#define LW_MSG_RANK_UNTIED "only the best and the worst are asked for."
#define LW_MSG_RANK_NO_FIRST "place the best one first, then = and what is as good."
#define LW_MSG_RANK_NOWHERE "%s is no ranking."
#define LW_MSG_RANK_LINE "%s: name each one, best first, as in B A=C *D (D cannot be ranked)."
#define LW_MSG_RANK_LINE_BEST "%s: name the best and the worst, as in B D."
#define LW_MSG_RANK_UNFINISHED "%s is not finished: %zu of %zu are left."

/* ---- talks */

#define LW_MSG_TALK_NONE "This task has no talk."
#define LW_MSG_TALK_LIVE "Replies are still coming. Wait, or stop them: ^X."
#define LW_MSG_TALK_CHOOSE "Choose the best reply first: press its digit."
#define LW_MSG_TALK_RANK "Rank all replies first: press their digits, best first."
#define LW_MSG_TALK_NO_REPLY "Your last turn has no reply yet. F12: ask the model."
#define LW_MSG_TALK_CALLS "The reply calls tools. ^W: write what they give back."
#define LW_MSG_TALK_LONG "No more turns: the project takes no longer talk. Enter: submit."
#define LW_MSG_TALK_END "The talk has 2,000 messages. It takes no more."
#define LW_MSG_TALK_NOTHING_OWN "Nothing was said yet. ^W: write the first turn."
#define LW_MSG_TALK_UNRATED "%s is to be answered before the talk goes on."
#define LW_MSG_TALK_EMPTY "The turn is empty. Nothing was said."
#define LW_MSG_TALK_NO_MODEL "The project asks for no model: write both sides."
#define LW_MSG_TALK_FULL "No more replies fit: 8 at most. ^E: write your turn anew."
#define LW_MSG_TALK_ONE "There is one reply, or none: nothing to choose."
#define LW_MSG_TALK_RANGE "Choose a reply: 1 to %zu."
#define LW_MSG_TALK_TWICE "A reply has one place: name each once."
#define LW_MSG_TALK_ALL "Rank all replies, best first."
#define LW_MSG_TALK_ONLY_BEST "Choose one reply: the best."
#define LW_MSG_TALK_RANKED "%zu of %zu replies ranked. The next best?"
#define LW_MSG_TALK_BEST "%c is the best. ^W: next turn, e: correct it."
#define LW_MSG_TALK_BEST_CALLS "%c is the best, and calls tools. ^W: write what they give back."
#define LW_MSG_TALK_NO_BRANCH "There is no other branch. ^E: write one of your turns anew."
#define LW_MSG_TALK_BRANCH "Another branch. ^U: the next one."
#define LW_MSG_TALK_MERGED "Another copy's talk was merged into this one. ^U: that branch."
#define LW_MSG_TALK_WORDS "%zu turn%s"
#define LW_MSG_TALK_WORDS_BEST ", %c is the best"
#define LW_MSG_TALK_WORDS_LIVE ", %zu repl%s coming"
#define LW_MSG_TALK_WORDS_TYPED ", unfinished turn"

/* ---- spans */

#define LW_MSG_SPANS "%s: %s."
#define LW_MSG_TAKES_SPANS "%s takes spans of the text. v: mark them."
#define LW_MSG_TAKES_BOXES "%s takes parts of the picture. v: mark them."
#define LW_MSG_SPANS_MOVED                                                                         \
    "The text has changed: %zu span%s found again elsewhere. Check before you submit."
#define LW_MSG_SPANS_LOST                                                                          \
    "The text has changed: %zu span%s not in it any more. The saved label keeps all."

/* ---- what a text became, behind the label */

#define LW_MSG_UNCORRECTED ": no correction needed."
#define LW_MSG_CORRECTED ": corrected."
#define LW_MSG_TEXT_KEPT " kept in the draft."
#define LW_MSG_TEXT_LIMIT ": %s. Kept, unfinished."
#define LW_MSG_UNCOVERED " kept. What came next is shown."
#define LW_MSG_SETTLED "%s stays as it is: what came next was shown."
#define LW_MSG_TEXT_EMPTY " is empty."

/* ---- answers in words */

#define LW_MSG_STRENGTH_1 "a bit"
#define LW_MSG_STRENGTH_2 "some"
#define LW_MSG_STRENGTH_3 "much"
#define LW_MSG_TIE "same"
#define LW_MSG_RANK_BELOW " > "
#define LW_MSG_RANK_TIED " = "
#define LW_MSG_RANK_NOT "not rankable: "
#define LW_MSG_TEXT_OPEN "unfinished: "
#define LW_MSG_EDIT_OPEN "unfinished"
#define LW_MSG_EDIT_SAME "unchanged"
#define LW_MSG_EDIT_DONE "corrected"
#define LW_MSG_A_COMPARISON "a comparison\n"
#define LW_MSG_A_RANKING "a ranking\n"
#define LW_MSG_OLD_ANSWER "%s: "
#define LW_MSG_OLD_ANSWER_ABOUT "%s, response %c: "
#define LW_MSG_OLD_ANSWER_ABOUT_ITEM "%s, %s %d: "
#define LW_MSG_TURN_OF "Turn %d "
#define LW_MSG_SPAN_OF "Span %d "
#define LW_MSG_SPAN_OF_LETTER "span %d "
#define LW_MSG_STEP_OF "Step %zu "
#define LW_MSG_STEP_OF_LETTER "step %zu "
#define LW_MSG_WORDING_OF "wording %zu "
#define LW_MSG_ITEM_OF_LETTER " of %c"
#define LW_MSG_ITEM_WORDING ", wording %zu"

/* ---- hiding and rest: %s is a tag */

#define LW_MSG_HIDDEN_ALL "all tasks"
#define LW_MSG_HIDES_ALL "Every task starts hidden, until you leave."
#define LW_MSG_HIDES_SOME "Only tasks that the project or your settings hide start hidden."
#define LW_MSG_REST_WORKED "%" PRId64 " min of work since a break"
#define LW_MSG_REST_TASKS "%" PRId64 " task%s since a break"
#define LW_MSG_REST_SEEN "%" PRId64 " min of %.30s since a break"
#define LW_MSG_REST_STOP "It is past %d:%02d"
#define LW_MSG_REST_LATER "Not offered again for %" PRId64 " min."
#define LW_MSG_REST_NOT_TODAY "Not offered again today."
#define LW_MSG_REST_NOTHING "No break is offered now."
#define LW_MSG_STOPPED_TODAY "You stopped for today at %s."

/* ---- submitting and saving: %zu is the task's number, from 1 */

#define LW_MSG_UNFINISHED "%s is not finished. Press Space, then ^X to keep it."
#define LW_MSG_LIMIT "%s has %s. Space: write on."
#define LW_MSG_UNANSWERED "%s is not answered yet."
#define LW_MSG_UNREAD "The response is not read to its end."
#define LW_MSG_UNREAD_OF "%c is not read to its end."
#define LW_MSG_EMPTY "No answer yet. Enter again: save it empty. s: skip."
#define LW_MSG_EMPTY_UNASKED "No question for this task. s: skip. Enter again: save it empty."
#define LW_MSG_UNCHANGED "Task %zu unchanged."
#define LW_MSG_SAVED_EMPTY "Saved task %zu without an answer."
#define LW_MSG_SAVED_ANSWERS "Saved task %zu%s."
#define LW_MSG_SAVED_COUNT "Saved task %zu (%zu answer%s)."
#define LW_MSG_SAVED "Saved task %zu."
#define LW_MSG_SAVED_NOTE "Saved. %s"
#define LW_MSG_SKIPPED "Task %zu skipped."
/* %s is LW_MSG_OF_FILTER, or nothing */
#define LW_MSG_ALL_DONE "All tasks%s are done."
#define LW_MSG_ALL_SKIPPED "All tasks%s are skipped."
#define LW_MSG_DONE_OR_SKIPPED "All tasks%s are done or skipped: %" PRIu64 " skipped."
#define LW_MSG_OF_FILTER " in this filter"
#define LW_MSG_DONE_SO_FAR "Done so far. Still loading the file…"
/* the remedy first: a narrow screen cuts the end */
#define LW_MSG_DISK_FULL                                                                           \
    "Not saved: disk full. Make room, press again; your answers are still here. (%s)"
#define LW_MSG_NOT_SAVED "Not saved, but your answers are still here. %s"
#define LW_MSG_TOO_SOON "Key ignored: too soon. Press it again."

/* ---- undo */

#define LW_MSG_ANSWER_UNDONE "Undone: %s."
#define LW_MSG_ANSWERS_UNDONE "Undone: %zu answers."
#define LW_MSG_UNDO_WARNING "Undo again to reopen task %zu%s."
#define LW_MSG_UNDO_SKIPPED " (skipped)"
#define LW_MSG_UNDO_GONE "Undo again to reopen the last task (no longer in the files)."
#define LW_MSG_UNDO_NOTHING "Nothing to undo."
#define LW_MSG_UNDONE "Undone."
#define LW_MSG_SKIP_UNDONE "Skip of task %zu undone%s."
#define LW_MSG_ANSWERS_BACK "; your answers are back"
#define LW_MSG_REOPENED "Task %zu reopened. Enter submits it again."

/* ---- going to a task */

#define LW_MSG_FIRST_TASK "First task%s."
#define LW_MSG_LAST_TASK "Last task%s."
#define LW_MSG_IN_FILTER " in this filter"
#define LW_MSG_STILL_LOADING "Still loading the file. Try again."
#define LW_MSG_NO_SUCH_TASK "No task %s. Numbers go from 1 to %zu."
#define LW_MSG_NOT_IN_PROJECT "No task %s in this project."
#define LW_MSG_MARKED "Task %zu marked."
#define LW_MSG_UNMARKED "Mark removed from task %zu."
#define LW_MSG_MARK_NOT_SAVED "Mark not saved: %s"
#define LW_MSG_NO_OTHER_MARK "No other marked task."
#define LW_MSG_NO_MARK "No marked task yet."
#define LW_MSG_ONLY_BAD "--only %s: %s"
#define LW_MSG_ONLY_NONE "--only %s: no task matches."

/* ---- the task on the screen */

#define LW_MSG_NO_TASK "No task to show yet."
#define LW_MSG_NO_QUESTION "No question for this task. s: skip, J: next."
#define LW_MSG_UNREADABLE "This task cannot be read. s: skip, J: next."
/* file, line */
#define LW_MSG_UNREADABLE_AT "%s:%llu: this task cannot be read."
#define LW_MSG_UNASKED "%s is left out: it needs %s, this task has %zu."
#define LW_MSG_NEEDS "%zu responses"
#define LW_MSG_NEEDS_MORE "%zu or more responses"
#define LW_MSG_NEEDS_NONE "a task without responses"
#define LW_MSG_ANSWERS_UNREAD "Cannot read the old answers: %s"
#define LW_MSG_REPEATED_IDS                                                                        \
    "%zu task%s the id of an earlier task. Repeated ids become ID~2, ID~3 and so on."
#define LW_MSG_HIDDEN "hidden (%s)"
#define LW_MSG_LISTED_UNREADABLE "cannot be read: %s"

/* ---- drafts */

#define LW_MSG_DRAFT_NOT_SAVED "Draft not saved: %s"
#define LW_MSG_DRAFT_STUCK "Cannot move the old draft of this task: %s"
#define LW_MSG_DRAFT_ASIDE "%s. Old draft: .labelwright/%s (^O: show)"
#define LW_MSG_DRAFT_CONFLICT                                                                      \
    "Draft changed elsewhere. That one is kept: .labelwright/%s (^O: show)"
#define LW_MSG_DRAFT_OLDER "Labeled later"
#define LW_MSG_DRAFT_QUESTIONS "Questions changed"
#define LW_MSG_DRAFT_TASK "Task changed"
#define LW_MSG_DRAFT_CHECK "Task changed since your draft. Answers kept: check them."

/* ---- the journal */

#define LW_MSG_VIEW_ONLY_OWNER                                                                     \
    "View only: another labelwright has this project open (%s). Close it there, then press Enter."
#define LW_MSG_VIEW_ONLY_OTHER                                                                     \
    "View only: another labelwright has this project open. Close it there, then press Enter."
#define LW_MSG_VIEW_ONLY_DISK "View only: this disk cannot be written; nothing is saved."
#define LW_MSG_VIEW_ONLY "View only: %s"
#define LW_MSG_BLOCKED                                                                             \
    "Nothing more can be saved: the disk failed, or another program has the journal. Leave, "      \
    "run labelwright verify, then open the project again."
#define LW_MSG_TAKEN_OVER "The other labelwright has closed. Check the task, then press again."

/* ---- the external editor */

#define LW_MSG_EDITOR_NONE "No editor found: set $EDITOR, or `editor: [nano]` in config.yaml."
#define LW_MSG_EDITOR_UNSTARTED "Cannot start %.80s (from %s%s): %s."
#define LW_MSG_EDITOR_KILLED "%.80s was killed (%s)."
#define LW_MSG_EDITOR_STATUS "%.80s exited with status %d."
#define LW_MSG_EDITOR_FILE "The text for your editor"
#define LW_MSG_EDITOR_WRITE "The text for your editor: cannot write"
#define LW_MSG_EDITOR_FOLDER "%s: cannot find the folder"
#define LW_MSG_EDITED_FILE "The edited text"
#define LW_MSG_EDITED_BAD "Line %zu of the edited text is not UTF-8."

/* ---- labelwright record */

#define LW_MSG_RECORD_FORM                                                                         \
    "Write {\"task\":ID,\"answers\":{…}} or {\"task\":ID,\"skip\":\"why\"} in each line."
#define LW_MSG_RECORD_BOTH "Give \"answers\" or \"skip\", not both. "
#define LW_MSG_RECORD_SKIP "\"skip\" must be text: the reason. It may be empty."
#define LW_MSG_RECORD_UNREADABLE "This task cannot be read, only skipped. %s"
#define LW_MSG_RECORD_ID "\"task\" must be the id of a task, as text. "
#define LW_MSG_RECORD_NO_TASK "No task \"%.200s\" in this project."
#define LW_MSG_RECORD_NOT_SAVED "Not saved: %s"
#define LW_MSG_RECORD_LONG "Line too long: more than %d MiB."
#define LW_MSG_RECORD_REPLY                                                                        \
    "Cannot write the reply to stdout (%s). %s%s The rest of stdin was not read."
#define LW_MSG_RECORD_ALSO " Saved behind it: %zu more."
#define LW_MSG_RECORD_SAVED "The label is saved."
#define LW_MSG_RECORD_REFUSED "The line was refused."
#define LW_MSG_RECORD_STDIN "Cannot read stdin"

#endif
