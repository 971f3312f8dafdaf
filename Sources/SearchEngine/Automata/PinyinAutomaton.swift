import TextAnalysis

/// Accepts folded names that, read aloud in pinyin, begin with what is typed: by syllables (`hongda` and `hongdaw` accept
/// 宏达玩具) or, from two letters on, by their initials (`hdwj`). Latin letters of a name stand for themselves; spaces and marks
/// are passed over.
///
/// A state is a set of places in the typed text, one bit each, once for syllables and once for initials. Where a name may go on
/// is known from the table of readings, so that a walk over a dictionary seeks what it wants and looks at nothing else.
final class PinyinAutomaton: ByteAutomaton {
  /// Letters typed at most: a place each in 64 bits.
  static let longest = 60

  struct State: Hashable {
    /// Bit `i`: the first `i` letters are used up.
    var syllables: UInt64
    var initials: UInt64
    /// All letters are used up: whatever follows is accepted.
    var isDone = false
    /// Of a character in the making: bytes to come, and its bits so far.
    var bytesToCome: UInt8 = 0
    var scalar: UInt32 = 0

    var isDead: Bool { !isDone && syllables == 0 && initials == 0 }
  }

  private struct Places: Hashable {
    var syllables: UInt64
    var initials: UInt64
  }

  private let typed: [UInt8]
  /// By places: the ideographs that lead on, rising.
  private var live: [Places: [UInt32]] = [:]

  /// Nil when there is no letter, anything but letters, or more than ``longest``.
  init?(_ text: String) {
    let typed = Array(Pinyin.key(of: text).utf8)
    guard !typed.isEmpty, typed.count <= Self.longest, typed.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    self.typed = typed
  }

  var start: State { State(syllables: 1, initials: typed.count > 1 ? 1 : 0) }

  func isAccepting(_ state: State) -> Bool { state.isDone && state.bytesToCome == 0 }

  func next(_ state: State, _ byte: UInt8) -> State? {
    if state.isDone { return state }
    if state.bytesToCome > 0 {
      guard byte & 0xC0 == 0x80 else { return nil }
      var after = state
      after.scalar = state.scalar << 6 | UInt32(byte & 0x3F)
      after.bytesToCome -= 1
      if after.bytesToCome > 0 { return after }
      return step(Places(syllables: state.syllables, initials: state.initials), after.scalar)
    }
    if byte < 0x80 { return step(state, ascii: byte) }
    guard byte & 0xF0 == 0xE0 else { return nil }
    var after = state
    after.bytesToCome = 2
    after.scalar = UInt32(byte & 0x0F)
    return after
  }

  func firstLive(_ state: State, from byte: Int) -> UInt8? {
    if state.isDone { return byte <= 0xFF ? UInt8(truncatingIfNeeded: byte) : nil }
    let wanted = ideographs(Places(syllables: state.syllables, initials: state.initials))
    if state.bytesToCome > 0 {
      guard byte <= 0xBF else { return nil }
      let from = UInt32(max(byte, 0x80) & 0x3F)
      let shift = 6 * UInt32(state.bytesToCome - 1)
      guard let found = first(in: wanted, from: (state.scalar << 6 | from) << shift),
        found >> (shift + 6) == state.scalar
      else { return nil }
      return UInt8(truncatingIfNeeded: 0x80 | (found >> shift) & 0x3F)
    }
    var ascii = max(byte, 0x20)
    while ascii < 0x80 {
      if step(state, ascii: UInt8(truncatingIfNeeded: ascii)) != nil { return UInt8(truncatingIfNeeded: ascii) }
      ascii += 1
    }
    guard byte <= 0xEF, let found = first(in: wanted, from: UInt32(max(byte, 0xE0) & 0x0F) << 12) else { return nil }
    return UInt8(truncatingIfNeeded: 0xE0 | found >> 12)
  }

  /// The first of rising scalars at or after one.
  private func first(in scalars: [UInt32], from scalar: UInt32) -> UInt32? {
    var low = 0
    var high = scalars.count
    while low < high {
      let middle = (low + high) / 2
      if scalars[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return low < scalars.count ? scalars[low] : nil
  }

  private func step(_ state: State, ascii byte: UInt8) -> State? {
    guard byte &- 0x61 < 26 else {
      // Digits are part of a name; what separates words is not.
      let isMark = byte >= 0x20 && byte &- 0x30 >= 10
      return isMark ? state : nil
    }
    var syllables: UInt64 = 0
    for place in typed.indices where state.syllables >> UInt64(place) & 1 == 1 && typed[place] == byte {
      syllables |= 1 << UInt64(place + 1)
    }
    return made(Places(syllables: syllables, initials: 0))
  }

  private func step(_ places: Places, _ scalar: UInt32) -> State? {
    guard let reading = Pinyin.reading(of: scalar) else { return nil }
    return made(step(places, reading: Array(reading.utf8)))
  }

  /// The places after a syllable.
  private func step(_ places: Places, reading: [UInt8]) -> Places {
    var after = Places(syllables: 0, initials: 0)
    guard let initial = reading.first else { return after }
    for place in typed.indices {
      if places.syllables >> UInt64(place) & 1 == 1 {
        let rest = typed[place...]
        if reading.starts(with: rest) {
          after.syllables |= 1 << UInt64(typed.count)
        } else if rest.starts(with: reading) {
          after.syllables |= 1 << UInt64(place + reading.count)
        }
      }
      if places.initials >> UInt64(place) & 1 == 1, typed[place] == initial { after.initials |= 1 << UInt64(place + 1) }
    }
    return after
  }

  private func made(_ places: Places) -> State? {
    let end: UInt64 = 1 << UInt64(typed.count)
    let isDone = (places.syllables | places.initials) & end != 0
    let state = State(syllables: places.syllables & ~end, initials: places.initials & ~end, isDone: isDone)
    return state.isDead ? nil : state
  }

  private func ideographs(_ places: Places) -> [UInt32] {
    if let known = live[places] { return known }
    var found: [UInt32] = []
    for (reading, scalars) in Pinyin.ideographs {
      let after = step(places, reading: Array(reading.utf8))
      if after.syllables != 0 || after.initials != 0 { found += scalars }
    }
    found.sort()
    live[places] = found
    return found
  }
}
