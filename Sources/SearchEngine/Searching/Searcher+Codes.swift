import Records
import QueryLanguage
import TextAnalysis

// Codes: which editions one without a year stands for, and which there are where one is unknown. Never fuzzed.
extension Searcher {
  private enum CodeLimits {
    /// Codes of a query that are looked at.
    static let codes = 8
    /// Dictionary entries looked at for each.
    static let entries = 1_000
    /// Codes named for each; each costs a count.
    static let named = 8
    /// The shortest beginning that is offered: fewer characters begin everything.
    static let shortestBeginning = 3
  }

  private struct QueryCode {
    var path: [Int]
    var text: String
    /// The normal form.
    var form: String
    var range: Range<Int>
  }

  /// The codes of a request's query that have no year and stand in the index with one or more: all editions are found.
  /// Cost: a scan of the codes that begin so, and a count for each named.
  public func editions(for request: SearchRequest) throws(SearchError) -> [SearchHelp.CodeFamily] {
    var found: [SearchHelp.CodeFamily] = []
    for code in Self.codes(of: request.query) where !Self.endsInYear(code.form) {
      let editions = try forms(beginning: code.form + "-", request).filter { form in
        form.utf8.count == code.form.utf8.count + 5 && Self.endsInYear(form)
      }
      guard !editions.isEmpty else { continue }
      let counted = try counts(editions, request)
      guard !counted.isEmpty else { continue }
      found.append(
        SearchHelp.CodeFamily(code: Self.shown(code.form), range: code.range, codes: counted, query: nil, beginning: "")
      )
    }
    return found
  }

  /// The codes of a request's query that no record of its kinds holds, each with codes that there are: those that begin so;
  /// where there are none, those that share the longest beginning that ends with a group.
  func unknownCodes(_ request: SearchRequest) throws(SearchError) -> [SearchHelp.CodeFamily] {
    var found: [SearchHelp.CodeFamily] = []
    for code in Self.codes(of: request.query) {
      guard let count = try count(QuerySyntax(.word(code.text)), request), count == 0 else { continue }
      var family = SearchHelp.CodeFamily(
        code: Self.shown(code.form), range: code.range, codes: [], query: nil, beginning: "")
      var beginning = code.form
      while beginning.utf8.count >= CodeLimits.shortestBeginning, family.codes.isEmpty {
        family.codes = try counts(try forms(beginning: beginning, request), request)
        family.beginning = Self.shown(beginning)
        guard family.codes.isEmpty, let cut = beginning.utf8.lastIndex(where: { $0 == 0x2D || $0 == 0x2E }) else {
          break
        }
        beginning = String(beginning[..<cut])
      }
      if !family.codes.isEmpty {
        family.query = request.query.joiningCodes.replacingNode(
          at: code.path[...], by: QuerySyntax(.prefix(family.beginning), range: code.range))
      }
      found.append(family)
    }
    return found
  }

  private static func codes(of query: QuerySyntax) -> [QueryCode] {
    var found: [QueryCode] = []
    func collect(_ syntax: QuerySyntax, _ path: [Int]) {
      switch syntax.kind {
      case .word(let text), .exact(let text), .phrase(let text):
        let tokens = QueryAnalyzer().tokens(text)
        guard found.count < CodeLimits.codes, tokens.count == 1, tokens[0].kind == .code else { return }
        let form = String(decoding: tokens[0].term.drop { $0 < 0x20 }.dropFirst(), as: UTF8.self)
        found.append(QueryCode(path: path, text: text, form: form, range: syntax.range))
      case .not, .excluded, .has, .by: return
      default: for (place, child) in syntax.children.enumerated() { collect(child, path + [place]) }
      }
    }
    collect(query.joiningCodes, [])
    return found
  }

  /// The normal forms that begin with a text, over all segments of the request's kinds, in byte order; forms of a code
  /// without its year left out where the code is there with one.
  private func forms(beginning: String, _ request: SearchRequest) throws(SearchError) -> [String] {
    var forms: Set<String> = []
    let prefix = TermKey.code(beginning.utf8)
    do throws(IndexError) {
      for segment in SegmentContext.segments(of: snapshots, kinds: request.kinds ?? Set(schemas.map(\.kind))) {
        let cursor = segment.reader.dictionary.cursor()
        var isOn = try cursor.seek(atLeastBytes: prefix)
        var count = 0
        while isOn, count < CodeLimits.entries, cursor.term.starts(with: prefix) {
          forms.insert(String(decoding: cursor.currentBytes.dropFirst(2), as: UTF8.self))
          count += 1
          isOn = try cursor.next()
        }
      }
    } catch { throw SearchError(error) }
    let withYears = Set(forms.filter(Self.endsInYear).map { String($0.dropLast(5)) })
    return forms.subtracting(withYears).sorted()
  }

  private func counts(_ forms: [String], _ request: SearchRequest) throws(SearchError) -> [SearchHelp.CountedCode] {
    var found: [SearchHelp.CountedCode] = []
    for form in forms where found.count < CodeLimits.named {
      let code = Self.shown(form)
      guard let count = try count(QuerySyntax(.word(code)), request), count > 0 else { continue }
      found.append(SearchHelp.CountedCode(code: code, count: count))
    }
    return found
  }

  private static func endsInYear(_ form: String) -> Bool {
    let tail = Array(form.utf8.suffix(5))
    guard tail.count == 5, tail[0] == 0x2D, form.utf8.count > 5 else { return false }
    return (tail[1] == 0x31 && tail[2] == 0x39 || tail[1] == 0x32 && tail[2] == 0x30)
      && tail[3] &- 0x30 < 10 && tail[4] &- 0x30 < 10
  }

  /// A normal form as codes are written: `gb/t5296.5-2006` as `GB/T 5296.5-2006`; groups of digits behind letters and a
  /// dash stay closed up.
  private static func shown(_ form: String) -> String {
    let upper = form.uppercased()
    for prefix in ["GB/T", "GB/Z", "GB", "ISO", "IEC", "EN", "CCC", "QB/T", "HG/T", "FZ/T", "SN/T"]
    where upper.hasPrefix(prefix) {
      let rest = upper.dropFirst(prefix.count)
      if let first = rest.utf8.first, first &- 0x30 < 10 { return "\(prefix) \(rest)" }
    }
    return upper
  }
}

extension QuerySyntax {
  /// The same query with another node at the end of `path`, the places of children from the root on.
  func replacingNode(at path: ArraySlice<Int>, by node: QuerySyntax) -> QuerySyntax {
    guard let place = path.first else { return node }
    guard children.indices.contains(place) else { return self }
    return replacingChild(at: place, by: children[place].replacingNode(at: path.dropFirst(), by: node))
  }
}
