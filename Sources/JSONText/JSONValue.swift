/// A JSON value (RFC 8259). Objects keep the order in which their members were written, so that printing what was
/// read gives the same bytes back, white space apart.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number as it was spelled (`1e3` stays `1e3`): no precision is lost on the way through.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// Members of a JSON object, in order. Look-up is linear: records have tens of members, not thousands. Names are the
/// same when their bytes are.
public struct JSONObject: Hashable, Sendable {
  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  public var members: [Member]

  public init(_ members: [Member] = []) { self.members = members }

  /// The value of the first member of that name. Setting replaces it in place, appends it when it is new, and removes
  /// it when set to nil.
  public subscript(name: String) -> JSONValue? {
    get { members.first { $0.name.hasSameBytes(as: name) }?.value }
    set {
      if let index = members.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
        if let newValue { members[index].value = newValue } else { members.remove(at: index) }
      } else if let newValue {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}
