/// Documents that hold an entry beginning with given bytes, without expanding the entries to a query first.
enum PrefixDocuments {
  /// The first `limit` live documents, in document order. An entry is opened only if it may hold one of them.
  /// Throws what reading the index throws. Cost: linear in the entries.
  static func first(
    _ limit: Int, _ prefix: [UInt8], _ segments: [SegmentContext]
  ) throws(IndexError) -> [DocumentAddress] {
    var found: [DocumentAddress] = []
    for segment in segments where found.count < limit {
      var kept = Smallest(limit - found.count)
      let reader = segment.reader
      try forEachEntry(prefix, reader) { (info) throws(IndexError) in
        let first = try reader.firstDocument(info)
        guard kept.takes(first) else { return }
        let cursor = try reader.postings(info)
        var document = try cursor.next()
        while document != PostingsCursor.exhausted, kept.takes(document) {
          if reader.isLive(document) { kept.insert(document) }
          document = try cursor.next()
        }
      }
      found += kept.documents.map { DocumentAddress(segment: segment.ordinal, document: $0) }
    }
    return found
  }

  /// How many live documents there are. Memory: a bit a document of the largest segment.
  static func count(_ prefix: [UInt8], _ segments: [SegmentContext]) throws(IndexError) -> Int {
    var total = 0
    for segment in segments {
      let reader = segment.reader
      let wordCount = (Int(reader.documentCount) + 63) / 64
      // SAFETY: a bit for every document; cursors hand out none at or past the document count.
      let words = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, wordCount))
      words.initialize(repeating: 0, count: max(1, wordCount))
      defer { words.deallocate() }
      try forEachEntry(prefix, reader) { (info) throws(IndexError) in
        if info.documentFrequency == 1, info.inlineDocument < reader.documentCount {
          words[Int(info.inlineDocument >> 6)] |= 1 << UInt64(info.inlineDocument & 63)
        } else {
          try reader.postings(info).setBits(from: 0, to: reader.documentCount, words)
        }
      }
      if let live = reader.live { for index in 0..<wordCount { words[index] &= live.words[index] } }
      for index in 0..<wordCount { total &+= words[index].nonzeroBitCount }
    }
    return total
  }

  private static func forEachEntry(
    _ prefix: [UInt8], _ reader: SegmentReader, _ body: (TermInfo) throws(IndexError) -> Void
  ) throws(IndexError) {
    let cursor = reader.dictionary.cursor()
    var isOn = try cursor.seek(atLeastBytes: prefix)
    while isOn, prefix.withUnsafeBytes({ cursor.hasPrefix($0) }) {
      try body(try cursor.info())
      isOn = try cursor.next()
    }
  }

  /// The smallest of some numbers, each once, in order.
  private struct Smallest {
    private let limit: Int
    private(set) var documents: [UInt32] = []

    init(_ limit: Int) { self.limit = limit }

    /// Whether a number is among the smallest so far, or there is room.
    func takes(_ document: UInt32) -> Bool {
      documents.count < limit || (documents.last.map { document < $0 } ?? false)
    }

    mutating func insert(_ document: UInt32) {
      var place = documents.count
      while place > 0, documents[place - 1] > document { place -= 1 }
      if place > 0, documents[place - 1] == document { return }
      documents.insert(document, at: place)
      if documents.count > limit { documents.removeLast() }
    }
  }
}
