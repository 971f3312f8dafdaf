/// Writes the columns of several segments as those of one, a column at a time, in one pass over its documents.
struct ColumnMerger {
  let sources: [SegmentReader]
  let maps: [DocumentMap]

  func write(_ writer: DocValuesWriter) throws(IndexError) -> FileEntry {
    let readers = sources.map(\.columns)
    for name in Set(readers.flatMap { $0?.integerColumnNames ?? [] }).sorted() {
      try mergeIntegers(name, writer)
    }
    for name in Set(readers.flatMap { $0?.ordinalColumnNames ?? [] }).sorted() {
      try mergeOrdinals(name, writer)
    }
    return try writer.finish()
  }

  private func mergeIntegers(_ name: String, _ writer: DocValuesWriter) throws(IndexError) {
    // The walk over the sources' documents in step with the merged ones.
    var place = 0
    var document: UInt32 = 0
    var column = sources.first?.columns?.integerColumn(name)
    try writer.addIntegerColumn(name) { (_) throws(IndexError) in
      while true {
        if document >= sources[place].documentCount {
          place += 1
          document = 0
          guard place < sources.count else { return nil }
          column = sources[place].columns?.integerColumn(name)
          continue
        }
        let own = document
        document += 1
        guard maps[place][own] != nil else { continue }
        return try column?.value(of: own)
      }
    }
  }

  private func mergeOrdinals(_ name: String, _ writer: DocValuesWriter) throws(IndexError) {
    let columns = sources.map { $0.columns?.ordinalColumn(name) }
    let isMultiValued = columns.contains { $0?.isMultiValued == true }
    let merged = try writer.beginOrdinalColumn(name, isMultiValued: isMultiValued)
    // Values that only deleted documents held stay out: a facet never offers what nothing has.
    var used: [[Bool]] = []
    var own: [UInt32] = []
    for (place, column) in columns.enumerated() {
      var flags = [Bool](repeating: false, count: column?.valueCount ?? 0)
      if let column {
        for document in 0..<sources[place].documentCount where maps[place][document] != nil {
          try column.ordinals(of: document, into: &own)
          for ordinal in own where Int(ordinal) < flags.count { flags[Int(ordinal)] = true }
        }
      }
      used.append(flags)
    }
    var newOrdinals = used.map { [UInt32](repeating: 0, count: $0.count) }
    var next = columns.map { _ in 0 }
    var heads: [[UInt8]?] = columns.map { _ in nil }
    for place in columns.indices { heads[place] = try head(columns[place], used[place], &next[place]) }
    var count: UInt32 = 0
    var previous: [UInt8] = []
    while let least = heads.compactMap({ $0 }).min(by: { $0.lexicographicallyPrecedes($1) }) {
      guard count == 0 || previous.lexicographicallyPrecedes(least) else {
        throw .corruption(
          IndexCorruption(
            file: "column \(name)", offset: 0, expected: "values in rising order", found: "one that is not"))
      }
      previous = least
      var failure: IndexError?
      least.withUnsafeBytes { bytes in
        do throws(IndexError) { try merged.add(value: bytes) } catch { failure = error }
      }
      if let failure { throw failure }
      for place in columns.indices where heads[place] == least {
        newOrdinals[place][next[place]] = count
        next[place] += 1
        heads[place] = try head(columns[place], used[place], &next[place])
      }
      count += 1
    }
    for (place, column) in columns.enumerated() {
      for document in 0..<sources[place].documentCount where maps[place][document] != nil {
        own.removeAll(keepingCapacity: true)
        try column?.ordinals(of: document, into: &own)
        for index in own.indices.dropFirst() where own[index - 1] >= own[index] {
          throw .corruption(
            IndexCorruption(
              file: "column \(name)", offset: 0, expected: "rising ordinals of document \(document)",
              found: "\(own[index]) after \(own[index - 1])"))
        }
        try merged.add(ordinals: own.map { newOrdinals[place][Int($0)] })
      }
    }
    try merged.finish()
  }

  /// The next value in use from `next` on; `next` is then its ordinal.
  private func head(_ column: OrdinalColumn?, _ used: [Bool], _ next: inout Int) throws(IndexError) -> [UInt8]? {
    guard let column else { return nil }
    while next < used.count, !used[next] { next += 1 }
    guard next < used.count else { return nil }
    return Array(try column.value(UInt32(next)).utf8)
  }
}
