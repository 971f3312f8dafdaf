import BitPacking

/// Decodes every list of a segment and compares it with what the dictionary, the lengths and the units say.
struct PostingsCheck {
  let dictionary: TermDictionaryReader
  let postings: PostingsReader
  let postingsName: String
  let positionsName: String
  let documentCount: UInt32
  /// Weighted length of each document, when they could be read.
  let lengths: [UInt32]?
  /// Where each document's line ends by its units, when they could be read.
  let ends: [UInt32]?

  private static let postingsStructure = FileKind.postings.suffix
  private static let positionsStructure = FileKind.positions.suffix

  /// Walks all terms. A list that cannot be decoded is one problem; the walk goes on with the next term.
  func run(_ log: inout CheckLog) {
    let terms = dictionary.cursor()
    var own: [UInt32] = []
    while log.step(FileKind.termDictionary.suffix, "", { (_) throws(IndexError) in try terms.next() }) == true {
      let term = Array(terms.term)
      if let first = term.first, first >= 0x20 || Self.isKey(term) {
      } else {
        log.note(FileKind.termDictionary.suffix, "", nil, "expected a term of a known namespace, found \(term)")
      }
      guard let info = log.step(FileKind.termDictionary.suffix, "", { (_) throws(IndexError) in try terms.info() })
      else { continue }
      _ = log.step(Self.postingsStructure, postingsName) { (log) throws(IndexError) in
        let cursor = try postings.cursor(info)
        if let message = try checkList(cursor, info) {
          log.note(Self.postingsStructure, postingsName, nil, "\(Self.text(term)): \(message)")
        }
        log.count(Self.postingsStructure, items: UInt64(info.documentFrequency))
      }
      _ = log.step(Self.positionsStructure, positionsName) { (log) throws(IndexError) in
        let cursor = try postings.cursor(info)
        if let message = try checkPositions(cursor, &own, &log) {
          log.note(Self.positionsStructure, positionsName, nil, "\(Self.text(term)): \(message)")
        }
      }
    }
  }

  /// Terms that are no words begin with 0x01, a letter, and for values and presence a field (``TermKey``).
  private static func isKey(_ term: [UInt8]) -> Bool {
    guard term.count >= 2, term[0] == TermKey.namespaceByte else { return false }
    switch term[1] {
    case TermKey.codeLetter, TermKey.nameLetter, TermKey.pinyinLetter, TermKey.wholeNameLetter: return true
    case TermKey.keywordLetter, TermKey.presenceLetter: return term.count >= 3 && term[2] >= TermKey.firstField
    default: return false
    }
  }

  private static func text(_ term: [UInt8]) -> String { "term '\(String(decoding: term, as: UTF8.self))'" }

  /// Documents rise and are below the count, frequencies are 1 at least, both are as many as the dictionary says, and the
  /// impacts dominate every posting of their block.
  private func checkList(_ cursor: PostingsCursor, _ info: TermInfo) throws(IndexError) -> String? {
    var previous: UInt32?
    var count = 0
    var total: UInt64 = 0
    for block in 0..<cursor.blockCount {
      let length = try cursor.loadDocuments(block)
      try cursor.loadFrequencies()
      let impacts = cursor.impacts(block)
      for rank in 0..<length {
        let slot = length == PostingsCursor.blockLength ? BitPacking.slot(of: rank) : rank
        let document = cursor.documents[slot]
        let frequency = cursor.frequencies[slot]
        guard document < documentCount, previous.map({ $0 < document }) ?? true else {
          return "document \(document) after \(previous.map { "\($0)" } ?? "none"), of \(documentCount)"
        }
        guard frequency >= 1 else { return "frequency 0 in document \(document)" }
        if let lengths, !Self.dominates(impacts, frequency, lengths[Int(document)]) {
          return "block \(block): no impact bounds frequency \(frequency), length \(lengths[Int(document)])"
        }
        previous = document
        total &+= UInt64(frequency)
      }
      count += length
    }
    guard count == Int(info.documentFrequency), total == info.totalFrequency else {
      return "expected \(info.documentFrequency) documents and a total frequency of \(info.totalFrequency), "
        + "found \(count) and \(total)"
    }
    return nil
  }

  private static func dominates(_ impacts: Impacts, _ frequency: UInt32, _ length: UInt32) -> Bool {
    let bounded = min(frequency, Impacts.saturatedFrequency)
    return (0..<Impacts.pairCount).contains { impacts.frequency($0) >= bounded && impacts.length($0) <= length }
  }

  /// Positions do not fall, lie on the record's line, and are at least one and at most as many as the frequency.
  private func checkPositions(
    _ cursor: PostingsCursor, _ own: inout [UInt32], _ log: inout CheckLog
  ) throws(IndexError) -> String? {
    var document = try cursor.next()
    while document != PostingsCursor.exhausted {
      try cursor.positions(into: &own)
      log.count(Self.positionsStructure, items: UInt64(own.count))
      let frequency = try cursor.frequency()
      guard let last = own.last, own.count <= Int(frequency) else {
        return "document \(document): \(own.count) positions for a frequency of \(frequency)"
      }
      for place in own.indices.dropFirst() where own[place] < own[place - 1] {
        return "document \(document): position \(own[place]) after \(own[place - 1])"
      }
      if let ends {
        if last >= ends[Int(document)] { return "document \(document): position \(last) of \(ends[Int(document)])" }
      } else if let lengths, last >= lengths[Int(document)] {
        return "document \(document): position \(last) in a record of length \(lengths[Int(document)])"
      }
      document = try cursor.next()
    }
    return nil
  }

  /// Every form of a stem is a term, and as many documents hold one of them as the table says.
  func checkStems(_ stems: StemTableReader, _ file: String, _ log: inout CheckLog) throws(IndexError) {
    var words = [UInt64](repeating: 0, count: (Int(documentCount) + 63) / 64)
    var touched: [Int] = []
    try stems.forEach { (entry) throws(IndexError) in
      for word in touched { words[word] = 0 }
      touched.removeAll(keepingCapacity: true)
      for form in entry.forms {
        guard let info = try find(form) else {
          log.note(
            FileKind.stemTable.suffix, file, nil, "\(Self.text(form)) of stem \(Self.text(entry.stem)) is no term")
          continue
        }
        let cursor = try postings.cursor(info)
        for block in 0..<cursor.blockCount {
          for slot in 0..<(try cursor.loadDocuments(block)) {
            let document = cursor.documents[slot]
            let word = Int(document >> 6)
            if words[word] == 0 { touched.append(word) }
            words[word] |= 1 << UInt64(document & 63)
          }
        }
      }
      let union = touched.reduce(0) { $0 + words[$1].nonzeroBitCount }
      if union != Int(entry.documentFrequency) {
        log.note(
          FileKind.stemTable.suffix, file, nil,
          "stem \(Self.text(entry.stem)): expected \(entry.documentFrequency) documents, found \(union)")
      }
    }
  }

  private func find(_ term: [UInt8]) throws(IndexError) -> TermInfo? {
    var answer: Result<TermInfo?, IndexError> = .success(nil)
    term.withUnsafeBytes { bytes in
      do throws(IndexError) { answer = .success(try dictionary.find(bytes)) } catch { answer = .failure(error) }
    }
    return try answer.get()
  }
}
