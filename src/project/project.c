/* project.yaml as a whole: its top-level keys, and a project out of them. Each block (`tasks`,
 * `questions`, `sync`) is read by a file of its own; nothing here opens a file. */
#include "labelwright/project/project.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/config/spelling.h"
#include "labelwright/project/macros.h"
#include "labelwright/project/project_keys.h"
#include "labelwright/project/question.h"
#include "project/project_internal.h"

#include <stdlib.h>
#include <string.h>

static LW_SETTER(set_version)
{
    (void)to;
    int64_t v;
    if (!lw_yaml_int(y, &v) || v != 1)
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_path)
{
    const struct lw_project *p = to;
    const char *path = lw_yaml_text(y);
    const char *fault = path ? lw_path_fault(p->dir, path) : NULL;
    if (fault)
        lw_mistake(r, y, "\"%s\" %s", f->key, fault);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_curtain)
{
    struct lw_project *p = to;
    p->curtain = lw_texts_parse(r, f, y, &p->ncurtain);
}

static const char *const orders[] = {"file", "random", NULL};
static const char *const advances[] = {"confirm", "auto", NULL};

#define IN(member) offsetof(struct lw_project, member)
static const struct lw_field fields[] = {
    {.key = "labelwright",
        set_version,
        0,
        "the number 1",
        "labelwright: 1",
        .required = true,
        .help = "The version of this format.",
        .min = 1,
        .max = 1,
        .kind = LW_KIND_INT},
    {.key = "title",
        lw_set_text,
        IN(title),
        "text",
        "title: Rate the replies",
        .help = "What the project is called on the screen and in the journal. Without it: the name "
                "of the folder."},
    {.key = "guidelines",
        set_path,
        IN(guidelines),
        "the path of a file",
        "guidelines: guidelines.md",
        .help = "The file that F2 shows, inside the folder.",
        .kind = LW_KIND_TEXT,
        .pattern = "^[^/]"},
    {.key = "tasks",
        lw_set_tasks,
        0,
        "a list of files",
        "tasks: [tasks.jsonl]",
        .required = true,
        .help = "The files with the tasks: a path, or a map that says more of one file.",
        .min = 1,
        .max = LW_TASK_FILES_MAX,
        .inside = &lw_task_file_schema,
        .pattern = "^[^/]",
        .item_pattern = "^[^/]",
        .kind = LW_KIND_TEXT | LW_KIND_MAP | LW_KIND_LIST,
        .items = LW_KIND_TEXT | LW_KIND_MAP},
    {.key = "order",
        lw_set_either,
        IN(random_order),
        "file or random",
        "order: file",
        .words = orders,
        .help = "Tasks as they stand in the files, or shuffled by a seed that the journal keeps.",
        .initial = "file"},
    {.key = "shuffle_responses",
        lw_set_bool,
        IN(shuffle_responses),
        "true or false",
        "shuffle_responses: true",
        .help = "Chance says which response is A. Every label records the order shown.",
        .initial = "true"},
    {.key = "advance",
        lw_set_either,
        IN(advance_auto),
        "confirm or auto",
        "advance: confirm",
        .words = advances,
        .help = "confirm: Enter submits. auto: the last required answer submits; of a talk, one "
                "about the whole.",
        .initial = "confirm"},
    {.key = "read_to_end",
        lw_set_bool,
        IN(read_to_end),
        "true or false",
        "read_to_end: true",
        .help = "No label before the end of each response was on the screen.",
        .initial = "false"},
    {.key = "allow_empty",
        lw_set_bool,
        IN(allow_empty),
        "true or false",
        "allow_empty: true",
        .help = "One Enter saves a label without any answer. Otherwise it takes two.",
        .initial = "false"},
    {.key = "practice",
        lw_set_bool,
        IN(practice),
        "true or false",
        "practice: true",
        .help = "All tasks are practice: their answers are known, and compared after each label.",
        .initial = "false"},
    {.key = "send_practice",
        lw_set_bool,
        IN(send_practice),
        "true or false",
        "send_practice: true",
        .help = "Labels of practice tasks are sent and exported like others.",
        .initial = "false"},
    {.key = "curtain",
        set_curtain,
        0,
        "a list of tags, or all",
        "curtain: [violence]",
        .help = "Tasks with these tags start hidden until z or Z; all: every task.",
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "free_skips",
        lw_set_bool,
        IN(free_skips),
        "true or false",
        "free_skips: true",
        .help = "The box for a skip says that skipping costs nothing.",
        .initial = "false"},
    {.key = "spelling",
        lw_set_spelling,
        IN(spelling),
        LW_SPELLING_TAKES,
        LW_SPELLING_EXAMPLE,
        .help = "Languages in which misspelt words are marked. A `lang` of the task comes first.",
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "questions",
        lw_set_questions,
        0,
        "a list of questions",
        "questions: [{name: quality, type: rating}]",
        .required = true,
        .help = "What is asked about each task, in this order.",
        .min = 1,
        .max = LW_QUESTIONS_MAX,
        .inside = &lw_question_schema,
        .kind = LW_KIND_LIST,
        .items = LW_KIND_MAP},
    {.key = "sync",
        lw_set_sync,
        0,
        "a map, or a list of maps",
        "sync: {to: \"https://labels.example.org/v1/batches\"}",
        .help =
            "Where labels are sent: one destination, or a list of them which each get all labels.",
        .min = 1,
        .max = LW_SYNC_TARGETS_MAX,
        .inside = &lw_sync_schema,
        .kind = LW_KIND_MAP | LW_KIND_LIST,
        .items = LW_KIND_MAP},
    {.key = "bind",
        lw_set_macro_defs,
        IN(macros),
        LW_BIND_TAKES,
        LW_BIND_EXAMPLE,
        .help = "Macros that the project suggests: a key for a whole verdict. Those of the "
                "annotator come first.",
        .kind = LW_KIND_MAP,
        .items = LW_KIND_ANY},
    {.key = "pay",
        lw_set_pay,
        0,
        "a map",
        "pay: {rate: \"17.00\", currency: EUR, per: hour}",
        .help = "What the client offers. `labelwright pay` shows it as the client's claim.",
        .inside = &lw_pay_schema,
        .kind = LW_KIND_MAP},
};
static const struct lw_schema table = {
    "a project file", fields, sizeof fields / sizeof *fields, NULL};

const struct lw_schema *lw_project_schema(void)
{
    return &table;
}

/* When the file is for a later version, nothing else is worth reporting. */
static bool is_later(struct lw_reading *r, const struct lw_yaml *root)
{
    const struct lw_yaml *version = lw_yaml_get(root, "labelwright");
    int64_t v;
    if (!version || !lw_yaml_int(version, &v) || v <= 1)
        return false;
    lw_mistake(r, version,
        "made for a newer version of labelwright (this is %s). Update labelwright.", LW_VERSION);
    return true;
}

static char *default_title(const char *dir)
{
    char *beside = lw_path_beside(dir);
    if (beside)
        return beside;
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    size_t start = n;
    while (start > 0 && dir[start - 1] != '/')
        start--;
    return start < n ? lw_strndup(dir + start, n - start) : lw_strdup(dir);
}

static void copy_questions(struct lw_project *p, const struct lw_yaml *root)
{
    p->questions = lw_yaml_json(lw_yaml_get(root, "questions"));
    char *dump = json_dumps(p->questions, JSON_COMPACT);
    lw_sha256_hex(dump, strlen(dump), p->questions_hash);
    free(dump);
}

static struct lw_project *new_project(const char *dir, const char *file)
{
    struct lw_project *p = lw_alloc(sizeof *p);
    p->dir = lw_strdup(dir);
    p->file = lw_strdup(file);
    p->shuffle_responses = true;
    return p;
}

static bool all_known(const struct lw_yaml *list)
{
    bool known = list->kind == LW_YAML_LIST && list->n > 0;
    for (size_t i = 0; i < list->n && known; i++)
        known = list->item[i]->kind == LW_YAML_MAP && lw_question_is_known(list->item[i]);
    return known;
}

struct lw_project *lw_project_of_questions(const json_t *block)
{
    static const struct lw_field field = {.key = "questions"};
    struct lw_yaml *list = lw_yaml_of_json(block);
    struct lw_project *p = NULL;
    if (all_known(list)) {
        struct lw_reading r = {.file = "journal"};
        struct lw_problems unused = {0};
        p = new_project(".", "journal");
        lw_set_questions(&r, &field, list, p);
        lw_reading_end(&r, &unused);
        lw_problems_fini(&unused);
    }
    lw_yaml_free(list);
    return p;
}

/* Once the questions are known to be right. */
static bool macros_fit(const struct lw_project *p, struct lw_problems *problems)
{
    struct lw_macros all = {0};
    size_t before = problems->n;
    lw_macros_add(p, &p->macros, p->file, false, &all, problems, NULL);
    lw_macros_fini(&all);
    return problems->n == before;
}

struct lw_project *lw_project_parse(
    const char *dir, const char *file, const char *bytes, size_t n, struct lw_problems *problems)
{
    struct lw_yaml *root = lw_yaml_parse(file, bytes, n, problems);
    if (!root)
        return NULL;
    struct lw_reading r = {.file = file,
        .secret = "Remove it: a project cannot contain secrets or run commands. Put them in your "
                  "own config.yaml."};
    struct lw_project *p = new_project(dir, file);
    if (!is_later(&r, root))
        lw_schema_parse(&r, &table, LW_NO_VARIANT, root, p);
    lw_check_outboxes(&r, p, lw_yaml_get(root, "sync"));
    lw_check_known(&r, p, lw_yaml_get(root, "tasks"));
    if (lw_reading_end(&r, problems) && macros_fit(p, problems)) {
        copy_questions(p, root);
        if (!p->title)
            p->title = default_title(dir);
    } else {
        lw_project_free(p);
        p = NULL;
    }
    lw_yaml_free(root);
    return p;
}

bool lw_project_practises(const struct lw_project *p, const char *file)
{
    for (size_t i = 0; i < p->ntasks && !p->practice; i++)
        if (strcmp(p->tasks[i].path, file) == 0)
            return p->tasks[i].practice;
    return p->practice;
}

bool lw_project_has_practice(const struct lw_project *p)
{
    bool any = p->practice;
    for (size_t i = 0; i < p->ntasks; i++)
        any = any || p->tasks[i].practice;
    return any;
}

void lw_project_free(struct lw_project *p)
{
    if (!p)
        return;
    lw_questions_free(p->question, p->nquestions);
    lw_task_files_free(p->tasks, p->ntasks);
    lw_texts_free(p->curtain);
    lw_texts_free(p->spelling);
    lw_macro_defs_fini(&p->macros);
    json_decref(p->questions);
    free(p->pay.rate);
    free(p->pay.currency);
    lw_syncs_free(p->sync, p->nsync);
    free(p->guidelines);
    free(p->title);
    free(p->file);
    free(p->dir);
    free(p);
}
