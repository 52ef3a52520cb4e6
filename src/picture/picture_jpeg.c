/* JPEG, through libjpeg: its rows become red, green and blue. Where fewer points than pixels are
 * seen, it decodes down to an eighth of them each way. Runs in the child only. */
#include "picture/picture_internal.h"

#ifdef LW_HAVE_JPEG

#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct errors {
    struct jpeg_error_mgr base;
    jmp_buf back;
    enum lw_picture_fault fault;
};

static void on_error(j_common_ptr jpeg)
{
    struct errors *e = (struct errors *)jpeg->err;
    bool memory = e->base.msg_code == JERR_OUT_OF_MEMORY;
    bool early = e->base.msg_code == JERR_INPUT_EOF || e->base.msg_code == JERR_INPUT_EMPTY;
    e->fault = memory ? LW_FAULT_MEMORY : early ? LW_FAULT_CUT : LW_FAULT_DAMAGED;
    longjmp(e->back, 1);
}

/* Where data ends too early libjpeg goes on in grey, which is nothing to judge. */
static void on_message(j_common_ptr jpeg, int level)
{
    struct errors *e = (struct errors *)jpeg->err;
    if (level >= 0 || e->fault != LW_FAULT_NONE)
        return;
    if (e->base.msg_code == JWRN_JPEG_EOF)
        e->fault = LW_FAULT_CUT;
    else if (e->base.msg_code == JWRN_HIT_MARKER || e->base.msg_code == JWRN_HUFF_BAD_CODE)
        e->fault = LW_FAULT_DAMAGED;
}

static void print_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

/* Makes the file small where it has many pixels for each point that is seen. */
static unsigned denominator(const struct jpeg_decompress_struct *jpeg, struct lw_picture_scale *s)
{
    unsigned spare = lw_scale_spare(s, jpeg->image_width, jpeg->image_height), by = 8;
    while (by > 1 && by > spare)
        by /= 2;
    return by;
}

/* ---- how the camera was held: a number in the TIFF that Exif wraps */

static unsigned number(const uint8_t *at, int bytes, bool little)
{
    unsigned n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | at[little ? bytes - 1 - i : i];
    return n;
}

static int turn_of(const uint8_t *tiff, size_t n)
{
    enum { HEAD = 8, ENTRY = 12, ORIENTATION = 0x112 };
    bool little = n > 0 && tiff[0] == 'I';
    size_t at = n >= HEAD ? number(tiff + 4, 4, little) : n;
    if (at > n || n - at < 2)
        return 1;
    size_t entries = number(tiff + at, 2, little);
    at += 2;
    for (size_t i = 0; i < entries && n - at >= ENTRY; i++, at += ENTRY)
        if (number(tiff + at, 2, little) == ORIENTATION)
            return (int)number(tiff + at + 8, 2, little);
    return 1;
}

static int find_turn(const struct jpeg_decompress_struct *jpeg)
{
    static const char exif[6] = "Exif\0";
    for (jpeg_saved_marker_ptr m = jpeg->marker_list; m; m = m->next)
        if (m->data_length > sizeof exif && memcmp(m->data, exif, sizeof exif) == 0)
            return turn_of(m->data + sizeof exif, m->data_length - sizeof exif);
    return 1;
}

/* ---- rows */

/* As Adobe writes it: each ink is kept as what it leaves of the light. */
static void inks_to_rgb(const uint8_t *inks, uint8_t *rgb, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++)
        for (int c = 0; c < 3; c++)
            rgb[3 * x + (uint32_t)c] = (uint8_t)(inks[4 * x + (uint32_t)c] * inks[4 * x + 3] / 255);
}

static enum lw_picture_fault read_rows(
    struct jpeg_decompress_struct *jpeg, uint8_t *row, uint8_t *rgb, struct lw_picture_scale *to)
{
    bool inks = jpeg->out_color_space == JCS_CMYK, more = true;
    if (!row || !rgb || !lw_scale_rows(to, jpeg->output_width, jpeg->output_height))
        return LW_FAULT_MEMORY;
    while (more && jpeg->output_scanline < jpeg->output_height) {
        jpeg_read_scanlines(jpeg, &row, 1);
        if (inks)
            inks_to_rgb(row, rgb, jpeg->output_width);
        more = lw_scale_row(to, inks ? rgb : row);
    }
    return LW_FAULT_NONE;
}

static enum lw_picture_fault read_picture(
    struct jpeg_decompress_struct *jpeg, FILE *f, struct lw_picture_scale *to)
{
    jpeg_stdio_src(jpeg, f);
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    to->turn = find_turn(jpeg);
    enum lw_picture_fault fault = lw_scale_begin(to, jpeg->image_width, jpeg->image_height);
    if (fault != LW_FAULT_NONE || to->head.cols == 0)
        return fault;
    jpeg->out_color_space = jpeg->num_components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg->scale_num = 1;
    jpeg->scale_denom = denominator(jpeg, to);
    jpeg_start_decompress(jpeg);
    uint8_t *row = calloc(jpeg->output_width, 4), *rgb = calloc(jpeg->output_width, 3);
    return read_rows(jpeg, row, rgb, to); /* the process ends: nothing needs to be freed */
}

enum lw_picture_fault lw_picture_decode_jpeg(FILE *f, struct lw_picture_scale *to)
{
    struct jpeg_decompress_struct jpeg;
    struct errors e = {.fault = LW_FAULT_NONE};
    jpeg.err = jpeg_std_error(&e.base);
    e.base.error_exit = on_error;
    e.base.emit_message = on_message;
    e.base.output_message = print_nothing;
    if (setjmp(e.back))
        return e.fault;
    jpeg_create_decompress(&jpeg);
    enum lw_picture_fault fault = read_picture(&jpeg, f, to);
    return fault != LW_FAULT_NONE ? fault : e.fault;
}

#endif
