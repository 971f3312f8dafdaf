import TextAnalysis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Data outside of the repository: `$DOSSIER_DATA`, else `../shared/data` beside the repository.
enum OutsideData {
  static func path(_ name: String) -> String? {
    let directory: String
    if let named = getenv("DOSSIER_DATA") {
      directory = String(cString: named)
    } else {
      let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
      directory = "/" + root + "/../shared/data"
    }
    let path = directory + "/" + name
    if access(path, R_OK) == 0 { return path }
    print("skipped: \(name) is not there (looked in \(directory))")
    return nil
  }

  /// The lines of a file, unpacked by `gzip` when its name ends in .gz; nil, with a notice, where it is absent.
  static func lines(_ name: String) -> [Substring]? {
    guard let path = path(name) else { return nil }
    let command = name.hasSuffix(".gz") ? "gzip -dc '\(path)'" : "cat '\(path)'"
    guard let pipe = popen(command, "r") else { return nil }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A token as tests write it: `term@position[from,to]` parts on demand.
struct SeenToken: Equatable, CustomStringConvertible {
  var term: String
  var kind: TokenKind
  var position: Int
  var from: Int
  var to: Int
  var hash: UInt32

  var description: String { "\(term):\(kind)@\(position)[\(from),\(to)]" }
}

struct SeenText: Equatable {
  var tokens: [SeenToken]
  var sentences: [UInt32]
  var paragraphs: [UInt32]
  var positions: UInt32

  init(_ bytes: [UInt8], _ mode: AnalysisMode, _ analyzer: Analyzer = Analyzer(), _ buffer: TokenBuffer = TokenBuffer())
  {
    bytes.withUnsafeBufferPointer { analyzer.analyze($0, mode: mode, into: buffer) }
    var position = -1
    tokens = (0..<buffer.count).map { index in
      let token = buffer.tokens[index]
      position += Int(token.positionStep)
      let text = buffer.text(token).replacing("\u{1}c", with: "#")
      return SeenToken(
        term: text, kind: token.kind, position: position, from: Int(token.from), to: Int(token.to), hash: token.hash)
    }
    sentences = buffer.sentences
    paragraphs = buffer.paragraphs
    positions = buffer.positionCount
  }

  init(_ text: String, _ mode: AnalysisMode = .index) { self.init(Array(text.utf8), mode) }

  /// Terms with their positions: `gb@0 #gb6675@0 6675@1`.
  var short: String { tokens.map { "\($0.term)@\($0.position)" }.joined(separator: " ") }
  /// Terms alone.
  var terms: String { tokens.map(\.term).joined(separator: " ") }
}
