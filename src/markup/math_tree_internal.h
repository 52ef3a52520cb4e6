/* A formula as a tree, and the parser that makes it. Nodes are numbers in one array: 0 is none. */
#ifndef LABELWRIGHT_MARKUP_MATH_TREE_INTERNAL_H
#define LABELWRIGHT_MARKUP_MATH_TREE_INTERNAL_H

#include "markup/math_symbols_internal.h"

#include <stdint.h>

enum lw_math_kind {
    LW_MATH_ROW,    /* a: the first of its nodes, chained by next */
    LW_MATH_ATOM,   /* text */
    LW_MATH_SPACE,  /* amount: columns */
    LW_MATH_FRAC,   /* a over b; flag: no rule between them */
    LW_MATH_SCRIPT, /* a with b below and c above; flag: never beside it, noflag: never above it */
    LW_MATH_ROOT,   /* of a; b: which */
    LW_MATH_ACCENT, /* text: a mark over each character of a */
    LW_MATH_FENCE,  /* a and c: the brackets, atoms or 0; b: what is between; flag: may be broken */
    LW_MATH_GRID,   /* a: the first LINE; env, text: the columns of an array */
    LW_MATH_LINE,   /* a: the first cell, a ROW; flag: a rule above it */
    LW_MATH_BOX,    /* a in a frame */
    LW_MATH_BRACE,  /* along a, text: its signs, amount: -1 above, 1 below */
    LW_MATH_STACK,  /* a with b over it, c under it */
    LW_MATH_ARROW,  /* text: the arrow; b over it, c under it */
};

/* How an environment is set. */
struct lw_math_env {
    const char *name;
    const char *left, *right; /* brackets; "" for none */
    const char *columns;      /* how each is aligned, over and over: "rl"; "" when in braces */
    int gap;                  /* columns between two of them */
    bool argument;            /* {…} behind its name */
    bool bare;                /* a formula by itself, without delimiters */
};

struct lw_math_node {
    uint8_t kind, cls, style, emph;
    bool blank;  /* a blank was before it in the source */
    bool limits; /* an operator or what has its scripts above and below */
    bool flag, noflag;
    bool literal; /* text in words: its blanks count */
    int amount;
    size_t at, len;   /* its bytes in the source */
    const char *text; /* not its own: static, or of the source; NULL for `own` */
    size_t ntext;
    char own[12];
    const struct lw_math_env *env;
    uint32_t a, b, c, next;
};

struct lw_math_tree {
    struct lw_math_node *v; /* v[0] is none */
    size_t n, cap;
    uint32_t top;
    char why[96]; /* why there is no tree */
};

enum {
    LW_MATH_DEPTH = 40,
    LW_MATH_MAX = 16 * 1024 /* bytes of a formula */
};

/* Zero-initialise the tree; reused. `quotes`: how many > begin each line of the source that are no
 * part of the formula. False, and to->why says why, when it is nothing that we show. */
bool lw_math_parse(struct lw_math_tree *to, const char *s, size_t at, size_t end, int quotes);

static inline const char *lw_math_text(const struct lw_math_node *n)
{
    return n->text ? n->text : n->own;
}

void lw_math_tree_fini(struct lw_math_tree *t);

/* The environment of that name, NULL when it is none of mathematics. */
const struct lw_math_env *lw_math_env(const char *name, size_t n);

/* ---- commands that are more than a sign */

enum lw_math_job {
    LW_MATH_DO_FRAC, /* a: the brackets around it, "" for none; b set: no rule */
    LW_MATH_DO_ROOT,
    LW_MATH_DO_ACCENT, /* a: the mark */
    LW_MATH_DO_TEXT,   /* number: emphasis */
    LW_MATH_DO_FONT,   /* number: an alphabet */
    LW_MATH_DO_EMPH,   /* number: emphasis of what is in braces */
    LW_MATH_DO_SWITCH, /* number: emphasis of what follows */
    LW_MATH_DO_LEFT,
    LW_MATH_DO_BIG, /* a bracket of any size */
    LW_MATH_DO_MIDDLE,
    LW_MATH_DO_BEGIN,
    LW_MATH_DO_WRAP, /* a and b around an argument */
    LW_MATH_DO_SPACE,
    LW_MATH_DO_NOTHING, /* how it looks in print */
    LW_MATH_DO_SKIP,    /* the same, with an argument */
    LW_MATH_DO_COLOR,   /* the same, and an argument that is shown */
    LW_MATH_DO_BOX,
    LW_MATH_DO_BRACE, /* a: its signs; number: -1 above */
    LW_MATH_DO_STACK, /* number: -1 the first argument above, 1 below */
    LW_MATH_DO_ARROW, /* a: the arrow */
    LW_MATH_DO_MOD,   /* a: what is before the argument */
    LW_MATH_DO_NAME,  /* an operator in letters */
    LW_MATH_DO_CLASS, /* number: of its argument */
    LW_MATH_DO_LIMITS,
    LW_MATH_DO_NOT,
    LW_MATH_DO_NOTE, /* a, the argument as it is, b */
    LW_MATH_DO_OVER, /* between two parts of a group; a: brackets; b set: no rule */
    LW_MATH_DO_SUBSTACK,
    LW_MATH_DO_PLAIN,  /* its argument, nothing else */
    LW_MATH_DO_REFUSE, /* a: why */
};

struct lw_math_command {
    const char *name;
    enum lw_math_job job;
    int number;
    const char *a, *b;
};

const struct lw_math_command *lw_math_command(const char *name, size_t n);

/* The rows of the table, in order of their names: for a test. */
const struct lw_math_command *lw_math_commands(size_t *n);

#endif
