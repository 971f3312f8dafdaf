import SearchEngine
import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier-bench query`: answers one query a line, `CLASS<tab>words` in, `micros<tab>hits<tab>id:score,…` out, as the
/// protocol of the side-by-side benchmark says. The time is that from the text to the ranked ids.
struct BenchQuery {
  private let search: PlainSearch
  private let snapshot: Snapshot

  init(_ arguments: [String]) throws {
    guard let directory = arguments.first else { throw BenchError("query wants the index directory") }
    snapshot = try Snapshot.open(try PosixFileSystem(path: directory, create: false))
    search = PlainSearch(snapshot)
  }

  func run() throws {
    let clock = ContinuousClock()
    while let line = readLine(strippingNewline: true) {
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        emit("-1\t-1\t\n")
        continue
      }
      var name = parts[0].prefix { $0 != "." }
      let isCount = name.hasPrefix("COUNT-")
      if isCount { name = name.dropFirst(6) }
      guard let operation = PlainSearch.Operation(rawValue: String(name)) else {
        emit("-1\t-1\t\n")
        continue
      }
      let start = clock.now
      let words = Self.words(parts[1])
      if isCount {
        let count = try search.count(operation, words)
        emit("\(micros(clock.now - start))\t\(count)\t\n")
      } else {
        let hits = try search.top(operation, words)
        let micros = micros(clock.now - start)
        let list = hits.map { "\($0.document):\($0.score)" }.joined(separator: ",")
        emit("\(micros)\t\(hits.count)\t\(list)\n")
      }
    }
  }

  /// The words between the spaces, as bytes.
  private static func words(_ text: Substring) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    var words: [[UInt8]] = []
    words.reserveCapacity(8)
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x20 {
      if end > start { words.append(Array(bytes[start..<end])) }
      start = end + 1
    }
    return words
  }

  private func micros(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) * 1e6 + (Double(parts.attoseconds) / 1e9).rounded() / 1e3
  }

  /// Every answer goes out at once: the driver waits for it.
  private func emit(_ line: String) {
    var line = line
    line.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while rest.count > 0 {
        let written = write(1, rest.baseAddress, rest.count)
        guard written > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
    }
  }
}
