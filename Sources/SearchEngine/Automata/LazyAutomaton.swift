/// The deterministic form of a ``ByteProgram``, made state by state as texts ask for it: linear time a text whatever the
/// pattern, bounded memory. Not sendable: the walks of one thread share one.
final class LazyAutomaton: ByteAutomaton {
  /// Number of a state.
  typealias State = Int32

  private static let unknown: Int32 = -1
  private static let dead: Int32 = -2

  private let program: ByteProgram
  /// Bytes that no instruction tells apart are one class; classes are ranges of bytes, numbered as they rise.
  private var classOfByte: [UInt8] = Array(repeating: 0, count: 256)
  private var firstByteOfClass: [UInt8] = []
  /// By state: the places of its `bytes` instructions, rising.
  private var places: [[Int32]] = []
  private var accepting: [Bool] = []
  /// By state and class.
  private var transitions: [Int32] = []
  private var numbers: [StateKey: Int32] = [:]
  private var memory = 0
  private var visited: [Bool]
  /// Set once the limits of ``AutomatonLimits`` are met: from then on nothing new is accepted.
  private(set) var failure: AutomatonError?
  let start: Int32

  private struct StateKey: Hashable {
    let places: [Int32]
    let isAccepting: Bool
  }

  init(_ program: ByteProgram) {
    self.program = program
    visited = Array(repeating: false, count: program.instructions.count)
    // A class begins where a range begins, and behind its end.
    var begins = [Bool](repeating: false, count: 257)
    begins[0] = true
    for case .bytes(let lower, let upper, _) in program.instructions {
      begins[Int(lower)] = true
      begins[Int(upper) + 1] = true
    }
    for byte in 0..<256 {
      if begins[byte] { firstByteOfClass.append(UInt8(truncatingIfNeeded: byte)) }
      classOfByte[byte] = UInt8(truncatingIfNeeded: firstByteOfClass.count - 1)
    }
    start = 0
    var found: [Int32] = []
    var isAccepting = false
    Self.close(program, program.start, &visited, &found, &isAccepting)
    _ = number(of: found, isAccepting)
  }

  func next(_ state: Int32, _ byte: UInt8) -> Int32? {
    let slot = Int(state) * firstByteOfClass.count + Int(classOfByte[Int(byte)])
    let known = transitions[slot]
    if known >= 0 { return known }
    if known == Self.dead { return nil }
    let made = step(state, byte)
    transitions[slot] = made ?? Self.dead
    return made
  }

  func isAccepting(_ state: Int32) -> Bool { accepting[Int(state)] }

  func firstLive(_ state: Int32, from byte: Int) -> UInt8? {
    guard byte < 256 else { return nil }
    var number = Int(classOfByte[byte])
    while number < firstByteOfClass.count {
      let first = UInt8(clamping: max(byte, Int(firstByteOfClass[number])))
      if next(state, first) != nil { return first }
      number += 1
    }
    return nil
  }

  /// Whether the whole of `text` is accepted. Throws when the limits were met.
  func matches(_ text: some Sequence<UInt8>) throws(AutomatonError) -> Bool {
    var state = start
    for byte in text {
      guard let following = next(state, byte) else {
        if let failure { throw failure }
        return false
      }
      state = following
    }
    return isAccepting(state)
  }

  private func step(_ state: Int32, _ byte: UInt8) -> Int32? {
    var found: [Int32] = []
    var isAccepting = false
    for place in places[Int(state)] {
      guard case .bytes(let lower, let upper, let next) = program.instructions[Int(place)], lower <= byte, byte <= upper
      else { continue }
      Self.close(program, next, &visited, &found, &isAccepting)
    }
    return number(of: found, isAccepting)
  }

  /// Adds what is reached from `place` without a byte. `visited` holds the bytes instructions found since it was last
  /// cleared by ``number(of:_:)``.
  private static func close(
    _ program: ByteProgram, _ place: Int32, _ visited: inout [Bool], _ found: inout [Int32], _ isAccepting: inout Bool
  ) {
    var stack = [place]
    while let place = stack.popLast() {
      guard !visited[Int(place)] else { continue }
      visited[Int(place)] = true
      switch program.instructions[Int(place)] {
      case .bytes(let lower, let upper, _):
        // The empty range leads nowhere.
        if lower <= upper { found.append(place) }
      case .split(let one, let other):
        stack.append(other)
        stack.append(one)
      case .match: isAccepting = true
      }
    }
  }

  /// The number of a set of places, new or known; nil for the empty one, and when there is no more room.
  private func number(of found: [Int32], _ isAccepting: Bool) -> Int32? {
    visited.withUnsafeMutableBufferPointer { $0.update(repeating: false) }
    guard !found.isEmpty || isAccepting || places.isEmpty else { return nil }
    let key = StateKey(places: found.sorted(), isAccepting: isAccepting)
    if let known = numbers[key] { return known }
    // The places twice (as list and as key), the row of transitions, and what arrays and the table take besides.
    memory += found.count * 8 + firstByteOfClass.count * 4 + 128
    guard places.isEmpty || (places.count < AutomatonLimits.states && memory <= AutomatonLimits.bytes) else {
      failure = .tooManyStates
      return nil
    }
    let number = Int32(truncatingIfNeeded: places.count)
    places.append(key.places)
    accepting.append(isAccepting)
    transitions.append(contentsOf: repeatElement(Self.unknown, count: firstByteOfClass.count))
    numbers[key] = number
    return number
  }
}
