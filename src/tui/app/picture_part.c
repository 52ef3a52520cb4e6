/* Commands for the pictures of a task: which part of them is shown, and how large. What they look
 * like is the views'. */
#include "tui/app/app_messages_internal.h"
#include "tui/app/screens_internal.h"

bool lw_app_read_pictures(struct lw_app *app)
{
    if (!lw_pictures_work(&app->pictures))
        return false;
    app->laid_out = false;
    return true;
}

static int within(int n, int low, int high)
{
    return n < low ? low : n > high ? high : n;
}

static void zoom(struct lw_app *app, int by)
{
    struct lw_pictures *p = &app->pictures;
    int to = within(p->zoom + by, 0, LW_PICTURE_ZOOM_MAX);
    if (to == p->zoom) {
        lw_sitting_notify(
            app->s, LW_TONE_INFO, "%s", by > 0 ? LW_APP_PICTURE_MOST : LW_APP_PICTURE_ALL);
        return;
    }
    p->zoom = to;
    app->laid_out = false;
    lw_sitting_notify(
        app->s, LW_TONE_INFO, "%s", to > 0 ? LW_APP_PICTURE_LARGER : LW_APP_PICTURE_ALL);
}

/* A third of what is seen further; along one side of the picture. */
static bool move(int *middle, int seen_part, int by)
{
    int half = (seen_part + 1) / 2, step = seen_part / 3 > 0 ? seen_part / 3 : 1;
    int to = within(*middle + by * step, half, LW_PICTURE_ALL - half);
    bool moves = half < LW_PICTURE_ALL - half && to != *middle;
    if (moves)
        *middle = to;
    return moves;
}

static void go_to_part(struct lw_app *app, const struct lw_picture *picture, int right, int down)
{
    struct lw_pictures *p = &app->pictures;
    int x = picture->x, y = picture->y;
    bool moves = right ? move(&x, picture->seen_x, right) : move(&y, picture->seen_y, down);
    if (!moves) {
        lw_sitting_notify(
            app->s, LW_TONE_INFO, "%s", p->zoom > 0 ? LW_APP_PICTURE_EDGE : LW_APP_PICTURE_ALL);
        return;
    }
    p->x = x;
    p->y = y;
    app->laid_out = false;
}

/* Also while no picture is shown, for those that come. */
static void next_filter(struct lw_app *app)
{
    static const char *const message[LW_PICTURE_FILTERS] = {
        LW_APP_PICTURES_PLAIN, LW_APP_PICTURES_GREY, LW_APP_PICTURES_BLURRED, LW_APP_PICTURES_BOTH};
    app->pictures.filter = (app->pictures.filter + 1) % LW_PICTURE_FILTERS;
    app->laid_out = false;
    lw_sitting_notify(app->s, LW_TONE_INFO, "%s", message[app->pictures.filter]);
}

void lw_app_picture(struct lw_app *app, enum lw_command_id id)
{
    const struct lw_shown_picture *s = lw_pictures_seen(&app->pictures);
    if (id == LW_CMD_PICTURE_FILTER)
        next_filter(app);
    else if (!s)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_PICTURE);
    else if (id == LW_CMD_LARGER || id == LW_CMD_SMALLER)
        zoom(app, id == LW_CMD_LARGER ? 1 : -1);
    else if (s->cell)
        go_to_part(app, &s->picture, (id == LW_CMD_PART_RIGHT) - (id == LW_CMD_PART_LEFT),
            (id == LW_CMD_PART_DOWN) - (id == LW_CMD_PART_UP));
}
