/* Plain mode: how a task, its questions and its answers are printed. Messages are the sitting's,
 * and those of the commands are in plain.c. */
#include "cli/plain/plain_internal.h"

#include "labelwright/markup/rendering.h"
#include "labelwright/markup/spoken.h"
#include "labelwright/project/picture_path.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text */

static void print(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    fputs(b.data, stdout);
    lw_buf_fini(&b);
}

void lw_plain_print(const char *text)
{
    print(text);
    putchar('\n');
}

static void print_indented(struct lw_span text)
{
    struct lw_buf b = {0};
    lw_clean(text.s, text.n, true, &b);
    if (b.len == 0)
        puts("  (empty)");
    for (const char *line = b.data; *line;) {
        size_t n = strcspn(line, "\n");
        printf("%s%.*s\n", n ? "  " : "", (int)n, line);
        line += line[n] ? n + 1 : n;
    }
    lw_buf_fini(&b);
}

static void print_part(const char *title, struct lw_span text)
{
    print(title);
    puts(":");
    print_indented(text);
}

/* A text that may be Markdown: in words, unless its source is wanted. */
static void print_text(const char *title, struct lw_span text, bool source)
{
    struct lw_buf b = {0};
    if (source || !lw_is_markdown(text.s, text.n)) {
        print_part(title, text);
        return;
    }
    lw_spoken(text.s, text.n, &b);
    print(title);
    puts(" (Markdown):");
    print_indented((struct lw_span){b.data, b.len});
    lw_buf_fini(&b);
}

/* ---- the task */

static const char *state_word(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    if (lw_journal_mode(v->opts.journal) != LW_JOURNAL_WRITABLE)
        return ", view only";
    if (v->draft)
        return ", draft";
    if (v->state == LW_TASK_DONE)
        return v->changed_record ? ", done, changed" : ", done";
    return v->state == LW_TASK_SKIPPED ? ", skipped" : "";
}

void lw_plain_print_header(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    print(v->opts.project->title);
    printf(", task %zu of %zu%s%s\n", v->nth + 1, lw_tasks_count(v->opts.tasks),
        lw_sitting_practises(s) ? ", practice" : "", state_word(s));
}

/* Texts may have several lines. */
static void print_lines(const char *before, const char *text)
{
    for (const char *end; text; text = end ? end + 1 : NULL) {
        end = strchr(text, '\n');
        char *line = lw_strndup(text, end ? (size_t)(end - text) : strlen(text));
        fputs(before, stdout);
        lw_plain_print(line);
        free(line);
    }
}

void lw_plain_print_note(const struct lw_sitting *s)
{
    const struct lw_practice_note *note = lw_sitting_view(s)->note;
    for (size_t i = 0; note && i < note->n; i++) {
        print_lines("", note->v[i].text);
        print_lines("Why: ", note->v[i].why);
    }
    if (note) {
        print_lines("", note->why);
        print_lines("", note->sum);
    }
}

/* What stands before a part: a word for its kind and its name, of a picture also its size. */
static char *part_title(const struct lw_sitting *s, const char *word, struct lw_part p)
{
    const struct lw_project *project = lw_sitting_view(s)->opts.project;
    char *name = p.kind == LW_PART_PICTURE ? lw_picture_about(project, p.name.s, p.name.n)
                                           : lw_strndup(p.name.s ? p.name.s : "", p.name.n);
    char *title = lw_format("%s%s%s", word, *name ? " " : "", name);
    free(name);
    return title;
}

/* The part after a word for its kind. */
static void print_one_part(const struct lw_sitting *s, struct lw_part p, bool source)
{
    static const char *const word[LW_PART_KINDS] = {[LW_PART_CALL] = "Call",
        [LW_PART_RESULT] = "Result",
        [LW_PART_REASONING] = "Reasoning",
        [LW_PART_REFUSAL] = "Refusal",
        [LW_PART_PICTURE] = "Picture",
        [LW_PART_TOOL] = "Tool",
        [LW_PART_OTHER] = "Part"};
    char *title = part_title(s, word[p.kind], p);
    bool prose = p.kind == LW_PART_REASONING || p.kind == LW_PART_REFUSAL;
    if (p.text.n > 0)
        print_text(title, p.text, source || !prose);
    else
        print(title), puts("");
    free(title);
}

/* Those that are not text. */
static void print_parts(const struct lw_sitting *s, const struct lw_parts *parts, bool source)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind != LW_PART_TEXT)
            print_one_part(s, lw_parts_at(parts, i), source);
}

void lw_plain_print_calls(const struct lw_sitting *s, const struct lw_parts *parts)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind == LW_PART_CALL)
            print_one_part(s, lw_parts_at(parts, i), true);
}

/* Each with its number, as the questions name it. */
static void print_steps(const struct lw_task *t, int response, bool source)
{
    for (size_t i = 0; i < t->nsteps; i++) {
        const struct lw_task_step *step = &t->step[i];
        if (step->response != response)
            continue;
        char *title = step->other > 0
                          ? lw_format("Step %zu, wording %zu", step->number, step->other)
                          : lw_format("Step %zu", step->number);
        print_text(title, step->text, source);
        free(title);
    }
}

static void print_responses(const struct lw_sitting *s, bool source)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_task *t = v->task;
    for (size_t i = 0; i < t->nresponses; i++) {
        char letter[] = {lw_sitting_letter(s, v->order[i]), '\0'};
        char *title = lw_plain_reply_title(s, v->order[i]);
        const char *usual = t->nresponses > 1 ? letter : "Response";
        print_text(title ? title : usual, t->response[v->order[i]].text, source);
        free(title);
        print_steps(t, v->order[i], source);
        print_parts(s, t->response[v->order[i]].parts, source);
    }
}

void lw_plain_print_task(const struct lw_sitting *s, bool source)
{
    const struct lw_task *t = lw_sitting_view(s)->task;
    if (!t)
        return;
    if (t->unreadable) {
        struct lw_span why = {t->unreadable, strlen(t->unreadable)};
        print_part("This task cannot be read", why);
        return;
    }
    if (!lw_task_has_prompt(t))
        puts("This task has no prompt.");
    print_parts(s, t->parts, source);
    for (size_t i = 0; i < t->nturns; i++) {
        bool other = t->nturns > 1 || strcmp(t->turn[i].role, "user") != 0;
        char *title = lw_plain_turn_title(s, i);
        print_text(title ? title : other ? t->turn[i].role : "Prompt", t->turn[i].text, source);
        print_parts(s, t->turn[i].parts, source);
        free(title);
    }
    print_responses(s, source);
    if (t->reference.s)
        print_text("Reference", t->reference, source);
    lw_plain_print_next(s, source);
}

void lw_plain_print_next(const struct lw_sitting *s, bool source)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    if (lw_next_is_shown(v->opts.project, v->task, v->answers))
        print_text("What came next", v->task->next, source);
}

/* ---- questions */

static void format_scale(const struct lw_question *q, struct lw_buf *to)
{
    const struct lw_scale *s = &q->scale;
    lw_buf_fmt(to, " %" PRId64 "%s%" PRId64, s->min, s->min < 0 ? " to " : "-", s->max);
    if (s->step > 1)
        lw_buf_fmt(to, " in steps of %" PRId64, s->step);
    const char *sep = " (";
    if (s->low && s->high)
        lw_buf_fmt(to, "%s%s to %s", sep, s->low, s->high);
    else if (s->low || s->high)
        lw_buf_fmt(
            to, "%s%" PRId64 " %s", sep, s->low ? s->min : s->max, s->low ? s->low : s->high);
    if (s->low || s->high)
        sep = "; ";
    for (size_t i = 0; i < s->npoints; i++, sep = ", ")
        lw_buf_fmt(to, "%s%" PRId64 " %s", sep, s->point[i].value, s->point[i].label);
    if (strcmp(sep, " (") != 0)
        lw_buf_char(to, ')');
}

static void format_quota(
    const struct lw_sitting *s, size_t question, size_t option, struct lw_buf *to)
{
    struct lw_quota quota;
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[question];
    if (q->type == LW_Q_CHOICE && lw_sitting_quota(s, question, option, &quota))
        lw_buf_fmt(to, " (%llu of %llu)", (unsigned long long)quota.done,
            (unsigned long long)quota.wanted);
}

/* "1 rude, Safety: 2 hate, 3 self harm": headings have no number; "1 rude (2 of 3)" by a quota. */
static void format_options(const struct lw_sitting *s, size_t question, struct lw_buf *to)
{
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[question];
    int number = 0;
    const char *sep = "";
    for (size_t i = 0; i < q->noptions; i++) {
        const struct lw_option *o = &q->option[i];
        lw_buf_str(to, sep);
        if (o->group)
            lw_buf_fmt(to, "%s: ", o->label);
        else
            lw_buf_fmt(to, "%d %s", ++number, o->label);
        if (!o->group)
            format_quota(s, question, i, to);
        sep = o->group ? "" : ", ";
    }
}

static void format_write(const struct lw_question *q, struct lw_buf *to)
{
    if (q->min_words && q->max_words)
        lw_buf_fmt(to, "%" PRId64 " to %" PRId64 " words", q->min_words, q->max_words);
    else if (q->min_words || q->max_words)
        lw_buf_fmt(to, "at %s %" PRId64 " words", q->min_words ? "least" : "most",
            q->min_words ? q->min_words : q->max_words);
    else
        lw_buf_str(to, "text");
    lw_buf_str(to, "; .edit for several lines");
}

static void format_hint(const struct lw_sitting *s, size_t question, bool lines, struct lw_buf *to)
{
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[question];
    if (q->type == LW_Q_RATING) {
        format_scale(q, to);
        return;
    }
    lw_buf_str(to, " (");
    format_options(s, question, to);
    if (q->type == LW_Q_COMPARE)
        lw_buf_str(to, "1 A much, 2 A some, 3 A bit, 4 same, 5 B bit, 6 B some, 7 B much");
    if (q->type == LW_Q_RANK)
        lw_buf_str(to, q->best_worst ? "the best and the worst, as in B D"
                                     : "letters, best first; = ties, * not rankable: B A=C *D");
    if (q->type == LW_Q_TAGS)
        lw_buf_str(to, "; several: 1,3");
    if (q->type == LW_Q_SPANS)
        lw_buf_str(to, "; a number and words: 1 \"words\"; -2 removes span 2");
    if (q->type == LW_Q_BOXES)
        lw_buf_str(to, q->points ? "; a number and pixels: 1 120 40; -2 removes number 2"
                                 : "; a number, x y width height in pixels: 1 120 40 300 200; "
                                   "-2 removes number 2");
    if (q->type == LW_Q_TEXT)
        lw_buf_str(to, q->format == LW_FORMAT_DATE  ? "a date such as 2026-01-31"
                       : q->format == LW_FORMAT_URL ? "a web address"
                                                    : "text");
    if (q->type == LW_Q_WRITE)
        format_write(q, to);
    if (q->type == LW_Q_EDIT)
        lw_buf_str(to, lines ? ".edit to open your editor; = no change needed"
                             : "corrected text; = no change needed");
}

/* What an empty line does, if anything. */
static const char *when_empty(const struct lw_question *q, bool answered)
{
    if (q->type == LW_Q_SPANS || q->type == LW_Q_BOXES)
        return answered ? "; Enter to go on; .none to clear it)" : "; Enter for none)";
    if (q->type != LW_Q_TAGS && q->type != LW_Q_TEXT && q->type != LW_Q_EDIT &&
        q->type != LW_Q_WRITE)
        return q->type == LW_Q_RATING ? "" : ")";
    if (answered)
        return "; Enter to keep it; .none to clear it)";
    return q->required ? ")" : "; Enter for none)";
}

static void print_spans(const struct lw_sitting *s, struct lw_slot slot)
{
    struct lw_buf lines = {0}, clean = {0};
    lw_plain_read_spans(s, slot, &lines);
    lw_plain_read_boxes(s, slot, &lines);
    lw_clean(lines.data ? lines.data : "", lines.len, true, &clean);
    fputs(clean.data ? clean.data : "", stdout);
    lw_buf_fini(&lines);
    lw_buf_fini(&clean);
}

static void print_talk_prompt(const struct lw_sitting *s, struct lw_slot slot)
{
    struct lw_buf prompt = {0}, suggested = {0};
    lw_plain_talk_prompt(s, slot, &prompt);
    lw_sitting_describe_suggestion(s, slot, &suggested);
    if (suggested.len > 0)
        lw_buf_fmt(&prompt, " (suggested: %s; .accept)", suggested.data);
    print(prompt.data);
    fputs(": ", stdout);
    lw_buf_fini(&prompt);
    lw_buf_fini(&suggested);
}

void lw_plain_print_prompt(const struct lw_sitting *s, struct lw_slot slot)
{
    if (lw_sitting_view(s)->opts.project->question[slot.question].type == LW_Q_TALK) {
        print_talk_prompt(s, slot);
        return;
    }
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_question *q = &v->opts.project->question[slot.question];
    struct lw_buf prompt = {0}, answer = {0}, suggested = {0}, preset = {0};
    print_spans(s, slot);
    lw_sitting_describe_answer(s, slot, &answer);
    lw_sitting_slot_label(s, slot, &prompt);
    bool lines = lw_plain_has_lines(lw_slot_text(v->opts.project, v->task, slot));
    format_hint(s, slot.question, lines, &prompt);
    lw_buf_str(&prompt, when_empty(q, answer.len > 0));
    if (answer.len > 0)
        lw_buf_fmt(&prompt, " [%s]", answer.data);
    else
        lw_sitting_describe_suggestion(s, slot, &suggested);
    if (answer.len == 0 && suggested.len == 0)
        lw_sitting_describe_default(s, slot, &preset);
    if (preset.len > 0)
        lw_buf_fmt(&prompt, " (default: %s)", preset.data);
    if (suggested.len > 0)
        lw_buf_fmt(&prompt, " (suggested: %s; .accept)", suggested.data);
    print(prompt.data);
    fputs(": ", stdout);
    lw_buf_fini(&prompt);
    lw_buf_fini(&answer);
    lw_buf_fini(&suggested);
    lw_buf_fini(&preset);
}

static bool print_if_like(const struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_span text = lw_text_of(lw_answer_get(v->opts.project, v->task, v->answers, slot));
    struct lw_like like;
    if (!text.s || !lw_sitting_like(s, slot, text.s, text.n, &like))
        return false;
    struct lw_buf task = {0}, clean = {0};
    char *other = lw_sitting_like_text(s, slot, like.id);
    lw_sitting_describe_like(s, like.id, &task);
    lw_clean(other ? other : "", other ? strlen(other) : 0, true, &clean);
    printf("%s (%d %%):\n%s\n", task.data, like.percent, clean.data ? clean.data : "");
    free(other);
    lw_buf_fini(&task);
    lw_buf_fini(&clean);
    return true;
}

void lw_plain_print_like(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    bool any = false;
    for (size_t i = 0; i < v->nslots; i++)
        any = print_if_like(s, v->slot[i]) || any;
    if (!any)
        puts("No earlier text is much like one of this task.");
}

void lw_plain_print_hidden(const struct lw_sitting *s)
{
    struct lw_buf words = {0};
    lw_sitting_describe_hidden(s, &words);
    for (char *line = words.data, *next; line && *line; line = next) {
        next = line + strcspn(line, "\n");
        next += *next == '\n' ? (*next = '\0', 1) : 0;
        lw_plain_print(line);
    }
    lw_buf_fini(&words);
}

void lw_plain_print_curtain(const char *tag)
{
    fputs("Hidden (", stdout);
    print(tag);
    fputs("). Type show to see it: ", stdout);
}
