import Foundation
import Testing

@testable import Storage

/// The compressor and the decoder against the format's own implementation, where Python's `lz4` package is installed.
@Suite struct LZ4ReferenceTests {
  /// Reads lines of "count hex" on stdin, each a block of ours; writes back the data's length and checksum-free hex,
  /// and the reference's own block of it.
  static let script = """
    import sys, lz4.block
    for line in sys.stdin:
        count, block = line.split()
        data = lz4.block.decompress(bytes.fromhex(block), uncompressed_size=int(count))
        print(data.hex() + '.', lz4.block.compress(data, store_size=False).hex())
    """

  static func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

  static func bytes(_ hex: Substring) -> [UInt8] {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
  }

  @Test func agreesWithTheReference() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
    ProcessSignals.ignoreFileSizeLimitAndBrokenPipe()
    try process.run()

    var random = SeededGenerator(seed: 31)
    var samples: [[UInt8]] = (0...40).map { BlockCompressionTests.sample($0, 7, &random) }
    for round in 0..<200 {
      samples.append(BlockCompressionTests.sample(Int.random(in: 1...3000, using: &random), round % 8, &random))
    }
    samples.append(BlockCompressionTests.sample(200_000, 5, &random))
    let lines = samples.map { "\($0.count) \(Self.hex(BlockCompressionTests.compress($0)))\n" }.joined()
    // From another thread: either pipe may fill up.
    let handle = input.fileHandleForWriting
    Thread.detachNewThread {
      try? handle.write(contentsOf: Data(lines.utf8))
      try? handle.close()
    }
    let answers = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n")
    process.waitUntilExit()
    guard process.terminationStatus == 0 || !answers.isEmpty else {
      print("skipped: Python's lz4 package is not installed (pip install lz4)")
      return
    }
    #expect(answers.count == samples.count)
    for (sample, answer) in zip(samples, answers) {
      let parts = answer.split(separator: " ")
      #expect(Self.bytes(parts[0].dropLast()) == sample)
      #expect(try BlockCompressionTests.decompress(Self.bytes(parts[1]), sample.count) == sample)
    }
  }
}
