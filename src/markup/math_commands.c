/* LaTeX commands that take arguments, change what follows or are refused, and environments. Only
 * tables and a search in them; what is done is in math_parse.c. */
#include "labelwright/markup/run.h"
#include "markup/math_tree_internal.h"

#include <stdlib.h>
#include <string.h>

#define ACCENT LW_MATH_DO_ACCENT
#define ARROW LW_MATH_DO_ARROW
#define BEGIN LW_MATH_DO_BEGIN
#define BIG LW_MATH_DO_BIG
#define BOX LW_MATH_DO_BOX
#define BRACE LW_MATH_DO_BRACE
#define CLASS LW_MATH_DO_CLASS
#define COLOR LW_MATH_DO_COLOR
#define EMPH LW_MATH_DO_EMPH
#define FONT LW_MATH_DO_FONT
#define FRAC LW_MATH_DO_FRAC
#define LEFT LW_MATH_DO_LEFT
#define LIMITS LW_MATH_DO_LIMITS
#define MIDDLE LW_MATH_DO_MIDDLE
#define MOD LW_MATH_DO_MOD
#define NAME LW_MATH_DO_NAME
#define NOT LW_MATH_DO_NOT
#define NOTE LW_MATH_DO_NOTE
#define NOTHING LW_MATH_DO_NOTHING
#define OVER LW_MATH_DO_OVER
#define PLAIN LW_MATH_DO_PLAIN
#define REFUSE LW_MATH_DO_REFUSE
#define ROOT LW_MATH_DO_ROOT
#define SKIP LW_MATH_DO_SKIP
#define SPACE LW_MATH_DO_SPACE
#define STACK LW_MATH_DO_STACK
#define SUBSTACK LW_MATH_DO_SUBSTACK
#define SWITCH LW_MATH_DO_SWITCH
#define TEXT LW_MATH_DO_TEXT
#define WRAP LW_MATH_DO_WRAP

/* In order of the names' bytes. */
static const struct lw_math_command commands[] = {
    {"\t", SPACE, 1, NULL, NULL},
    {"\n", SPACE, 1, NULL, NULL},
    {"\r", SPACE, 1, NULL, NULL},
    {" ", SPACE, 1, NULL, NULL},
    {"!", SPACE, 0, NULL, NULL},
    {",", SPACE, 1, NULL, NULL},
    {"/", SPACE, 0, NULL, NULL},
    {":", SPACE, 1, NULL, NULL},
    {";", SPACE, 1, NULL, NULL},
    {">", SPACE, 1, NULL, NULL},
    {"Bbb", FONT, LW_MATH_BLACKBOARD, NULL, NULL},
    {"Big", BIG, 0, NULL, NULL},
    {"Bigg", BIG, 0, NULL, NULL},
    {"Biggl", BIG, 0, NULL, NULL},
    {"Biggm", BIG, 0, NULL, NULL},
    {"Biggr", BIG, 0, NULL, NULL},
    {"Bigl", BIG, 0, NULL, NULL},
    {"Bigm", BIG, 0, NULL, NULL},
    {"Bigr", BIG, 0, NULL, NULL},
    {"Bra", WRAP, 0, "⟨", "|"},
    {"Braket", WRAP, 0, "⟨", "⟩"},
    {"DeclareMathOperator", REFUSE, 0, "defines a command, and no command is ever carried out",
        NULL},
    {"DeclarePairedDelimiter", REFUSE, 0, "defines a command, and no command is ever carried out",
        NULL},
    {"Ket", WRAP, 0, "|", "⟩"},
    {"Large", NOTHING, 0, NULL, NULL},
    {"Set", WRAP, 0, "{", "}"},
    {"abs", WRAP, 0, "|", "|"},
    {"acute", ACCENT, 0, "\xCC\x81", NULL},
    {"allowbreak", NOTHING, 0, NULL, NULL},
    {"atop", OVER, 0, "", "over"},
    {"bar", ACCENT, 0, "\xCC\x84", NULL},
    {"bcancel", EMPH, LW_EMPH_STRUCK, NULL, NULL},
    {"begin", BEGIN, 0, NULL, NULL},
    {"bf", SWITCH, LW_EMPH_STRONG, NULL, NULL},
    {"bfseries", SWITCH, LW_EMPH_STRONG, NULL, NULL},
    {"big", BIG, 0, NULL, NULL},
    {"bigg", BIG, 0, NULL, NULL},
    {"biggl", BIG, 0, NULL, NULL},
    {"biggm", BIG, 0, NULL, NULL},
    {"biggr", BIG, 0, NULL, NULL},
    {"bigl", BIG, 0, NULL, NULL},
    {"bigm", BIG, 0, NULL, NULL},
    {"bigr", BIG, 0, NULL, NULL},
    {"bigskip", NOTHING, 0, NULL, NULL},
    {"binom", FRAC, 0, "()", "choose"},
    {"bm", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"bold", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"boldmath", SWITCH, LW_EMPH_STRONG, NULL, NULL},
    {"boldsymbol", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"boxed", BOX, 0, NULL, NULL},
    {"bra", WRAP, 0, "⟨", "|"},
    {"braket", WRAP, 0, "⟨", "⟩"},
    {"break", NOTHING, 0, NULL, NULL},
    {"breve", ACCENT, 0, "\xCC\x86", NULL},
    {"cal", SWITCH, 0, NULL, NULL},
    {"cancel", EMPH, LW_EMPH_STRUCK, NULL, NULL},
    {"catcode", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"ceil", WRAP, 0, "⌈", "⌉"},
    {"centering", NOTHING, 0, NULL, NULL},
    {"cfrac", FRAC, 0, "", NULL},
    {"check", ACCENT, 0, "\xCC\x8C", NULL},
    {"choose", OVER, 0, "()", "choose"},
    {"color", SKIP, 0, NULL, NULL},
    {"colorbox", COLOR, 0, NULL, NULL},
    {"csname", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"dbinom", FRAC, 0, "()", "choose"},
    {"dddot", ACCENT, 0, "\xE2\x83\x9B", NULL},
    {"ddot", ACCENT, 0, "\xCC\x88", NULL},
    {"def", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"dfrac", FRAC, 0, "", NULL},
    {"displaylimits", NOTHING, 0, NULL, NULL},
    {"displaystyle", NOTHING, 0, NULL, NULL},
    {"documentclass", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"dot", ACCENT, 0, "\xCC\x87", NULL},
    {"edef", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"em", SWITCH, 0, NULL, NULL},
    {"emph", TEXT, LW_EMPH_SOFT, NULL, NULL},
    {"end", REFUSE, 0, "has an \\end without its \\begin", NULL},
    {"enskip", SPACE, 1, NULL, NULL},
    {"enspace", SPACE, 1, NULL, NULL},
    {"ensuremath", PLAIN, 0, NULL, NULL},
    {"eqref", NOTE, 0, "(", ")"},
    {"expandafter", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"fbox", BOX, 0, NULL, NULL},
    {"floor", WRAP, 0, "⌊", "⌋"},
    {"footnotesize", NOTHING, 0, NULL, NULL},
    {"frac", FRAC, 0, "", NULL},
    {"futurelet", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"gdef", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"grave", ACCENT, 0, "\xCC\x80", NULL},
    {"hat", ACCENT, 0, "\xCC\x82", NULL},
    {"hbox", TEXT, 0, NULL, NULL},
    {"hfil", SPACE, 2, NULL, NULL},
    {"hfill", SPACE, 2, NULL, NULL},
    {"hphantom", REFUSE, 0, "hides a part of itself", NULL},
    {"hspace", SKIP, 0, NULL, NULL},
    {"include", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"input", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"it", SWITCH, 0, NULL, NULL},
    {"ket", WRAP, 0, "|", "⟩"},
    {"label", NOTE, 0, "[", "]"},
    {"large", NOTHING, 0, NULL, NULL},
    {"left", LEFT, 0, NULL, NULL},
    {"let", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"limits", LIMITS, 1, NULL, NULL},
    {"loop", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"mathbb", FONT, LW_MATH_BLACKBOARD, NULL, NULL},
    {"mathbbm", FONT, LW_MATH_BLACKBOARD, NULL, NULL},
    {"mathbf", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"mathbfit", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"mathbin", CLASS, LW_MATH_BIN, NULL, NULL},
    {"mathcal", FONT, LW_MATH_CALLIGRAPHIC, NULL, NULL},
    {"mathclose", CLASS, LW_MATH_CLOSE, NULL, NULL},
    {"mathds", FONT, LW_MATH_BLACKBOARD, NULL, NULL},
    {"mathfrak", FONT, LW_MATH_FRAKTUR, NULL, NULL},
    {"mathinner", CLASS, LW_MATH_INNER, NULL, NULL},
    {"mathit", FONT, LW_MATH_PLAIN, NULL, NULL},
    {"mathnormal", FONT, LW_MATH_PLAIN, NULL, NULL},
    {"mathop", CLASS, LW_MATH_OP, NULL, NULL},
    {"mathopen", CLASS, LW_MATH_OPEN, NULL, NULL},
    {"mathord", CLASS, LW_MATH_ORD, NULL, NULL},
    {"mathpunct", CLASS, LW_MATH_PUNCT, NULL, NULL},
    {"mathrel", CLASS, LW_MATH_REL, NULL, NULL},
    {"mathring", ACCENT, 0, "\xCC\x8A", NULL},
    {"mathrm", FONT, LW_MATH_PLAIN, NULL, NULL},
    {"mathscr", FONT, LW_MATH_CALLIGRAPHIC, NULL, NULL},
    {"mathsf", FONT, LW_MATH_PLAIN, NULL, NULL},
    {"mathstrut", NOTHING, 0, NULL, NULL},
    {"mathtt", FONT, LW_MATH_PLAIN, NULL, NULL},
    {"mbox", TEXT, 0, NULL, NULL},
    {"medskip", NOTHING, 0, NULL, NULL},
    {"medspace", SPACE, 1, NULL, NULL},
    {"middle", MIDDLE, 0, NULL, NULL},
    {"mspace", SKIP, 0, NULL, NULL},
    {"negthinspace", SPACE, 0, NULL, NULL},
    {"newcommand", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"newcount", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"newenvironment", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"newif", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"newtheorem", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"nicefrac", FRAC, 1, "", NULL},
    {"nobreak", NOTHING, 0, NULL, NULL},
    {"nobreakspace", SPACE, 1, NULL, NULL},
    {"noindent", NOTHING, 0, NULL, NULL},
    {"nolimits", LIMITS, 0, NULL, NULL},
    {"nonumber", NOTHING, 0, NULL, NULL},
    {"norm", WRAP, 0, "‖", "‖"},
    {"normalfont", NOTHING, 0, NULL, NULL},
    {"normalsize", NOTHING, 0, NULL, NULL},
    {"not", NOT, 0, NULL, NULL},
    {"notag", NOTHING, 0, NULL, NULL},
    {"openin", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"openout", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"operatorname", NAME, 0, NULL, NULL},
    {"operatornamewithlimits", NAME, 0, NULL, NULL},
    {"over", OVER, 0, "", NULL},
    {"overbrace", BRACE, -1, "╭─┴╮", NULL},
    {"overbracket", BRACE, -1, "┌─┴┐", NULL},
    {"overleftarrow", ACCENT, 0, "\xE2\x83\x96", NULL},
    {"overleftrightarrow", ACCENT, 0, "\xE2\x83\xA1", NULL},
    {"overline", ACCENT, 0, "\xCC\x85", NULL},
    {"overrightarrow", ACCENT, 0, "\xE2\x83\x97", NULL},
    {"overset", STACK, -1, NULL, NULL},
    {"phantom", REFUSE, 0, "hides a part of itself", NULL},
    {"pmb", EMPH, LW_EMPH_STRONG, NULL, NULL},
    {"pmod", MOD, 0, "mod ", NULL},
    {"pod", MOD, 0, "", NULL},
    {"protect", NOTHING, 0, NULL, NULL},
    {"providecommand", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"qquad", SPACE, 4, NULL, NULL},
    {"quad", SPACE, 2, NULL, NULL},
    {"read", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"ref", NOTE, 0, "", ""},
    {"relax", NOTHING, 0, NULL, NULL},
    {"renewcommand", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"renewenvironment", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"require", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"right", REFUSE, 0, "has a \\right without its \\left", NULL},
    {"rm", SWITCH, 0, NULL, NULL},
    {"rmfamily", NOTHING, 0, NULL, NULL},
    {"scriptscriptstyle", NOTHING, 0, NULL, NULL},
    {"scriptsize", NOTHING, 0, NULL, NULL},
    {"scriptstyle", NOTHING, 0, NULL, NULL},
    {"set", WRAP, 0, "{", "}"},
    {"sf", SWITCH, 0, NULL, NULL},
    {"sffamily", NOTHING, 0, NULL, NULL},
    {"sfrac", FRAC, 1, "", NULL},
    {"small", NOTHING, 0, NULL, NULL},
    {"smallskip", NOTHING, 0, NULL, NULL},
    {"smash", NOTHING, 0, NULL, NULL},
    {"sout", EMPH, LW_EMPH_STRUCK, NULL, NULL},
    {"space", SPACE, 1, NULL, NULL},
    {"sqrt", ROOT, 0, NULL, NULL},
    {"stackrel", STACK, -1, NULL, NULL},
    {"strut", NOTHING, 0, NULL, NULL},
    {"substack", SUBSTACK, 0, NULL, NULL},
    {"tag", NOTE, 0, "(", ")"},
    {"tbinom", FRAC, 0, "()", "choose"},
    {"text", TEXT, 0, NULL, NULL},
    {"textbf", TEXT, LW_EMPH_STRONG, NULL, NULL},
    {"textcolor", COLOR, 0, NULL, NULL},
    {"textit", TEXT, LW_EMPH_SOFT, NULL, NULL},
    {"textmd", TEXT, 0, NULL, NULL},
    {"textnormal", TEXT, 0, NULL, NULL},
    {"textrm", TEXT, 0, NULL, NULL},
    {"textsc", TEXT, 0, NULL, NULL},
    {"textsf", TEXT, 0, NULL, NULL},
    {"textsl", TEXT, LW_EMPH_SOFT, NULL, NULL},
    {"textstyle", NOTHING, 0, NULL, NULL},
    {"texttt", TEXT, 0, NULL, NULL},
    {"textup", TEXT, 0, NULL, NULL},
    {"tfrac", FRAC, 1, "", NULL},
    {"thickspace", SPACE, 1, NULL, NULL},
    {"thinspace", SPACE, 1, NULL, NULL},
    {"tilde", ACCENT, 0, "\xCC\x83", NULL},
    {"tiny", NOTHING, 0, NULL, NULL},
    {"tt", SWITCH, 0, NULL, NULL},
    {"ttfamily", NOTHING, 0, NULL, NULL},
    {"underbrace", BRACE, 1, "╰─┬╯", NULL},
    {"underbracket", BRACE, 1, "└─┬┘", NULL},
    {"underline", ACCENT, 0, "\xCC\xB2", NULL},
    {"underset", STACK, 1, NULL, NULL},
    {"usepackage", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"vec", ACCENT, 0, "\xE2\x83\x97", NULL},
    {"vphantom", REFUSE, 0, "hides a part of itself", NULL},
    {"vspace", SKIP, 0, NULL, NULL},
    {"widecheck", ACCENT, 0, "\xCC\x8C", NULL},
    {"widehat", ACCENT, 0, "\xCC\x82", NULL},
    {"widetilde", ACCENT, 0, "\xCC\x83", NULL},
    {"write", REFUSE, 0, "gives TeX an order, and none is ever carried out", NULL},
    {"xLeftarrow", ARROW, 0, "⇐══", NULL},
    {"xRightarrow", ARROW, 0, "══⇒", NULL},
    {"xcancel", EMPH, LW_EMPH_STRUCK, NULL, NULL},
    {"xdef", REFUSE, 0, "defines a command, and no command is ever carried out", NULL},
    {"xleftarrow", ARROW, 0, "←──", NULL},
    {"xleftrightarrow", ARROW, 0, "←─→", NULL},
    {"xlongequal", ARROW, 0, "═══", NULL},
    {"xmapsto", ARROW, 0, "├─→", NULL},
    {"xrightarrow", ARROW, 0, "──→", NULL},
};

/* Name, brackets, columns, gap, argument, bare. */
static const struct lw_math_env envs[] = {
    {"align", "", "", "rl", 1, false, true},
    {"alignat", "", "", "rl", 1, true, true},
    {"alignedat", "", "", "rl", 1, true, false},
    {"aligned", "", "", "rl", 1, false, true},
    {"array", "", "", "", 2, true, true},
    {"Bmatrix", "{", "}", "c", 2, false, true},
    {"bmatrix", "[", "]", "c", 2, false, true},
    {"cases", "{", "", "l", 2, false, true},
    {"dcases", "{", "", "l", 2, false, true},
    {"displaymath", "", "", "rl", 1, false, true},
    {"eqnarray", "", "", "rcl", 1, false, true},
    {"equation", "", "", "rl", 1, false, true},
    {"flalign", "", "", "rl", 1, false, true},
    {"gather", "", "", "c", 1, false, true},
    {"gathered", "", "", "c", 1, false, true},
    {"math", "", "", "rl", 1, false, true},
    {"matrix", "", "", "c", 2, false, true},
    {"multline", "", "", "l", 1, false, true},
    {"pmatrix", "(", ")", "c", 2, false, true},
    {"rcases", "", "}", "l", 2, false, true},
    {"smallmatrix", "", "", "c", 2, false, true},
    {"split", "", "", "rl", 1, false, true},
    {"subarray", "", "", "c", 1, true, false},
    {"Vmatrix", "‖", "‖", "c", 2, false, true},
    {"vmatrix", "|", "|", "c", 2, false, true},
};

enum { COMMANDS = sizeof commands / sizeof *commands, ENVS = sizeof envs / sizeof *envs };

struct key {
    const char *s;
    size_t n;
};

static int compare(const void *key, const void *row)
{
    const struct key *k = key;
    const struct lw_math_command *command = row;
    int order = strncmp(k->s, command->name, k->n);
    return order != 0 ? order : command->name[k->n] != '\0' ? -1 : 0;
}

const struct lw_math_command *lw_math_command(const char *name, size_t n)
{
    if (memchr(name, '\0', n))
        return NULL;
    return bsearch(&(struct key){name, n}, commands, COMMANDS, sizeof *commands, compare);
}

const struct lw_math_command *lw_math_commands(size_t *n)
{
    *n = COMMANDS;
    return commands;
}

/* A star (no numbers) is the same to us. */
const struct lw_math_env *lw_math_env(const char *name, size_t n)
{
    if (n > 0 && name[n - 1] == '*')
        n--;
    for (size_t i = 0; i < ENVS; i++) {
        if (strlen(envs[i].name) == n && memcmp(envs[i].name, name, n) == 0)
            return &envs[i];
    }
    return NULL;
}
