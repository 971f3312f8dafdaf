/// Accepts the terms within an edit distance of 1 or 2 of a word, counted in characters: inserting, leaving out or
/// replacing one, or exchanging two neighbours, which are not edited again (optimal string alignment).
///
/// Bit `i` of a set says that `i` characters of the word are used up; one set for each number of edits. A character costs
/// some ten operations on 64 bits whatever the word, so nothing is determinised and nothing grows (S. Wu and U. Manber,
/// "Fast Text Searching Allowing Errors", CACM 35(10), 1992; exchanges after H. Hyyrö, 2003).
struct LevenshteinAutomaton: ByteAutomaton {
  /// A set has 64 bits, one more than the word has characters.
  static let longestWord = 63
  static let distances = 1...2

  struct State {
    /// By number of edits: how much of the word can be used up.
    var used: (UInt64, UInt64, UInt64)
    /// By number of edits before the exchange: the second of two characters was read, the first is awaited.
    var exchanged: (UInt64, UInt64)
    /// Of a character in the making: bytes to come, and its bits so far.
    var bytesToCome: UInt8 = 0
    var scalar: UInt32 = 0
  }

  let distance: Int
  private let length: Int
  private let mask: UInt64
  /// By character below 128: where the word has it.
  private var places: [UInt64] = Array(repeating: 0, count: 128)
  private var otherPlaces: [(scalar: UInt32, places: UInt64)] = []
  /// The first bytes of the word's characters, rising, each once.
  private let firstBytes: [UInt8]

  /// Nil for an empty word, one longer than ``longestWord``, and a distance not in ``distances``.
  init?(_ word: some Sequence<UInt8>, distance: Int) {
    let scalars = Array(String(decoding: Array(word), as: UTF8.self).unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= Self.longestWord, Self.distances.contains(distance) else { return nil }
    self.distance = distance
    length = scalars.count
    mask = scalars.count == 63 ? .max : (1 << UInt64(scalars.count + 1)) - 1
    var first: Set<UInt8> = []
    for (index, scalar) in scalars.enumerated() {
      first.formUnion(UTF8.encode(scalar)?.prefix(1) ?? .init())
      let bit = UInt64(1) << UInt64(index)
      if scalar.value < 128 {
        places[Int(scalar.value)] |= bit
      } else if let known = otherPlaces.firstIndex(where: { $0.scalar == scalar.value }) {
        otherPlaces[known].places |= bit
      } else {
        otherPlaces.append((scalar.value, bit))
      }
    }
    firstBytes = first.sorted()
  }

  var start: State { closed(State(used: (1, 0, 0), exchanged: (0, 0))) }

  /// Adds what leaving out characters of the word reaches.
  @inline(__always)
  private func closed(_ state: State) -> State {
    var state = state
    state.used.1 |= state.used.0 << 1
    state.used.2 |= state.used.1 << 1
    state.used.0 &= mask
    state.used.1 &= mask
    state.used.2 = distance == 2 ? state.used.2 & mask : 0
    return state
  }

  @inline(__always)
  private func step(_ state: State, _ here: UInt64) -> State {
    let (zero, one, two) = state.used
    let next = State(
      used: (
        (zero & here) << 1,
        (one & here) << 1 | zero | zero << 1 | (state.exchanged.0 & here) << 2,
        (two & here) << 1 | one | one << 1 | (state.exchanged.1 & here) << 2
      ),
      exchanged: (zero & here >> 1, distance == 2 ? one & here >> 1 : 0))
    return closed(next)
  }

  @inline(__always)
  private func isLive(_ state: State) -> Bool {
    state.used.0 | state.used.1 | state.used.2 | state.exchanged.0 | state.exchanged.1 != 0
  }

  private func wherePresent(_ scalar: UInt32) -> UInt64 {
    if scalar < 128 { return places[Int(scalar)] }
    for other in otherPlaces where other.scalar == scalar { return other.places }
    return 0
  }

  @inline(__always)
  func next(_ state: State, _ byte: UInt8) -> State? {
    if state.bytesToCome == 0, byte < 0x80 {
      let next = step(state, places[Int(byte)])
      return isLive(next) ? next : nil
    }
    return nextOfSeveral(state, byte)
  }

  /// After a byte of a character of several.
  @inline(never)
  private func nextOfSeveral(_ state: State, _ byte: UInt8) -> State? {
    if state.bytesToCome == 0 {
      var next = state
      switch byte {
      case 0xc2...0xdf: (next.bytesToCome, next.scalar) = (1, UInt32(byte & 0x1f))
      case 0xe0...0xef: (next.bytesToCome, next.scalar) = (2, UInt32(byte & 0x0f))
      case 0xf0...0xf4: (next.bytesToCome, next.scalar) = (3, UInt32(byte & 0x07))
      default: return nil
      }
      return next
    }
    guard byte & 0xc0 == 0x80 else { return nil }
    var next = state
    next.scalar = next.scalar << 6 | UInt32(byte & 0x3f)
    next.bytesToCome -= 1
    if next.bytesToCome > 0 { return next }
    let scalar = next.scalar
    next.scalar = 0
    next = step(next, wherePresent(scalar))
    return isLive(next) ? next : nil
  }

  func isAccepting(_ state: State) -> Bool {
    state.bytesToCome == 0 && (state.used.0 | state.used.1 | state.used.2) >> UInt64(length) & 1 == 1
  }

  func firstLive(_ state: State, from byte: Int) -> UInt8? {
    guard byte < 256 else { return nil }
    // Whether a character of several bytes fits is known at its last one.
    if state.bytesToCome > 0 { return byte <= 0xbf ? UInt8(clamping: max(byte, 0x80)) : nil }
    if isLive(step(state, 0)) {
      // Any character will do: the next byte that begins one.
      let first = UInt8(clamping: byte < 0x80 ? byte : max(byte, 0xc2))
      return first <= 0xf4 ? first : nil
    }
    return firstBytes.first { Int($0) >= byte && next(state, $0) != nil }
  }
}
