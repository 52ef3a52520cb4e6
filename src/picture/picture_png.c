/* PNG, through libpng: its rows become red, green and blue, on white where nothing covers it. An
 * animation shows its first picture. Runs in the child only. */
#include "picture/picture_internal.h"

#ifdef LW_HAVE_PNG

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum { CHUNK_MAX = 8 * 1024 * 1024, CHUNKS_MAX = 64 };

static void on_error(png_structp png, png_const_charp words)
{
    (void)words;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

static void set_limits(png_structp png)
{
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* ours say more */
    png_set_chunk_malloc_max(png, CHUNK_MAX);
    png_set_chunk_cache_max(png, CHUNKS_MAX);
}

static void set_form(png_structp png)
{
    png_color_16 white = {.red = 0xFF, .green = 0xFF, .blue = 0xFF, .gray = 0xFF};
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
}

struct reading {
    png_structp png;
    png_infop info;
    uint8_t *pixels; /* a row; of an interlaced picture all of it */
    uint8_t **row;
};

static enum lw_picture_fault read_rows(
    struct reading *r, uint32_t width, uint32_t height, struct lw_picture_scale *to)
{
    bool whole = png_set_interlace_handling(r->png) > 1;
    set_form(r->png);
    png_read_update_info(r->png, r->info);
    size_t bytes = png_get_rowbytes(r->png, r->info);
    if (bytes != (size_t)width * 3)
        return LW_FAULT_DAMAGED;
    r->pixels = calloc(whole ? height : 1, bytes);
    r->row = calloc(whole ? height : 1, sizeof *r->row);
    if (!r->pixels || !r->row || !lw_scale_rows(to, width, height))
        return LW_FAULT_MEMORY;
    for (uint32_t y = 0; y < (whole ? height : 1); y++)
        r->row[y] = r->pixels + y * bytes;
    if (whole)
        png_read_image(r->png, r->row);
    bool more = true;
    for (uint32_t y = 0; y < height && more; y++) {
        if (!whole)
            png_read_row(r->png, r->row[0], NULL);
        more = lw_scale_row(to, r->row[whole ? y : 0]);
    }
    return LW_FAULT_NONE;
}

static enum lw_picture_fault read_picture(struct reading *r, FILE *f, struct lw_picture_scale *to)
{
    if (setjmp(png_jmpbuf(r->png)))
        return feof(f) ? LW_FAULT_CUT : LW_FAULT_DAMAGED;
    png_init_io(r->png, f);
    set_limits(r->png);
    png_read_info(r->png, r->info);
    uint32_t width = png_get_image_width(r->png, r->info);
    uint32_t height = png_get_image_height(r->png, r->info);
    enum lw_picture_fault fault = lw_scale_begin(to, width, height);
    if (fault != LW_FAULT_NONE || to->head.cols == 0)
        return fault;
    return read_rows(r, width, height, to);
}

enum lw_picture_fault lw_picture_decode_png(FILE *f, struct lw_picture_scale *to)
{
    struct reading r = {0};
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    r.info = r.png ? png_create_info_struct(r.png) : NULL;
    enum lw_picture_fault fault = r.info ? read_picture(&r, f, to) : LW_FAULT_MEMORY;
    png_destroy_read_struct(&r.png, &r.info, NULL);
    free(r.pixels);
    free(r.row);
    return fault;
}

#endif
