import Testing

/// What no source may say.
struct ForbiddenTests {
  @Test func nothingTrapsOnPurposeOrIsLeftForLater() {
    for file in ProjectFiles.sources {
      for (index, line) in file.lines.enumerated() {
        for word in ["try!", "fatalError(", "as!"] where line.contains(word) {
          Issue.record("\(file.path):\(index + 1) has \(word)")
        }
      }
      for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        for word in ["TODO", "FIXME", "XXX"] where Self.isComment(line) && Self.hasWord(line, word) {
          Issue.record("\(file.path):\(index + 1) has \(word)")
        }
      }
    }
  }

  private static func isComment(_ line: Substring) -> Bool { line.contains("//") }

  private static func hasWord(_ line: Substring, _ word: String) -> Bool {
    line.split { !($0.isLetter || $0.isNumber) }.contains { $0 == word }
  }
}

/// How the engine reads bytes that it did not write a moment ago: a file may hold anything, and a trap takes the server down.
struct DecoderTests {
  static let folders = ["Codecs", "Format", "Primitives", "Segments", "Commits"]

  /// Files that look into memory without naming a verified range, each with the proof that they stay inside. Writers read
  /// back what they have written.
  static let rawReaders: [String: String] = [
    "ByteReader.swift": "every step is checked against the end",
    "IndexFile.swift": "the frame: offsets are checked against the length before they are used",
    "IndexFileFormat.swift": "the letters of a tag, a StaticString of the program",
    "SipHash.swift": "whole words inside the count of the buffer it is given",
    "FrontCoding.swift": "eight bytes of a term that has eight",
    "UnitsReader.swift": "lengths of a group, whose bytes came out of a ByteReader",
  ]

  /// Files in which `!` after a value is no force unwrap of what was read.
  static let unwrapping: [String: String] = [
    "IndexFileWriter.swift": "the start of a part of the caller's own bytes that is not empty"
  ]

  private static var files: [ProjectFiles.SourceFile] {
    ProjectFiles.sources.filter { EngineLayers.layer(of: $0.path).map { folders.contains($0) } ?? false }
  }

  @Test func nothingIsUnwrappedByForce() {
    #expect(Self.files.count > 20)
    for file in Self.files where Self.unwrapping[file.name] == nil {
      for (index, line) in file.lines.enumerated() where Self.unwrapsByForce(line) {
        Issue.record("\(file.path):\(index + 1) unwraps by force: \(line)")
      }
    }
  }

  @Test func rawMemoryIsReadWhereTheProofIsWritten() {
    for file in Self.files where Self.rawReaders[file.name] == nil && !file.name.hasSuffix("Writer.swift") {
      let reads = file.code.contains(".loadUnaligned(") || file.code.contains(".load(fromByteOffset")
      guard reads else { continue }
      let proves = file.code.contains(".verify(") || file.text.contains("SAFETY")
      #expect(proves, "\(file.path) reads raw memory and neither verifies a range nor says why it is safe")
    }
  }

  @Test func noConversionOfReadNumbersTraps() {
    for file in Self.files where file.name.hasSuffix("Reader.swift") || file.name.hasSuffix("Cursor.swift") {
      for (index, line) in file.lines.enumerated() {
        for call in ["uint64()", "varint()", "uint64("] where line.contains("Int(try ") && line.contains(call) {
          Issue.record("\(file.path):\(index + 1) converts a number of the file unchecked: \(line)")
        }
      }
    }
  }

  /// An exclamation mark directly after a name, a bracket or a parenthesis, that is no `!=`.
  static func unwrapsByForce(_ line: Substring) -> Bool {
    var before: Character = " "
    var index = line.startIndex
    while index < line.endIndex {
      let next = line.index(after: index)
      if line[index] == "!", before.isLetter || before.isNumber || before == ")" || before == "]" || before == "_" {
        if next == line.endIndex || line[next] != "=" { return true }
      }
      before = line[index]
      index = next
    }
    return false
  }

  @Test func theLintSeesWhatItLooksFor() {
    #expect(Self.unwrapsByForce("let a = b.first!"))
    #expect(Self.unwrapsByForce("f(b[0]!.c)"))
    #expect(!Self.unwrapsByForce("if !a, b != c, d() != e { }"))
  }
}
