/* A picture for kitty's graphics protocol, as PNG where that can be written, in pieces of base64.
 * No answer is wanted. */
#include "labelwright/base/hash.h"
#include "labelwright/picture/picture_pixels.h"

#include <stdlib.h>
#include <string.h>

enum {
    PIECE = 4096, /* of base64: no terminal must take more at once */
    PNG_FORM = 100,
    RGB_FORM = 24
};

static size_t bytes_of(const struct lw_picture *p)
{
    return (size_t)p->cols * (size_t)p->point_w * (size_t)p->rows * (size_t)p->point_h * 3;
}

#ifdef LW_HAVE_PNG

#include <png.h>
#include <setjmp.h>

/* Eight times as fast as the best, and a photo is a tenth longer. */
enum { QUICK = 1 };

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

static void add_bytes(png_structp png, png_bytep bytes, size_t n)
{
    lw_buf_add(png_get_io_ptr(png), bytes, n);
}

static void flush(png_structp png)
{
    (void)png;
}

static void write_png(png_structp png, png_infop info, const struct lw_picture *p)
{
    size_t row = (size_t)p->cols * (size_t)p->point_w * 3;
    png_set_IHDR(png, info, (png_uint_32)(row / 3), (png_uint_32)(p->rows * p->point_h), 8,
        PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, QUICK);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_write_info(png, info);
    for (size_t at = 0; at < bytes_of(p); at += row)
        png_write_row(png, p->rgb + at);
    png_write_end(png, info);
}

/* False when it cannot be written, or would be no smaller than the points themselves. */
static bool to_png(const struct lw_picture *p, struct lw_buf *to)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    volatile bool well = false;
    if (info && setjmp(png_jmpbuf(png)) == 0) {
        png_set_write_fn(png, to, add_bytes, flush);
        write_png(png, info, p);
        well = true;
    }
    png_destroy_write_struct(&png, &info);
    return well && to->len < bytes_of(p);
}

#else

static bool to_png(const struct lw_picture *p, struct lw_buf *to)
{
    (void)p;
    (void)to;
    return false;
}

#endif

static void send_pieces(const char *text, const char *about, struct lw_buf *to)
{
    size_t n = strlen(text);
    for (size_t at = 0; at < n; at += PIECE) {
        size_t piece = n - at < PIECE ? n - at : PIECE;
        lw_buf_fmt(to, "\033_G%s%sm=%d;", at == 0 ? about : "", at == 0 ? "," : "", at + piece < n);
        lw_buf_add(to, text + at, piece);
        lw_buf_str(to, "\033\\");
    }
}

void lw_kitty_send(const struct lw_picture *p, unsigned id, struct lw_buf *to)
{
    struct lw_buf png = {0};
    bool smaller = to_png(p, &png);
    char *text = smaller ? lw_base64(png.data, png.len) : lw_base64(p->rgb, bytes_of(p));
    char *about = lw_format("a=t,q=2,i=%u,f=%d,s=%d,v=%d", id, smaller ? PNG_FORM : RGB_FORM,
        p->cols * p->point_w, p->rows * p->point_h);
    send_pieces(text, about, to);
    free(about);
    free(text);
    lw_buf_fini(&png);
}

void lw_kitty_place(
    const struct lw_picture *p, unsigned id, const struct lw_picture_part *part, struct lw_buf *to)
{
    lw_buf_fmt(to, "\033_Ga=p,q=2,i=%u,x=%d,y=%d,w=%d,h=%d,c=%d,r=%d,C=1\033\\", id,
        part->col * p->point_w, part->row * p->point_h, part->cols * p->point_w,
        part->rows * p->point_h, part->cols, part->rows);
}

void lw_kitty_unplace(unsigned id, struct lw_buf *to)
{
    lw_buf_fmt(to, "\033_Ga=d,q=2,d=i,i=%u\033\\", id);
}

void lw_kitty_delete(unsigned id, struct lw_buf *to)
{
    lw_buf_fmt(to, "\033_Ga=d,q=2,d=I,i=%u\033\\", id);
}
