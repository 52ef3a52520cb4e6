/* Reads a Label Studio label config with expat. Strangers write it: a document type is refused (so
 * no entity can grow), and depth, controls and words have limits. Which control fits which
 * question, studio_result.c knows. */
#define _GNU_SOURCE
#include "sync/sync_messages_internal.h"
#include "sync/target/label_studio/studio_config_internal.h"

#include "labelwright/base/buf.h"

#include <ctype.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 100, WORDS_MAX = 10000 };

struct reading {
    XML_Parser parser;
    struct lw_studio_config *to;
    struct lw_err *err;
    int depth;
    int words; /* the depth of the Choices, Labels or Ranker that we are in; 0 for none */
};

static void refuse(struct reading *r, const char *what)
{
    lw_fail(r->err, LW_EBAD, LW_SYNC_MSG_STUDIO_CONFIG,
        (unsigned long)XML_GetCurrentLineNumber(r->parser),
        (unsigned long)XML_GetCurrentColumnNumber(r->parser) + 1, what);
    XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const char **pairs, const char *name)
{
    for (; *pairs; pairs += 2)
        if (strcmp(pairs[0], name) == 0)
            return pairs[1];
    return NULL;
}

static void add_control(struct reading *r, const char *tag, const char **pairs)
{
    struct lw_studio_config *c = r->to;
    if (c->ncontrols == LW_STUDIO_CONTROLS_MAX) {
        refuse(r, LW_SYNC_MSG_STUDIO_CONTROLS);
        return;
    }
    const char *choice = attribute(pairs, "choice");
    c->control = lw_grow(c->control, c->ncontrols + 1, sizeof *c->control);
    struct lw_studio_control *one = &c->control[c->ncontrols++];
    *one = (struct lw_studio_control){.name = lw_strdup(attribute(pairs, "name")),
        .to = lw_strdup(attribute(pairs, "toName")),
        .type = lw_strdup(tag),
        .many = choice && strncmp(choice, "multiple", 8) == 0,
        .open = attribute(pairs, "value") || attribute(pairs, "apiUrl")};
    for (char *p = one->type; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    if (strcmp(one->type, "choices") == 0 || strcmp(one->type, "ranker") == 0 ||
        strcmp(one->type, "labels") == 0)
        r->words = r->depth;
}

static void add_word(struct reading *r, const char *word)
{
    struct lw_studio_control *c = &r->to->control[r->to->ncontrols - 1];
    if (c->nwords == WORDS_MAX)
        refuse(r, LW_SYNC_MSG_STUDIO_CHOICES);
    else if (word) {
        c->word = lw_grow(c->word, c->nwords + 1, sizeof *c->word);
        c->word[c->nwords++] = lw_strdup(word);
    }
}

static const char *word_of(const char *tag, const char **pairs)
{
    if (strcasecmp(tag, "Bucket") == 0)
        return attribute(pairs, "name");
    const char *alias = attribute(pairs, "alias");
    bool word = strcasecmp(tag, "Choice") == 0 || strcasecmp(tag, "Label") == 0;
    if (!word || (alias && *alias))
        return alias;
    return attribute(pairs, "value");
}

static void XMLCALL begin(void *ctx, const char *tag, const char **pairs)
{
    struct reading *r = ctx;
    if (++r->depth > DEPTH_MAX)
        refuse(r, LW_SYNC_MSG_STUDIO_DEPTH);
    else if (attribute(pairs, "name") && attribute(pairs, "toName"))
        add_control(r, tag, pairs);
    else if (r->words)
        add_word(r, word_of(tag, pairs));
}

static void XMLCALL end(void *ctx, const char *tag)
{
    struct reading *r = ctx;
    (void)tag;
    if (r->depth-- == r->words)
        r->words = 0;
}

static void XMLCALL document_type(
    void *ctx, const char *name, const char *system, const char *public, int inside)
{
    (void)name, (void)system, (void)public, (void)inside;
    refuse(ctx, LW_SYNC_MSG_STUDIO_DOCTYPE);
}

enum lw_code lw_studio_config_read(
    const char *xml, size_t n, struct lw_studio_config *to, struct lw_err *err)
{
    *to = (struct lw_studio_config){0};
    struct lw_err own = {0};
    if (n > LW_STUDIO_CONFIG_BYTES)
        return lw_fail(err, LW_EBAD, LW_SYNC_MSG_STUDIO_CONFIG_LARGE);
    struct reading r = {.parser = XML_ParserCreate("UTF-8"), .to = to, .err = err ? err : &own};
    if (!r.parser)
        abort();
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, begin, end);
    XML_SetStartDoctypeDeclHandler(r.parser, document_type);
    bool sound = XML_Parse(r.parser, xml, (int)n, 1) == XML_STATUS_OK;
    if (!sound && r.err->code == LW_OK)
        refuse(&r, XML_ErrorString(XML_GetErrorCode(r.parser)));
    XML_ParserFree(r.parser);
    if (sound)
        return LW_OK;
    lw_studio_config_fini(to);
    return LW_EBAD;
}
