/// What Package.swift says of the targets, by the shape of its lines: `library("A", ["B", "C"])`.
struct SwiftPackageText {
  /// Dependencies by target, tests apart.
  private(set) var dependencies: [String: Set<String>] = [:]

  init(_ text: String) {
    guard let targets = text.firstRange(of: "targets: [\n") else { return }
    let body = text[targets.upperBound...]
    for part in body.split(separator: "\n    ") {
      let call = part.trimmingPrefix { $0.isWhitespace }
      guard
        call.hasPrefix("library(") || call.hasPrefix("tool(") || call.hasPrefix(".target(name")
          || call.hasPrefix(".systemLibrary(name")
      else { continue }
      names(after: call, in: body)
    }
  }

  /// Reads the names of the call that begins with `call`, up to its closing parenthesis.
  private mutating func names(after call: Substring, in body: Substring) {
    var depth = 0
    var names: [String] = []
    var name: String?
    for character in body[call.startIndex...] {
      if character == "\"" {
        if let read = name { names.append(read) }
        name = name == nil ? "" : nil
      } else if name != nil {
        name?.append(character)
      } else if character == "(" {
        depth += 1
      } else if character == ")" {
        depth -= 1
        if depth == 0 { break }
      }
    }
    guard let first = names.first else { return }
    dependencies[first] = Set(names.dropFirst())
  }
}
