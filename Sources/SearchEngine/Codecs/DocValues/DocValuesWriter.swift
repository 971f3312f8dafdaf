import Storage

/// Writes the columns of a segment one after another. Memory: a window of each array of the column being written, and
/// 32 bytes for each window written.
final class DocValuesWriter {
  let documentCount: UInt32
  private let file: IndexFileWriter
  private var columns = ByteBuffer(capacity: 1024)
  private var columnCount = 0
  private var isColumnOpen = false

  /// Makes the file `name`, which must not exist, for a segment of `documentCount` documents.
  init(
    _ fileSystem: any FileSystem, name: String, identity: FileIdentity, documentCount: UInt32
  ) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: .docValues, identity: identity)
    self.documentCount = documentCount
    try file.beginSection(DocValuesFormat.data)
  }

  /// Writes a column of numbers that were gathered.
  /// - Precondition: the builder's documents are below `documentCount`; no column of numbers has that name yet.
  func add(_ builder: IntegerColumnBuilder) throws(IndexError) { try add([builder]) }

  /// The same of numbers that were gathered in several builders.
  /// - Precondition: there is one; all have the same name; no document is in two of them.
  func add(_ builders: [IntegerColumnBuilder]) throws(IndexError) {
    precondition(builders.allSatisfy { ($0.documents.last ?? 0) < max(documentCount, 1) }, "a document of the segment")
    var next = [Int](repeating: 0, count: builders.count)
    try addIntegerColumn(builders[0].name) { (document) throws(IndexError) in
      for (place, builder) in builders.enumerated() {
        let own = next[place]
        guard own < builder.documents.count, builder.documents[own] == document else { continue }
        next[place] = own + 1
        return builder.values[own]
      }
      return nil
    }
  }

  /// Writes a column of numbers: `value` is asked for each document in order, and answers nil where there is none.
  /// - Precondition: no column of numbers has that name yet.
  func addIntegerColumn(
    _ name: String, _ value: (UInt32) throws(IndexError) -> Int64?
  ) throws(IndexError) {
    try begin(name, .integer)
    let array = PackedArrayWriter(file)
    for document in 0..<documentCount { try array.append(try value(document)) }
    append(try array.finish())
    isColumnOpen = false
  }

  /// Writes a column of values that were gathered; it is a multi-valued one when a document has several.
  /// - Precondition: the builder's documents are below `documentCount`; no column of values has that name yet.
  func add(_ builder: OrdinalColumnBuilder) throws(IndexError) { try add([builder]) }

  /// The same of values that were gathered in several builders.
  /// - Precondition: there is one; all have the same name; no document is in two of them.
  func add(_ builders: [OrdinalColumnBuilder]) throws(IndexError) {
    precondition(builders.allSatisfy { ($0.documents.last ?? 0) < max(documentCount, 1) }, "a document of the segment")
    let column = try beginOrdinalColumn(builders[0].name, isMultiValued: builders.contains { $0.isMultiValued })
    let ordinals = try add(valuesOf: builders, to: column)
    var next = [Int](repeating: 0, count: builders.count)
    var own: [UInt32] = []
    for document in 0..<documentCount {
      own.removeAll(keepingCapacity: true)
      for (place, builder) in builders.enumerated() {
        while next[place] < builder.documents.count, builder.documents[next[place]] == document {
          own.append(ordinals[place][Int(builder.values[next[place]])])
          next[place] += 1
        }
      }
      if own.count > 1 {
        own.sort()
        var kept = 1
        for place in 1..<own.count where own[place] != own[kept - 1] {
          own[kept] = own[place]
          kept += 1
        }
        own.removeLast(own.count - kept)
      }
      try column.add(ordinals: own)
    }
    try column.finish()
  }

  /// Writes the distinct values of all builders; returns the ordinal of each builder's values.
  private func add(
    valuesOf builders: [OrdinalColumnBuilder], to column: OrdinalColumnWriter
  ) throws(IndexError) -> [[UInt32]] {
    let orders = builders.map { $0.sortedValues() }
    var ordinals = orders.map { [UInt32](repeating: 0, count: $0.count) }
    var places = [Int](repeating: 0, count: builders.count)
    var ordinal: UInt32 = 0
    while true {
      var least: UnsafeRawBufferPointer?
      for (builder, place) in places.enumerated() where place < orders[builder].count {
        let value = builders[builder].value(Int(orders[builder][place]))
        if least.map({ FrontCoding.compare(value, $0) < 0 }) ?? true { least = value }
      }
      guard let least else { return ordinals }
      try column.add(value: least)
      for (builder, place) in places.enumerated() where place < orders[builder].count {
        let number = Int(orders[builder][place])
        guard FrontCoding.compare(builders[builder].value(number), least) == 0 else { continue }
        ordinals[builder][number] = ordinal
        places[builder] += 1
      }
      ordinal += 1
    }
  }

  /// Begins a column of values that is written in one pass, as a merge does: first all distinct values in byte order,
  /// then the ordinals of each document, then its `finish`.
  /// - Precondition: no other column is open; no column of values has that name yet.
  func beginOrdinalColumn(_ name: String, isMultiValued: Bool) throws(IndexError) -> OrdinalColumnWriter {
    try begin(name, isMultiValued ? .multiOrdinal : .ordinal)
    return OrdinalColumnWriter(self, file, isMultiValued: isMultiValued)
  }

  private func begin(_ name: String, _ type: DocValuesFormat.ColumnType) throws(IndexError) {
    precondition(!isColumnOpen, "the column before is finished")
    guard columnCount < DocValuesFormat.maximumColumns else {
      throw .limit(what: "columns of a segment", limit: DocValuesFormat.maximumColumns)
    }
    isColumnOpen = true
    columnCount += 1
    columns.appendSized(name)
    columns.append(type.rawValue)
  }

  fileprivate func append(_ place: PackedArrayPlace) {
    columns.appendVarint(place.count)
    columns.appendVarint(place.zones)
  }

  fileprivate func append(_ place: ValueDictionaryPlace) {
    columns.appendVarint(place.count)
    columns.appendVarint(place.values)
    columns.appendVarint(place.length)
    columns.appendVarint(place.offsets)
  }

  fileprivate func close(multiZones: Int?) {
    if let multiZones { columns.appendVarint(multiZones) }
    isColumnOpen = false
  }

  /// Writes COLS and META and closes the file. Returns what the manifest says of it.
  /// - Precondition: no column is open.
  func finish() throws(IndexError) -> FileEntry {
    precondition(!isColumnOpen, "the last column is finished")
    file.endSection()
    try file.beginSection(DocValuesFormat.columns)
    try file.write(columns.bytes)
    file.endSection()
    try file.beginSection(DocValuesFormat.meta)
    try file.write(uint64: UInt64(documentCount))
    try file.write(uint64: UInt64(columnCount))
    file.endSection()
    return try file.finish()
  }
}

/// Writes one column of values: the distinct values, then the documents' ordinals.
final class OrdinalColumnWriter {
  private let owner: DocValuesWriter
  private let file: IndexFileWriter
  private let isMultiValued: Bool

  // Values.
  private let start: Int
  private var offsets: [UInt32] = []
  private var valueCount = 0
  private var previous = ByteBuffer(capacity: 64)
  private var coded = ByteBuffer(capacity: 256)
  private var isInDocuments = false

  // Documents. A single-valued column has `ordinals` alone, one number a document.
  private let starts: PackedArrayWriter
  private let ordinals: PackedArrayWriter
  private var documents: UInt32 = 0
  private var total: Int64 = 0
  private var zones = ByteBuffer(capacity: 256)
  private var minimum = UInt32.max
  private var maximum: UInt32 = 0
  private var present: UInt32 = 0

  fileprivate init(_ owner: DocValuesWriter, _ file: IndexFileWriter, isMultiValued: Bool) {
    self.owner = owner
    self.file = file
    self.isMultiValued = isMultiValued
    start = file.position
    starts = PackedArrayWriter(file)
    ordinals = PackedArrayWriter(file)
  }

  /// The next distinct value; its ordinal is the number of those before it.
  /// - Precondition: values rise strictly in byte order; no ordinals have been added.
  func add(value: UnsafeRawBufferPointer) throws(IndexError) {
    precondition(!isInDocuments, "values come before ordinals")
    precondition(
      valueCount == 0 || FrontCoding.compare(previous.bytes, value) < 0, "values rise strictly in byte order")
    guard value.count <= DocValuesFormat.maximumValueLength else {
      throw .limit(what: "bytes of a column's value", limit: DocValuesFormat.maximumValueLength)
    }
    coded.removeAll()
    if valueCount % DocValuesFormat.valueBlockLength == 0 {
      guard let offset = UInt32(exactly: file.position - start), valueCount < Int(UInt32.max) - 1 else {
        throw .limit(what: "bytes of a column's values", limit: Int(UInt32.max))
      }
      offsets.append(offset)
      coded.appendVarint(value.count)
      coded.append(value)
    } else {
      FrontCoding.append(value, after: previous.bytes, to: &coded)
    }
    try file.write(coded.bytes)
    previous.removeAll()
    previous.append(value)
    valueCount += 1
  }

  private var place = ValueDictionaryPlace(count: 0, values: 0, length: 0, offsets: 0)

  private func endValues() throws(IndexError) {
    guard !isInDocuments else { return }
    isInDocuments = true
    let length = file.position - start
    try file.align()
    place = ValueDictionaryPlace(count: valueCount, values: start, length: length, offsets: file.position)
    for offset in offsets { try file.write(uint32: offset) }
    offsets = []
  }

  /// The ordinals of the next document; none when it has no value.
  /// - Precondition: they rise strictly and are below the number of values; a single-valued column has one at most.
  func add(ordinals own: [UInt32]) throws(IndexError) {
    try endValues()
    precondition(isMultiValued || own.count <= 1, "one value a document")
    precondition(Int(own.last ?? 0) < max(valueCount, 1), "an ordinal of the column")
    if isMultiValued {
      try starts.append(total)
      for (index, ordinal) in own.enumerated() {
        precondition(index == 0 || own[index - 1] < ordinal, "ordinals of a document rise")
        try ordinals.append(Int64(ordinal))
      }
      total += Int64(own.count)
      if let first = own.first, let last = own.last {
        minimum = min(minimum, first)
        maximum = max(maximum, last)
        present += 1
      }
    } else {
      try ordinals.append(own.first.map { Int64($0) })
    }
    documents += 1
    if documents % UInt32(DocValuesFormat.windowLength) == 0 { endWindow() }
  }

  private func endWindow() {
    guard isMultiValued else { return }
    zones.append(present == 0 ? 0 : minimum)
    zones.append(maximum)
    zones.append(present)
    zones.append(UInt32(0))
    minimum = .max
    maximum = 0
    present = 0
  }

  /// Writes what is left.
  /// - Precondition: ordinals were added for every document of the segment.
  func finish() throws(IndexError) {
    try endValues()
    precondition(documents == owner.documentCount, "ordinals for every document")
    owner.append(place)
    guard isMultiValued else {
      owner.append(try ordinals.finish())
      owner.close(multiZones: nil)
      return
    }
    if documents % UInt32(DocValuesFormat.windowLength) != 0 { endWindow() }
    try starts.append(total)
    owner.append(try starts.finish())
    owner.append(try ordinals.finish())
    let offset = file.position
    try file.write(zones.bytes)
    owner.close(multiZones: offset)
  }
}
