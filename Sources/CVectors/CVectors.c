#include "CVectors.h"

/* Built for the plain processor and for the better ones; the loader takes what this machine has. */
#if defined(__x86_64__) && defined(__ELF__)
__attribute__((target_clones("avx512bw", "avx2", "default")))
#endif
void vectors_multiply(const int8_t *rows, size_t count, size_t width, const int16_t *query, int32_t *products) {
    for (size_t row = 0; row < count; row++) {
        const int8_t *numbers = rows + row * width;
        int32_t sum = 0;
        for (size_t index = 0; index < width; index++) sum += (int32_t)numbers[index] * (int32_t)query[index];
        products[row] = sum;
    }
}
