/// Looks up what a word stands for in every segment, and in how many documents.
enum TermExpander {
  struct Expansion {
    var forms: [[TermForm]]
    var documentFrequency: UInt64
    var isExact: Bool
    var isTruncated: Bool
    /// How many entries there are to take, where more than were taken were counted.
    var available: Int?
    /// Whether a walk over the dictionary was ended before its end: there may be more entries, how many is not known.
    var wasCut = false
  }

  /// Forms whose document frequencies add up to no more than this are united to count their documents exactly: a scan of
  /// this many postings takes well under a millisecond. Above, the sum stands for the union. The rule looks at the sum over
  /// all segments, so that it does not depend on how records are spread over them.
  static let exactUnionLimit: UInt64 = 262_144

  /// Looks up `expansion`; at most `limit` entries are taken, the first in byte order over all segments.
  /// Walks end early when `meter` says so.
  static func expand(
    _ expansion: TermExpansion, in segments: [SegmentContext], limit: Int, meter: WorkMeter? = nil
  ) throws(IndexError) -> Expansion {
    switch expansion {
    case .exact(let bytes): return try expand(exact: bytes, segments)
    case .anyOf(let entries): return try expand(entries: sortedUnique(entries), exact: nil, segments)
    case .stem(let exact, let stem): return try expand(exact: exact, stem: stem, segments)
    case .prefix(let prefix): return try expand(prefix: prefix, segments, limit: limit, meter)
    case .pattern(let program, let prefix):
      return try expand(LazyAutomaton(program), under: prefix, segments, limit: limit, meter)
    case .fuzzy(let word, let distance, let wordsOnly):
      return try expand(fuzzy: word, distance: distance, wordsOnly: wordsOnly, segments, limit: limit, meter)
    case .values(let prefix, let test): return try expand(values: test, under: prefix, segments, meter)
    }
  }

  private static func sortedUnique(_ entries: [[UInt8]]) -> [[UInt8]] {
    Set(entries).sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func expand(
    entries: [[UInt8]], exact: [UInt8]?, _ segments: [SegmentContext]
  ) throws(IndexError) -> Expansion {
    var forms: [[TermForm]] = []
    for segment in segments { forms.append(try find(entries, exact: exact, in: segment.reader)) }
    return try counted(forms, segments, isTruncated: false)
  }

  /// One entry of the dictionary, which is what most words are.
  private static func expand(exact: [UInt8], _ segments: [SegmentContext]) throws(IndexError) -> Expansion {
    var forms: [[TermForm]] = []
    forms.reserveCapacity(segments.count)
    var frequency: UInt64 = 0
    for segment in segments {
      guard let info = try segment.reader.dictionary.find(bytes: exact) else {
        forms.append([])
        continue
      }
      frequency += UInt64(info.documentFrequency)
      forms.append([TermForm(bytes: exact, info: info, isExact: true)])
    }
    return Expansion(forms: forms, documentFrequency: frequency, isExact: true, isTruncated: false)
  }

  /// Those of the entries that the segment holds.
  static func find(
    _ entries: [[UInt8]], exact: [UInt8]?, in reader: SegmentReader
  ) throws(IndexError) -> [TermForm] {
    var found: [TermForm] = []
    for entry in entries {
      if let info = try reader.dictionary.find(bytes: entry) {
        found.append(TermForm(bytes: entry, info: info, isExact: entry == exact))
      }
    }
    return found
  }

  /// The stem table knows the union's document frequency of each segment.
  private static func expand(
    exact: [UInt8], stem: [UInt8], _ segments: [SegmentContext]
  ) throws(IndexError) -> Expansion {
    var forms: [[TermForm]] = []
    var frequency: UInt64 = 0
    var isTruncated = false
    for segment in segments {
      if let entry = try segment.reader.stems?.entry(bytes: stem) {
        var entries = entry.forms
        frequency += UInt64(entry.documentFrequency)
        // The word as typed is among them wherever the segment holds it, unless the table has left forms out.
        if entries.count >= StemTableFormat.maximumForms {
          isTruncated = true
          if !entries.contains(exact) {
            entries = sortedUnique(entries + [exact])
            frequency += UInt64(try segment.reader.dictionary.find(bytes: exact)?.documentFrequency ?? 0)
          }
        }
        forms.append(try find(entries, exact: exact, in: segment.reader))
      } else {
        // Without an entry, the stem itself is the only form there can be.
        let found = try find(sortedUnique([exact, stem]), exact: exact, in: segment.reader)
        for form in found { frequency += UInt64(form.info.documentFrequency) }
        forms.append(found)
      }
    }
    return Expansion(forms: forms, documentFrequency: frequency, isExact: !isTruncated, isTruncated: isTruncated)
  }

  private static func expand(
    prefix: [UInt8], _ segments: [SegmentContext], limit: Int, _ meter: WorkMeter?
  ) throws(IndexError) -> Expansion {
    var forms: [[TermForm]] = []
    var distinct: Set<[UInt8]> = []
    var wasCut = false
    for segment in segments {
      // One more than the limit is read, to know whether there is more.
      let found = try scan(prefix, in: segment.reader, limit: limit + 1, meter, &wasCut)
      for form in found { distinct.insert(form.bytes) }
      forms.append(found)
    }
    let isTruncated = distinct.count > limit
    if isTruncated {
      let kept = Set(distinct.sorted { $0.lexicographicallyPrecedes($1) }.prefix(limit))
      for index in forms.indices { forms[index].removeAll { !kept.contains($0.bytes) } }
    }
    var expansion = try counted(forms, segments, isTruncated: isTruncated || wasCut, meter: meter)
    expansion.wasCut = wasCut
    if isTruncated, !wasCut { expansion.available = try countEntries(prefix, segments, meter, &expansion.wasCut) }
    return expansion
  }

  /// The segment's entries that begin with `prefix`, the first `limit` in byte order. Sets `wasCut` when `meter` ended the
  /// scan before.
  static func scan(
    _ prefix: [UInt8], in reader: SegmentReader, limit: Int, _ meter: WorkMeter?, _ wasCut: inout Bool
  ) throws(IndexError) -> [TermForm] {
    var found: [TermForm] = []
    let cursor = reader.dictionary.cursor()
    var isOnEntry = try cursor.seek(atLeastBytes: prefix)
    while isOnEntry, found.count < limit {
      if found.count % WorkMeter.grain == WorkMeter.grain - 1, let meter {
        try meter.reserve(WorkMeter.grain * (MemoryLayout<TermForm>.stride + prefix.count + 32))
        if !meter.walk(WorkMeter.grain) {
          wasCut = true
          break
        }
      }
      let bytes = cursor.currentBytes
      guard bytes.starts(with: prefix) else { break }
      found.append(TermForm(bytes: bytes, info: try cursor.info(), isExact: false))
      isOnEntry = try cursor.next()
    }
    return found
  }

  /// The expansion to these forms, with the number of documents that hold any of them.
  static func counted(
    _ forms: [[TermForm]], _ segments: [SegmentContext], isTruncated: Bool, meter: WorkMeter? = nil
  ) throws(IndexError) -> Expansion {
    var sum: UInt64 = 0
    var single = true
    for entries in forms {
      for form in entries { sum += UInt64(form.info.documentFrequency) }
      single = single && entries.count <= 1
    }
    if single || sum > exactUnionLimit {
      return Expansion(forms: forms, documentFrequency: sum, isExact: single, isTruncated: isTruncated)
    }
    var union: UInt64 = 0
    for (entries, segment) in zip(forms, segments) {
      if entries.count == 1 {
        union += UInt64(entries[0].info.documentFrequency)
      } else if entries.count > 1 {
        let bytes = (Int(segment.reader.documentCount) + 7) / 8
        try meter?.reserve(bytes)
        defer { meter?.release(bytes) }
        union += try unionCount(entries, segment.reader)
      }
    }
    return Expansion(forms: forms, documentFrequency: union, isExact: true, isTruncated: isTruncated)
  }

  /// Documents that hold at least one of the forms. Memory: one bit a document.
  private static func unionCount(_ forms: [TermForm], _ reader: SegmentReader) throws(IndexError) -> UInt64 {
    let wordCount = (Int(reader.documentCount) + 63) / 64
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
    defer { words.deallocate() }
    for form in forms {
      let cursor = try reader.postings(form.info)
      try cursor.setBits(from: 0, to: reader.documentCount, words)
    }
    var count = 0
    for index in 0..<wordCount { count &+= words[index].nonzeroBitCount }
    return UInt64(count)
  }
}

extension TermDictionaryReader {
  /// ``find(_:)`` of an array of bytes.
  func find(bytes: [UInt8]) throws(IndexError) -> TermInfo? {
    var result: Result<TermInfo?, IndexError> = .success(nil)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { result = .success(try find(buffer)) } catch { result = .failure(error) }
    }
    return try result.get()
  }
}

extension StemTableReader {
  /// ``entry(_:)`` of an array of bytes.
  func entry(bytes: [UInt8]) throws(IndexError) -> StemEntry? {
    var result: Result<StemEntry?, IndexError> = .success(nil)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { result = .success(try entry(buffer)) } catch { result = .failure(error) }
    }
    return try result.get()
  }
}

extension TermCursor {
  func seek(atLeastBytes bytes: [UInt8]) throws(IndexError) -> Bool {
    var result: Result<Bool, IndexError> = .success(false)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { result = .success(try seek(atLeast: buffer)) } catch { result = .failure(error) }
    }
    return try result.get()
  }

  var currentBytes: [UInt8] { [UInt8](term) }
}
