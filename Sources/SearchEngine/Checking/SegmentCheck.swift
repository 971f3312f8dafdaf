import JSONText
import Records
import Storage

/// The deep check of one segment: each structure by itself, then against the others. A structure that cannot be read is
/// left out of the comparisons.
struct SegmentCheck {
  let fileSystem: any FileSystem
  let entry: SegmentEntry
  let schema: Schema
  let index: UInt64
  let manifestName: String
  let mapped: Bool

  private var documentCount: UInt32 { entry.documentCount }

  /// Opens one of the segment's files and reads its structure; nil when it has none or that fails.
  private func open<Reader>(
    _ kind: FileKind, _ log: inout CheckLog, isRequired: Bool = false,
    _ body: (IndexFile, inout CheckLog) throws(IndexError) -> Reader
  ) -> Reader? {
    guard let file = entry.files[kind] else {
      if isRequired { log.note(kind.suffix, manifestName, nil, "segment \(entry.id) has no file .\(kind.suffix)") }
      return nil
    }
    return log.step(kind.suffix, file.name) { (log) throws(IndexError) in
      let identity = FileIdentity(index: index, segment: entry.id)
      return try body(
        try IndexFile(fileSystem, file, kind: kind, identity: identity, mapped: mapped), &log)
    }
  }

  private func name(_ kind: FileKind) -> String { entry.files[kind]?.name ?? manifestName }

  private func agree(_ found: UInt64, _ kind: FileKind, _ what: String, _ log: inout CheckLog) {
    guard found != UInt64(documentCount) else { return }
    log.note(kind.suffix, name(kind), nil, "expected \(documentCount) \(what), found \(found)")
  }

  func run(_ log: inout CheckLog) {
    checkLive(&log)
    let lengths = checkLengths(&log)
    let ends = checkUnits(&log)
    let dictionary = open(.termDictionary, &log, isRequired: true) { (file, log) throws(IndexError) in
      let reader = try TermDictionaryReader(file: file)
      try reader.verifyStructure()
      log.count(FileKind.termDictionary.suffix, items: reader.termCount)
      return reader
    }
    if let dictionary { checkPostings(dictionary, lengths, ends, &log) }
    let hashes = checkKeys(&log)
    let columns = open(.docValues, &log) { (file, log) throws(IndexError) in
      let reader = try DocValuesReader(file: file)
      agree(UInt64(reader.documentCount), .docValues, "documents", &log)
      try reader.verifyStructure()
      log.count(
        FileKind.docValues.suffix,
        items: UInt64(reader.integerColumnNames.count + reader.ordinalColumnNames.count))
      return reader
    }
    checkRecords(hashes, columns, &log)
  }

  // MARK: Counts

  private func checkLive(_ log: inout CheckLog) {
    guard entry.files[.liveDocs] != nil else {
      if entry.liveCount != documentCount {
        log.note(
          FileKind.liveDocs.suffix, manifestName, nil,
          "segment \(entry.id): \(entry.liveCount) of \(documentCount) documents live, but no file says which")
      }
      return
    }
    _ = open(.liveDocs, &log) { (file, log) throws(IndexError) in
      let live = try LiveDocs(file: file, documentCount: documentCount)
      log.count(FileKind.liveDocs.suffix, items: UInt64(live.documentCount))
      guard live.liveCount != entry.liveCount else { return }
      log.note(
        FileKind.liveDocs.suffix, file.name, nil, "expected \(entry.liveCount) live documents, found \(live.liveCount)")
    }
  }

  private func checkLengths(_ log: inout CheckLog) -> [UInt32]? {
    open(.fieldLengths, &log, isRequired: true) { (file, log) throws(IndexError) in
      let reader = try FieldLengthsReader(file: file)
      try reader.verifyStructure()
      agree(UInt64(reader.documentCount), .fieldLengths, "lengths", &log)
      if reader.totalLength != entry.totalLength {
        log.note(
          FileKind.fieldLengths.suffix, file.name, nil,
          "expected a total of \(entry.totalLength), found \(reader.totalLength)")
      }
      log.count(FileKind.fieldLengths.suffix, items: UInt64(reader.documentCount))
      var lengths: [UInt32] = []
      lengths.reserveCapacity(Int(reader.documentCount))
      for document in 0..<reader.documentCount { lengths.append(try reader[document]) }
      return lengths
    }
  }

  /// Returns where each document's line ends.
  private func checkUnits(_ log: inout CheckLog) -> [UInt32]? {
    open(.units, &log) { (file, log) throws(IndexError) in
      let reader = try UnitsReader(file: file)
      try reader.verifyStructure()
      agree(UInt64(reader.documentCount), .units, "documents", &log)
      var ends: [UInt32] = []
      ends.reserveCapacity(Int(reader.documentCount))
      var units = DocumentUnits()
      for document in 0..<reader.documentCount {
        try reader.units(of: document, into: &units)
        log.count(FileKind.units.suffix, items: UInt64(units.units.count))
        if let message = problem(units) {
          log.note(FileKind.units.suffix, file.name, nil, "document \(document): \(message)")
        }
        ends.append(units.units.reduce(0) { max($0, $1.end) })
      }
      return ends
    }
  }

  /// Whether each unit lies inside what encloses it, and fields inside the schema.
  private func problem(_ units: DocumentUnits) -> String? {
    let groups = RecordInverter.groups(of: schema).count
    var item: Unit?
    var field: Unit?
    for unit in units.units {
      guard Int(unit.group) <= groups else { return "expected a group of at most \(groups), found \(unit.group)" }
      switch unit.kind {
      case .item:
        item = unit
      case .field:
        field = unit
        guard unit.ordinal <= UInt32(schema.fields.count) else { return "there is no field \(unit.ordinal)" }
        if unit.group > 0 {
          guard let item, item.group == unit.group, item.start <= unit.start, unit.end <= item.end else {
            return "field \(unit.ordinal) at \(unit.start) lies outside its item"
          }
        }
      case .paragraph, .sentence:
        guard let field, field.start <= unit.start, unit.end <= field.end, unit.start < unit.end else {
          return "a \(unit.kind) from \(unit.start) to \(unit.end) lies outside its field"
        }
      }
    }
    return nil
  }

  // MARK: Terms

  private func checkPostings(
    _ dictionary: TermDictionaryReader, _ lengths: [UInt32]?, _ ends: [UInt32]?, _ log: inout CheckLog
  ) {
    guard let postings = open(.postings, &log, isRequired: true, { (file, _) throws(IndexError) in file }),
      let positions = open(.positions, &log, isRequired: true, { (file, _) throws(IndexError) in file }),
      let reader = log.step(
        FileKind.postings.suffix, name(.postings),
        { (_) throws(IndexError) in
          try PostingsReader(postings: postings, positions: positions, documentCount: documentCount)
        })
    else { return }
    let check = PostingsCheck(
      dictionary: dictionary, postings: reader, postingsName: postings.name, positionsName: positions.name,
      documentCount: documentCount, lengths: lengths.flatMap { $0.count == Int(documentCount) ? $0 : nil },
      ends: ends.flatMap { $0.count == Int(documentCount) ? $0 : nil })
    check.run(&log)
    _ = open(.stemTable, &log) { (file, log) throws(IndexError) in
      let stems = try StemTableReader(file: file)
      try stems.verifyStructure()
      log.count(FileKind.stemTable.suffix, items: stems.stemCount)
      try check.checkStems(stems, file.name, &log)
    }
    _ = open(.termVectors, &log) { (file, log) throws(IndexError) in
      let vectors = try TermVectorsReader(file: file)
      try vectors.verifyStructure()
      agree(UInt64(vectors.documentCount), .termVectors, "vectors", &log)
      log.count(FileKind.termVectors.suffix, items: UInt64(vectors.documentCount))
    }
  }

  // MARK: Records

  /// Returns the content hash of every document.
  private func checkKeys(_ log: inout CheckLog) -> [UInt64]? {
    open(.recordKeys, &log) { (file, log) throws(IndexError) -> [UInt64]? in
      let reader = try RecordKeysReader(file: file)
      try reader.verifyStructure()
      agree(UInt64(reader.count), .recordKeys, "keys", &log)
      log.count(FileKind.recordKeys.suffix, items: UInt64(reader.count))
      var hashes = [UInt64](repeating: 0, count: Int(documentCount))
      var seen = [Bool](repeating: false, count: Int(documentCount))
      for place in 0..<reader.count {
        let key = try reader.entry(place)
        let document = Int(key.document)
        guard document < seen.count, !seen[document] else {
          log.note(
            FileKind.recordKeys.suffix, file.name, nil, "key \(place) names document \(document), out of range or twice"
          )
          return nil
        }
        seen[document] = true
        hashes[document] = key.contentHash
      }
      return reader.count == seen.count ? hashes : nil
    } ?? nil
  }

  private func checkRecords(_ hashes: [UInt64]?, _ columns: DocValuesReader?, _ log: inout CheckLog) {
    _ = open(.storedRecords, &log) { (file, log) throws(IndexError) in
      let reader = try StoredRecordsReader(file: file)
      try reader.verifyStructure()
      agree(UInt64(reader.documentCount), .storedRecords, "records", &log)
      log.count(FileKind.storedRecords.suffix, items: UInt64(reader.documentCount))
      let handle = reader.handle()
      let ids = columns.flatMap { $0.documentCount == reader.documentCount ? $0.ordinalColumn("#id") : nil }
      for document in 0..<reader.documentCount {
        var id: [UInt8]?
        if let ids, let ordinal = try ids.ordinal(of: document) {
          var bytes: [UInt8] = []
          try ids.values.bytes(of: ordinal, into: &bytes)
          id = bytes
        }
        let hash = hashes.flatMap { Int(document) < $0.count ? $0[Int(document)] : nil }
        let message = try handle.withRecord(document) { problem($0, hash: hash, id: id, hasIds: ids != nil) }
        if let message { log.note(FileKind.storedRecords.suffix, file.name, nil, "record \(document): \(message)") }
      }
    }
  }

  /// What is wrong with a stored record: it is one JSON object of the segment's kind, with the id of the column `#id` and
  /// the content hash of the keys.
  private func problem(_ bytes: UnsafeRawBufferPointer, hash: UInt64?, id: [UInt8]?, hasIds: Bool) -> String? {
    var reader = JSONReader()
    let value: JSONValue
    do { value = try reader.read(bytes) } catch { return "expected JSON, found \(error)" }
    guard case .object(let object) = value, case .string(let kind)? = object["kind"],
      case .string(let found)? = object["id"]
    else { return "expected an object with a kind and an id" }
    if kind != schema.kind { return "expected the kind \(schema.kind), found \(kind)" }
    if hasIds, id != FoldedValue.columnValue(found) {
      return "expected the id '\(String(decoding: id ?? [], as: UTF8.self))' of the column #id, found '\(found)'"
    }
    if let hash, XXHash64.hash(bytes) != hash { return "its content is not that of the hash in the keys" }
    return nil
  }
}
