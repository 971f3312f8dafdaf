/// What is certain and what is not at one moment of a recorded run: the crash simulator's working state.
struct CrashMoment {
  /// What became of one file's unsynced writes.
  enum Fate: Hashable {
    /// Everything up to this length, nothing after it.
    case cut(at: Int)
    /// The full length, but zeros from there on.
    case zeros(from: Int)
    /// The full length, with zeros in place of these writes (bit `i`: the unsynced write `i`).
    case holes(UInt64)
  }

  /// One way out of the moment: which names happened, and each named file's fate.
  struct Choice: Hashable {
    /// Whether each unsynced name operation happened.
    var names: [Bool]
    var fates: [Recording.FileIdentifier: Fate]
  }

  /// A file with its certain length and its unsynced writes.
  private struct File {
    var bytes: [UInt8]
    var durableCount: Int
    /// Where each unsynced write begins.
    var writes: [Int] = []

    mutating func append(_ more: [UInt8]) {
      writes.append(bytes.count)
      bytes += more
    }

    mutating func sync() {
      durableCount = bytes.count
      writes = []
    }
  }

  private var files: [Recording.FileIdentifier: File] = [:]
  private var durableNames: [String: Recording.FileIdentifier] = [:]
  private var pendingNames: [Recording.Operation] = []
  private(set) var marks: [String] = []

  init(_ recording: Recording) {
    for (file, name) in recording.initialNames.enumerated() {
      let bytes = recording.initialFiles[name] ?? []
      files[file] = File(bytes: bytes, durableCount: bytes.count)
      durableNames[name] = file
    }
  }

  mutating func apply(_ operation: Recording.Operation) {
    switch operation {
    case .create(_, let file):
      files[file] = File(bytes: [], durableCount: 0)
      pendingNames.append(operation)
    case .append(let file, let bytes):
      guard !bytes.isEmpty else { return }
      files[file]?.append(bytes)
    case .sync(let file): files[file]?.sync()
    case .rename, .remove: pendingNames.append(operation)
    case .syncDirectory:
      durableNames = names([Bool](repeating: true, count: pendingNames.count))
      pendingNames = []
    case .mark(let text): marks.append(text)
    }
  }

  /// Unsynced operations that matter: on names, and writes to files that may have a name.
  var unsyncedCount: Int {
    var nameable = Set(durableNames.values)
    for case .create(_, let file) in pendingNames { nameable.insert(file) }
    for case .rename(_, _, let file) in pendingNames { nameable.insert(file) }
    return pendingNames.count + nameable.reduce(0) { $0 + (files[$1]?.writes.count ?? 0) }
  }

  /// The names, if these of the pending operations happened.
  private func names(_ happened: [Bool]) -> [String: Recording.FileIdentifier] {
    var names = durableNames
    for (operation, happened) in zip(pendingNames, happened) where happened {
      switch operation {
      case .create(let name, let file): names[name] = file
      case .remove(let name, let file): if names[name] == file { names[name] = nil }
      case .rename(let name, let newName, let file):
        if names[name] == file { names[name] = nil }
        names[newName] = file
      case .append, .sync, .syncDirectory, .mark: break
      }
    }
    return names
  }

  // MARK: Choices

  /// Every combination of name operations, and for each every combination of fates of the files that are then named.
  func allChoices() -> [Choice] {
    var choices: [Choice] = []
    for subset in 0..<(1 << pendingNames.count) {
      let happened = pendingNames.indices.map { subset >> $0 & 1 == 1 }
      var partial = [Choice(names: happened, fates: [:])]
      for file in unsyncedFiles(happened) {
        let fates = fates(of: file)
        partial = partial.flatMap { choice in
          fates.map { fate in
            var choice = choice
            choice.fates[file] = fate
            return choice
          }
        }
      }
      choices += partial
    }
    return choices
  }

  /// The extremes (all names and no data, all data and no names, all, none), then different random choices.
  func someChoices(_ count: Int, using random: inout SplitMix64) -> [Choice] {
    var choices: [Choice] = []
    for keepsNames in [false, true] {
      let happened = [Bool](repeating: keepsNames, count: pendingNames.count)
      for keepsData in [false, true] {
        var choice = Choice(names: happened, fates: [:])
        for file in unsyncedFiles(happened) {
          choice.fates[file] = .cut(at: keepsData ? fullCount(file) : files[file]?.durableCount ?? 0)
        }
        choices.append(choice)
      }
    }
    for _ in 0..<count {
      // Half the samples lose one name operation or two, which is how most bugs show; the rest lose any number.
      let losses = Int.random(in: 0...3, using: &random)
      var happened = pendingNames.map { _ in losses > 2 ? Bool.random(using: &random) : true }
      if losses <= 2, !happened.isEmpty {
        for _ in 0..<losses { happened[Int.random(in: happened.indices, using: &random)] = false }
      }
      var choice = Choice(names: happened, fates: [:])
      for file in unsyncedFiles(happened) {
        choice.fates[file] = randomFate(of: file, using: &random)
      }
      choices.append(choice)
    }
    var seen: Set<Choice> = []
    return choices.filter { seen.insert($0).inserted }
  }

  /// Files with a name and with unsynced writes, in order.
  private func unsyncedFiles(_ happened: [Bool]) -> [Recording.FileIdentifier] {
    Set(names(happened).values).filter { files[$0]?.writes.isEmpty == false }.sorted()
  }

  private func fullCount(_ file: Recording.FileIdentifier) -> Int { files[file]?.bytes.count ?? 0 }

  /// A file's fates. Lengths stand for each other inside a write, so that of a long write only its ends, its middle and
  /// the bytes next to them are taken; of a write of up to 16 bytes, every one.
  private func fates(of identifier: Recording.FileIdentifier) -> [Fate] {
    guard let file = files[identifier] else { return [] }
    var lengths: Set<Int> = [file.durableCount, file.bytes.count]
    for (index, start) in file.writes.enumerated() {
      let end = index + 1 < file.writes.count ? file.writes[index + 1] : file.bytes.count
      if end - start <= 16 {
        lengths.formUnion(start...end)
      } else {
        lengths.formUnion([start, start + 1, (start + end) / 2, end - 1, end])
      }
    }
    let sorted = lengths.sorted()
    var fates = sorted.map { Fate.cut(at: $0) }
    fates += sorted.filter { $0 < file.bytes.count }.map { Fate.zeros(from: $0) }
    // Losing only the last writes is what `zeros` does; holes are those before a write that was kept.
    if file.writes.count > 1, file.writes.count <= 4 {
      let last = 1 << (file.writes.count - 1)
      fates += (1..<last).map { Fate.holes(UInt64($0)) }
    }
    return fates
  }

  private func randomFate(of identifier: Recording.FileIdentifier, using random: inout SplitMix64) -> Fate {
    guard let file = files[identifier] else { return .cut(at: 0) }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .cut(at: file.durableCount)
    case 1, 2: return .cut(at: file.bytes.count)
    case 3: return .cut(at: Int.random(in: file.durableCount...file.bytes.count, using: &random))
    case 4: return .zeros(from: Int.random(in: file.durableCount...file.bytes.count, using: &random))
    default:
      let writes = UInt64(min(file.writes.count, 63))
      return .holes(UInt64.random(in: 0..<(1 << writes), using: &random))
    }
  }

  // MARK: The state

  /// The directory that a choice leaves.
  func files(_ choice: Choice) -> [String: [UInt8]] {
    names(choice.names).mapValues { identifier in
      guard let file = files[identifier] else { return [] }
      guard let fate = choice.fates[identifier] else { return file.bytes }
      return Self.bytes(of: file, after: fate)
    }
  }

  private static func bytes(of file: File, after fate: Fate) -> [UInt8] {
    switch fate {
    case .cut(let count): return Array(file.bytes.prefix(count))
    case .zeros(let start):
      return Array(file.bytes.prefix(start)) + [UInt8](repeating: 0, count: file.bytes.count - start)
    case .holes(let mask):
      var bytes = file.bytes
      for (index, start) in file.writes.enumerated() where mask >> UInt64(index & 63) & 1 == 1 {
        let end = index + 1 < file.writes.count ? file.writes[index + 1] : bytes.count
        for position in start..<end { bytes[position] = 0 }
      }
      return bytes
    }
  }

  /// What a choice loses, in words.
  func description(of choice: Choice) -> String {
    let lost = zip(pendingNames, choice.names).compactMap { $1 ? nil : "\($0)" }
    let fates = choice.fates.sorted { $0.key < $1.key }.map { file, fate in
      "file \(file) of \(fullCount(file)) bytes, \(files[file]?.durableCount ?? 0) synced: \(fate)"
    }
    return "lost names: \(lost); unsynced data: \(fates); marks: \(marks)"
  }
}
