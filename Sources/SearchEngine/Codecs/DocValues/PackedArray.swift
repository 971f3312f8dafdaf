/// An array of numbers, some perhaps missing, read in place: random access, and windows of 4,096 at a time.
struct PackedArray: Sendable {
  let count: Int
  private let data: ByteSlice
  private let zones: Int

  /// Cost: constant. Throws corruption when the zone entries are not inside DATA.
  init(_ data: ByteSlice, _ place: PackedArrayPlace) throws(IndexError) {
    let windows = DocValuesFormat.windowCount(place.count)
    guard place.count >= 0, place.zones >= 0, place.zones <= data.count,
      windows <= (data.count - place.zones) / DocValuesFormat.zoneLength
    else {
      throw data.damaged(
        at: 0, expected: "zone entries inside \(data.count) bytes", found: "\(windows) at \(place.zones)")
    }
    count = place.count
    zones = place.zones
    self.data = data
  }

  var windowCount: Int { DocValuesFormat.windowCount(count) }

  /// One window's zone entry, checked, and its bytes proven to lie in DATA and verified.
  ///
  /// SAFETY: `presence`, unless nil, has `(count + 63) / 64` readable words, and `packed` has
  /// `DocValuesFormat.packedLength(count:width:)` readable bytes; both live as long as the array.
  struct Window {
    let count: Int
    let present: Int
    let minimum: Int64
    let maximum: Int64
    let width: Int
    let presence: UnsafeRawPointer?
    let packed: UnsafeRawPointer

    /// The number at `place`. The presence bit is not looked at.
    /// - Precondition: `place` is in `0 ..< count`.
    @inline(__always)
    func value(_ place: Int) -> Int64 {
      if width == 0 { return minimum }
      let bit = place &* width
      let word = UInt64(littleEndian: packed.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
      let difference = width == 64 ? word : word &>> UInt64(bit & 7) & ((1 &<< UInt64(width)) &- 1)
      return minimum &+ Int64(bitPattern: difference)
    }

    /// - Precondition: `place` is in `0 ..< count`.
    @inline(__always)
    func contains(_ place: Int) -> Bool {
      guard let presence else { return present > 0 }
      return presence.load(fromByteOffset: place &>> 3, as: UInt8.self) &>> UInt8(place & 7) & 1 == 1
    }
  }

  /// Throws corruption, also when there is no such window. Cost: one zone entry and the flags of its checksums.
  @inline(__always)
  func window(_ window: Int) throws(IndexError) -> Window {
    guard window >= 0, window < windowCount else {
      throw data.damaged(at: zones, expected: "a window below \(windowCount)", found: "\(window)")
    }
    let place = zones &+ window &* DocValuesFormat.zoneLength
    try data.verify(place, DocValuesFormat.zoneLength)
    // The entry's 32 bytes are inside DATA: `verify` has proven it.
    let entry = data.base + place
    func number(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: entry.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    let minimum = Int64(bitPattern: number(0))
    let maximum = Int64(bitPattern: number(8))
    let offset = number(16)
    let present = UInt32(truncatingIfNeeded: number(24))
    let width = Int(truncatingIfNeeded: number(24) >> 32)
    let count = min(DocValuesFormat.windowLength, self.count &- window &* DocValuesFormat.windowLength)
    guard present <= UInt32(truncatingIfNeeded: count), minimum <= maximum,
      width == DocValuesFormat.width(span: UInt64(bitPattern: maximum &- minimum)), offset <= UInt64(data.count)
    else {
      throw data.damaged(
        at: place, expected: "a zone entry of \(count) numbers",
        found: "\(present) from \(minimum) to \(maximum) in \(width) bits at \(offset)")
    }
    let hasPresence = present > 0 && Int(present) < count
    let presenceLength = hasPresence ? DocValuesFormat.presenceLength(count: count) : 0
    let start = Int(truncatingIfNeeded: offset)
    try data.verify(start, presenceLength &+ DocValuesFormat.packedLength(count: count, width: width))
    return Window(
      count: count, present: Int(present), minimum: minimum, maximum: maximum, width: width,
      presence: hasPresence ? data.base + start : nil, packed: data.base + (start &+ presenceLength))
  }

  func zone(_ window: Int) throws(IndexError) -> Zone {
    let entry = try self.window(window)
    guard entry.present > 0 else { return Zone(minimum: .max, maximum: .min, present: 0) }
    return Zone(minimum: entry.minimum, maximum: entry.maximum, present: entry.present)
  }

  /// Number `index`; nil when it is missing. Throws corruption, also when there is no such number. Cost: about 5 ns.
  @inline(__always)
  func value(_ index: Int) throws(IndexError) -> Int64? {
    guard index >= 0, index < count else {
      throw data.damaged(at: zones, expected: "a number below \(count)", found: "\(index)")
    }
    let window = try window(index / DocValuesFormat.windowLength)
    let place = index % DocValuesFormat.windowLength
    return window.contains(place) ? window.value(place) : nil
  }

  /// Decodes a window: `values` gets one number each (missing ones are the window's least), the 64 words of `presence`
  /// one bit each. Returns how many numbers the window has; bits from there on are clear. Cost: 1 ns a number.
  ///
  /// SAFETY (caller's proof): `values` has room for 4,096 numbers, `presence` for 64 words.
  func decode(
    _ window: Int, into values: UnsafeMutablePointer<Int64>, presence: UnsafeMutablePointer<UInt64>
  ) throws(IndexError) -> Int {
    let window = try self.window(window)
    Self.copyPresence(window, into: presence)
    if window.width == 0 {
      values.update(repeating: window.minimum, count: window.count)
    } else {
      for place in 0..<window.count { values[place] = window.value(place) }
    }
    return window.count
  }

  /// Fills the 64 words of `presence`.
  static func copyPresence(_ window: Window, into presence: UnsafeMutablePointer<UInt64>) {
    presence.update(repeating: 0, count: DocValuesFormat.windowLength / 64)
    guard window.present > 0 else { return }
    let full = window.count &>> 6
    let rest = UInt64(truncatingIfNeeded: window.count & 63)
    if let source = window.presence {
      for word in 0..<(window.count &+ 63) &>> 6 {
        presence[word] = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self))
      }
      if rest != 0 { presence[full] &= (1 &<< rest) &- 1 }
    } else {
      presence.update(repeating: .max, count: full)
      if rest != 0 { presence[full] = (1 &<< rest) &- 1 }
    }
  }

  /// Decodes every window and checks zones against the numbers. Cost: linear. Throws corruption.
  func verifyStructure() throws(IndexError) {
    for number in 0..<windowCount {
      let window = try window(number)
      var present = 0
      var minimum = Int64.max
      var maximum = Int64.min
      for place in 0..<window.count where window.contains(place) {
        present += 1
        let value = window.value(place)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
      }
      guard present == window.present,
        window.minimum == (present == 0 ? 0 : minimum), window.maximum == (present == 0 ? 0 : maximum)
      else {
        throw data.damaged(
          at: zones + number * DocValuesFormat.zoneLength,
          expected: "\(window.present) numbers from \(window.minimum) to \(window.maximum)",
          found: "\(present) from \(minimum) to \(maximum)")
      }
    }
  }
}
