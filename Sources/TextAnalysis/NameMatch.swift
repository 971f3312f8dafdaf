/// Whether two names are one company's, by which rung, and how surely.
///
/// Never evidence: the legal form, punctuation, brackets' shape, width, spacing. Always evidence against: another number,
/// another place, another line of business, a branch, a letter more or less in a name's own word.
public struct NameMatch: Hashable, Sendable {
  /// What recognised them, the strongest first.
  public enum Rung: String, Hashable, Sendable, CaseIterable {
    /// Equal as written, but for case, width and Traditional characters.
    case exact
    /// By the name key: legal form, punctuation, brackets, spacing, abbreviations, order of the words apart.
    case name
    /// One is written in ideographs and the other in their sound, or in translation.
    case pinyin
    /// But for what looks like a typing error.
    case fuzzy
  }

  /// Nil where nothing is like.
  public let rung: Rung?
  /// 0…1.
  public let confidence: Double

  /// The least confidence of a match: the middle of the widest gap in the tuning half of the labelled pairs.
  public static let threshold = 0.7
  public var matches: Bool { rung != nil && confidence >= Self.threshold }

  static let none = NameMatch(rung: nil, confidence: 0)

  /// How like two names are. Cost: the product of their lengths at most, which are bounded.
  public static func compare(_ one: String, _ other: String) -> NameMatch { compare(Name(one), Name(other)) }

  /// How like two names are, each taken apart once.
  public static func compare(_ one: Name, _ other: Name) -> NameMatch {
    if one.folded == other.folded, !one.folded.isEmpty { return NameMatch(rung: .exact, confidence: 1) }
    var best = none
    for (i, left) in one.forms.enumerated() {
      for (j, right) in other.forms.enumerated() {
        var match = none
        let isMixed = left.parts.isIdeographic != right.parts.isIdeographic
        for one in left.readings + (isMixed ? [left.placeless].compactMap(\.self) : []) {
          for other in right.readings + (isMixed ? [right.placeless].compactMap(\.self) : []) {
            let found = compare(left.key, one, right.key, other)
            if found.confidence > match.confidence { match = found }
          }
        }
        if i + j > 0 { match = match.scaled(0.95) }
        if match.confidence > best.confidence { best = match }
      }
    }
    return best
  }

  private func scaled(_ factor: Double) -> NameMatch { NameMatch(rung: rung, confidence: confidence * factor) }

  private static func compare(
    _ oneKey: NameKey, _ one: NameParts, _ otherKey: NameKey, _ other: NameParts
  ) -> NameMatch {
    guard !oneKey.core.isEmpty, !otherKey.core.isEmpty, one.numbers == other.numbers else { return none }
    // A name that is nothing but a legal form is like nothing else.
    if oneKey.isLegalFormAlone || otherKey.isLegalFormAlone {
      return oneKey == otherKey ? NameMatch(rung: .name, confidence: 0.9) : none
    }
    let placing: Double
    switch NameParts.agreement(one, other) {
    case .same: placing = 1
    case .moved: placing = 0.97
    case .missingBracket: placing = 0.92
    case .missing: placing = isOfOwnName(one, other) ? 0.75 : 0.6
    case .contrary: return none
    }
    let isMixed = one.isIdeographic != other.isIdeographic
    var districting = 1.0
    var (left, right) = (one.text, other.text)
    if !isMixed, one.districts != other.districts {
      // 龙岗区 and 宝安区 are two; a district that one name leaves out says nothing, nor does 区 itself.
      guard one.districts.isEmpty || other.districts.isEmpty else { return none }
      if other.text == one.textWithDistricts || one.text == other.textWithDistricts {
        (left, right) = (one.textWithDistricts, other.textWithDistricts)
      } else {
        districting = 0.92
      }
    }
    let bracketing: Double
    if one.qualifiers == other.qualifiers || isMixed {
      bracketing = 1
    } else if one.qualifiers.isEmpty || other.qualifiers.isEmpty {
      bracketing = 0.92
    } else {
      return none
    }
    let core: NameMatch
    if isMixed {
      core = one.isIdeographic ? mixed(one, other) : mixed(other, one)
    } else {
      core = one.isIdeographic ? ideographic(left, right) : latin(one, other)
    }
    return core.scaled(placing * bracketing * districting)
  }

  /// Whether two names in ideographs say the same, in three characters or more of their own: 宥家朵 is one name, wherever it
  /// stands, while every city has a 宏达.
  private static func isOfOwnName(_ one: NameParts, _ other: NameParts) -> Bool {
    one.isIdeographic && one.text == other.text && one.bracketPlaces.isEmpty && other.bracketPlaces.isEmpty
      && min(one.places.count, other.places.count) == 0 && Name.own(one.text).unicodeScalars.count >= 3
  }

  private static func mixed(_ ideographs: NameParts, _ letters: NameParts) -> NameMatch {
    let agrees =
      NameSound.agree(ideographs.text, letters.words, isPossessive: letters.isPossessive)
      || !ideographs.districts.isEmpty
        && NameSound.agree(
          ideographs.textWithDistricts, letters.words, isPossessive: letters.isPossessive)
    return agrees ? NameMatch(rung: .pinyin, confidence: 0.9) : none
  }

  private static func ideographic(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> NameMatch {
    if one == other { return NameMatch(rung: .name, confidence: 0.98) }
    if NameTypos.isHomophone(one, other) { return NameMatch(rung: .fuzzy, confidence: 0.78) }
    return near(one, other)
  }

  private static func latin(_ one: NameParts, _ other: NameParts) -> NameMatch {
    if one.words.joined() == other.words.joined() { return NameMatch(rung: .name, confidence: 0.98) }
    let left = one.words.map(NameVocabulary.singular)
    let right = other.words.map(NameVocabulary.singular)
    if left.joined() == right.joined() { return NameMatch(rung: .name, confidence: 0.95) }
    if let match = reordered(left, right) { return match }
    let isPinyin = Pinyin.isPinyin(left.joined()) && Pinyin.isPinyin(right.joined())
    if !isPinyin, spelledAlike(one, other) { return NameMatch(rung: .name, confidence: 0.9) }
    if one.hasUmlaut || other.hasUmlaut, typedUmlaut(left) == typedUmlaut(right) {
      return NameMatch(rung: .name, confidence: 0.9)
    }
    if let match = abbreviated(one, other) { return match }
    if NameFamilies.agree(one, other) { return NameMatch(rung: .name, confidence: 0.88) }
    if NameSound.agree(one.words, other.words) { return NameMatch(rung: .pinyin, confidence: 0.85) }
    if let typos = typos(one.words, other.words) { return NameMatch(rung: .fuzzy, confidence: typos == 1 ? 0.8 : 0.74) }
    return near(Array(left.joined().unicodeScalars), Array(right.joined().unicodeScalars))
  }

  /// `Müller` as `Mueller`: word by word, where either is no pinyin. `ae` is an umlaut only where the other name has one:
  /// Sáenz is not Sanz.
  private static func spelledAlike(_ one: NameParts, _ other: NameParts) -> Bool {
    guard one.words.count == other.words.count else { return false }
    let hasUmlaut = one.hasUmlaut || other.hasUmlaut
    return zip(one.words, other.words).allSatisfy { left, right in
      if left == right { return true }
      if Pinyin.isPinyin(left), Pinyin.isPinyin(right) { return false }
      if !hasUmlaut, left.contains("ae") || right.contains("ae") { return false }
      return (NameKey.withoutSpelledUmlauts(left) ?? left) == (NameKey.withoutSpelledUmlauts(right) ?? right)
    }
  }

  /// Lü as it is typed where ü is missing: `Lv`, `Lyu`.
  private static func typedUmlaut(_ words: [String]) -> String {
    words.map { word in
      var text = word
      for (typed, letter) in [("lv", "lu"), ("nv", "nu"), ("lyu", "lu"), ("nyu", "nu")] where text.hasPrefix(typed) {
        text = letter + text.dropFirst(typed.count)
      }
      return text
    }.joined()
  }

  /// `Joh. Kessler` as `Johann Kessler`: one word that a full stop abbreviates, all others equal.
  private static func abbreviated(_ one: NameParts, _ other: NameParts) -> NameMatch? {
    guard one.words.count == other.words.count, one.words.count > 1 else { return nil }
    let places = one.words.indices.filter { one.words[$0] != other.words[$0] }
    guard places.count == 1, let place = places.first else { return nil }
    let (left, right) = (one.words[place], other.words[place])
    let fits =
      one.abbreviated.contains(left) && right.utf8.count > left.utf8.count + 1 && right.hasPrefix(left)
      || other.abbreviated.contains(right) && left.utf8.count > right.utf8.count + 1 && left.hasPrefix(right)
    return fits ? NameMatch(rung: .name, confidence: 0.8) : nil
  }

  /// The same words in another order. Words that could be syllables of a Chinese name keep theirs: Hong Da is not Da Hong.
  private static func reordered(_ one: [String], _ other: [String]) -> NameMatch? {
    guard one.count == other.count, one.count > 1, one.sorted() == other.sorted() else { return nil }
    func own(_ words: [String]) -> [String] { words.filter { !NameVocabulary.commonWords.contains($0) } }
    let left = own(one)
    if left == own(other) { return NameMatch(rung: .name, confidence: 0.88) }
    if left.contains(where: { $0.utf8.count <= 2 }) || left.allSatisfy({ Pinyin.isPinyin($0) && $0.utf8.count <= 6 }) {
      return NameMatch(rung: .name, confidence: 0.45)
    }
    return NameMatch(rung: .name, confidence: 0.75)
  }

  /// How many words differ by a typing error, when all others are equal; nil when any differs otherwise.
  private static func typos(_ one: [String], _ other: [String]) -> Int? {
    if one.count == other.count {
      var count = 0
      for (left, right) in zip(one, other)
      where NameVocabulary.singular(left) != NameVocabulary.singular(right) {
        guard
          NameTypos.isTypo(left, right)
            || NameTypos.isTypo(NameVocabulary.singular(left), NameVocabulary.singular(right))
        else { return nil }
        count += 1
      }
      return count <= 2 ? count : nil
    }
    // A form that was typed wrongly stayed: `Hongda Toys Compnay`.
    let (long, short) = one.count > other.count ? (one, other) : (other, one)
    guard long.count == short.count + 1, Array(long.dropLast()) == short, let last = long.last else { return nil }
    return ["company", "limited", "corporation", "incorporated"].contains { NameTypos.isTypo(last, $0) } ? 1 : nil
  }

  /// One or two edits away: an offer, no match.
  private static func near<Element: Equatable>(_ one: [Element], _ other: [Element]) -> NameMatch {
    let limit = min(one.count, other.count) >= 10 ? 2 : 1
    guard min(one.count, other.count) >= 4 else { return none }
    let distance = EditDistance.between(one, other, limit: limit)
    return distance <= limit ? NameMatch(rung: .fuzzy, confidence: distance == 1 ? 0.5 : 0.4) : none
  }
}

extension NameMatch {
  /// A name, taken apart once.
  public struct Name: Sendable {
    public let text: String
    let folded: [UInt8]
    /// The name, then the former and other names that its text gives.
    let forms: [Form]

    struct Form: Sendable {
      let text: String
      let key: NameKey
      let parts: NameParts
      /// ``parts``, and the other way of reading a name in Latin letters.
      let readings: [NameParts]
      /// Without places, where there are any: for comparison with ideographs alone.
      let placeless: NameParts?

      init(_ written: String) {
        self.text = written
        let text = NameText.plain(written)
        key = NameKey.key(of: text)
        let parts = NameParts(key, text)
        var readings = [parts]
        var placeless: NameParts?
        if !parts.isIdeographic {
          let strict = NameParts(key, text, as: .strict)
          if strict.words != parts.words || strict.places != parts.places { readings.append(strict) }
          if !parts.places.isEmpty { placeless = NameParts(key, text, as: .placeless) }
        }
        self.placeless = placeless
        self.parts = parts
        self.readings = readings
      }
    }

    /// Characters that are read: no name is longer.
    private static let maximumLength = 512
    /// Other names that are read out of one text.
    private static let maximumForms = 4

    public init(_ text: String) {
      self.text = text
      let read = String(text.prefix(Self.maximumLength))
      folded = Folding.folded(read)
      forms = FormerNames.split(read).prefix(Self.maximumForms).map(Form.init)
    }

    public var key: NameKey { forms.first?.key ?? NameKey.key(of: text) }

    /// What to look the name up by among the entries of an index (``NameEntries``); what is found is then compared.
    public struct Lookups: Hashable, Sendable {
      /// Whole names, the name's own first.
      public var wholes: [String] = []
      /// Whole names in Latin letters that ideographs sound like.
      public var pinyinWholes: [String] = []
      /// Parts of names.
      public var spans: [String] = []
      /// Beginnings of pinyin entries.
      public var pinyinPrefixes: [String] = []
    }

    public var lookups: Lookups {
      var lookups = Lookups()
      func add(_ entry: String, to list: WritableKeyPath<Lookups, [String]>) {
        let entry = NameEntries.cut(entry)
        if !entry.isEmpty, !lookups[keyPath: list].contains(entry) { lookups[keyPath: list].append(entry) }
      }
      for form in forms {
        let parts = form.parts
        add(form.key.core, to: \.wholes)
        // The index keeps a name as it is written.
        add(NameKey.key(of: form.text).core, to: \.wholes)
        if let plain = NameKey.withoutSpelledUmlauts(form.key.core) { add(plain, to: \.wholes) }
        let places = parts.places + parts.bracketPlaces
        if parts.isIdeographic {
          let rest = String(String.UnicodeScalarView(parts.text))
          if !places.isEmpty, parts.numbers.isEmpty {
            add(rest, to: \.wholes)
            for place in places.prefix(2) {
              for number in place.prefix(1) { add(NamePlaces.places[number].ideographs + rest, to: \.wholes) }
            }
          }
          add(Pinyin.key(of: form.key.core), to: \.pinyinWholes)
          add(Pinyin.key(of: Self.own(parts.text)), to: \.spans)
        } else {
          let rest = parts.words.joined()
          if !places.isEmpty, parts.numbers.isEmpty {
            add(rest, to: \.wholes)
            for place in places.prefix(2) {
              for number in place.sorted().prefix(1) {
                add(NamePlaces.latinName(number) + rest, to: \.wholes)
              }
            }
          }
          let own = parts.words.prefix { !NameVocabulary.commonWords.contains(NameVocabulary.singular($0)) }
          for way in Pinyin.segmentations(of: own.joined(separator: " ")) where way.count > 1 {
            add(way.map { $0 + " " }.joined(), to: \.pinyinPrefixes)
          }
          add(own.joined(), to: \.spans)
        }
      }
      return lookups
    }

    /// The characters before the first term of the vocabulary; all where there is none.
    fileprivate static func own(_ text: [Unicode.Scalar]) -> String {
      let end = text.indices.first { start in
        start > 0
          && (NameVocabulary.termsByFirst[text[start]] ?? []).contains {
            let term = NameVocabulary.terms[$0].ideographs
            return term.count > 1 && text[start...].starts(with: term)
          }
      }
      return String(String.UnicodeScalarView(text[..<(end ?? text.endIndex)]))
    }
  }
}
