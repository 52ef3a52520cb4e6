/* A message on the screen: its text, and its other parts, each with a word for its kind. */
#include "tui/view/said_internal.h"

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

static void add_part(struct lw_doc *d, struct lw_part p, int cols, bool fold, bool raw)
{
    const char *word = kinds[p.kind].word, *colon = p.name.s ? ": " : "";
    if (p.kind == LW_PART_TEXT) {
        lw_doc_text(d, p.text, cols, LW_ROLE_TEXT, raw);
        return;
    }
    bool folded = fold && kinds[p.kind].folds && p.text.n > 0;
    lw_doc_words(d, kinds[p.kind].role, cols, "%s%s%.*s%s", word, colon, (int)p.name.n,
        p.name.s ? p.name.s : "", folded ? " (folded; x: show)" : "");
    enum lw_role role = p.kind == LW_PART_REASONING ? LW_ROLE_DIM : LW_ROLE_TEXT;
    if (p.text.n > 0 && !folded)
        lw_doc_text(d, p.text, cols, role, raw);
}

/* Text right after another part would look like the end of that part. */
static bool needs_gap(const struct lw_parts *parts, size_t i)
{
    return i > 0 && lw_parts_at(parts, i).kind == LW_PART_TEXT &&
           lw_parts_at(parts, i - 1).kind != LW_PART_TEXT;
}

void lw_doc_parts(struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        if (needs_gap(parts, i))
            lw_doc_line(d, LW_ROLE_TEXT, false, "%s", "");
        add_part(d, lw_parts_at(parts, i), cols, fold, raw);
    }
}

void lw_doc_said(struct lw_doc *d, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, bool raw)
{
    if (lw_parts_count(parts) > 0)
        lw_doc_parts(d, parts, cols, fold, raw);
    else
        lw_doc_text(d, text, cols, LW_ROLE_TEXT, raw);
}

void lw_doc_other_parts(
    struct lw_doc *d, const struct lw_parts *parts, int cols, bool fold, bool raw)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++)
        if (lw_parts_at(parts, i).kind != LW_PART_TEXT)
            add_part(d, lw_parts_at(parts, i), cols, fold, raw);
}
