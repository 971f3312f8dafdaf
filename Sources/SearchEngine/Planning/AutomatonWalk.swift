/// Walks the entries of a dictionary that an automaton accepts, in byte order. Where an entry leads nowhere, the cursor
/// seeks the first one that may be accepted: what lies between is not looked at. What two neighbours share is not read
/// twice. Not sendable.
///
/// Cost: a step a byte of the entries looked at, and a seek for each run of entries left out.
struct AutomatonWalk<Automaton: ByteAutomaton> {
  private let cursor: TermCursor
  private var automaton: Automaton
  /// What accepted entries begin with before the automaton reads them.
  private let prefix: [UInt8]
  private let meter: WorkMeter?
  /// Entries looked at since the meter was told.
  private var steps = 0
  private var isStarted = false
  /// The bytes behind the prefix that the automaton has read, and its state before each and behind the last.
  private var path: [UInt8] = []
  private var states: [Automaton.State]

  /// Entries that may be tried one after another before the cursor seeks: most targets lie a few entries ahead.
  private static var nearby: Int { 2 }
  /// A target is spelled out to at most so many bytes: patterns that take anything lead on without end.
  private static var longestTarget: Int { 64 }

  /// Entries that begin with `prefix` and whose rest `automaton` accepts. With an empty prefix, words alone: no entries of
  /// the other namespaces.
  ///
  /// `meter`: what ends the walk before its end; ``wasCut`` says so.
  init(
    _ dictionary: TermDictionaryReader, _ automaton: Automaton, under prefix: [UInt8] = [], meter: WorkMeter? = nil
  ) {
    self.meter = meter
    cursor = dictionary.cursor()
    self.automaton = automaton
    self.prefix = prefix
    states = [automaton.start]
  }

  /// Whether the walk stands on an entry.
  private(set) var isOnEntry = false
  /// Whether the meter ended the walk.
  private(set) var wasCut = false

  /// The current entry.
  var bytes: [UInt8] { cursor.currentBytes }

  func info() throws(IndexError) -> TermInfo { try cursor.info() }

  /// Moves to the next accepted entry; false when there is none. Throws corruption.
  mutating func next() throws(IndexError) -> Bool {
    if isStarted {
      isOnEntry = try cursor.next()
    } else {
      isStarted = true
      isOnEntry = try cursor.seek(atLeastBytes: prefix.isEmpty ? [0x20] : prefix)
    }
    while isOnEntry {
      if let meter {
        steps += 1
        if steps >= WorkMeter.grain {
          if !meter.walk(steps) {
            wasCut = true
            break
          }
          steps = 0
        }
      }
      let entry = cursor.term
      guard entry.count >= prefix.count, entry.prefix(prefix.count).elementsEqual(prefix) else { break }
      if read(UnsafeRawBufferPointer(rebasing: entry[prefix.count...])) {
        if automaton.isAccepting(states[path.count]) { return true }
        isOnEntry = try cursor.next()
      } else {
        guard let target = target(after: entry[prefix.count + path.count]) else { break }
        try advance(to: prefix + target)
      }
    }
    isOnEntry = false
    return false
  }

  /// Reads an entry as far as it leads anywhere; whether that is all of it.
  private mutating func read(_ rest: UnsafeRawBufferPointer) -> Bool {
    var shared = 0
    while shared < path.count, shared < rest.count, path[shared] == rest[shared] { shared += 1 }
    path.removeLast(path.count - shared)
    states.removeLast(states.count - shared - 1)
    while path.count < rest.count {
      guard let state = automaton.next(states[path.count], rest[path.count]) else { return false }
      path.append(rest[path.count])
      states.append(state)
    }
    return true
  }

  /// The least text that may be accepted after the path followed by `byte`, which leads nowhere; nil when there is none.
  private mutating func target(after byte: UInt8) -> [UInt8]? {
    var depth = path.count
    var from = Int(byte) + 1
    while true {
      if let found = automaton.firstLive(states[depth], from: from) {
        var target = Array(path[..<depth])
        target.append(found)
        var state = automaton.next(states[depth], found)
        // Where only one way leads on, the target follows it.
        while let current = state, !automaton.isAccepting(current), target.count < Self.longestTarget,
          let following = automaton.firstLive(current, from: 0x20), following > 0x20
        {
          target.append(following)
          state = automaton.next(current, following)
        }
        return target
      }
      if depth == 0 { return nil }
      depth -= 1
      from = Int(path[depth]) + 1
    }
  }

  private mutating func advance(to target: [UInt8]) throws(IndexError) {
    for _ in 0..<Self.nearby {
      isOnEntry = try cursor.next()
      if !isOnEntry || !cursor.term.lexicographicallyPrecedes(target) { return }
    }
    isOnEntry = try cursor.seek(atLeastBytes: target)
  }
}
