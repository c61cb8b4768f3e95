#ifndef CVECTORS_H
#define CVECTORS_H

#include <stddef.h>
#include <stdint.h>

/* The products of one query with many rows of `width` numbers that lie one behind the other. No sum may leave 32 bits:
   the caller bounds the query. */
void vectors_multiply(const int8_t *rows, size_t count, size_t width, const int16_t *query, int32_t *products);

#endif
