/* `labelwright schema`: prints the JSON Schema of project.yaml or config.yaml, for editors. What
 * keys there are is said by the rooms that read these files. */
#include "cli/cli_internal.h"

#include "labelwright/config/settings.h"
#include "labelwright/project/project_keys.h"
#include "labelwright/yaml/schema_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *title;
    const struct lw_schema *(*keys)(void);
} files[] = {
    {"project", "labelwright: project.yaml", lw_project_schema},
    {"config", "labelwright: config.yaml", lw_config_schema},
};

int lw_cmd_schema(struct lw_cli *c)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(c->path, files[i].name) != 0)
            continue;
        json_t *schema = lw_schema_json(files[i].keys(), files[i].title);
        char *text = json_dumps(schema, JSON_INDENT(2));
        puts(text ? text : "{}");
        free(text);
        json_decref(schema);
        return 0;
    }
    lw_cli_warn("There is no schema \"%s\". Use project or config.", c->path);
    return lw_exit_status(LW_EUSAGE);
}
