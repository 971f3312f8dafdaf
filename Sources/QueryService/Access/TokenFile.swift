import Digests
import JSONText
import QualityRecords
import Records

/// The file that says which token may do what:
///
/// ```json
/// {"tokens": [{"name": "guangdong", "sha256": "9f86…", "read": ["gd"], "write": ["gd"], "kinds": ["inspection"]}]}
/// ```
///
/// A token stands there as the SHA-256 of its bytes, in hexadecimal: whoever reads the file cannot use it. `"*"` in `read`
/// and `write` is every collection; without `kinds`, all kinds.
enum TokenFile {
  struct Entry: Sendable {
    var digest: [UInt8]
    var grant: Grant
  }

  private static let members = ["name", "sha256", "read", "write", "kinds"]

  /// - Throws: `bad-tokens` with the token and what was expected.
  static func parse(_ text: String, _ collections: [String]) throws(QualityError) -> [Entry] {
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: text) } catch { throw bad("the file is no JSON: \(error)") }
    guard let list = value["tokens"]?.arrayValue, !list.isEmpty else {
      throw bad("expected a member tokens with one token or more")
    }
    var entries: [Entry] = []
    for (place, item) in list.enumerated() {
      guard let members = item.objectValue, let name = item["name"]?.stringValue, MountedCollection.isName(name) else {
        throw bad("token \(place + 1): expected a name of letters, digits, '-', '_' and '.'")
      }
      if let unknown = members.names.first(where: { !Self.members.contains($0) }) {
        throw bad("token '\(name)': there is no member '\(unknown)'; there are \(Self.members.joined(separator: ", "))")
      }
      guard let digest = item["sha256"]?.stringValue.flatMap(bytes) else {
        throw bad("token '\(name)': expected sha256, 64 hexadecimal digits")
      }
      guard !entries.contains(where: { $0.digest == digest || $0.grant.name == name }) else {
        throw bad("token '\(name)' is there twice, by its name or its digest")
      }
      let grant = Grant(
        name: name, read: try names(item["read"], collections, name),
        write: try names(item["write"], collections, name),
        kinds: try kinds(item["kinds"], name))
      entries.append(Entry(digest: digest, grant: grant))
    }
    return entries
  }

  private static func bad(_ message: String) -> QualityError {
    QualityError("bad-tokens", message, hint: "the page on deployment shows such a file")
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard text.utf8.count == 2 * SHA256.digestLength, digits.count == text.utf8.count else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private static func names(
    _ value: JSONValue?, _ collections: [String], _ token: String
  ) throws(QualityError) -> [String] {
    guard let value else { return [] }
    guard let list = value.arrayValue, list.allSatisfy({ $0.stringValue != nil }) else {
      throw bad("token '\(token)': read and write are lists of names of collections")
    }
    let names = list.compactMap(\.stringValue)
    if names.contains("*") { return collections }
    if let unknown = names.first(where: { !collections.contains($0) }) {
      throw bad("token '\(token)': the server mounts no collection '\(unknown)'")
    }
    return collections.filter { names.contains($0) }
  }

  private static func kinds(_ value: JSONValue?, _ token: String) throws(QualityError) -> [String]? {
    guard let value else { return nil }
    let known = Schema.recordKinds.map(\.kind)
    let names = value.arrayValue?.compactMap(\.stringValue) ?? []
    guard !names.isEmpty, names.count == value.arrayValue?.count, names.allSatisfy({ known.contains($0) }) else {
      throw bad("token '\(token)': kinds are a list of some of \(known.joined(separator: ", "))")
    }
    return known.filter { names.contains($0) }
  }
}

extension TokenFile {
  /// A token as the file has it.
  static func digest(_ secret: String) -> String { SHA256.digest(secret.utf8).hexadecimal }
}
