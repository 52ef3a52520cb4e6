/* Prints a word that may stand at the cursor, if it is what was begun there. */
#include "cli/completion/completion_internal.h"

#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <string.h>

void lw_complete_word(const struct lw_completing *c, const char *word, const char *means)
{
    const char *begun = c->word[c->n - 1];
    if (strncmp(word, begun, strlen(begun)) != 0 || strpbrk(word, "\n\t"))
        return;
    struct lw_buf b = {0};
    lw_clean(means, strlen(means), false, &b);
    printf("%s\t%s\n", word, b.data ? b.data : "");
    lw_buf_fini(&b);
}
