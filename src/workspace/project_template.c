/* The project.yaml that is made for a data file: what kind of data it is, the questions that fit
 * it, and the text. Writes nothing; create.c and project_open.c do. The names of these questions
 * are fixed: scripts use them. */
#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/member_use.h"
#include "labelwright/project/project.h"
#include "labelwright/tasks/tasks.h"
#include "labelwright/text/utf8.h"
#include "workspace/former_questions_internal.h"
#include "workspace/project_template_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- which kind of data is it? */

enum { RECORDS_MAX = 1000, SAMPLE_TASKS = 100, FORMER_BYTES = 4 * 1024 * 1024 };

/* What most tasks hold, one may lack. */
static void note_task(const struct lw_task *t, struct lw_data_kind *to)
{
    to->responses = t->nresponses > to->responses ? t->nresponses : to->responses;
    to->steps = to->steps || t->nsteps > 0;
    const json_t *answers = t->known ? t->known : t->suggestions;
    to->practice = to->practice || t->known;
    if (answers && !to->former)
        to->former = json_object();
    if (answers)
        lw_former_questions_note(to->former, t, answers);
}

/* One record tells what there is; what others answered, only many tell. */
static void note_former(struct lw_lines *file, const struct lw_record_reader *found, uint64_t at,
    struct lw_data_kind *to)
{
    struct lw_raw_record raw;
    size_t bytes = 0;
    for (int i = 0; to->former && i < RECORDS_MAX && at < file->size && bytes < FORMER_BYTES;
         i++, at = raw.next) {
        if (lw_record_reader_get(found, file, at, &raw, NULL) != LW_OK || raw.n > LW_RECORD_MAX)
            return;
        struct lw_task *t = raw.blank ? NULL : lw_record_reader_task(found, raw.s, (size_t)raw.n);
        const json_t *answers = t && t->known ? t->known : t ? t->suggestions : NULL;
        if (answers)
            lw_former_questions_note(to->former, t, answers);
        bytes += (size_t)raw.n;
        lw_task_free(t);
    }
}

/* True when the record can be labeled; otherwise `why` gets what is wrong with the first such
 * record. */
static bool count_responses(const struct lw_record_reader *source, const struct lw_raw_record *raw,
    struct lw_data_kind *to, struct lw_err *why)
{
    if (raw->n > LW_RECORD_MAX)
        return false;
    struct lw_task *t = lw_record_reader_task(source, raw->s, (size_t)raw->n);
    bool readable = !t->unreadable;
    if (readable)
        note_task(t, to);
    else
        lw_fail(why, LW_EBAD, "%s", t->unreadable);
    lw_task_free(t);
    return readable;
}

static enum lw_code find_readable(struct lw_lines *file, const struct lw_record_reader *found,
    struct lw_data_kind *to, struct lw_err *err)
{
    struct lw_err why = {0};
    struct lw_raw_record raw;
    uint64_t at = found->begin;
    for (int i = 0; i < RECORDS_MAX && at < file->size; i++, at = raw.next) {
        enum lw_code code = lw_record_reader_get(found, file, at, &raw, err);
        if (code != LW_OK)
            return code;
        if (!raw.blank && count_responses(found, &raw, to, &why)) {
            note_former(file, found, raw.next, to);
            return LW_OK;
        }
    }
    return lw_fail(err, LW_EBAD,
        "%s: no record can be read as %s, so no questions can be chosen. The first record: %.250s",
        file->name, found->format->name, why.text);
}

static bool has_column(const struct lw_csv *t, enum lw_member_use use)
{
    bool has = false;
    for (size_t i = 0; t && i < t->ncells; i++)
        has = has || (t->name[i] && lw_member_use_of(t->name[i]) == use);
    return has;
}

/* When the prompt was guessed, users need to know which columns there are. */
static void note_columns(const struct lw_csv *t, struct lw_data_kind *to)
{
    struct lw_buf b = {0};
    to->response_columns = json_array();
    bool others = has_column(t, LW_USE_RESPONSE);
    for (size_t i = 0; t && t->guessed && i < t->ncells; i++) {
        lw_buf_fmt(&b, "%s%s", i ? ", " : "", t->column[i]);
        if (t->name[i] && strcmp(t->name[i], "prompt") == 0)
            to->column = lw_strdup(t->column[i]);
        if (t->name[i] && strcmp(t->name[i], "id") == 0)
            to->id_column = lw_strdup(t->column[i]);
        enum lw_member_use use = t->name[i] ? lw_member_use_of(t->name[i]) : LW_USE_NONE;
        if (use == LW_USE_RESPONSE || use == LW_USE_ANSWER || (use == LW_USE_RESULT && !others))
            json_array_append_new(to->response_columns, json_string(t->column[i]));
    }
    to->columns = lw_buf_detach(&b);
}

void lw_data_kind_fini(struct lw_data_kind *kind)
{
    free(kind->column);
    free(kind->columns);
    free(kind->id_column);
    json_decref(kind->former);
    json_decref(kind->response_columns);
    *kind = (struct lw_data_kind){0};
}

enum lw_code lw_data_kind(const struct lw_sys *sys, const char *path, const struct lw_read_as *as,
    struct lw_data_kind *to, struct lw_err *err)
{
    struct stat st;
    struct lw_record_reader found = {0};
    struct lw_lines file = {.sys = sys, .name = path};
    enum lw_code code = lw_detect_open(sys, path, path, &file.fd, &st, err);
    if (code != LW_OK)
        return code;
    file.size = (uint64_t)st.st_size;
    to->as = as;
    if (as)
        code = lw_encoding_convert(sys, as->encoding, path, &file.fd, &file.size, err);
    if (code == LW_OK)
        code = lw_detect(&file, as, &found, err);
    if (code == LW_OK && found.format->answers)
        code = lw_detect_refuse_answers(path, err);
    if (code == LW_OK)
        code = find_readable(&file, &found, to, err);
    if (code == LW_OK)
        note_columns(found.table, to);
    lw_record_reader_fini(&found);
    lw_lines_fini(&file);
    sys->close(sys, file.fd);
    return code;
}

/* What the first tasks hold: one of them may lack an answer. */
static enum lw_code look_at_tasks(struct lw_tasks *t, struct lw_data_kind *to, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    to->responses = 0;
    while (lw_tasks_count(t) < SAMPLE_TASKS && lw_tasks_step(t, LW_WINDOW)) {
    }
    if (lw_tasks_error(t))
        return lw_fail(err, LW_EIO, "%s", lw_tasks_error(t));
    for (size_t i = 0; i < lw_tasks_count(t) && i < SAMPLE_TASKS && code == LW_OK; i++) {
        struct lw_task *task = NULL;
        code = lw_tasks_load(t, i, &task, err);
        if (code == LW_OK)
            note_task(task, to);
        lw_task_free(task);
    }
    return code;
}

enum lw_code lw_data_kind_joined(const struct lw_sys *sys, const char *dir,
    const struct lw_data_files *files, char **join, struct lw_data_kind *to, struct lw_err *err)
{
    struct lw_tasks *t = NULL;
    struct lw_problems problems = {0};
    char *text = lw_project_text(files, "", to);
    struct lw_project *p =
        text ? lw_project_parse(dir, "project.yaml", text, strlen(text), &problems) : NULL;
    enum lw_code code =
        p ? lw_tasks_open(sys, p, &t, err)
          : lw_fail(err, LW_EBAD, "A project cannot use one of these file names. Rename the file.");
    if (code == LW_OK)
        code = look_at_tasks(t, to, err);
    for (size_t i = 0; code == LW_OK && i < files->n; i++)
        for (size_t k = 0; k < lw_tasks_joins(t); k++)
            if (strcmp(lw_tasks_join_at(t, k).file, files->name[i]) == 0)
                join[i] = lw_strdup(lw_tasks_join_at(t, k).member);
    lw_tasks_close(t);
    lw_project_free(p);
    lw_problems_fini(&problems);
    free(text);
    return code;
}

/* ---- the text */

/* %1 is the quoted name of the file, %2 the quoted path from the folder, %3 the lines about its
 * columns and the files that join it. */
static const char head[] =
    "# Made by labelwright for the file %1. Edit it as you like.\n"
    "# Labels you gave before a change are kept.\n"
    "\n"
    "labelwright: 1\n"
    "title: %1\n"
    "tasks:\n"
    "  - file: %2\n"
    "%3"
    "# guidelines: guidelines.md  # shown with F2\n"
    "order: file                # file, or random\n"
    "shuffle_responses: true    # show responses in random order; the order is saved\n"
    "advance: confirm           # confirm: Enter submits; auto: the last required answer submits\n"
    "# read_to_end: true        # no label before the end of each response was on the screen\n"
    "# curtain: [violence]      # tasks with one of these tags start hidden; z shows them\n"
    "# free_skips: true         # the box for a skip says that it costs the annotator nothing\n"
    "# spelling: [en, es]       # mark misspelt words; `labelwright doctor` lists the "
    "dictionaries\n"
    "# sync: {to: \"file:outbox/\"}   # `labelwright sync` writes labels there, or sends them to "
    "https://...\n"
    "\n"
    "# Each question has a name (for the journal), a type and a target (`on`): the whole task, "
    "its\n"
    "# prompt, or each response, turn or step. `when` asks it only after certain answers: when: "
    "{quality: \"<= 3\"}\n"
    "# Types: rating, choice, tags, compare, text (a note), edit (a correction), write (a text of "
    "your own).\n"
    "questions:\n";

static const char practice[] = "practice: true             # answers are known; each task is "
                               "compared with them once labeled\n";

#define PROBLEMS                                                                                   \
    "\n"                                                                                           \
    "  - name: problems           # f opens the list, then press the option's key\n"               \
    "    label: Problems\n"                                                                        \
    "    type: tags\n"                                                                             \
    "    on: response\n"                                                                           \
    "    options:\n"                                                                               \
    "      - value: inaccurate\n"                                                                  \
    "        label: Inaccurate\n"                                                                  \
    "        key: i\n"                                                                             \
    "        help: Says something false, or something no source supports\n"                        \
    "      - value: harmful\n"                                                                     \
    "        label: Harmful\n"                                                                     \
    "        key: h\n"                                                                             \
    "        help: Could hurt or insult people\n"                                                  \
    "      - value: ignores_request\n"                                                             \
    "        label: Ignores the request\n"                                                         \
    "        key: r\n"                                                                             \
    "        help: Leaves out what was asked, or does something else\n"                            \
    "      - value: evasive\n"                                                                     \
    "        label: Evasive\n"                                                                     \
    "        key: V\n"                                                                             \
    "        help: Refuses, or avoids a clear answer, without need\n"                              \
    "      - value: language\n"                                                                    \
    "        label: Language\n"                                                                    \
    "        key: L\n"                                                                             \
    "        help: Wrong language, grammar, spelling or tone\n"                                    \
    "      - value: formatting\n"                                                                  \
    "        label: Formatting\n"                                                                  \
    "        key: F\n"                                                                             \
    "        help: Broken or unneeded lists, code or markup\n"

#define QUALITY(target, required)                                                                  \
    "  - name: quality\n"                                                                          \
    "    label: Overall quality\n"                                                                 \
    "    type: rating\n"                                                                           \
    "    on: " target "\n"                                                                         \
    "    scale: {min: 1, max: 7, low: bad, high: good, points: {4: acceptable}}\n"                 \
    "    required: " required "\n"

#define RANKING                                                                                    \
    "  - name: ranking            # the digits, best first; = ties, * cannot be ranked\n"          \
    "    label: Ranking\n"                                                                         \
    "    type: rank\n"                                                                             \
    "    on: task\n"                                                                               \
    "    required: true\n"                                                                         \
    "\n"

#define NOTE                                                                                       \
    "\n"                                                                                           \
    "  - name: note               # m, or $EDITOR\n"                                               \
    "    label: Note\n"                                                                            \
    "    type: text\n"                                                                             \
    "    on: task\n"

#define WHY                                                                                        \
    "\n"                                                                                           \
    "  - name: note               # why the problem is bad, or why you give up\n"                  \
    "    label: Note\n"                                                                            \
    "    type: text\n"                                                                             \
    "    on: task\n"                                                                               \
    "    required: true\n"                                                                         \
    "    when: {outcome: [bad_problem, give_up]}\n"

#define BETTER                                                                                     \
    "  - name: better             # 1 A is much better … 4 the same … 7 B is much better\n"    \
    "    label: Better\n"                                                                          \
    "    type: compare\n"                                                                          \
    "    on: task\n"                                                                               \
    "    required: true\n"

#define STEP                                                                                       \
    "  - name: verdict            # one key a step: 1 bad, 2 neutral, 3 good, 4 unsure\n"          \
    "    label: Verdict\n"                                                                         \
    "    type: choice\n"                                                                           \
    "    on: step\n"                                                                               \
    "    required: true\n"                                                                         \
    "    stop_after: [bad]        # after the first bad step, no others are asked about\n"         \
    "    options:\n"                                                                               \
    "      - {value: bad, label: bad, mark: \"-\", help: \"Wrong, or it does not follow\"}\n"      \
    "      - {value: neutral, label: neutral, mark: \"0\", help: \"Right, but it leads "           \
    "nowhere\"}\n"                                                                                 \
    "      - {value: good, label: good, mark: \"+\", help: \"Right, and a help\"}\n"               \
    "      - {value: unsure, label: unsure, mark: \"?\"}\n"                                        \
    "\n"                                                                                           \
    "  - name: reason             # what is wrong with the bad step\n"                             \
    "    label: Reason\n"                                                                          \
    "    type: text\n"                                                                             \
    "    on: step\n"                                                                               \
    "    when: {verdict: bad}\n"                                                                   \
    "\n"                                                                                           \
    "  - name: rewrite            # e: what the step should have been\n"                           \
    "    label: Rewrite\n"                                                                         \
    "    type: edit\n"                                                                             \
    "    on: step\n"                                                                               \
    "    when: {verdict: bad}\n"                                                                   \
    "\n"                                                                                           \
    "  - name: outcome\n"                                                                          \
    "    label: Outcome\n"                                                                         \
    "    type: choice\n"                                                                           \
    "    on: task\n"                                                                               \
    "    options:\n"                                                                               \
    "      - {value: solution, label: right, help: \"The steps lead to the right answer\"}\n"      \
    "      - {value: found_error, label: found an error}\n"                                        \
    "      - {value: bad_problem, label: bad problem, help: \"It makes no sense, or says too "     \
    "little\"}\n"                                                                                  \
    "      - {value: give_up, label: give up, help: \"It cannot be checked in reasonable "         \
    "time\"}\n"

/* By what the tasks hold: steps, and up to `most` responses. */
static const struct {
    bool steps;
    size_t most;
    const char *questions;
} kinds[] = {
    {true, SIZE_MAX, STEP WHY},
    {false, 0, QUALITY("task", "true") NOTE},
    {false, 1, QUALITY("response", "true") PROBLEMS NOTE},
    {false, 2, BETTER PROBLEMS NOTE},
    {false, SIZE_MAX, RANKING QUALITY("response", "false") PROBLEMS NOTE},
};

/* Characters that JSON leaves unescaped but YAML takes for line breaks or refuses, and those that
 * reverse the text in an editor. */
static bool needs_escape(char32_t c)
{
    static const struct {
        char32_t first, last;
    } ranges[] = {
        {0x7F, 0x9F},
        {0x200B, 0x200F},
        {0x2028, 0x202E},
        {0x2066, 0x2069},
        {0xFEFF, 0xFEFF},
        {0xFFFE, 0xFFFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static char *escaped(const char *text)
{
    struct lw_buf b = {0};
    char32_t c;
    for (size_t n = strlen(text); n > 0;) {
        size_t k = lw_utf8_decode(text, n, &c);
        if (needs_escape(c))
            lw_buf_fmt(&b, "\\u%04X", (unsigned)c);
        else
            lw_buf_add(&b, text, k);
        text += k;
        n -= k;
    }
    return lw_buf_detach(&b);
}

/* A file name may contain anything but a slash. YAML reads text in JSON quotes the same way. */
char *lw_yaml_quoted(const char *text)
{
    json_t *s = json_string(text);
    char *json = s ? json_dumps(s, JSON_ENCODE_ANY) : NULL;
    char *q = json ? escaped(json) : NULL;
    free(json);
    json_decref(s);
    return q;
}

static void add_head(struct lw_buf *b, const char *const part[3])
{
    for (const char *s = head; *s;) {
        size_t n = strcspn(s, "%");
        lw_buf_add(b, s, n);
        s += n;
        if (*s) {
            lw_buf_str(b, part[s[1] - '1']);
            s += 2;
        }
    }
}

/* ", response: [...], id: …" for those that are known; new. */
static char *other_columns(const struct lw_data_kind *kind)
{
    char *id = kind->id_column ? lw_yaml_quoted(kind->id_column) : NULL;
    char *json =
        json_array_size(kind->response_columns) ? json_dumps(kind->response_columns, 0) : NULL;
    char *list = json ? escaped(json) : NULL;
    char *part = lw_format(
        "%s%s%s%s", list ? ", response: " : "", list ? list : "", id ? ", id: " : "", id ? id : "");
    free(id);
    free(list);
    free(json);
    return part;
}

/* Column names are foreign text: written as JSON in the comment, so that none ends the line. */
static char *columns_line(const struct lw_data_kind *kind)
{
    char *column = kind->column ? lw_yaml_quoted(kind->column) : NULL;
    char *all = column ? lw_yaml_quoted(kind->columns) : NULL;
    char *others = other_columns(kind);
    char *line = all ? lw_format("    columns: {prompt: %s%s}\n    # The prompt is a guess. You "
                                 "can also set response, id and reference. Columns: %s\n",
                           column, others, all)
                     : lw_strdup("");
    free(others);
    free(column);
    free(all);
    return line;
}

char *lw_read_as_lines(const struct lw_read_as *as)
{
    struct lw_buf b = {0};
    char *prompt = as->columns && as->columns->prompt ? lw_yaml_quoted(as->columns->prompt) : NULL;
    if (as->format)
        lw_buf_fmt(&b, "    format: %s\n", as->format);
    if (as->columns)
        lw_buf_fmt(&b, "    columns: {%s%s", prompt ? "prompt: " : "", prompt ? prompt : "");
    for (size_t i = 0; as->columns && i < as->columns->nresponses; i++) {
        char *name = lw_yaml_quoted(as->columns->response[i]);
        const char *before = i > 0 ? ", " : prompt ? ", response: [" : "response: [";
        lw_buf_fmt(&b, "%s%s", before, name ? name : "\"\"");
        free(name);
    }
    if (as->columns)
        lw_buf_str(&b, as->columns->nresponses ? "]}\n" : "}\n");
    if (as->header != LW_HEADER_GUESSED)
        lw_buf_fmt(&b, "    header: %s\n", as->header == LW_HEADER_YES ? "true" : "false");
    if (as->encoding != LW_ENCODING_UTF_8)
        lw_buf_fmt(&b, "    encoding: %s\n", lw_encoding_names()[as->encoding]);
    free(prompt);
    return lw_buf_detach(&b);
}

/* The other files. A member name is foreign text, too. */
static bool add_files(struct lw_buf *b, const struct lw_data_files *files)
{
    bool known = true;
    for (size_t i = 1; i < files->n && known; i++) {
        char *name = lw_yaml_quoted(files->name[i]);
        char *join = files->join && files->join[i] ? lw_yaml_quoted(files->join[i]) : NULL;
        known = name != NULL;
        if (known)
            lw_buf_fmt(b, "  - file: %s\n", name);
        if (join)
            lw_buf_fmt(b,
                "    join: %s  # its records answer the tasks above that have the same value\n",
                join);
        free(join);
        free(name);
    }
    return known;
}

char *lw_project_text(
    const struct lw_data_files *files, const char *folder, const struct lw_data_kind *kind)
{
    char *beside = lw_format("%s%s", folder, files->name[0]);
    char *name = lw_yaml_quoted(files->name[0]), *path = lw_yaml_quoted(beside),
         *columns = columns_line(kind);
    struct lw_buf b = {0}, more = {0};
    if (kind->as) {
        char *said = lw_read_as_lines(kind->as);
        lw_buf_str(&more, said);
        free(said);
    }
    lw_buf_str(&more, columns);
    bool known = name && path && add_files(&more, files);
    if (kind->practice)
        lw_buf_str(&more, practice);
    if (known) {
        size_t i = 0;
        while (kinds[i].steps != kind->steps || kind->responses > kinds[i].most)
            i++;
        add_head(&b, (const char *const[]){name, path, more.data});
        if (!kind->former || !lw_former_questions_write(kind->former, &b))
            lw_buf_str(&b, kinds[i].questions);
    }
    lw_buf_fini(&more);
    free(columns);
    free(beside);
    free(name);
    free(path);
    return known ? lw_buf_detach(&b) : NULL;
}
