import QueryLanguage
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whatever is typed, parsing ends soon, within its limits, and its canonical text is a fixed point.
@Suite struct ParserFuzzTests {
  /// Rounds of each random test: few in a debug run; `DOSSIER_FUZZ_ROUNDS=70000` makes it 210,000 texts.
  static let rounds = getenv("DOSSIER_FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 5_000
  static let today = QueryDate.Day(year: 2026, month: 11, day: 22)

  static let pieces: [String] = [
    " ", " ", " ", "(", ")", "（", "）", "\"", "“", "”", "'", "「", "」", "《", "+", "-", "!", "=", "~", "~1", "^", "^2",
    "*", "?", "%", "\\",
    "/", "/s", "/p", "w/5", "NEAR", "NEAR/5", "ONEAR/3", "NEAR10", "AND", "OR", "NOT", "&&", "||", "SAME", "SAME PARA",
    "SENTENCE",
    "PARA", "has(", "by(", "has(inspection:", "violation(", "product(", ":", "：", "[", "]", "{", "}", " TO ", ">=", "<",
    "≥", "..", ",",
    "，", "date:", "since:", "until:", "last:", "last:90d", "2007", "2007-03", "2007-Q3", "2007-13", "province:",
    "severity", "a", "lead",
    "toys", "具", "玩具", "GB/T", "6675-2014", "No.", "23-1732", "第3段", "para", "3", "\n", "\u{A0}", "\u{3000}",
    "\u{200B}", "\u{0}", "🧸",
    "e\u{301}", "~9", "^0", "^1e9", "/re/", "/(a|b)/", ";", "|", "x>=5", "date:(", "date:[", "..2008", "\u{202E}",
  ]

  /// Parses and checks what must hold of every outcome; returns whether it was a tree.
  @discardableResult
  static func check(_ text: String, again: Bool = true) -> Bool {
    let size = text.utf8.count
    do {
      let parsed = try QueryParser.parse(text, today: today)
      let ranges = parsed.repairs.map(\.range) + parsed.notes.map(\.range)
      if ranges.contains(where: { $0.lowerBound < 0 || $0.upperBound > size }) {
        Issue.record("range outside \(size): \(text.debugDescription)")
      }
      if case .empty = parsed.syntax.kind { return true }
      guard again else { return true }
      let canonical = parsed.canonical
      // A canonical text may be longer than what was typed; at the very limit it may be too long to be read.
      guard canonical.utf8.count <= QueryLimits.textBytes else { return true }
      do {
        let second = try QueryParser.parse(canonical, strict: true)
        if second.syntax != parsed.syntax || second.canonical != canonical {
          Issue.record("\(text.debugDescription) -> \(canonical) -> \(second.canonical)")
        }
      } catch {
        Issue.record("\(text.debugDescription) -> \(canonical): \(error)")
      }
      return true
    } catch {
      if error.range.lowerBound < 0 || error.range.upperBound > size || error.message.isEmpty {
        Issue.record("bad error for \(text.debugDescription): \(error)")
      }
      return false
    }
  }

  @Test func randomPieces() {
    let seed: UInt64 = 77
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var trees = 0
    for _ in 0..<Self.rounds {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      if Self.check(text) { trees += 1 }
    }
    print("\(trees) of \(Self.rounds) gave a tree")
    #expect(trees > Self.rounds / 2)
  }

  @Test func randomBytes() {
    let seed: UInt64 = 78
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Self.rounds {
      let count = Int.random(in: 0...24, using: &random)
      let isASCII = Bool.random(using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: isASCII ? 0x20...0x7E : 0...255, using: &random) }
      Self.check(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func mutatedGoldens() {
    let seed: UInt64 = 79
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let inputs = GoldenParses.rows.map { Array($0.input.utf8) }
    for _ in 0..<Self.rounds {
      var bytes = inputs.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: if place < bytes.count { bytes.remove(at: place) }
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 2: bytes.insert(contentsOf: Array((Self.pieces.randomElement(using: &random) ?? "").utf8), at: place)
        default: if place < bytes.count { bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random) }
        }
      }
      Self.check(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// 16 KB of anything takes far less than a second: no form is read more than a bounded number of times.
  /// Of this thread alone: a busy machine makes nothing slow.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test func longTextsTakeLinearTime() {
    for piece in Self.pieces + [
      "'a ", "\\/", "/\\/(", "a NEAR/5 ", "SAME PARA (", "[a ", "a..", "a:b ", "x:[", "-(", "((a", "No. 2 ", "a:(b ",
      "has(a ", "date:2007 ",
    ] {
      let text = String(repeating: piece, count: QueryLimits.textBytes / piece.utf8.count)
      let before = Self.processorSeconds
      Self.check(text, again: false)
      let time = Self.processorSeconds - before
      #expect(time < 2, "\(piece.debugDescription) took \(time) s")
    }
  }
}
