#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads text files, unpacking `.gz` ones with the `gzip` command.
struct UnicodeSource {
  let directory: String

  /// Lines of the named file of the directory, without comments and empty lines.
  func lines(_ name: String) -> [[String]] {
    let plain = directory + "/" + name
    let text = access(plain, R_OK) == 0 ? Self.read("cat '\(plain)'") : Self.read("gzip -dc '\(plain).gz'")
    return text.split(separator: "\n").compactMap { line in
      let content = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
      let fields = content.split(separator: ";", omittingEmptySubsequences: false).map { Self.trim($0) }
      return fields == [""] ? nil : fields
    }
  }

  /// The output of a shell command.
  static func read(_ command: String) -> String {
    guard let pipe = popen(command, "r") else { stop("cannot run: \(command)") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, pipe)
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    guard pclose(pipe) == 0 else { stop("failed: \(command)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func trim(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first == " " || first == "\t" || first == "\r" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return String(text)
  }

  /// `0041..005A` or `0041` as a closed range.
  static func range(_ field: String) -> ClosedRange<Int> {
    let ends = field.split(separator: ".").compactMap { Int($0, radix: 16) }
    guard let first = ends.first, let last = ends.last, first <= last else { stop("not a code point range: \(field)") }
    return first...last
  }

  /// `0041 0042` as code points.
  static func sequence(_ field: some StringProtocol) -> [Int] {
    field.split(separator: " ").compactMap { Int($0, radix: 16) }
  }
}
