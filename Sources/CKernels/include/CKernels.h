#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Whether this processor has the instructions that `ckernels_crc32c` uses. Constant for the life of the process.
int ckernels_has_crc32c(void);

/// CRC-32C (Castagnoli) of `count` bytes going on from `crc`, the value of the bytes before (0 at the start).
/// To be called only where `ckernels_has_crc32c` answers 1; answers 0 elsewhere.
uint32_t ckernels_crc32c(uint32_t crc, const void *bytes, size_t count);

/// Asks the processor to fetch the line of memory at `address`. A hint: nothing is read, whatever the address.
static inline void ckernels_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
