import JSONText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Figures of one run of a benchmark: rows by name, measures by name. Kept as a dated file, so that two runs can be held
/// side by side.
///
///     {"benchmark":"grow","date":"2026-11-30T06:10:00Z","rows":[{"name":"100000","measures":{"microseconds a record":96.1}}]}
struct BenchResults {
  struct Row {
    var name: String
    var measures: [(name: String, value: Double)]
  }

  var benchmark: String
  var date: String
  var rows: [Row] = []

  init(_ benchmark: String) {
    self.benchmark = benchmark
    date = Self.now()
  }

  /// From a file that was kept.
  init(path: String) throws {
    let bytes = try FileBytes.read(path)
    guard case .object(let object) = try JSONValue(parsing: bytes), let benchmark = object["benchmark"]?.stringValue,
      let date = object["date"]?.stringValue
    else { throw BenchError("\(path) holds no results of a benchmark") }
    self.benchmark = benchmark
    self.date = date
    for row in object["rows"]?.arrayValue ?? [] {
      guard let name = row["name"]?.stringValue, let measures = row["measures"]?.objectValue else { continue }
      let values = measures.members.compactMap { member -> (name: String, value: Double)? in
        guard case .number(let text) = member.value, let value = Double(text) else { return nil }
        return (member.name, value)
      }
      rows.append(Row(name: name, measures: values))
    }
  }

  var json: String {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("benchmark", benchmark)
    writer.member("date", date)
    writer.name("rows")
    writer.beginArray()
    for row in rows {
      writer.beginObject()
      writer.member("name", row.name)
      writer.name("measures")
      writer.object(
        JSONObject(
          row.measures.filter(\.value.isFinite).map {
            JSONObject.Member(name: $0.name, value: .number("\(Self.rounded($0.value))"))
          }))
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.text + "\n"
  }

  /// A line for each row, a column for each measure.
  var table: String {
    guard let first = rows.first else { return "" }
    var lines = [([benchmark] + first.measures.map(\.name)).joined(separator: "\t")]
    for row in rows {
      lines.append(([row.name] + row.measures.map { "\(Self.rounded($0.value))" }).joined(separator: "\t"))
    }
    return lines.joined(separator: "\n")
  }

  /// `grow-2026-11-30T06-10-00Z`: what a kept file is called, without its extension.
  var stem: String { "\(benchmark)-\(String(date.map { $0 == ":" ? "-" : $0 }))" }

  /// Four digits are more than a shared machine gives.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return 0 }
    // A division by a whole number gives the nearest double to the decimal; a multiplication by 0.1 would not.
    var scale = 1.0
    while abs(value) * scale < 1_000 { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  private static func now() -> String {
    var time = time(nil)
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchError("\(path) cannot be written") }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw BenchError("\(path) cannot be written") }
  }
}
