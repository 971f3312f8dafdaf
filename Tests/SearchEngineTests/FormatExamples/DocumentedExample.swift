import Foundation
import Testing

/// The worked examples of the file-format pages. A page holds its example in blocks marked `hex`, a line being an offset,
/// two spaces, the bytes, two spaces and what they are; what the writers make is compared with the page itself.
struct DocumentedExample {
  let page: String
  let blocks: [[UInt8]]

  /// Reads a page of `SearchEngine.docc/FileFormat`.
  init(_ page: String) throws {
    self.page = page
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = "Sources/SearchEngine/SearchEngine.docc/FileFormat/\(page).md"
    let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    var blocks: [[UInt8]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```hex"
        if isInside { blocks.append([]) }
      } else if isInside {
        let parts = line.split(separator: "  ", maxSplits: 2, omittingEmptySubsequences: true)
        let offset = Int(try #require(parts.first), radix: 16)
        #expect(offset == blocks[blocks.count - 1].count, "page \(page): the offset of line '\(line)'")
        for byte in try #require(parts.dropFirst().first).split(separator: " ") {
          blocks[blocks.count - 1].append(try #require(UInt8(byte, radix: 16)))
        }
      }
    }
    self.blocks = blocks
  }

  /// Demands that a block of the page is what was written. When it is not, the message is the block to put there.
  func expect(_ block: Int, _ written: some Sequence<UInt8>, sourceLocation: SourceLocation = #_sourceLocation) {
    let written = Array(written)
    let shown = blocks.indices.contains(block) ? blocks[block] : []
    #expect(
      shown == written, "page \(page), block \(block) should be\n\(Self.hex(written))", sourceLocation: sourceLocation)
  }

  /// Sixteen bytes a line, as on the pages.
  static func hex(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 16).map { start in
      let row = bytes[start..<min(start + 16, bytes.count)]
      return Self.digits(start, 4) + "  " + row.map { Self.digits(Int($0), 2) }.joined(separator: " ")
    }.joined(separator: "\n")
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
