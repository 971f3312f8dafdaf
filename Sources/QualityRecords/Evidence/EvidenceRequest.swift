import JSONText
import SearchEngine

/// What was asked and answered, as `request.json` of an evidence folder keeps it: all that the receipt is a digest of, the
/// ids apart.
struct EvidenceRequest: Hashable {
  var query: String
  var canonical: String
  var options: JSONObject
  var kinds: [String]
  var total: Int
  var commit: UInt64
  var identity: String
  var analysis: String
  var thesaurus: String
  var notes: [String]
  var receipt: String

  var json: JSONObject {
    var object = JSONObject()
    object.append("query", .string(query))
    object.append("canonical", .string(canonical))
    object.append("request", .object(options))
    object.append("kinds", .array(kinds.map { .string($0) }))
    object.append("total", .number(String(total)))
    object.append("commit", .number(String(commit)))
    object.append("identity", .string(identity))
    object.append("analysis", .string(analysis))
    object.append("thesaurus", .string(thesaurus))
    object.append("notes", .array(notes.map { .string($0) }))
    object.append("receipt", .string(receipt))
    return object
  }

  init(
    _ parsed: String, _ options: SearchOptions, _ index: QualityIndex, total: Int, notes: [String], receipt: String
  ) {
    query = options.query
    canonical = parsed
    self.options = options.json
    kinds = options.kinds.sorted()
    self.total = total
    commit = index.commit
    identity = index.identity
    analysis = TextTokens.version
    thesaurus = index.thesaurusVersion
    self.notes = notes
    self.receipt = receipt
  }

  /// Nil when the value is none.
  init?(_ value: JSONValue) {
    guard let query = value["query"]?.stringValue, let canonical = value["canonical"]?.stringValue,
      let options = value["request"]?.objectValue, let kinds = value["kinds"]?.arrayValue,
      let total = value["total"]?.intValue, let commit = value["commit"]?.intValue, commit >= 0,
      let identity = value["identity"]?.stringValue, let analysis = value["analysis"]?.stringValue,
      let thesaurus = value["thesaurus"]?.stringValue, let notes = value["notes"]?.arrayValue,
      let receipt = value["receipt"]?.stringValue
    else { return nil }
    self.query = query
    self.canonical = canonical
    self.options = options
    self.kinds = kinds.compactMap(\.stringValue)
    self.total = total
    self.commit = UInt64(commit)
    self.identity = identity
    self.analysis = analysis
    self.thesaurus = thesaurus
    self.notes = notes.compactMap(\.stringValue)
    self.receipt = receipt
  }

  /// The parts of the receipt before the ids.
  static func receiptParts(
    canonical: String, kinds: [String], identity: String, analysis: String, thesaurus: String, total: Int
  ) -> [String] {
    ["search", canonical, kinds.joined(separator: ","), identity, analysis, thesaurus, "\(total)"]
  }

  /// A digest that has taken these parts; the ids follow.
  var digest: ReceiptDigest {
    var digest = ReceiptDigest()
    let parts = Self.receiptParts(
      canonical: canonical, kinds: kinds, identity: identity, analysis: analysis, thesaurus: thesaurus, total: total)
    for part in parts { digest.add(part) }
    return digest
  }
}
