/// The obviously right meaning of a regular expression on short texts: reads the pattern anew, and tries everything.
/// Knows literals, `.`, classes of ranges, groups, `|`, `*` `+` `?` `{m,n}`.
struct BacktrackingMatcher {
  indirect enum Node {
    case set([ClosedRange<UInt32>], isNegated: Bool)
    case sequence([Node])
    case either([Node])
    case many(Node, Int, Int)
  }

  let node: Node

  init(_ pattern: String) {
    var rest = Array(pattern.unicodeScalars)[...]
    node = Self.either(&rest)
  }

  private static func either(_ rest: inout ArraySlice<Unicode.Scalar>) -> Node {
    var parts = [sequence(&rest)]
    while rest.first == "|" {
      rest.removeFirst()
      parts.append(sequence(&rest))
    }
    return .either(parts)
  }

  private static func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) -> Node {
    var parts: [Node] = []
    while let first = rest.first, first != "|", first != ")" {
      rest.removeFirst()
      var node: Node
      switch first {
      case "(":
        node = either(&rest)
        rest.removeFirst()
      case ".": node = .set([], isNegated: true)
      case "[":
        var ranges: [ClosedRange<UInt32>] = []
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        while let lower = rest.popFirst(), lower != "]" {
          if rest.first == "-" {
            rest.removeFirst()
            ranges.append(lower.value...(rest.removeFirst().value))
          } else {
            ranges.append(lower.value...lower.value)
          }
        }
        node = .set(ranges, isNegated: isNegated)
      default: node = .set([first.value...first.value], isNegated: false)
      }
      switch rest.first {
      case "*": node = .many(node, 0, 1_000)
      case "+": node = .many(node, 1, 1_000)
      case "?": node = .many(node, 0, 1)
      case "{":
        let text = String(String.UnicodeScalarView(rest.dropFirst().prefix { $0 != "}" }))
        rest = rest.drop { $0 != "}" }
        let bounds = text.split(separator: ",", omittingEmptySubsequences: false)
        let minimum = Int(bounds[0]) ?? 0
        node = .many(node, minimum, bounds.count == 1 ? minimum : Int(bounds[1]) ?? 1_000)
      default:
        parts.append(node)
        continue
      }
      rest.removeFirst()
      parts.append(node)
    }
    return .sequence(parts)
  }

  func matches(_ text: String) -> Bool { Self.run(node, Array(text.unicodeScalars)[...]) { $0.isEmpty } }

  private static func run(
    _ node: Node, _ text: ArraySlice<Unicode.Scalar>, _ then: (ArraySlice<Unicode.Scalar>) -> Bool
  ) -> Bool {
    switch node {
    case .set(let ranges, let isNegated):
      guard let first = text.first, ranges.contains(where: { $0.contains(first.value) }) != isNegated else {
        return false
      }
      return then(text.dropFirst())
    case .sequence(let parts):
      guard let first = parts.first else { return then(text) }
      return run(first, text) { run(.sequence(Array(parts.dropFirst())), $0, then) }
    case .either(let parts): return parts.contains { run($0, text, then) }
    case .many(let part, let minimum, let maximum):
      if minimum == 0, then(text) { return true }
      guard maximum > 0 else { return false }
      return run(part, text) { rest in
        // A turn that reads nothing only counts towards the minimum.
        if rest.count == text.count, minimum == 0 { return false }
        return run(.many(part, max(0, minimum - 1), maximum - 1), rest, then)
      }
    }
  }
}
