#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a target over changed inputs for some time, without a sanitizer and without coverage: what every machine can do.
/// With libFuzzer (`LibFuzzer.swift`) the same targets are run by coverage and under the address sanitizer.
struct FuzzRun {
  struct Figures {
    var executions = 0
    var accepted = 0
    var broken: [(claim: String, input: [UInt8])] = []
    var slowest = 0.0
    var slowestInput: [UInt8] = []
    var seconds = 0.0
  }

  let target: FuzzTarget
  /// Inputs kept from earlier runs.
  let corpus: [[UInt8]]
  let seed: UInt64
  let seconds: Double
  let executions: Int

  /// Accepted inputs that further changes begin from.
  private static let poolSize = 512
  /// Seconds on a processor. An input that takes longer ends the process by SIGPROF: a hang. By the clock, a process that
  /// waits for others would be ended, too.
  private static let patience = 10
  /// Seconds after which an input is run once more.
  private static let doubtful = 0.25
  /// Bytes that most inputs are kept below, or twice the middle one of those given: runs of short inputs are many times as
  /// many, and find the same. One in ``rarity`` may be as long as it gets.
  private static let usualLength = 1 << 7
  /// Of so many runs one is of an input that takes long: such inputs take half of the time so, and not all of it.
  static let rarity = 32

  /// - Parameter last: holds every input while it is run, so that it outlives a trap.
  func run(_ last: LastInput?) -> Figures {
    var figures = Figures()
    var mutator = Mutator(seed: seed ^ UInt64(truncatingIfNeeded: target.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let tokens = target.tokens.map { Array($0.utf8) }
    let given = target.seeds() + corpus
    let large = target.largeSeeds()
    var pool = given
    let start = Self.now()
    let usual = max(Self.usualLength, 2 * given.map(\.count).sorted()[given.count / 2])
    for input in given + large { execute(input, &figures, last) }
    while figures.executions < executions, Self.now() - start < seconds {
      for _ in 0..<64 {
        let isRare = mutator.below(Self.rarity) == 0
        // Half of the time from what was given: a pool that drifts away finds nothing.
        let source = isRare && !large.isEmpty ? large : mutator.below(2) == 0 ? given : pool
        var input = source[mutator.below(source.count)]
        mutator.change(
          &input, with: pool[mutator.below(pool.count)], tokens: tokens, keepsLength: target.keepsLength)
        if !target.keepsLength, input.count > usual, !isRare { input.removeLast(input.count - usual) }
        // What is long stays out of the pool, from which one in two would be long soon.
        guard execute(input, &figures, last), !isRare else { continue }
        if pool.count < Self.poolSize { pool.append(input) } else { pool[mutator.below(pool.count)] = input }
      }
      Self.allow(Self.patience)
    }
    Self.allow(0)
    figures.seconds = Self.now() - start
    return figures
  }

  @discardableResult
  private func execute(_ input: [UInt8], _ figures: inout Figures, _ last: LastInput?) -> Bool {
    last?.keep(input)
    figures.executions += 1
    let start = Self.now()
    var isAccepted = false
    do throws(FuzzTarget.Broken) { isAccepted = try target.run(input) } catch {
      if figures.broken.count < 20 { figures.broken.append((error.claim, input)) }
    }
    var time = Self.now() - start
    if time > Self.doubtful {
      // A machine that does other things as well stops a process for so long, twice if it must: what is slow is slow again,
      // on a processor.
      let again = Self.now(CLOCK_PROCESS_CPUTIME_ID)
      _ = try? target.run(input)
      time = min(time, Self.now(CLOCK_PROCESS_CPUTIME_ID) - again)
    }
    if time > figures.slowest {
      figures.slowest = time
      figures.slowestInput = input
    }
    if isAccepted { figures.accepted += 1 }
    return isAccepted
  }

  /// Hands over what was printed: the next input may end the process.
  static func flush() { fflush(nil) }

  /// Ends the process after so many seconds on a processor; 0: never.
  private static func allow(_ seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    // ITIMER_PROF, 2 on Linux as on the BSDs, whose headers give it other types.
    _ = setitimer(2, &timer, nil)
  }

  private static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The input being run, in a mapped file: a trap ends the process and leaves it there.
final class LastInput {
  private let memory: UnsafeMutableRawPointer
  private static let length = 8 + (Mutator.maximumLength << 1)

  /// Nil when the file cannot be made.
  init?(path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(Self.length)) == 0,
      let start = mmap(nil, Self.length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED
    else { return nil }
    memory = start
  }

  deinit { munmap(memory, Self.length) }

  /// Eight bytes of length, then the input.
  func keep(_ input: [UInt8]) {
    let count = min(input.count, Self.length - 8)
    memory.storeBytes(of: UInt64(count).littleEndian, as: UInt64.self)
    input.withUnsafeBytes { if let start = $0.baseAddress { (memory + 8).copyMemory(from: start, byteCount: count) } }
  }
}
