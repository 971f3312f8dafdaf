#include "CKernels.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#include <string.h>
#include <wmmintrin.h>

int ckernels_has_crc32c(void) {
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}

// The instruction takes 3 cycles but one can start every cycle: three independent streams keep it busy.
enum { STREAM = 1024 };

// x^(8 * bytes - 33) modulo the polynomial 0x1EDC6F41, bits reflected, for 1 and 2 streams of bytes. The product of
// a reflected checksum and such a constant, reduced by the instruction itself (times x^32, and x for the reflection),
// is the checksum moved on by that many zero bytes. Method: Gopal and others, "Fast CRC Computation for iSCSI
// Polynomial Using CRC32 Instruction", Intel, 2011.
#define ONE_STREAM 0x170076fau
#define TWO_STREAMS 0xa51b6135u

static inline uint64_t load(const unsigned char *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

__attribute__((target("sse4.2,pclmul"))) static inline uint64_t shifted(uint64_t crc, uint32_t constant) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)crc), _mm_cvtsi64_si128(constant), 0);
  return _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(product));
}

__attribute__((target("sse4.2,pclmul"))) uint32_t ckernels_crc32c(uint32_t crc, const void *bytes, size_t count) {
  const unsigned char *p = bytes;
  uint64_t a = (uint32_t)~crc;
  while (count >= 3 * STREAM) {
    uint64_t b = 0, c = 0;
    for (size_t i = 0; i < STREAM; i += 8) {
      a = _mm_crc32_u64(a, load(p + i));
      b = _mm_crc32_u64(b, load(p + i + STREAM));
      c = _mm_crc32_u64(c, load(p + i + 2 * STREAM));
    }
    a = shifted(a, TWO_STREAMS) ^ shifted(b, ONE_STREAM) ^ c;
    p += 3 * STREAM;
    count -= 3 * STREAM;
  }
  while (count >= 8) {
    a = _mm_crc32_u64(a, load(p));
    p += 8;
    count -= 8;
  }
  while (count > 0) {
    a = _mm_crc32_u8((uint32_t)a, *p);
    p += 1;
    count -= 1;
  }
  return ~(uint32_t)a;
}

#else

int ckernels_has_crc32c(void) { return 0; }

uint32_t ckernels_crc32c(uint32_t crc, const void *bytes, size_t count) {
  (void)crc;
  (void)bytes;
  (void)count;
  return 0;
}

#endif
