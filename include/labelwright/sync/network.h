/* What the program says about its network library. */
#ifndef LABELWRIGHT_SYNC_NETWORK_H
#define LABELWRIGHT_SYNC_NETWORK_H

const char *lw_network_library(void); /* "libcurl 7.88.1 (OpenSSL/3.0.17)" */

#endif
