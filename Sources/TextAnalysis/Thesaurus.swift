/// A tree of terms, each with its names: what is the same, and what lies under what.
///
/// Its text is for people to edit: one term a line, its names, in any language, parted by ` = `; each level two spaces
/// further in than the term above it; behind the names, each after ` ~ `, names of terms that are related: no other names of
/// the thing, nothing under it, worth asking for as well; lines that begin with `#` and empty lines say nothing.
public struct Thesaurus: Sendable {
  /// One term.
  public struct Term: Sendable, Hashable {
    /// As written; the first is the one to show.
    public let names: [String]
    /// The wider term, by its place in ``Thesaurus/terms``.
    public let broader: Int?
    /// The terms one level under it.
    public internal(set) var narrower: [Int] = []
    /// Names of related terms, as written behind this one.
    public let related: [String]
  }

  /// In the order of the text: a term comes before those under it.
  public private(set) var terms: [Term] = []
  /// Places of the terms with a name, by its folded form: one name may stand in several places of the tree.
  private var places: [[UInt8]: [Int]] = [:]
  /// Places of the terms that name a related term, by its folded name.
  private var relatedPlaces: [[UInt8]: [Int]] = [:]

  /// Terms of one tree at most: a hundred times the sample's, and expansions stay small.
  public static let maximumTerms = 100_000
  /// Levels at most.
  public static let maximumDepth = 16

  /// The tree of `text`. Throws what is wrong with it and on which line. Linear.
  public init(parsing text: String) throws(ThesaurusError) {
    // The terms that are open, from the top down.
    var open: [Int] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let spaces = line.prefix { $0 == " " }.count
      let content = line.dropFirst(spaces)
      if content.isEmpty || content.first == "#" || content.allSatisfy(\.isWhitespace) { continue }
      func refused(_ message: String) -> ThesaurusError { ThesaurusError(line: index + 1, message: message) }
      guard content.first != "\t" else { throw refused("expected spaces at the start of the line, found a tab") }
      guard spaces % 2 == 0 else { throw refused("expected an even number of spaces, found \(spaces)") }
      let depth = spaces / 2
      guard depth <= open.count else {
        throw refused("expected at most \(open.count * 2) spaces, one level under the line above, found \(spaces)")
      }
      guard depth < Self.maximumDepth else { throw refused("more than \(Self.maximumDepth) levels") }
      guard terms.count < Self.maximumTerms else { throw refused("more than \(Self.maximumTerms) terms") }
      open.removeLast(open.count - depth)
      let (names, related) = try Self.names(content, line: index + 1)
      let place = terms.count
      terms.append(Term(names: names, broader: open.last, related: related))
      if let broader = open.last { terms[broader].narrower.append(place) }
      open.append(place)
      for key in Set(names.map { Folding.folded($0) }) { places[key, default: []].append(place) }
      for key in Set(related.map { Folding.folded($0) }) { relatedPlaces[key, default: []].append(place) }
    }
  }

  private static func names(
    _ content: Substring, line: Int
  ) throws(ThesaurusError) -> (names: [String], related: [String]) {
    var lists: [[String]] = [[], []]
    var list = 0
    var mark: Substring = "="
    var name: [Substring] = []
    func flush() throws(ThesaurusError) {
      guard !name.isEmpty else {
        throw ThesaurusError(line: line, message: "expected a name on both sides of \(mark)")
      }
      lists[list].append(name.joined(separator: " "))
      name = []
    }
    for word in content.split(whereSeparator: \.isWhitespace) {
      guard word == "=" || word == "~" else {
        name.append(word)
        continue
      }
      mark = word
      try flush()
      if word == "~" { list = 1 }
      guard list == 0 || word == "~" else {
        throw ThesaurusError(
          line: line, message: "expected other names of the term (=) before the related ones (~), found = behind ~")
      }
    }
    try flush()
    return (lists[0], lists[1])
  }

  /// The places of the terms with that name, however it is cased; none when the tree does not know it.
  public func places(of name: String) -> [Int] { places[Folding.folded(name)] ?? [] }

  /// Names of the terms related to that at a place: those written behind it, and the first names of those that it is written
  /// behind; each once, in the order of the tree. Related terms are shown, never searched by themselves.
  public func related(to place: Int) -> [String] {
    guard terms.indices.contains(place) else { return [] }
    var found: [String] = []
    var seen = Set(terms[place].names.map { Folding.folded($0) })
    for name in terms[place].related where seen.insert(Folding.folded(name)).inserted { found.append(name) }
    for name in terms[place].names {
      for other in relatedPlaces[Folding.folded(name)] ?? [] {
        guard let first = terms[other].names.first, seen.insert(Folding.folded(first)).inserted else { continue }
        found.append(first)
      }
    }
    return found
  }

  /// Every name, in the order of the tree: for suggestions.
  public var names: [String] { terms.flatMap(\.names) }

  /// All names of the terms with that name and of all terms under them, each once, in the order of the tree; none when
  /// the tree does not know the name. Queries climb down, never up. Cost: linear in what is found.
  public func namesUnder(_ name: String) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    var visited: Set<Int> = []
    var stack = Array(places(of: name).reversed())
    while let place = stack.popLast() {
      guard visited.insert(place).inserted else { continue }
      for name in terms[place].names where seen.insert(name).inserted { found.append(name) }
      stack += terms[place].narrower.reversed()
    }
    return found
  }
}

/// What is wrong with the text of a thesaurus.
public struct ThesaurusError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  public let line: Int
  /// What was expected and what was found.
  public let message: String

  public var description: String { "thesaurus, line \(line): \(message)" }
}
