/// Walks the entries of a dictionary that an automaton accepts, in byte order. What neighbours share is not read twice, what
/// shares a byte that led nowhere is left out unread, and where a whole block begins so, the walk goes on at the block of the
/// next entry that may be accepted. Not sendable.
///
/// Cost: a step a byte that the automaton has not read before, some three nanoseconds for each other entry of the blocks
/// looked at.
struct AutomatonWalk<Automaton: ByteAutomaton> {
  private var entry: TermEntryReader
  private var automaton: Automaton
  /// What accepted entries begin with before the automaton reads them.
  private let prefix: [UInt8]
  private let meter: WorkMeter?
  /// Entries looked at since the meter was told.
  private var steps = 0
  private var isStarted = false
  private var isDone = false
  /// The current entry as far as it may lead anywhere, prefix included: its first `depth` bytes, and the automaton's state
  /// before each and behind the last. What lies behind in the two arrays has no meaning.
  private var path: [UInt8] = Array(repeating: 0, count: Self.firstRoom)
  private var states: [Automaton.State]
  private var depth = 0
  /// The byte behind them that led nowhere; nil when the whole entry was read.
  private var deadByte: UInt8?

  /// A target is spelled out to at most so many bytes: patterns that take anything lead on without end.
  private static var longestTarget: Int { 64 }
  /// Bytes of an entry for which there is room at first: longer ones are rare.
  private static var firstRoom: Int { 128 }
  /// Words begin with this byte or a later one, entries of other namespaces with an earlier one (``TermKey``).
  private static var firstOfWords: UInt8 { 0x20 }

  /// Entries that begin with `prefix` and whose rest `automaton` accepts. With an empty prefix, words alone: no entries of
  /// the other namespaces.
  ///
  /// `meter`: what ends the walk before its end; ``wasCut`` says so.
  init(
    _ dictionary: TermDictionaryReader, _ automaton: Automaton, under prefix: [UInt8] = [], meter: WorkMeter? = nil
  ) {
    self.meter = meter
    entry = TermEntryReader(dictionary)
    self.automaton = automaton
    self.prefix = prefix
    states = Array(repeating: automaton.start, count: Self.firstRoom + 1)
    if prefix.count >= Self.firstRoom { makeRoom(prefix.count) }
  }

  /// Whether the meter ended the walk.
  private(set) var wasCut = false

  /// The current entry.
  var bytes: [UInt8] { Array(path[..<depth]) }

  /// What is known of the current entry. Throws corruption.
  mutating func info() throws(IndexError) -> TermInfo { try entry.currentInfo() }

  /// Moves to the next accepted entry; false when there is none. Throws corruption.
  mutating func next() throws(IndexError) -> Bool {
    if !isStarted {
      isStarted = true
      guard try enter(try entry.block(for: prefix.isEmpty ? [Self.firstOfWords] : prefix)) else { return false }
      if deadByte == nil, isAccepted { return true }
    }
    while !isDone {
      guard try entry.nextInBlock() else {
        guard try enterNextBlock() else { return false }
        if deadByte == nil, isAccepted { return true }
        continue
      }
      // What shares more than the bytes that led on has the byte that led nowhere.
      if entry.shared > depth { continue }
      read(entry.suffix, from: entry.shared)
      if deadByte == nil, isAccepted { return true }
    }
    return false
  }

  private var isAccepted: Bool { depth >= prefix.count && automaton.isAccepting(states[depth]) }

  /// Reads an entry that shares its first `shared` bytes with the path, as far as it leads anywhere.
  @inline(__always)
  private mutating func read(_ suffix: UnsafeRawBufferPointer, from shared: Int) {
    depth = shared
    deadByte = nil
    if shared &+ suffix.count >= path.count { makeRoom(shared &+ suffix.count) }
    // In a local: what is stored is read again only by an entry that parts here.
    var state = states[depth]
    for byte in suffix {
      guard let following = following(state, byte) else {
        deadByte = byte
        return
      }
      state = following
      path[depth] = byte
      depth &+= 1
      states[depth] = state
    }
  }

  /// The state after a byte at `depth`; nil when it leads nowhere.
  @inline(__always)
  private mutating func following(_ state: Automaton.State, _ byte: UInt8) -> Automaton.State? {
    if depth >= prefix.count {
      return prefix.isEmpty && depth == 0 && byte < Self.firstOfWords ? nil : automaton.next(state, byte)
    }
    if byte == prefix[depth] { return state }
    // Entries rise: behind the prefix there is nothing more.
    if byte > prefix[depth] { isDone = true }
    return nil
  }

  /// Goes on to the block behind this one, or to a later one when all of that leads nowhere. False at the end.
  private mutating func enterNextBlock() throws(IndexError) -> Bool {
    guard try enter(entry.block + 1) else { return false }
    while let deadByte, !isDone, isSkipped {
      guard let target = target(after: deadByte) else {
        isDone = true
        return false
      }
      // Only ever forward, whatever a damaged index says.
      let block = try entry.block(for: target)
      guard block > entry.block else { break }
      guard try enter(block) else { return false }
    }
    return !isDone
  }

  /// Whether the first term of the block led nowhere by the byte of the last one before it.
  private var isSkipped = false

  /// Stands on the first term of a block and reads it. False when there is no such block, or the meter ends the walk.
  private mutating func enter(_ block: Int) throws(IndexError) -> Bool {
    guard try entry.load(block) else {
      isDone = true
      return false
    }
    if let meter {
      steps += entry.count
      if steps >= WorkMeter.grain {
        guard meter.walk(steps) else {
          (wasCut, isDone) = (true, true)
          return false
        }
        steps = 0
      }
    }
    let first = entry.suffix
    var shared = 0
    while shared < depth, shared < first.count, path[shared] == first[shared] { shared += 1 }
    isSkipped = shared == depth && first.count > depth && deadByte == first[depth]
    if !isSkipped { read(UnsafeRawBufferPointer(rebasing: first[shared...]), from: shared) }
    return true
  }

  /// The least text that may be accepted after the path followed by `byte`, which leads nowhere; nil when there is none.
  private mutating func target(after byte: UInt8) -> [UInt8]? {
    // Before the prefix: only the prefix leads on.
    if depth < prefix.count { return prefix }
    var depth = depth
    var from = Int(byte) + 1
    while true {
      if depth == 0 { from = max(from, Int(Self.firstOfWords)) }
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
      if depth == prefix.count { return nil }
      depth -= 1
      from = Int(path[depth]) + 1
    }
  }

  /// Room for an entry of `length` bytes.
  @inline(never)
  private mutating func makeRoom(_ length: Int) {
    let more = max(length + 1, path.count * 2) - path.count
    path.append(contentsOf: repeatElement(0, count: more))
    states.append(contentsOf: repeatElement(automaton.start, count: more))
  }
}
