import Records
import TextAnalysis

/// An entry of names (`NameEntries`) to look records up by.
enum NameLookup: Hashable, Sendable {
  /// A whole name's core.
  case whole(String)
  /// Neighbouring words of a name, joined.
  case span(String)
  /// What a Chinese name, from one of its syllables on, begins with: syllables, each followed by a space.
  case pinyin(String)
  /// Whole cores within an edit distance of 1 or 2.
  case near(String, distance: Int)
}

extension Snapshot {
  /// Dictionary entries that an open look-up (``NameLookup/pinyin(_:)``, ``NameLookup/near(_:distance:)``) takes in each
  /// segment: candidates for people to choose from.
  static let nameEntryLimit = 200

  /// The canonical JSON of live records of a kind, one of whose names has the entry: in document order, at most `limit`.
  ///
  /// - Cost: a look-up in the dictionary of each segment, or a walk over the entries that may be near; then the reading of
  ///   the records found.
  /// - Throws: what reading the index throws.
  func records(kind: String, named lookup: NameLookup, limit: Int) throws(IndexError) -> [[UInt8]] {
    var found: [[UInt8]] = []
    for segment in segments where segment.kind == kind && found.count < limit {
      var documents: Set<UInt32> = []
      for info in try Self.entries(lookup, segment) where documents.count < limit {
        let cursor = try segment.postings(info)
        while documents.count < limit {
          let document = try cursor.next()
          if document == PostingsCursor.exhausted { break }
          if segment.isLive(document) { documents.insert(document) }
        }
      }
      for document in documents.sorted() where found.count < limit { found.append(try segment.record(document)) }
    }
    return found
  }

  private static func entries(_ lookup: NameLookup, _ segment: SegmentReader) throws(IndexError) -> [TermInfo] {
    let dictionary = segment.dictionary
    switch lookup {
    case .whole(let core): return try dictionary.find(bytes: TermKey.wholeName(core)).map { [$0] } ?? []
    case .span(let core): return try dictionary.find(bytes: TermKey.nameKey(core)).map { [$0] } ?? []
    case .pinyin(let syllables):
      let prefix = TermKey.pinyin(syllables)
      var found: [TermInfo] = []
      let cursor = dictionary.cursor()
      var isOn = try cursor.seek(atLeastBytes: prefix)
      while isOn, found.count < nameEntryLimit, cursor.term.starts(with: prefix) {
        found.append(try cursor.info())
        isOn = try cursor.next()
      }
      return found
    case .near(let core, let distance):
      guard let automaton = LevenshteinAutomaton(core.utf8, distance: distance) else { return [] }
      var found: [TermInfo] = []
      var walk = AutomatonWalk(dictionary, automaton, under: TermKey.wholeName(""))
      while found.count < nameEntryLimit, try walk.next() { found.append(try walk.info()) }
      return found
    }
  }
}
