import JSONText

/// One record in canonical form: members named as its schema names them, dates in ISO form, unknown members kept.
public struct Record: Hashable, Sendable {
  public let kind: String
  public let id: String
  /// All members but `kind` and `id`, in schema order, then the unknown ones in the order they were written.
  public var body: JSONObject

  public init(kind: String, id: String, body: JSONObject) {
    self.kind = kind
    self.id = id
    self.body = body
  }
}
