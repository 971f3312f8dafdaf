import Records
import Storage

@testable import SearchEngine

/// Everything that an index says of its live documents, segment borders and deleted documents taken out: two indexes of
/// the same records in the same order have equal content, however they came about.
struct IndexContent: Equatable {
  struct Posting: Hashable {
    var document: Int
    var frequency: UInt32
    var positions: [UInt32]
  }

  struct Kind: Equatable {
    var records: [[UInt8]] = []
    var lengths: [UInt32] = []
    var units: [[Unit]] = []
    var terms: [[UInt8]: [Posting]] = [:]
    var numbers: [String: [Int: Int64]] = [:]
    var values: [String: [Int: [String]]] = [:]
    /// Key hash and content hash of each document.
    var keys: [Int: [UInt64]] = [:]

    /// The first difference, for the message of a failing test.
    func difference(_ other: Kind) -> String? {
      if records != other.records { return "records: \(records.count) and \(other.records.count)" }
      if lengths != other.lengths { return "lengths" }
      if units != other.units { return "units" }
      for term in Set(terms.keys).union(other.terms.keys) where terms[term] != other.terms[term] {
        return "term '\(String(decoding: term, as: UTF8.self))': \(String(describing: terms[term])) and "
          + "\(String(describing: other.terms[term]))"
      }
      if numbers != other.numbers { return "columns of numbers" }
      if values != other.values { return "columns of values" }
      return keys == other.keys ? nil : "keys"
    }
  }

  var kinds: [String: Kind] = [:]
  var attachments: [FileKind: [UInt8]] = [:]

  /// The stored records alone.
  var records: [String: [[UInt8]]] { kinds.mapValues(\.records) }

  func difference(_ other: IndexContent) -> String? {
    if attachments != other.attachments { return "attachments" }
    for kind in Set(kinds.keys).union(other.kinds.keys).sorted() {
      if let difference = (kinds[kind] ?? Kind()).difference(other.kinds[kind] ?? Kind()) {
        return "\(kind): \(difference)"
      }
    }
    return nil
  }

  /// The stored records of a snapshot, live ones, by kind.
  static func records(_ snapshot: Snapshot) throws(IndexError) -> [String: [[UInt8]]] {
    var records: [String: [[UInt8]]] = [:]
    for segment in snapshot.segments {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        records[segment.kind, default: []].append(try segment.record(document))
      }
    }
    return records
  }

  /// Reads all of it, every structure in the ways that searching and merging read it.
  init(_ snapshot: Snapshot) throws(IndexError) {
    for kind in snapshot.manifest.files.keys {
      attachments[kind] = try snapshot.attachment(kind)
    }
    for segment in snapshot.segments {
      var kind = kinds[segment.kind] ?? Kind()
      try Self.read(segment, into: &kind)
      kinds[segment.kind] = kind
    }
  }

  /// Reads all of one segment, its documents numbered from 0.
  init(_ segment: SegmentReader) throws(IndexError) {
    var kind = Kind()
    try Self.read(segment, into: &kind)
    kinds[segment.kind] = kind
  }

  private static func read(_ segment: SegmentReader, into kind: inout Kind) throws(IndexError) {
    var numbers: [Int?] = []
    let handle = segment.storedRecords?.handle()
    var units = DocumentUnits()
    for document in 0..<segment.documentCount {
      guard segment.isLive(document) else {
        numbers.append(nil)
        continue
      }
      numbers.append(kind.lengths.count)
      if let handle { kind.records.append(try handle.withRecord(document) { Array($0) }) }
      kind.lengths.append(try segment.lengths[document])
      if let reader = segment.units {
        try reader.units(of: document, into: &units)
        kind.units.append(units.units)
      }
    }
    try readTerms(segment, numbers, &kind)
    try readColumns(segment, numbers, &kind)
    if let keys = segment.keys {
      for place in 0..<keys.count {
        let key = try keys.entry(place)
        guard Int(key.document) < numbers.count else { continue }
        if let number = numbers[Int(key.document)] { kind.keys[number] = [key.keyHash, key.contentHash] }
        _ = try keys.entries(keyHash: key.keyHash)
      }
    }
    if let stems = segment.stems {
      try stems.forEach { (entry) throws(IndexError) in
        for form in entry.forms {
          _ = try form.withBytes { (bytes) throws(IndexError) in try segment.dictionary.find(bytes) }
        }
        _ = try entry.stem.withBytes { (stem) throws(IndexError) in try stems.forms(of: stem) }
      }
    }
  }

  private static func readTerms(
    _ segment: SegmentReader, _ numbers: [Int?], _ kind: inout Kind
  ) throws(IndexError) {
    let cursor = segment.dictionary.cursor()
    var positions: [UInt32] = []
    var words = [UInt64](repeating: 0, count: 64)
    while try cursor.next() {
      let term = Array(cursor.term)
      let info = try cursor.info()
      _ = try term.withBytes { (bytes) throws(IndexError) in try segment.dictionary.find(bytes) }
      let list = try segment.postings(info)
      var document = try list.next()
      while document != PostingsCursor.exhausted {
        try list.positions(into: &positions)
        let frequency = try list.frequency()
        if let number = numbers[Int(document)] {
          kind.terms[term, default: []].append(
            Posting(document: number, frequency: frequency, positions: positions))
        }
        document = try list.next()
      }
      let leaps = try segment.postings(info)
      _ = try leaps.advance(to: segment.documentCount / 2)
      _ = try leaps.advance(to: segment.documentCount)
      try words.withBits { (start) throws(IndexError) in try leaps.setBits(from: 0, to: 4096, start) }
    }
  }

  private static func readColumns(
    _ segment: SegmentReader, _ numbers: [Int?], _ kind: inout Kind
  ) throws(IndexError) {
    guard let columns = segment.columns else { return }
    for name in columns.integerColumnNames {
      guard let column = try segment.integerColumn(name) else { continue }
      for (document, number) in numbers.enumerated() {
        guard let value = try column.value(of: UInt32(document)), let number else { continue }
        kind.numbers[name, default: [:]][number] = value
      }
      for window in 0..<column.windowCount { _ = try column.zone(window) }
    }
    var own: [UInt32] = []
    for name in columns.ordinalColumnNames {
      guard let column = try segment.ordinalColumn(name) else { continue }
      for (document, number) in numbers.enumerated() {
        try column.ordinals(of: UInt32(document), into: &own)
        guard let number, !own.isEmpty else { continue }
        var values: [String] = []
        for ordinal in own {
          let value = try column.value(ordinal)
          _ = try column.ordinal(of: value)
          values.append(value)
        }
        kind.values[name, default: [:]][number] = values
      }
      for window in 0..<column.windowCount { _ = try column.zone(window) }
    }
  }
}
