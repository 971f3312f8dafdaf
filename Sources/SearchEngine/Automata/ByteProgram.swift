/// A pattern as a non-deterministic machine over bytes (K. Thompson, "Regular Expression Search Algorithm", CACM 11(6),
/// 1968). Places are indices into `instructions`.
struct ByteProgram: Hashable, Sendable {
  enum Instruction: Hashable, Sendable {
    /// A byte of the range, then on at `next`.
    case bytes(lower: UInt8, upper: UInt8, next: Int32)
    /// On at both places.
    case split(Int32, Int32)
    case match
  }

  private(set) var instructions: [Instruction] = [.match]
  private(set) var start: Int32 = 0

  /// The machine that accepts exactly what `syntax` describes. Throws `tooManyStates`. Cost: linear in the machine.
  init(_ syntax: PatternSyntax) throws(AutomatonError) {
    var compiler = Compiler()
    start = try compiler.compile(syntax, then: 0)
    instructions = compiler.instructions
  }

  /// Builds from the end: each part is compiled knowing where it goes on.
  private struct Compiler {
    var instructions: [Instruction] = [.match]
    private var steps = 0
    /// Equal instructions are one: the tails of characters' bytes are shared.
    private var known: [Instruction: Int32] = [:]

    private mutating func add(_ instruction: Instruction, shared: Bool = true) throws(AutomatonError) -> Int32 {
      if shared, let place = known[instruction] { return place }
      guard instructions.count < AutomatonLimits.states else { throw .tooManyStates }
      let place = Int32(truncatingIfNeeded: instructions.count)
      instructions.append(instruction)
      if shared { known[instruction] = place }
      return place
    }

    mutating func compile(_ syntax: PatternSyntax, then next: Int32) throws(AutomatonError) -> Int32 {
      steps += 1
      guard steps <= AutomatonLimits.compilerSteps else { throw .tooManyStates }
      switch syntax {
      case .empty: return next
      case .literal(let bytes):
        var place = next
        for byte in bytes.reversed() { place = try add(.bytes(lower: byte, upper: byte, next: place)) }
        return place
      case .scalars(let set):
        var entries: [Int32] = []
        for sequence in set.byteSequences {
          var place = next
          for range in sequence.reversed() {
            place = try add(.bytes(lower: range.lowerBound, upper: range.upperBound, next: place))
          }
          entries.append(place)
        }
        return try any(of: entries)
      case .sequence(let parts):
        var place = next
        for part in parts.reversed() { place = try compile(part, then: place) }
        return place
      case .alternatives(let parts):
        var entries: [Int32] = []
        for part in parts { entries.append(try compile(part, then: next)) }
        return try any(of: entries)
      case .repeated(let part, let minimum, let maximum): return try repeated(part, minimum, maximum, then: next)
      }
    }

    /// A place from which all of `entries` are reached; a place that leads nowhere when there is none.
    private mutating func any(of entries: [Int32]) throws(AutomatonError) -> Int32 {
      guard var place = entries.last else { return try add(.bytes(lower: 1, upper: 0, next: 0)) }
      for entry in entries.dropLast().reversed() { place = try add(.split(entry, place)) }
      return place
    }

    private mutating func repeated(
      _ part: PatternSyntax, _ minimum: Int, _ maximum: Int?, then next: Int32
    ) throws(AutomatonError) -> Int32 {
      var place = next
      if let maximum {
        // x{2,4} is xx(x(x)?)?
        for _ in minimum..<max(minimum, maximum) {
          place = try add(.split(try compile(part, then: place), next))
        }
      } else {
        let loop = try add(.split(next, next), shared: false)
        let body = try compile(part, then: loop)
        instructions[Int(loop)] = .split(body, next)
        place = loop
      }
      for _ in 0..<minimum { place = try compile(part, then: place) }
      return place
    }
  }
}
