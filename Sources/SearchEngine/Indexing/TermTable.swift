/// The terms of the segment being built: an open-addressing table from a term's bytes to its number, and the terms'
/// bytes, one after another in an arena. Numbers are given in order of first appearance, so frequent terms have small
/// ones and their states share cache lines.
struct TermTable: ~Copyable {
  /// 16 bytes: four to a cache line.
  private struct Entry {
    /// The term's first eight bytes, padded with zeros: equal keys are equal terms when both are of up to eight bytes.
    var key: UInt64
    var hash: UInt32
    /// The term's number plus one; 0 where the place is free.
    var number: UInt32
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  /// Where each term's bytes are, and their length.
  private(set) var names: UnsafeMutablePointer<(offset: UInt32, length: UInt32)>
  private var nameCapacity: Int
  private(set) var bytes: UnsafeMutableRawPointer
  private var byteCapacity: Int
  private(set) var byteCount = 0
  private(set) var count = 0

  /// Small, as a writer has a table for each kind and thread: growing to the size of a segment costs a millisecond, once.
  private static let firstCapacity = 1 << 12

  init() {
    mask = Self.firstCapacity - 1
    entries = .allocate(capacity: Self.firstCapacity)
    entries.initialize(repeating: Entry(key: 0, hash: 0, number: 0), count: Self.firstCapacity)
    nameCapacity = Self.firstCapacity / 2
    names = .allocate(capacity: nameCapacity)
    byteCapacity = 1 << 15
    bytes = .allocate(byteCount: byteCapacity, alignment: 16)
  }

  deinit {
    entries.deallocate()
    names.deallocate()
    bytes.deallocate()
  }

  /// Bytes of memory held.
  var memory: Int { (mask + 1) * 16 + nameCapacity * 8 + byteCapacity }

  mutating func removeAll() {
    entries.update(repeating: Entry(key: 0, hash: 0, number: 0), count: mask + 1)
    count = 0
    byteCount = 0
  }

  func term(_ number: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: bytes + Int(names[number].offset), count: Int(names[number].length))
  }

  /// Reads the place where a term of that hash is looked for first, so that the look-ups that follow find it in cache.
  @inline(__always)
  func touch(_ hash: UInt32) -> UInt32 { (entries + (Int(hash) & mask)).pointee.number }

  /// The number of a term, given one if it is new.
  ///
  /// SAFETY (caller's proof): `start` has `length` readable bytes and 8 more.
  /// - Precondition: `length` is in 1...255.
  @inline(__always)
  mutating func number(_ start: UnsafePointer<UInt8>, _ length: Int, hash: UInt32) -> Int {
    let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    let key = length >= 8 ? word : word & ((1 &<< UInt64(length &* 8)) &- 1)
    var place = Int(hash) & mask
    while true {
      let entry = entries[place]
      if entry.number == 0 { return insert(start, length, key, hash, place) }
      if entry.hash == hash, entry.key == key {
        let number = Int(entry.number) &- 1
        if length <= 8 {
          if names[number].length == UInt32(truncatingIfNeeded: length) { return number }
        } else if matches(number, start, length) {
          return number
        }
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private func matches(_ number: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    guard names[number].length == UInt32(truncatingIfNeeded: length) else { return false }
    let known = bytes + Int(names[number].offset)
    let wanted = UnsafeRawPointer(start)
    var offset = 8
    while offset &+ 8 <= length {
      if known.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != wanted.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset &+= 8
    }
    while offset < length {
      if known.load(fromByteOffset: offset, as: UInt8.self) != wanted.load(fromByteOffset: offset, as: UInt8.self) {
        return false
      }
      offset &+= 1
    }
    return true
  }

  @inline(never)
  private mutating func insert(
    _ start: UnsafePointer<UInt8>, _ length: Int, _ key: UInt64, _ hash: UInt32, _ place: Int
  ) -> Int {
    let number = count
    if number == nameCapacity {
      let larger = UnsafeMutablePointer<(offset: UInt32, length: UInt32)>.allocate(capacity: nameCapacity * 2)
      larger.moveInitialize(from: names, count: count)
      names.deallocate()
      names = larger
      nameCapacity *= 2
    }
    if byteCount + length > byteCapacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: byteCapacity * 2, alignment: 16)
      larger.copyMemory(from: bytes, byteCount: byteCount)
      bytes.deallocate()
      bytes = larger
      byteCapacity *= 2
    }
    (bytes + byteCount).copyMemory(from: start, byteCount: length)
    (names + number).initialize(to: (UInt32(byteCount), UInt32(length)))
    byteCount += length
    count += 1
    entries[place] = Entry(key: key, hash: hash, number: UInt32(number) + 1)
    // Half full at most: a look-up then ends after one and a half steps.
    if count * 2 > mask + 1 { grow() }
    return number
  }

  private mutating func grow() {
    let capacity = (mask + 1) * 2
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    larger.initialize(repeating: Entry(key: 0, hash: 0, number: 0), count: capacity)
    let largerMask = capacity - 1
    for index in 0...mask where entries[index].number != 0 {
      var place = Int(entries[index].hash) & largerMask
      while larger[place].number != 0 { place = (place + 1) & largerMask }
      larger[place] = entries[index]
    }
    entries.deallocate()
    entries = larger
    mask = largerMask
  }

  /// A term in the order of all.
  struct Sorted {
    /// Its first eight bytes, the first of them the highest.
    var prefix: UInt64
    var number: UInt32
  }

  /// All terms in the order of their bytes.
  func sorted() -> [Sorted] {
    var keyed: [Sorted] = []
    keyed.reserveCapacity(count)
    for number in 0..<count {
      let name = names[number]
      let start = bytes + Int(name.offset)
      var prefix: UInt64 = 0
      for index in 0..<min(8, Int(name.length)) {
        prefix |= UInt64(start.load(fromByteOffset: index, as: UInt8.self)) << UInt64(56 - index * 8)
      }
      keyed.append(Sorted(prefix: prefix, number: UInt32(number)))
    }
    keyed.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      let leftTerm = term(Int(left.number))
      let rightTerm = term(Int(right.number))
      return compareBytes(leftTerm, rightTerm) < 0
    }
    return keyed
  }
}

/// Order of two byte strings: negative, zero or positive.
func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  let shared = min(left.count, right.count)
  for index in 0..<shared where left[index] != right[index] { return Int(left[index]) - Int(right[index]) }
  return left.count - right.count
}
