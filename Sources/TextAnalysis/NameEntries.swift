/// Under what a company's name is found beside its words: the entries that an index keeps of it, and those that typed words
/// stand for. Both sides are made here, so that they meet.
///
/// `Hong Da Toys Co., Ltd.` is kept under `hong`, `da`, `toys`, `hongda`, `datoys`, `hongdatoys`; so `hongda toys`,
/// `hong-da toys` and `Hongdatoys` find it. `宏达玩具` is kept whole, and under `hong da wan ju `, `da wan ju `, `wan ju `
/// and `ju `: what begins with `hong da ` holds 宏达 or sounds like it. Legal forms are in no entry.
public struct NameEntries: Hashable, Sendable {
  /// The whole core; empty for a name without letters and digits.
  public let whole: String
  /// The core's words, joined, for each run of neighbours up to ``spanWords``, and the whole core; each once.
  public let spans: [String]
  /// Of a core with ideographs: its syllables, each followed by a space, from each syllable on, up to ``syllables``.
  public let pinyin: [String]

  /// Words of a name that may be written as one: names with more stand out by fewer.
  public static let spanWords = 6
  /// Syllables of an entry: longer names are told apart long before.
  public static let syllables = 12
  /// Bytes of an entry: a dictionary's terms have 255, two of them for the namespace.
  public static let maximumBytes = 250
  /// Words of a name that are looked at: far above any company's, and a page of text in a name field stays cheap.
  static let maximumWords = 64

  /// The entries of a name. Cost: linear in the name, times ``spanWords``.
  public init(of name: String) {
    let key = NameKey.key(of: name)
    whole = Self.cut(key.core)
    let words = Array(key.words.prefix(Self.maximumWords))
    var spans: [String] = []
    var seen: Set<String> = []
    for start in words.indices {
      var span = ""
      for word in words[start...].prefix(Self.spanWords) {
        span += word
        let entry = Self.cut(span)
        if seen.insert(entry).inserted { spans.append(entry) }
      }
    }
    if !whole.isEmpty, seen.insert(whole).inserted { spans.append(whole) }
    self.spans = spans
    pinyin = Self.pinyin(of: words)
  }

  private static func pinyin(of words: [String]) -> [String] {
    guard words.contains(where: Pinyin.hasIdeographs) else { return [] }
    let syllables = Pinyin.plainSyllables(of: words.joined(separator: " ")).prefix(maximumWords)
    var entries: [String] = []
    for start in syllables.indices {
      let entry = cut(syllables[start...].prefix(Self.syllables).map { $0 + " " }.joined())
      if !entries.contains(entry) { entries.append(entry) }
    }
    return entries
  }

  /// At most ``maximumBytes``, cut between two characters.
  static func cut(_ text: String) -> String {
    guard text.utf8.count > maximumBytes else { return text }
    var cut = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF8.width(scalar)
      if count > maximumBytes { break }
      cut.unicodeScalars.append(scalar)
    }
    return cut
  }
}

extension NameEntries {
  /// What a run of typed words stands for among the entries of names.
  public struct Query: Hashable, Sendable {
    /// Spans to look up as they are (rung `name`), the likeliest first; empty when the words say nothing but a legal form.
    public var cores: [String]
    /// Beginnings of pinyin entries (rung `pinyin`): the typed letters as syllables, in every way of cutting them that
    /// there is, bounded. Empty when they are no pinyin, or were typed as ideographs.
    public var pinyinPrefixes: [String]
    /// Spans that ideographs, typed, stand for in names written in Latin letters (rung `pinyin`).
    public var pinyinCores: [String]
  }

  /// What a run of neighbouring typed words stands for. Words are as typed or folded; a bare legal form, `and`, `the` among
  /// several words count for nothing. Cost: linear in the words, and in the bounded number of syllable sequences.
  public static func query(_ words: [String]) -> Query {
    let typed = words.joined(separator: " ")
    guard let core = queryCore(of: words) else { return Query(cores: [], pinyinPrefixes: [], pinyinCores: []) }
    var cores = [core]
    if let spelled = NameKey.withoutSpelledUmlauts(core) { cores.append(spelled) }
    guard !Pinyin.hasIdeographs(core) else {
      return Query(cores: cores, pinyinPrefixes: [], pinyinCores: [cut(Pinyin.key(of: core))])
    }
    let prefixes = Pinyin.segmentations(of: typed).map { cut($0.map { $0 + " " }.joined()) }
    return Query(cores: cores, pinyinPrefixes: prefixes, pinyinCores: [])
  }

  /// The span that a run of neighbouring typed words is looked up under: their name key's core; nil when nothing remains
  /// but a legal form or a joining word.
  public static func queryCore(of words: [String]) -> String? {
    let key = NameKey.key(of: words.joined(separator: " "))
    guard !key.core.isEmpty, !key.isLegalFormAlone else { return nil }
    return cut(key.core)
  }
}
