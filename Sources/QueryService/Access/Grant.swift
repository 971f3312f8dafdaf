/// What one who asks may read and write.
struct Grant: Hashable, Sendable {
  /// The token's name, for logs; nil without one.
  var name: String?
  /// Names of collections, in the order in which the server mounts them.
  var read: [String]
  var write: [String]
  /// Kinds of records; nil: all.
  var kinds: [String]?
  /// Whether everything may be asked that needs no collection.
  var isKnown = true

  /// Nobody in particular, on a server that has tokens.
  static let nobody = Grant(name: nil, read: [], write: [], kinds: nil, isKnown: false)
}
