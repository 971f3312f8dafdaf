import BitPacking
import SearchEngine
import Storage

/// `dossier-bench micro`: the inner loops by themselves. Decoding of packed blocks at each width and, given an index and two
/// words, the intersection of their lists. Medians of nine runs, one JSON line each.
struct BenchMicro {
  private let index: String?
  private let words: [[UInt8]]

  init(_ arguments: [String]) throws {
    guard arguments.isEmpty || arguments.count == 3 else { throw BenchError("micro wants nothing, or DIR WORD WORD") }
    index = arguments.first
    words = arguments.dropFirst().map { Array($0.utf8) }
  }

  /// Blocks streamed in a run: 512 of 128 numbers, which stay in the second-level cache at every width.
  private static let blocks = 512
  private static let repetitions = 200
  private static let runs = 9

  func run() throws {
    for width in [1, 3, 5, 7, 8, 10, 13, 16, 20] { decode(width) }
    guard let index else { return }
    let search = PlainSearch(try Snapshot.open(try PosixFileSystem(path: index, create: false)))
    var count = 0
    let seconds = try median { count = try search.count(.and, words) }
    print("{\"loop\":\"intersect\",\"documents\":\(count),\"micros\":\(rounded(seconds * 1e6))}")
  }

  private func decode(_ width: Int) {
    let limit = UInt32(1) << UInt32(width)
    var generator = SystemRandomNumberGenerator()
    let length = BitPacking.blockByteCount(width: width)
    var packed = [UInt8](repeating: 0, count: length * Self.blocks)
    packed.withUnsafeMutableBytes { bytes in
      for block in 0..<Self.blocks {
        let values = (0..<128).map { _ in UInt32.random(in: 0..<limit, using: &generator) }
        // SAFETY: block `block` has `length` bytes of its own in `packed`.
        if let start = bytes.baseAddress { BitPacking.packBlock(values, width: width, into: start + block * length) }
      }
    }
    var out = [UInt32](repeating: 0, count: 128)
    var sum: UInt32 = 0
    let seconds = median {
      packed.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        for _ in 0..<Self.repetitions {
          for block in 0..<Self.blocks {
            BitPacking.unpackRising(start + block * length, width: width, base: .max, into: &out)
            sum &+= out[127]
          }
        }
      }
    }
    let integers = Double(128 * Self.blocks * Self.repetitions)
    print("{\"loop\":\"unpack-rising\",\"width\":\(width),\"gints_per_s\":\(rounded(integers / seconds / 1e9))}")
    // The sum is looked at, so that the loop is not thrown away.
    if sum == 0 { print("{\"loop\":\"unpack-rising\",\"sum\":0}") }
  }

  private func median(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<Self.runs {
      let start = clock.now
      try body()
      let parts = (clock.now - start).components
      seconds.append(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }
    return seconds.sorted()[Self.runs / 2]
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
