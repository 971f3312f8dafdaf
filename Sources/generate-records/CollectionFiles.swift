import JSONText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the files of a collection for checking: plainly, apart from the loader, so that neither can hide a fault of the other.
enum CollectionFiles {
  static func bytes(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    if descriptor < 0 { throw FileFailure(path: path, action: "open", code: errno) }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 { throw FileFailure(path: path, action: "read", code: errno) }
      if count == 0 { return all }
      all.append(contentsOf: chunk[..<count])
    }
  }

  /// The text of a file in UTF-8, or in UTF-16 where it opens with a little-endian mark.
  static func text(_ path: String) throws(FileFailure) -> String {
    let bytes = try bytes(path)
    guard bytes.starts(with: [0xFF, 0xFE]) else { return String(decoding: bytes, as: UTF8.self) }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    return String(decoding: units, as: UTF16.self)
  }

  /// The records of a JSON array, of JSON lines, or one object.
  static func values(_ path: String) throws -> [JSONValue] {
    let text = try text(path)
    if path.hasSuffix(".jsonl") {
      return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }
    let value = try JSONValue(parsing: text)
    return value.arrayValue ?? [value]
  }

  /// The rows of a table (RFC 4180) as objects named by its header.
  static func rows(_ path: String) throws -> [JSONObject] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var before: Unicode.Scalar = "\n"
    for scalar in try text(path).unicodeScalars {
      if isQuoted {
        if scalar == "\"" { isQuoted = false } else { cell.unicodeScalars.append(scalar) }
      } else {
        switch scalar {
        case "\"":
          if before == "\"", !cell.isEmpty { cell.append("\"") }
          isQuoted = true
        case ",":
          row.append(cell)
          cell = ""
        case "\n":
          row.append(cell)
          cell = ""
          rows.append(row)
          row = []
        case "\r": break
        default: cell.unicodeScalars.append(scalar)
        }
      }
      before = scalar
    }
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { row in
      JSONObject(zip(header, row).filter { !$1.isEmpty }.map { JSONObject.Member(name: $0, value: .string($1)) })
    }
  }

  /// The notes of the sample collection's table, with their violations, in canonical form.
  static func table(_ path: String, violations: String) throws -> [JSONValue] {
    func inverted(_ names: [String: String]) -> [String: String] {
      Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }
    var found: [String: [JSONValue]] = [:]
    let severities = inverted(InspectionTable.severities)
    for row in try rows(violations) {
      let severity = severities[row["严重程度"]?.stringValue ?? ""] ?? "?"
      let id = row["记录编号"]?.stringValue ?? ""
      found[id, default: []].append(["code": row["违规代码"] ?? "?", "severity": .string(severity)])
    }
    let names: [(String, String, [String: String]?)] = [
      ("id", "记录编号", nil), ("enterprise", "企业档案号", nil), ("date", "检查日期", nil), ("type", "检查类型", InspectionTable.types),
      ("stage", "环节", InspectionTable.stages), ("category", "产品类别", nil), ("result", "检查结果", InspectionTable.results),
      ("disposition", "处理措施", InspectionTable.dispositions), ("followUpOf", "原记录编号", nil), ("text", "检查情况", nil),
    ]
    return try rows(path).map { row in
      var note = JSONObject()
      for (name, header, values) in names {
        guard var value = row[header]?.stringValue else { continue }
        if let values { value = inverted(values)[value] ?? "?" }
        if name == "date" { value = value.split(separator: "/").joined(separator: "-") }
        note[name] = .string(value)
      }
      if let list = found[note["id"]?.stringValue ?? ""] { note["violations"] = .array(list) }
      return .object(note)
    }
  }

  /// Terms of the product tree with the number of their category, 1 to 10, in every language.
  static func tree(_ path: String) throws(FileFailure) -> [String: Int] {
    var terms: [String: Int] = [:]
    var number = 0
    for line in try text(path).split(separator: "\n") where line.first != "#" {
      let depth = line.prefix { $0 == " " }.count / 2
      if depth == 1 { number += 1 }
      if depth == 0 { continue }
      var rest = line.drop { $0 == " " }[...]
      while let range = rest.range(of: " = ") {
        terms[String(rest[..<range.lowerBound])] = number
        rest = rest[range.upperBound...]
      }
      terms[String(rest)] = number
    }
    return terms
  }
}

extension Substring {
  /// The first place of `text`, without Foundation. Linear for the short separators it is used for.
  fileprivate func range(of text: String) -> Range<Index>? {
    var from = startIndex
    while from < endIndex {
      if self[from...].hasPrefix(text) { return from..<index(from, offsetBy: text.count) }
      formIndex(after: &from)
    }
    return nil
  }
}
