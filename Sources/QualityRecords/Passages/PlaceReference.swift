/// A place in a text as people write it: `¶3`, `para 3`, `第三段`, `Article 12`, `第十二条之一`, `第二章`.
struct PlaceReference: Hashable, Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case paragraph, article, section, chapter, part
  }

  var kind: Kind
  /// Rising or as written; a range is spelled out, at most ``longestList`` of it.
  var numbers: [Int]
  /// 1 of `第十二条之一`: an article put in behind the twelfth.
  var insertion: Int?
  /// 3 of `第二十条第三款`: the paragraph within the article.
  var subparagraph: Int?

  static let longestList = 64

  /// One number alone.
  init(_ kind: Kind, _ number: Int, insertion: Int? = nil, subparagraph: Int? = nil) {
    self.init(kind, [number], insertion: insertion, subparagraph: subparagraph)
  }

  init(_ kind: Kind, _ numbers: [Int], insertion: Int? = nil, subparagraph: Int? = nil) {
    self.kind = kind
    self.numbers = numbers
    self.insertion = insertion
    self.subparagraph = subparagraph
  }

  /// `article 12`, `paragraphs 2, 3`.
  var description: String {
    let name = numbers.count > 1 ? "\(kind.rawValue)s" : kind.rawValue
    var text = "\(name) \(numbers.map(String.init).joined(separator: ", "))"
    if let insertion { text += "-\(insertion)" }
    if let subparagraph { text += ", subparagraph \(subparagraph)" }
    return text
  }
}

/// A place that a text names, and where it does.
struct PlaceMention: Hashable, Sendable {
  var place: PlaceReference
  /// Bytes of the text's UTF-8.
  var range: Range<Int>
}
