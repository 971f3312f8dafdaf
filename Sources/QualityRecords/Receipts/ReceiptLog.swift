import JSONText
import SearchEngine

/// What an answer was when its receipt was given: kept in the state folder, so that a change can be told.
public struct ReceiptRecord: Hashable, Sendable {
  public var code: String
  public var options: SearchOptions
  public var canonical: String
  public var commit: UInt64
  public var identity: String
  public var analysis: String
  public var thesaurus: String
  public var total: Int
  /// `kind/id`, in the order of the answer; the first ``longestList``.
  public var ids: [String]

  /// Ids kept of one answer.
  static let longestList = 1_000

  var json: JSONObject {
    var object = JSONObject()
    object.append("code", .string(code))
    object.append("request", .object(options.json))
    object.append("canonical", .string(canonical))
    object.append("commit", .number(String(commit)))
    object.append("identity", .string(identity))
    object.append("analysis", .string(analysis))
    object.append("thesaurus", .string(thesaurus))
    object.append("total", .number(String(total)))
    object.append("ids", .array(ids.map { .string($0) }))
    return object
  }

  init?(_ value: JSONValue) {
    guard let code = value["code"]?.stringValue, let request = value["request"],
      let options = SearchOptions(json: request),
      let canonical = value["canonical"]?.stringValue, let commit = value["commit"]?.intValue, commit >= 0,
      let identity = value["identity"]?.stringValue, let analysis = value["analysis"]?.stringValue,
      let thesaurus = value["thesaurus"]?.stringValue, let total = value["total"]?.intValue, total >= 0,
      let ids = value["ids"]?.arrayValue
    else { return nil }
    self.code = code
    self.options = options
    self.canonical = canonical
    self.commit = UInt64(commit)
    self.identity = identity
    self.analysis = analysis
    self.thesaurus = thesaurus
    self.total = total
    self.ids = ids.compactMap(\.stringValue)
  }

  init(_ answer: SearchAnswer, _ options: SearchOptions, _ index: QualityIndex) {
    code = answer.receipt
    self.options = options
    canonical = answer.canonical
    commit = answer.commit
    identity = index.identity
    analysis = TextTokens.version
    thesaurus = index.thesaurusVersion
    total = answer.total
    ids = answer.hits.prefix(Self.longestList).map { "\($0.kind)/\($0.id)" }
  }
}

extension StateFolder {
  private static let receiptPrefix = "receipt."
  /// Receipts kept; older ones go.
  static let keptReceipts = 200

  /// Keeps what an answer was, as the last one. Does not wait for others and need not outlive a power cut: it is a
  /// convenience, never in the way of an answer.
  public func record(_ answer: SearchAnswer, _ options: SearchOptions, _ index: QualityIndex) throws(QualityError) {
    try changing(waits: false) { () throws(QualityError) in
      let all = try entries(Self.receiptPrefix)
      let name = Self.receiptPrefix + answer.receipt
      let next = (all.map(\.generation).max() ?? 0) + 1
      let old = all.first { $0.document == name }
      if let old, old.generation == next - 1 { return }
      try write(name, ReceiptRecord(answer, options, index).json, over: old, generation: next, isDurable: false)
      let surplus = all.count + 1 - Self.keptReceipts
      if surplus > 0 {
        for entry in all.sorted(by: { $0.generation < $1.generation }).prefix(surplus) where entry != old {
          try remove(entry)
        }
      }
    }
  }

  /// What the answer with this receipt was; nil when it is not known, or not readable any more.
  public func receipt(_ code: String) -> ReceiptRecord? {
    guard let found = try? document(Self.receiptPrefix + code) else { return nil }
    return ReceiptRecord(found.value)
  }

  /// The last question that was asked.
  /// - Throws: `no-last` when there is none.
  public func last() throws(QualityError) -> SearchOptions {
    let newest = try entries(Self.receiptPrefix).sorted { $0.generation > $1.generation }
    for entry in newest {
      if let value = try? read(entry), let record = ReceiptRecord(value) { return record.options }
    }
    throw QualityError("no-last", "no last query is known in \(path)", hint: "search first; --state names the folder")
  }
}
