import Digests

/// Files of the page that are part of the program. Each is served under an address that holds a digest of its bytes, so that
/// a browser may keep it for ever and never sees an old one.
enum PageAssets {
  struct Asset: Sendable {
    let name: String
    let type: StaticString
    let bytes: [UInt8]
    /// The validator: the bytes alone decide.
    let tag: String

    init(_ stem: String, _ ending: String, _ type: StaticString, _ text: StaticString) {
      bytes = text.withUTF8Buffer { Array($0) }
      let digest = Base32.encode(SHA256.digest(bytes).prefix(5)).lowercased()
      tag = "\"\(digest)\""
      name = "\(stem)-\(digest).\(ending)"
      self.type = type
    }

    var address: String { "/assets/\(name)" }
  }

  static let style = Asset("page", "css", "text/css; charset=utf-8", PageStyle.text)
  static let paper = Asset("print", "css", "text/css; charset=utf-8", PageStyle.print)
  static let script = Asset("page", "js", "text/javascript; charset=utf-8", PageScript.text)
  static let mark = Asset("mark", "svg", "image/svg+xml", PageMark.text)

  static let all = [style, paper, script, mark]
}
