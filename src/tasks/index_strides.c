/* How far it is from a record to the next: most are near, which two bytes say; others are listed.
 */
#include "tasks/index_internal.h"

#include "labelwright/base/buf.h"

static uint32_t long_stride(const struct lw_index *x, size_t position)
{
    size_t low = 0, high = x->nlonger;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->longer[mid].position < position)
            low = mid + 1;
        else
            high = mid;
    }
    return low < x->nlonger && x->longer[low].position == position ? x->longer[low].stride
                                                                   : LW_STRIDE_LONG;
}

uint32_t lw_index_stride(const struct lw_index *x, size_t position)
{
    uint16_t stride = x->chunk[position / LW_CHUNK]->stride[position % LW_CHUNK];
    return stride < LW_STRIDE_LONG ? stride : long_stride(x, position);
}

void lw_index_drop_strides(struct lw_index *x, size_t from)
{
    while (x->nlonger > 0 && x->longer[x->nlonger - 1].position >= from)
        x->nlonger--;
}

void lw_index_set_stride(struct lw_index *x, size_t position, uint32_t stride)
{
    uint16_t *to = &x->chunk[position / LW_CHUNK]->stride[position % LW_CHUNK];
    *to = stride < LW_STRIDE_LONG ? (uint16_t)stride : LW_STRIDE_LONG;
    lw_index_drop_strides(x, position);
    if (stride < LW_STRIDE_LONG)
        return;
    if (x->nlonger == x->longer_room) {
        x->longer_room = x->longer_room ? 2 * x->longer_room : 64;
        x->longer = lw_grow(x->longer, x->longer_room, sizeof *x->longer);
    }
    x->longer[x->nlonger++] = (struct lw_long_stride){(uint32_t)position, stride};
}
