/// Numbers pairs of numbers in the order in which they are met, from 0: an open hash table of 64-bit keys.
///
/// Cost: some 5 ns a look-up where the table fits the caches; 12 bytes a key and as much room beside it.
struct NumberTable {
  private var keys: [UInt64]
  /// By slot: the key's number and one more; 0 where the slot is free.
  private var numbers: [UInt32]
  /// Keys met.
  private(set) var count = 0
  private var mask: Int
  private var lastKey: UInt64 = 0
  private var lastNumber: UInt32 = .max

  /// Slots at first; doubled whenever more than half are taken.
  private static let initialSlots = 1 << 10

  init() {
    keys = Array(repeating: 0, count: Self.initialSlots)
    numbers = Array(repeating: 0, count: Self.initialSlots)
    mask = Self.initialSlots - 1
  }

  /// The number of a key, and whether it is new. Neighbours are often alike: the last key is not looked up again.
  @inline(__always)
  mutating func number(of key: UInt64) -> (number: UInt32, isNew: Bool) {
    if key == lastKey, lastNumber != .max { return (lastNumber, false) }
    return lookUp(key)
  }

  private mutating func lookUp(_ key: UInt64) -> (number: UInt32, isNew: Bool) {
    var slot = Self.slot(key, mask)
    while numbers[slot] != 0 {
      if keys[slot] == key {
        (lastKey, lastNumber) = (key, numbers[slot] &- 1)
        return (lastNumber, false)
      }
      slot = (slot &+ 1) & mask
    }
    let number = UInt32(truncatingIfNeeded: count)
    keys[slot] = key
    numbers[slot] = number &+ 1
    count += 1
    (lastKey, lastNumber) = (key, number)
    if count * 2 > mask { grow() }
    return (number, true)
  }

  /// Multiplied by an odd number near 2^64 / golden ratio, the high bits taken (Knuth, volume 3, 6.4).
  @inline(__always)
  private static func slot(_ key: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 24) & mask
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    mask = mask * 2 + 1
    keys = Array(repeating: 0, count: mask + 1)
    numbers = Array(repeating: 0, count: mask + 1)
    for index in oldKeys.indices where oldNumbers[index] != 0 {
      var slot = Self.slot(oldKeys[index], mask)
      while numbers[slot] != 0 { slot = (slot &+ 1) & mask }
      keys[slot] = oldKeys[index]
      numbers[slot] = oldNumbers[index]
    }
  }
}
