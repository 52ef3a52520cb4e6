/* Commands for the pictures of a task: which part of them is shown, and how large. What they look
 * like is the views'. */
#include "tui/app/screens_internal.h"

bool lw_app_read_pictures(struct lw_app *app)
{
    if (!lw_pictures_work(&app->pictures))
        return false;
    app->laid_out = false;
    return true;
}
