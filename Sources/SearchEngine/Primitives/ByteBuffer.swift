/// A growable run of bytes to encode into: the in-memory twin of ``ByteReader``. One owner, reused between blocks; grows by
/// doubling, never shrinks.
struct ByteBuffer: ~Copyable {
  private(set) var pointer: UnsafeMutableRawPointer
  private(set) var count = 0
  private var capacity: Int

  /// Room for `capacity` bytes is taken at once.
  init(capacity: Int = 256) {
    self.capacity = max(capacity, 16)
    pointer = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { pointer.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: pointer, count: count) }

  mutating func removeAll() { count = 0 }

  /// Makes room for `length` more bytes and returns where they go. The caller then calls ``advance(by:)``.
  @inline(__always)
  mutating func reserve(_ length: Int) -> UnsafeMutableRawPointer {
    if count &+ length > capacity { grow(length) }
    return pointer + count
  }

  /// Makes room for exactly `length` bytes more, where there is less.
  mutating func reserveAll(_ length: Int) {
    guard count + length > capacity else { return }
    let moved = UnsafeMutableRawPointer.allocate(byteCount: count + length, alignment: 16)
    moved.copyMemory(from: pointer, byteCount: count)
    pointer.deallocate()
    pointer = moved
    capacity = count + length
  }

  @inline(__always)
  mutating func advance(by length: Int) {
    assert(count + length <= capacity)
    count &+= length
  }

  @inline(never)
  private mutating func grow(_ length: Int) {
    let larger = max(capacity * 2, count + length)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    moved.copyMemory(from: pointer, byteCount: count)
    pointer.deallocate()
    pointer = moved
    capacity = larger
  }

  mutating func append(_ value: UInt8) {
    reserve(1).storeBytes(of: value, as: UInt8.self)
    count &+= 1
  }

  mutating func append(_ value: UInt16) {
    reserve(2).storeBytes(of: value.littleEndian, as: UInt16.self)
    count &+= 2
  }

  mutating func append(_ value: UInt32) {
    reserve(4).storeBytes(of: value.littleEndian, as: UInt32.self)
    count &+= 4
  }

  mutating func append(_ value: UInt64) {
    reserve(8).storeBytes(of: value.littleEndian, as: UInt64.self)
    count &+= 8
  }

  mutating func append(_ source: UnsafeRawBufferPointer) {
    guard let start = source.baseAddress else { return }
    reserve(source.count).copyMemory(from: start, byteCount: source.count)
    count &+= source.count
  }

  mutating func append(contentsOf string: String) {
    var string = string
    string.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// LEB128, 1 to 10 bytes.
  mutating func appendVarint(_ value: UInt64) {
    var value = value
    let start = reserve(10)
    var length = 0
    while value >= 0x80 {
      start.storeBytes(of: UInt8(truncatingIfNeeded: value) | 0x80, toByteOffset: length, as: UInt8.self)
      value >>= 7
      length &+= 1
    }
    start.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: length, as: UInt8.self)
    count &+= length &+ 1
  }

  mutating func appendVarint(_ value: Int) { appendVarint(UInt64(value)) }
  mutating func appendVarint(_ value: UInt32) { appendVarint(UInt64(value)) }

  /// Sets the lowest bit of a byte that was appended.
  /// - Precondition: `offset` is below `count`.
  mutating func mark(_ offset: Int) {
    precondition(offset >= 0 && offset < count)
    // SAFETY: below `count`, as was just asked.
    let byte = pointer.load(fromByteOffset: offset, as: UInt8.self)
    pointer.storeBytes(of: byte | 1, toByteOffset: offset, as: UInt8.self)
  }

  /// Gives memory back that a large piece has taken: what is kept is `capacity` bytes.
  /// - Precondition: nothing is in it.
  mutating func shrink(to capacity: Int) {
    precondition(count == 0)
    guard self.capacity > capacity else { return }
    pointer.deallocate()
    self.capacity = max(capacity, 16)
    pointer = .allocate(byteCount: self.capacity, alignment: 16)
  }

  /// A length (varint) and the string's UTF-8.
  mutating func appendSized(_ string: String) {
    var string = string
    string.withUTF8 {
      appendVarint($0.count)
      append(UnsafeRawBufferPointer($0))
    }
  }
}
