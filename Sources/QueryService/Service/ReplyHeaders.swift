import Digests
import HTTPServer
import QualityRecords

/// The fields that responses have beside their bodies: policy, caching, validators.
enum ReplyHeaders {
  /// Nothing from elsewhere, nothing framed, no script but the page's own file.
  static let policy: HeaderValue =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'"

  static func addCommon(_ response: inout Response, id: String) {
    response.set("Content-Security-Policy", policy)
    response.set("X-Content-Type-Options", "nosniff")
    response.set("Referrer-Policy", "no-referrer")
    response.set("Cross-Origin-Resource-Policy", "same-origin")
    response.set("X-Request-Id", HeaderValue(id))
    if !response.fields.contains(where: { $0.name == "Cache-Control" }) {
      response.set("Cache-Control", response.status == 200 || response.status == 304 ? "private, no-cache" : "no-store")
    }
  }

  /// A validator over the commits, the request, the grant, the language and the day: queries may speak of today.
  static func tag(_ parts: [String]) -> String {
    var digest = SHA256()
    for part in parts {
      digest.update("\(part.utf8.count):".utf8)
      digest.update(part.utf8)
    }
    return "\"" + Base32.encode(digest.finalized().prefix(15)) + "\""
  }

  /// Whether an `If-None-Match` names a tag (RFC 9110, section 13.1.2; weakly compared).
  static func matches(_ field: String?, _ tag: String) -> Bool {
    guard let field else { return false }
    for part in field.split(separator: ",") {
      var candidate = part.drop { $0 == " " || $0 == "\t" }
      while candidate.last == " " || candidate.last == "\t" { candidate.removeLast() }
      if candidate == "*" { return true }
      if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
      if candidate == tag { return true }
    }
    return false
  }
}
