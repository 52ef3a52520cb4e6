/* Every sentence that an action on the screen answers with, in one place: to be read as a whole,
 * and to be translated. String macros, so that the compiler checks the formats where they are used.
 */
#ifndef LABELWRIGHT_TUI_APP_APP_MESSAGES_INTERNAL_H
#define LABELWRIGHT_TUI_APP_APP_MESSAGES_INTERNAL_H

#include <inttypes.h>

/* ---- the first row of a table */

#define LW_APP_NO_FIRST_ROW "This is for a table that was just opened, before its first answer."

/* ---- commands that open a box */

#define LW_APP_TAKES_NO "This task takes no %s."
#define LW_APP_FLAGS "flags"
#define LW_APP_NOTE "note"
#define LW_APP_CORRECTIONS "corrections"
#define LW_APP_TASK_HIDDEN "This task is hidden. z: show a piece, Z: all."

/* ---- marking spans */

#define LW_APP_SPANS "spans"
#define LW_APP_NOT_MARKABLE "This text is not shown as one piece here, so nothing can be marked."
#define LW_APP_NO_SPAN "No span yet. v marks a word, then the key of a tag."
#define LW_APP_NO_SPAN_HERE "No span at the cursor. Tab: the next one."
#define LW_APP_NO_MORE_UNDO "Nothing more to undo here."
#define LW_APP_MARKING_KEY "%s is no key here. ?: the keys, Esc: leave."

/* ---- marking boxes */

#define LW_APP_NO_PICTURE_YET "No picture is shown here yet."
#define LW_APP_NO_BOX "Nothing is marked yet. v: a corner, then the other one and a tag's key."
#define LW_APP_NO_POINT "Nothing is marked yet. The key of a tag marks the place of the cursor."
#define LW_APP_NO_BOX_HERE "Go to one first. Tab: the next one."
#define LW_APP_BOX_CORNER "Set a corner first: v. Then the opposite one, and the key of a tag."

/* ---- keys: %s is the name of a key */

#define LW_APP_KEY_IS_DIGIT "%s is not a key. For %d, set digit_row: %s in config.yaml."
#define LW_APP_KEY_UNKNOWN "%s is not a key here. ? shows the keys."
#define LW_APP_PASTE_IGNORED "Paste ignored (%zu bytes): not in a text box."
#define LW_APP_PASTE_CUT "Paste too long: only the first MiB was pasted."

/* ---- panes */

#define LW_APP_ONE_PANE "Only one pane here."
#define LW_APP_LAST_ITEM "No more %ss below."
#define LW_APP_FIRST_ITEM "No more %ss above."
#define LW_APP_THIS_IS "This is %c. Press the key again to answer."
#define LW_APP_THIS_IS_RESPONSE "This is the response. Press the key again to answer."
#define LW_APP_ONE_RESPONSE "Only one response here."
#define LW_APP_ONE_AT_A_TIME "One response at a time fits on this screen: none to scroll with it."
#define LW_APP_SCROLL_LINKED "Responses scroll together. l: scroll separately."
#define LW_APP_SCROLL_FREE "Responses scroll separately."
#define LW_APP_NO_PICTURE "No picture here."
#define LW_APP_PICTURE_ALL "The whole picture. F9: larger."
#define LW_APP_PICTURE_LARGER                                                                      \
    "Shift with an arrow key: another part. S-F9: smaller. O: full screen."
#define LW_APP_PICTURE_MOST "No larger. Shift with an arrow key: another part."
#define LW_APP_PICTURE_EDGE "This is the edge of the picture."
#define LW_APP_PICTURES_PLAIN "Pictures as they are."
#define LW_APP_PICTURES_GREY "Pictures are grey. F10: blurred."
#define LW_APP_PICTURES_BLURRED "Pictures are blurred. F10: grey and blurred."
#define LW_APP_PICTURES_BOTH "Pictures are grey and blurred. F10: as they are."
#define LW_APP_NOT_HIDDEN "This task is not hidden."

/* ---- what must be read before a label: %s is a response, then keys */

#define LW_APP_UNREAD_ONE "The response"
#define LW_APP_UNREAD_BELOW "%s is not read to its end. %s: page down, %s: its end."
#define LW_APP_UNREAD_FOLDED "%s is not read: text is folded. %s shows it."
#define LW_APP_UNREAD_SHOWN "%s is not read yet. Read it, then submit."

/* ---- the word diff: %s is what it compares */

#define LW_APP_CHANGE_OF "Difference %zu of %zu."
#define LW_APP_NO_CHANGES "No differences here."
#define LW_APP_LAST_CHANGE "No more differences below."
#define LW_APP_FIRST_CHANGE "No more differences above."
#define LW_APP_DIFF_COUNTS "Diff %s: %zu word%s added, %zu removed%s."
#define LW_APP_DIFF_COARSE ". Very long: more may be marked than changed"
#define LW_APP_DIFF_PAIR "A to B"
#define LW_APP_DIFF_CORRECTION "of the correction"
#define LW_APP_DIFF_REFERENCE "from the reference"
#define LW_APP_DIFF_FROM "from %c"
#define LW_APP_DIFF_ITSELF "This is %c. o: compare another response with it."
#define LW_APP_COMPARE_PAIR "d compares A and B. There is no reference to compare with."
#define LW_APP_COMPARE_NONE "Nothing to compare with: one response, no reference."
#define LW_APP_DIFF_OFF "Word diff off."
#define LW_APP_NO_HEADINGS "No heading in this text."
#define LW_APP_NO_LINKS "No link in this text."
#define LW_APP_RENDERED "Text laid out. t: the source."
#define LW_APP_FOLDED "Long code and quotes take one line. F4: show them."
#define LW_APP_UNFOLDED "Code and quotes are shown whole."
#define LW_APP_NUMBERED "Lines of code have numbers."
#define LW_APP_NOT_NUMBERED "Lines of code have no numbers."
#define LW_APP_NOT_LAID_OUT "The source stays as it is. t: show the text laid out first."
#define LW_APP_SOURCE "The source, as it is in the file. t: with every character."
#define LW_APP_RAW "Every character is shown. t: back."
#define LW_APP_DIFF_NOTHING "Word diff on. Nothing to compare here: no correction."
#define LW_APP_DIFF_OTHERS "Word diff on. No correction here. ^D: from another response."

/* ---- search: %s is what was typed */

#define LW_APP_FOUND "\"%.60s\": %zu of %zu%s."
#define LW_APP_NOT_FOUND "\"%.60s\": not found."
#define LW_APP_NOT_IN_TASK "\"%.60s\": not found in this task."
#define LW_APP_NOT_FROM_HERE "\"%.60s\": not found from here on."
#define LW_APP_NO_WORDS "Nothing to search for yet. ^F searches."
#define LW_APP_REPLACED "Replaced %zu of %zu."
#define LW_APP_REPLACE_KEYS "y: replace, n: leave, a: all the rest, q: stop."
#define LW_APP_LINE "Line %zu of %zu."
#define LW_APP_NO_LINE "Not the number of a line."
#define LW_APP_NO_SEARCH "No search yet. Press / to search."
#define LW_APP_NO_COMMAND "No command matches \"%s\"."

/* ---- spelling: %s is a word, or whose words */

#define LW_APP_NO_LANGUAGE                                                                         \
    "No language to check: write spelling: [en] into project.yaml or config.yaml."
#define LW_APP_MARKED_ON "Misspelt words are marked. F8: next."
#define LW_APP_MARKED_OFF "Misspelt words are not marked."
#define LW_APP_CHECKING "Checking the text …"
#define LW_APP_NONE_MISSPELT "No misspelt word here."
#define LW_APP_MISSPELT_PLACE "Misspelt word %zu of %zu."
#define LW_APP_WORD_ADDED "\"%.60s\" is added to %s."
#define LW_APP_WORD_IGNORED "\"%.60s\" is ignored until you leave."
#define LW_APP_WORD_REPLACED "Replaced with \"%.60s\". F8: next."
#define LW_APP_NO_SUCH_WORD "No suggestion has this number."
#define LW_APP_MISSPELT_KEYS "a: add to the project, u: to your words, i: ignore, Esc: close."

/* ---- typing */

#define LW_APP_TEXT_UNFIT "%s has %s. Change it, or clear it."
#define LW_APP_NOT_TEXT "Not text: nothing inserted."
#define LW_APP_TEXT_TOO_LONG "Text too long (over 4 MiB): nothing inserted."
#define LW_APP_OLD_OFFERED "%s: bring back the text of an old draft."
#define LW_APP_NO_OLD_TEXT "No text in old drafts."
#define LW_APP_OLD_TEXT "Old draft, text %zu of %zu. ^_: undo."
#define LW_APP_NO_TALK "This task has no talk."
#define LW_APP_GONE "What this was about is not there any more."
#define LW_APP_UNFINISHED "Not finished, kept as a draft. %s continues%s%s%s."
#define LW_APP_DISCARDS " discards"
#define LW_APP_CONFLICT "Changed elsewhere. k: keep this text, t: take the other, d: differences."
#define LW_APP_CONFLICT_MINE "This text is kept. ^O brings the other."
#define LW_APP_CONFLICT_THEIRS "The other text is taken. ^_ brings yours back."
#define LW_APP_CONFLICT_PAGE "From this text to the one written elsewhere"
#define LW_APP_NO_CHANGE "No change."
#define LW_APP_NO_CHANGE_WHY "No change. %s"
#define LW_APP_NO_TEMPLATE "This question has no templates."
#define LW_APP_TEMPLATE "\"%s\" inserted. ^_: undo."
#define LW_APP_TEMPLATE_PLACES "\"%s\" inserted. Type over ‹…›; Tab: the next one."
#define LW_APP_TEMPLATE_KEYS "Press 1 to %zu, or Esc."
#define LW_APP_UNFILLED "%.*s is not filled in."
#define LW_APP_OTHER_LANGUAGE "This does not look like %s (%zu %% of the words are unknown)."
#define LW_APP_NOTHING_LIKE "No earlier text is much like this one."
#define LW_APP_SELECTING "Move to select, ^K cuts, F5 copies. F4 ends the selection."
#define LW_APP_COPIED "Copied. ^U pastes it."
#define LW_APP_COPIED_OUT "Copied %s to the clipboard: %zu bytes."
#define LW_APP_THE_PROMPT "the prompt"
#define LW_APP_THE_ID "the task's id"
#define LW_APP_COPY_NOTHING "Nothing to copy here."
#define LW_APP_COPY_OFF                                                                            \
    "Not copied: for your terminal's clipboard, set clipboard: osc52 in config.yaml."
#define LW_APP_COPY_TOO_LONG "Not copied: more than %d bytes, too many for the clipboard."
#define LW_APP_COPY_NO_CLIPBOARD "Not copied: this terminal has no clipboard."
#define LW_APP_COPY_LONG "Copied here only: more than %d bytes, too many for the clipboard."
#define LW_APP_COPY_NOT "Copied here only: this terminal has no clipboard."
#define LW_APP_NO_SELECTION "Nothing is selected. F4 or Shift with arrows selects."
#define LW_APP_NOT_SKIPPED "Not skipped. The reason is kept for next time."
#define LW_APP_NO_ORIGINAL "This text is your own: there is no original. ^_: undo."
#define LW_APP_CORRECTION_KEYS "^X: keep, ^C: leave, F1: keys."

/* ---- settings: %s is a theme or a command, its keys, a file or what is wrong */

#define LW_APP_THEME_KEPT "Theme %s: written to %s."
#define LW_APP_THEME_NOT_KEPT "Theme %s counts until you leave. %s"
#define LW_APP_KEY_SET "%s: %s. Written to %s."
#define LW_APP_KEY_NOT_SET "%s keeps its keys. %s"
#define LW_APP_KEY_LATER "%s is written to %s, which has mistakes: labelwright config."

/* ---- pages */

#define LW_APP_NO_GUIDELINES "No guidelines in this project."
#define LW_APP_CANNOT_SHOW_GUIDELINES "Cannot show the guidelines. %s"
#define LW_APP_NO_MESSAGES "No messages yet."
#define LW_APP_NOTHING_CUT "Nothing is cut short on this screen."
#define LW_APP_NO_OLD_DRAFT "No old draft for this task."

/* ---- the pace: %s is a time */

#define LW_APP_PACE "Today: %" PRIu64 " task%s in %s, %.0f an hour."
#define LW_APP_PACE_EARLY "Today: %" PRIu64 " task%s in %s. A pace is told after %s."
#define LW_APP_PACE_NONE "No task done today yet, so there is no pace."

/* ---- help */

#define LW_APP_HELP_HERE "Here: %s" /* what the focused question is called */
#define LW_APP_HELP_NO_QUESTION "Here"
#define LW_APP_HELP_DIGITS "1-9 0"
#define LW_APP_HELP_NOT_NOW ". Not now: %s" /* why */
#define LW_APP_HELP_AS_ABOVE "as above."
#define LW_APP_HELP_TEN "10, if the scale has it: type the digits quickly"
#define LW_APP_HELP_MACROS "Macros"
#define LW_APP_HELP_TAKEN "(no key: taken) "
#define LW_APP_HELP_BOXES "In boxes"
#define LW_APP_HELP_CORRECTING "Correcting and writing"
#define LW_APP_HELP_SAVED "Saved in the draft every second."
#define LW_APP_HELP_MARKS "{+added+} [-removed-]"

/* ---- all tasks finished */

#define LW_APP_FINISH_KEYS "Choose with Up, Down and Enter, or press a key that is listed."

/* ---- sending */

#define LW_APP_NOTHING_TO_SEND "Nothing to send."
#define LW_APP_SENDING "Sending %" PRIu64 " label%s."
#define LW_APP_SENT "Sent %" PRIu64 " label%s."
#define LW_APP_SENT_LATER "Server not reached. It is tried again; keep working."
#define LW_APP_NOT_SENT "Not sent. %s: why." /* a key */
#define LW_APP_NO_KEY "command \"send\""
#define LW_APP_SENDS_NOTHING "This project sends nothing (no `sync:` in project.yaml)."
#define LW_APP_CANNOT_SEND "View only: nothing can be sent here."
#define LW_APP_RESENDING "Resending refused labels: %" PRIu64 "."
#define LW_APP_NOTHING_REFUSED "Nothing was refused."

/* ---- practice */

#define LW_APP_NOTE_WHY "  Why: %s"

#endif
