import JSONText
import SearchEngine

/// What was asked and answered, as `request.json` of an evidence folder keeps it: all that the receipt is a digest of, the
/// ids apart.
struct EvidenceRequest: Hashable {
  var query: String
  var canonical: String
  var options: JSONObject
  /// What of the request the receipt is of (``QualityIndex/receiptRequest(_:_:)``).
  var asked: [String]
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
    object.append("asked", .array(asked.map { .string($0) }))
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
    asked = QualityIndex.receiptRequest(parsed, options)
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
      let options = value["request"]?.objectValue, let asked = value["asked"]?.arrayValue,
      let total = value["total"]?.intValue, let commit = value["commit"]?.intValue, commit >= 0,
      let identity = value["identity"]?.stringValue, let analysis = value["analysis"]?.stringValue,
      let thesaurus = value["thesaurus"]?.stringValue, let notes = value["notes"]?.arrayValue,
      let receipt = value["receipt"]?.stringValue
    else { return nil }
    self.query = query
    self.canonical = canonical
    self.options = options
    self.asked = asked.compactMap(\.stringValue)
    self.total = total
    self.commit = UInt64(commit)
    self.identity = identity
    self.analysis = analysis
    self.thesaurus = thesaurus
    self.notes = notes.compactMap(\.stringValue)
    self.receipt = receipt
  }

  /// A digest that has taken all but the ids, which follow.
  var digest: ReceiptDigest {
    var digest = ReceiptDigest()
    for part in ["search"] + asked + [identity, analysis, thesaurus, "\(total)"] { digest.add(part) }
    return digest
  }
}
