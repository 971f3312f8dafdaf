import JSONText
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#endif
#if canImport(Foundation)
  import Dispatch
  import Foundation
#endif

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

@Suite struct RandomTreeTests {
  static let seed: UInt64 = 20_070_820

  static func tree(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .number(String(Int.random(in: -1_000_000...1_000_000, using: &generator)))
    case 3, 4: return .string(string(&generator))
    case 5:
      return .array((0..<Int.random(in: 0...5, using: &generator)).map { _ in tree(&generator, depth: depth + 1) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        object[string(&generator)] = tree(&generator, depth: depth + 1)
      }
      return .object(object)
    }
  }

  static func string(_ generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = ["a", "Z", " ", "\"", "\\", "\u{1}", "\n", "é", "企", "😀", "/", "\u{7F}", "\0", "9"]
    return String(
      (0..<Int.random(in: 0...24, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
  }

  @Test func writingAndReadingIsTheIdentity() throws {
    print("seed \(Self.seed)")
    var generator = SeededGenerator(state: Self.seed)
    var reader = JSONReader()
    for _ in 0..<2_000 {
      let tree = Self.tree(&generator, depth: 0)
      let text = tree.text()
      #expect(try reader.read(text) == tree)
      #expect(try reader.read(tree.text(isPretty: true)) == tree)
      #expect(try reader.read(text).text() == text)
    }
  }

  /// Random damage to valid texts: an answer or an error, never a trap, and an answer prints as it reads.
  @Test func damageNeverTraps() throws {
    print("seed \(Self.seed)")
    var generator = SeededGenerator(state: Self.seed)
    var reader = JSONReader()
    var refused = 0
    for _ in 0..<4_000 {
      var bytes = Array(Self.tree(&generator, depth: 0).text().utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      let result: Result<JSONValue, JSONError>
      do throws(JSONError) { result = .success(try reader.read(bytes)) } catch { result = .failure(error) }
      switch result {
      case .success(let value): #expect(try reader.read(value.text()) == value)
      case .failure(let error):
        refused += 1
        #expect(error.offset <= bytes.count && error.line >= 1 && error.column >= 1)
      }
    }
    #expect(refused > 1_000)
  }

  #if canImport(Foundation) && os(Linux)
    /// What we write, Python's reader reads, and gives back as the same value; what it writes, we read.
    @Test func anotherReaderAgrees() throws {
      let python = "/usr/bin/python3"
      guard FileManager.default.isExecutableFile(atPath: python) else {
        print("skipped: no \(python)")
        return
      }
      var generator = SeededGenerator(state: Self.seed &+ 1)
      let trees = (0..<300).map { _ in Self.tree(&generator, depth: 0) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = [
        "-c", "import json,sys\nfor l in sys.stdin.buffer.read().split(b'\\n')[:-1]: print(json.dumps(json.loads(l)))",
      ]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      let text = trees.map { $0.text() + "\n" }.joined()
      DispatchQueue.global().async {
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? input.fileHandleForWriting.close()
      }
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let lines = answer.split(separator: 0x0A)
      #expect(lines.count == trees.count)
      for (line, tree) in zip(lines, trees) { #expect(try JSONValue(parsing: Array(line)) == tree) }
    }
  #endif
}
