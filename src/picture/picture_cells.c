/* Points to cells: for each 8 by 8 of them the character and the two colours that are nearest,
 * through chafa. Its input is ours: points that the child's numbers were checked for.
 *
 * chafa is loaded when the first picture is met and not linked: it brings glib and seven more
 * libraries, which everybody else would pay for at each start, in time and memory. */
#include "labelwright/base/buf.h"
#include "labelwright/base/library.h"
#include "picture/picture_internal.h"

#ifdef LW_HAVE_CHAFA

#include <chafa.h>
#include <string.h>

/* What of chafa is used; each is called as in its manual, without the chafa_ before it. */
#define CHAFA_FUNCTIONS(X)                                                                         \
    X(set_n_threads)                                                                               \
    X(symbol_map_new)                                                                              \
    X(symbol_map_add_by_tags)                                                                      \
    X(symbol_map_unref)                                                                            \
    X(canvas_config_new)                                                                           \
    X(canvas_config_set_geometry)                                                                  \
    X(canvas_config_set_cell_geometry)                                                             \
    X(canvas_config_set_canvas_mode)                                                               \
    X(canvas_config_set_pixel_mode)                                                                \
    X(canvas_config_set_symbol_map)                                                                \
    X(canvas_config_set_work_factor)                                                               \
    X(canvas_config_set_dither_mode)                                                               \
    X(canvas_config_unref)                                                                         \
    X(canvas_new)                                                                                  \
    X(canvas_draw_all_pixels)                                                                      \
    X(canvas_get_raw_colors_at)                                                                    \
    X(canvas_get_char_at)                                                                          \
    X(canvas_unref)

static struct chafa {
#define X(name) __typeof__(chafa_##name) *name;
    CHAFA_FUNCTIONS(X)
#undef X
    bool tried, found;
} chafa;

static bool load(void)
{
    if (chafa.tried)
        return chafa.found;
    chafa.tried = true;
    void *library = lw_library_load("libchafa.so.0");
    chafa.found = library;
#define X(name) chafa.found = chafa.found && lw_library_find(library, "chafa_" #name, &chafa.name);
    CHAFA_FUNCTIONS(X)
#undef X
    return chafa.found;
}

static ChafaSymbolMap *symbols(const struct lw_picture_look *look)
{
    ChafaSymbolMap *map = chafa.symbol_map_new();
    chafa.symbol_map_add_by_tags(
        map, look->ascii ? CHAFA_SYMBOL_TAG_ASCII : CHAFA_SYMBOL_TAG_BLOCK);
    chafa.symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_SPACE);
    return map;
}

static ChafaCanvasConfig *config(const struct lw_picture *p, const struct lw_picture_look *look)
{
    static const ChafaCanvasMode mode[] = {[LW_PICTURE_NO_COLOURS] = CHAFA_CANVAS_MODE_FGBG,
        [LW_PICTURE_16] = CHAFA_CANVAS_MODE_INDEXED_16,
        [LW_PICTURE_256] = CHAFA_CANVAS_MODE_INDEXED_240,
        [LW_PICTURE_RGB] = CHAFA_CANVAS_MODE_TRUECOLOR};
    ChafaCanvasConfig *c = chafa.canvas_config_new();
    ChafaSymbolMap *map = symbols(look);
    chafa.canvas_config_set_geometry(c, p->cols, p->rows);
    chafa.canvas_config_set_cell_geometry(c, LW_PICTURE_POINTS, 2 * LW_PICTURE_POINTS);
    chafa.canvas_config_set_canvas_mode(c, mode[look->colours]);
    chafa.canvas_config_set_pixel_mode(c, CHAFA_PIXEL_MODE_SYMBOLS);
    chafa.canvas_config_set_symbol_map(c, map);
    chafa.canvas_config_set_work_factor(c, 1.0f);
    if (look->colours == LW_PICTURE_NO_COLOURS)
        chafa.canvas_config_set_dither_mode(c, CHAFA_DITHER_MODE_DIFFUSION);
    chafa.symbol_map_unref(map);
    return c;
}

/* Numbers below 8 are names of colours even where others are red, green and blue. */
static int32_t colour(int raw, const struct lw_picture_look *look)
{
    if (raw < 0 || look->colours == LW_PICTURE_NO_COLOURS)
        return -1;
    return look->colours == LW_PICTURE_RGB && raw < 8 ? 0 : raw;
}

struct lw_picture_cell *lw_picture_cells(
    const struct lw_picture *p, const struct lw_picture_look *look)
{
    if (!p->rgb || p->cols <= 0 || p->rows <= 0 || !load())
        return NULL;
    int w = p->cols * LW_PICTURE_POINTS, h = p->rows * LW_PICTURE_POINTS;
    chafa.set_n_threads(1); /* no thread may hold a lock while a child is made */
    ChafaCanvasConfig *c = config(p, look);
    ChafaCanvas *canvas = chafa.canvas_new(c);
    chafa.canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGB8, p->rgb, w, h, 3 * w);
    struct lw_picture_cell *to = lw_alloc((size_t)p->cols * (size_t)p->rows * sizeof *to);
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++) {
            gint fg = -1, bg = -1;
            chafa.canvas_get_raw_colors_at(canvas, col, row, &fg, &bg);
            if (fg < 0) /* a blank has none */
                fg = bg;
            to[row * p->cols + col] =
                (struct lw_picture_cell){(char32_t)chafa.canvas_get_char_at(canvas, col, row),
                    colour(fg, look), colour(bg, look)};
        }
    chafa.canvas_unref(canvas);
    chafa.canvas_config_unref(c);
    return to;
}

bool lw_picture_can_show(void)
{
    return lw_picture_can_decode() && load();
}

#else

struct lw_picture_cell *lw_picture_cells(
    const struct lw_picture *p, const struct lw_picture_look *look)
{
    (void)p;
    (void)look;
    return NULL;
}

bool lw_picture_can_show(void)
{
    return false;
}

#endif

/* As the build found them. */
const char *lw_picture_libraries(void)
{
    return ""
#ifdef LW_HAVE_PNG
           " PNG"
#endif
#ifdef LW_HAVE_JPEG
           " JPEG"
#endif
#ifdef LW_HAVE_CHAFA
           " chafa"
#endif
        ;
}
