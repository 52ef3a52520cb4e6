/* The parts of a message in a pane: calls of tools and what they gave back, thoughts, refusals, and
 * the texts among them. */
#include "tui/view/document_internal.h"
#include "tui/view/pictures_internal.h"

#include <stdlib.h>

static const struct {
    const char *word;
    enum lw_role role;
    bool folds; /* one line when the prompt is folded */
} kinds[LW_PART_KINDS] = {
    [LW_PART_CALL] = {"Call", LW_ROLE_ROLE_MODEL, false},
    [LW_PART_RESULT] = {"Result", LW_ROLE_TITLE, true},
    [LW_PART_REASONING] = {"Reasoning", LW_ROLE_DIM, true},
    [LW_PART_REFUSAL] = {"Refusal", LW_ROLE_WARNING, false},
    [LW_PART_PICTURE] = {"Picture, not shown here", LW_ROLE_TITLE, false},
    [LW_PART_TOOL] = {"Tool", LW_ROLE_TITLE, true},
    [LW_PART_OTHER] = {"Part", LW_ROLE_TITLE, true},
};

/* A picture under its name, or why there is none. False where it is only named. */
static bool add_picture(struct lw_doc *doc, struct lw_part p, int cols)
{
    const struct lw_shown_picture *s = lw_pictures_find(doc->pictures, p.name, cols);
    if (!s)
        return false;
    char *title = lw_pictures_title(s);
    lw_doc_words(doc, s->fault ? LW_ROLE_WARNING : LW_ROLE_TITLE, cols, "%s", title);
    free(title);
    if (s->cell)
        lw_doc_push(doc, (struct lw_doc_part){.text = {"", 0},
                             .cell = s->cell,
                             .ncells = s->picture.cols,
                             .pixels = s->picture.rgb ? &s->picture : NULL,
                             .nlines = (size_t)s->picture.rows});
    return true;
}

static void add_part(
    struct lw_doc *doc, struct lw_part p, int cols, bool fold, enum lw_doc_form reading)
{
    const char *word = kinds[p.kind].word, *colon = p.name.s ? ": " : "";
    if (p.kind == LW_PART_TEXT) {
        lw_doc_text(doc, p.text, cols, LW_ROLE_TEXT, reading);
        return;
    }
    bool folded = fold && kinds[p.kind].folds && p.text.n > 0;
    doc->folds_parts = doc->folds_parts || folded;
    if (p.kind != LW_PART_PICTURE || fold || !add_picture(doc, p, cols))
        lw_doc_words(doc, kinds[p.kind].role, cols, "%s%s%.*s%s", word, colon, (int)p.name.n,
            p.name.s ? p.name.s : "", folded ? " (folded; x: show)" : "");
    bool dim = p.kind == LW_PART_REASONING || p.kind == LW_PART_PICTURE;
    enum lw_role role = dim ? LW_ROLE_DIM : LW_ROLE_TEXT;
    if (p.text.n > 0 && !folded)
        lw_doc_text(doc, p.text, cols, role, reading);
}

/* Text right after another part would look like the end of that part. */
static bool needs_gap(const struct lw_parts *parts, size_t i)
{
    return i > 0 && lw_parts_at(parts, i).kind == LW_PART_TEXT &&
           lw_parts_at(parts, i - 1).kind != LW_PART_TEXT;
}

void lw_doc_parts(
    struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, enum lw_doc_form reading)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        if (needs_gap(parts, i))
            lw_doc_line(doc, LW_ROLE_TEXT, false, "%s", "");
        add_part(doc, lw_parts_at(parts, i), cols, fold, reading);
    }
}

void lw_doc_message(struct lw_doc *doc, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, enum lw_doc_form reading)
{
    if (lw_parts_count(parts) > 0)
        lw_doc_parts(doc, parts, cols, fold, reading);
    else
        lw_doc_text(doc, text, cols, LW_ROLE_TEXT, reading);
}

void lw_doc_other_parts(
    struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, enum lw_doc_form reading)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind != LW_PART_TEXT)
            add_part(doc, lw_parts_at(parts, i), cols, fold, reading);
}
