import Storage

/// The command line of the tool.
///
/// ```
/// dossier-fuzz list
/// dossier-fuzz run TARGET…|all [--seconds S] [--executions N] [--seed N] [--corpus DIR] [--last FILE]
/// dossier-fuzz replay DIR        every file of DIR/TARGET once
/// dossier-fuzz seeds TARGET DIR  the inputs that a target begins from, as files
/// ```
/// Ends with 1 when a claim was broken or an input took more than a second.
struct FuzzCommand {
  private var words: [String] = []
  private var options: [String: String] = [:]

  /// An input that takes longer is a finding: nothing that is typed or read of this size may.
  static let slow = 1.0

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") { options[String(word.dropFirst(2))] = rest.popFirst() } else { words.append(word) }
    }
  }

  /// Returns the exit code.
  func run() -> Int32 {
    do throws(StorageError) {
      switch words.first {
      case "list": for target in FuzzTarget.all { print(target.name) }
      case "run": return try runTargets()
      case "replay": return try Self.replay(words.dropFirst().first ?? ".") ? 0 : 1
      case "seeds": return try writeSeeds()
      default:
        print("dossier-fuzz list | run TARGET… | replay DIR | seeds TARGET DIR")
        return 2
      }
      return 0
    } catch {
      print("dossier-fuzz: \(error)")
      return 5
    }
  }

  private func runTargets() throws(StorageError) -> Int32 {
    let names = words.dropFirst()
    let targets = names.contains("all") ? FuzzTarget.all : names.compactMap { FuzzTarget.named($0) }
    guard !targets.isEmpty, names.contains("all") || targets.count == names.count else {
      print("dossier-fuzz: unknown target; 'dossier-fuzz list' names them")
      return 2
    }
    let seed = options["seed"].flatMap { UInt64($0) } ?? 1
    let last = options["last"].flatMap { LastInput(path: $0) }
    var isGood = true
    print("seed \(seed)")
    FuzzRun.flush()
    for target in targets {
      let corpus = try options["corpus"].map { (path) throws(StorageError) in try Self.corpus(path, target) } ?? []
      let run = FuzzRun(
        target: target, corpus: corpus, seed: seed, seconds: options["seconds"].flatMap { Double($0) } ?? 10,
        executions: options["executions"].flatMap { Int($0) } ?? .max)
      let figures = run.run(last)
      let rate = Int(Double(figures.executions) / max(figures.seconds, 0.001))
      print(
        "\(target.name): \(figures.executions) executions, \(rate)/s, \(figures.accepted) accepted, slowest "
          + "\(Int(figures.slowest * 1_000_000)) µs, \(figures.broken.count) broken claims")
      for broken in figures.broken { print("  \(broken.claim)\n  input \(Self.shown(broken.input))") }
      if figures.slowest > Self.slow { print("  slow: \(Self.shown(figures.slowestInput))") }
      FuzzRun.flush()
      isGood = isGood && figures.broken.isEmpty && figures.slowest <= Self.slow
    }
    return isGood ? 0 : 1
  }

  private static func shown(_ input: [UInt8]) -> String {
    input.prefix(2_000).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Inputs of a target that were kept: the files of `DIR/TARGET`.
  static func corpus(_ path: String, _ target: FuzzTarget) throws(StorageError) -> [[UInt8]] {
    let folder: PosixFileSystem
    do throws(StorageError) { folder = try PosixFileSystem(path: "\(path)/\(target.name)", create: false) } catch {
      guard case .missing = error else { throw error }
      return []
    }
    var inputs: [[UInt8]] = []
    for name in try folder.list() { inputs.append(try folder.read(name, limit: 1 << 24)) }
    return inputs
  }

  /// Runs every kept input of every target once. Returns whether all claims held.
  static func replay(_ path: String) throws(StorageError) -> Bool {
    var isGood = true
    var count = 0
    for target in FuzzTarget.all {
      for input in try corpus(path, target) + target.seeds() + target.largeSeeds() {
        count += 1
        do throws(FuzzTarget.Broken) { _ = try target.run(input) } catch {
          isGood = false
          print("\(target.name): \(error.claim)\n  input \(shown(input))")
        }
      }
    }
    print("replayed \(count) inputs of \(FuzzTarget.all.count) targets")
    return isGood
  }

  private func writeSeeds() throws(StorageError) -> Int32 {
    let names = Array(words.dropFirst())
    guard names.count == 2, let target = FuzzTarget.named(names[0]) else { return 2 }
    let folder = try PosixFileSystem(path: names[1], create: true)
    let seeds = target.seeds() + target.largeSeeds()
    for (number, seed) in seeds.enumerated() where try !folder.contains("seed-\(number)") {
      let file = try folder.create("seed-\(number)")
      try file.write(seed)
      _ = try file.finish()
    }
    return 0
  }
}
