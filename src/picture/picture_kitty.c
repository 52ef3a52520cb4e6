/* A picture for kitty's graphics protocol, as PNG where that can be written, in pieces of base64.
 * No answer is wanted. */
#include "labelwright/base/hash.h"
#include "labelwright/picture/picture_pixels.h"

#include <stdlib.h>
#include <string.h>

#ifdef LW_HAVE_PNG
#include <png.h>
#endif

enum {
    PIECE = 4096 /* of base64: no terminal must take more at once */,
    PNG_FORM = 100,
    RGB_FORM = 24
};

static size_t bytes_of(const struct lw_picture *p)
{
    return (size_t)p->cols * (size_t)p->point_w * (size_t)p->rows * (size_t)p->point_h * 3;
}

/* Its size; 0 when it would not be smaller than the points themselves. */
static size_t to_png(const struct lw_picture *p, uint8_t *to, size_t room)
{
#ifdef LW_HAVE_PNG
    png_image image = {.version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)(p->cols * p->point_w),
        .height = (png_uint_32)(p->rows * p->point_h),
        .format = PNG_FORMAT_RGB};
    png_alloc_size_t n = room;
    bool well = png_image_write_to_memory(&image, to, &n, 0, p->rgb, 0, NULL);
    png_image_free(&image);
    return well ? n : 0;
#else
    (void)p, (void)to, (void)room;
    return 0;
#endif
}

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
    size_t all = bytes_of(p);
    uint8_t *png = lw_alloc(all);
    size_t n = to_png(p, png, all);
    char *text = n > 0 ? lw_base64(png, n) : lw_base64(p->rgb, all);
    char *about = lw_format("a=t,q=2,i=%u,f=%d,s=%d,v=%d", id, n > 0 ? PNG_FORM : RGB_FORM,
        p->cols * p->point_w, p->rows * p->point_h);
    send_pieces(text, about, to);
    free(about);
    free(text);
    free(png);
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
