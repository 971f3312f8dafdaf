/// The straight-line kernels behind ``BitPacking``: one per width, written out, because the optimiser neither unrolls a
/// loop of constant bound here nor keeps functions apart that differ only in a constant argument (it folds them back into
/// one with a variable width, three times slower). Value generics stay apart.

/// Row `i` of a block of `b`-bit values: four values, one a lane. `i` and `b` are constants after inlining.
///
/// The second word is masked before it is or-ed in: `(x >> s | y << (32 - s)) & mask` would be taken for a funnel shift,
/// which SSE2 lacks, and split into scalars.
///
/// SAFETY: reads 16 bytes at `16 * (i * b / 32)` and, when the row straddles a word, the 16 after; both lie inside the
/// `16 * b` bytes of the block, which the caller has proved to be there.
@inline(__always)
private func row(_ source: UnsafeRawPointer, _ i: Int, _ b: Int) -> SIMD4<UInt32> {
  let bit = i &* b
  let word = bit &>> 5
  let shift = bit & 31
  let mask = SIMD4<UInt32>(repeating: (1 &<< UInt32(truncatingIfNeeded: b)) &- 1)
  var value =
    source.loadUnaligned(fromByteOffset: word &* 16, as: SIMD4<UInt32>.self)
    &>> SIMD4(repeating: UInt32(truncatingIfNeeded: shift))
  if shift &+ b > 32 {
    let next = source.loadUnaligned(fromByteOffset: word &* 16 &+ 16, as: SIMD4<UInt32>.self)
    value |= (next &<< SIMD4(repeating: UInt32(truncatingIfNeeded: 32 &- shift))) & mask
  } else if shift &+ b != 32 {
    value &= mask
  }
  return value
}

enum Unpack<let B: Int> {
  /// 128 values as they are.
  @inline(never)
  static func plain(_ source: UnsafeRawPointer, _ out: UnsafeMutableRawPointer) {
    out.storeBytes(of: row(source, 0, B), toByteOffset: 0, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 1, B), toByteOffset: 16, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 2, B), toByteOffset: 32, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 3, B), toByteOffset: 48, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 4, B), toByteOffset: 64, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 5, B), toByteOffset: 80, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 6, B), toByteOffset: 96, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 7, B), toByteOffset: 112, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 8, B), toByteOffset: 128, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 9, B), toByteOffset: 144, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 10, B), toByteOffset: 160, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 11, B), toByteOffset: 176, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 12, B), toByteOffset: 192, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 13, B), toByteOffset: 208, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 14, B), toByteOffset: 224, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 15, B), toByteOffset: 240, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 16, B), toByteOffset: 256, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 17, B), toByteOffset: 272, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 18, B), toByteOffset: 288, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 19, B), toByteOffset: 304, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 20, B), toByteOffset: 320, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 21, B), toByteOffset: 336, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 22, B), toByteOffset: 352, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 23, B), toByteOffset: 368, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 24, B), toByteOffset: 384, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 25, B), toByteOffset: 400, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 26, B), toByteOffset: 416, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 27, B), toByteOffset: 432, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 28, B), toByteOffset: 448, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 29, B), toByteOffset: 464, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 30, B), toByteOffset: 480, as: SIMD4<UInt32>.self)
    out.storeBytes(of: row(source, 31, B), toByteOffset: 496, as: SIMD4<UInt32>.self)
  }

  /// 128 gaps less one, summed up in each lane: `a[row] = a[row - 1] + gap + 1`, from zero.
  @inline(never)
  static func gaps(_ source: UnsafeRawPointer, _ out: UnsafeMutableRawPointer) {
    var a = SIMD4<UInt32>.zero
    let one = SIMD4<UInt32>.one
    a = a &+ row(source, 0, B) &+ one; out.storeBytes(of: a, toByteOffset: 0, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 1, B) &+ one; out.storeBytes(of: a, toByteOffset: 16, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 2, B) &+ one; out.storeBytes(of: a, toByteOffset: 32, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 3, B) &+ one; out.storeBytes(of: a, toByteOffset: 48, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 4, B) &+ one; out.storeBytes(of: a, toByteOffset: 64, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 5, B) &+ one; out.storeBytes(of: a, toByteOffset: 80, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 6, B) &+ one; out.storeBytes(of: a, toByteOffset: 96, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 7, B) &+ one; out.storeBytes(of: a, toByteOffset: 112, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 8, B) &+ one; out.storeBytes(of: a, toByteOffset: 128, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 9, B) &+ one; out.storeBytes(of: a, toByteOffset: 144, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 10, B) &+ one; out.storeBytes(of: a, toByteOffset: 160, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 11, B) &+ one; out.storeBytes(of: a, toByteOffset: 176, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 12, B) &+ one; out.storeBytes(of: a, toByteOffset: 192, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 13, B) &+ one; out.storeBytes(of: a, toByteOffset: 208, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 14, B) &+ one; out.storeBytes(of: a, toByteOffset: 224, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 15, B) &+ one; out.storeBytes(of: a, toByteOffset: 240, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 16, B) &+ one; out.storeBytes(of: a, toByteOffset: 256, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 17, B) &+ one; out.storeBytes(of: a, toByteOffset: 272, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 18, B) &+ one; out.storeBytes(of: a, toByteOffset: 288, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 19, B) &+ one; out.storeBytes(of: a, toByteOffset: 304, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 20, B) &+ one; out.storeBytes(of: a, toByteOffset: 320, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 21, B) &+ one; out.storeBytes(of: a, toByteOffset: 336, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 22, B) &+ one; out.storeBytes(of: a, toByteOffset: 352, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 23, B) &+ one; out.storeBytes(of: a, toByteOffset: 368, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 24, B) &+ one; out.storeBytes(of: a, toByteOffset: 384, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 25, B) &+ one; out.storeBytes(of: a, toByteOffset: 400, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 26, B) &+ one; out.storeBytes(of: a, toByteOffset: 416, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 27, B) &+ one; out.storeBytes(of: a, toByteOffset: 432, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 28, B) &+ one; out.storeBytes(of: a, toByteOffset: 448, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 29, B) &+ one; out.storeBytes(of: a, toByteOffset: 464, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 30, B) &+ one; out.storeBytes(of: a, toByteOffset: 480, as: SIMD4<UInt32>.self)
    a = a &+ row(source, 31, B) &+ one; out.storeBytes(of: a, toByteOffset: 496, as: SIMD4<UInt32>.self)
  }
}
