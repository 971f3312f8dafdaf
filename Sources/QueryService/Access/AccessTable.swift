import Digests
import HTTPServer
import QualityRecords
import Records

/// Who may do what: the tokens of a server, or everybody's right to read where it has none.
struct AccessTable: Sendable {
  private struct Token: Sendable {
    var digest: [UInt8]
    var grant: Grant
  }

  private let tokens: [Token]
  /// What one may do who shows no token; nil where one is needed.
  private let open: Grant?

  /// A server without tokens: everything may be read, nothing written.
  init(openTo collections: [MountedCollection]) {
    tokens = []
    open = Grant(name: nil, read: collections.map(\.name), write: [], kinds: nil)
  }

  /// - Throws: `bad-tokens` for a file that does not say what it must.
  init(text: String, collections: [MountedCollection]) throws(QualityError) {
    tokens = try TokenFile.parse(text, collections.map(\.name)).map { Token(digest: $0.digest, grant: $0.grant) }
    open = nil
  }

  var hasTokens: Bool { open == nil }

  /// What the sender of a request may do. Every token is compared, in constant time, whatever the first ones are: the time
  /// taken tells nothing of them.
  func grant(_ head: RequestHead) -> Grant {
    if let open { return open }
    guard let secret = Credentials.secret(head.fields) else { return .nobody }
    let digest = SHA256.digest(secret)
    var found = Grant.nobody
    for token in tokens where equalInConstantTime(token.digest, digest) { found = token.grant }
    return found
  }
}

/// The secret that a request shows: `Authorization: Bearer SECRET`, or the password of `Basic`, which browsers ask people
/// for.
enum Credentials {
  static func secret(_ fields: HeaderFields) -> [UInt8]? {
    let given = fields.values("authorization")
    guard given.count == 1 else { return nil }
    let parts = given[0].split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "bearer": return Array(parts[1].utf8)
    case "basic":
      guard let pair = base64(parts[1].utf8), let colon = pair.firstIndex(of: 0x3A) else { return nil }
      return Array(pair[(colon + 1)...])
    default: return nil
    }
  }

  /// RFC 4648, section 4; nil for what is none.
  static func base64(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    var (bits, count, padding) = (UInt32(0), 0, 0)
    for byte in text {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D:
        padding += 1
        continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return padding <= 2 ? output : nil
  }
}
