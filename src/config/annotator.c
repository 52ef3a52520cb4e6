/* The annotator's name: whether it can be one, and who it is when nobody says. */
#include "config/config_internal.h"

#include "labelwright/base/buf.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANNOTATOR_MAX = 64 };

const char *lw_annotator_fault(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-";
    size_t n = strlen(name);
    if (n == 0)
        return "is empty";
    if (n > ANNOTATOR_MAX)
        return "is longer than 64 characters";
    if (name[0] == '.')
        return "begins with a dot";
    return name[strspn(name, allowed)] ? "may contain letters, digits and . _ @ + - only" : NULL;
}

static const char *user_name(void)
{
    const char *user = getenv("USER");
    if (user && *user)
        return user;
    const struct passwd *me = getpwuid(geteuid());
    return me && me->pw_name ? me->pw_name : "";
}

enum lw_code lw_annotator(
    const struct lw_config *c, const char *given, char **to, struct lw_err *err)
{
    char shown[LW_SHORT_MAX];
    const char *set = given ? given : c ? c->annotator : NULL;
    const char *name = set ? set : user_name();
    const char *fault = lw_annotator_fault(name);
    if (fault)
        return lw_fail(err, LW_EUSAGE,
            "The annotator name \"%s\" %s. Set a name with --annotator%s.", lw_shorten(name, shown),
            fault, given ? "" : ", or with `annotator:` in config.yaml");
    *to = lw_strdup(name);
    return LW_OK;
}
