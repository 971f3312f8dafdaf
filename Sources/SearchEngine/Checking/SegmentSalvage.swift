import JSONText
import Records
import Storage

/// A record that a repair could not save.
public struct LostRecord: Hashable, Sendable {
  public let kind: String
  /// Nil where the column of ids is damaged at that place, too.
  public let id: String?
  /// The hash of the id (SipHash, as in the keys), in hex: by it an id at hand can be told to be the lost one.
  public let keyHash: String?
  /// What is wrong with it.
  public let reason: String
}

/// Reads the records of a segment that is damaged, one by one, and tells those that are whole from those that are lost.
///
/// A record is whole when its block's checksum is right and it is what the keys' content hash says, or, where the checksum
/// is wrong, when the content hash alone proves it: so one changed byte costs the records whose bytes it touches, not a
/// block of 64 KB of them.
struct SegmentSalvage {
  let fileSystem: any FileSystem
  let entry: SegmentEntry
  let kind: String
  let index: UInt64

  enum Outcome {
    case record(Record)
    case lost(LostRecord)
  }

  private var identity: FileIdentity { FileIdentity(index: index, segment: entry.id) }

  /// A reader of one of the segment's files, as far as it can be had.
  private func open<Reader>(
    _ kind: FileKind, trusting: Bool = false, _ body: (IndexFile) throws(IndexError) -> Reader
  ) -> Reader? {
    guard let file = entry.files[kind] else { return nil }
    do {
      let contents = try fileSystem.open(file.name, expectedCount: file.length, mapping: false)
      return try body(try IndexFile(salvaging: contents, file, identity: identity, trusting: trusting))
    } catch { return nil }
  }

  /// Whether the file of deletions can be read; without it nobody knows which records were deleted.
  var knowsDeletions: Bool { entry.files[.liveDocs] == nil || live != nil }

  private var live: LiveDocs? {
    open(.liveDocs) { (file) throws(IndexError) in try LiveDocs(file: file, documentCount: entry.documentCount) }
  }

  /// Hands over every record that lives, or may live where ``knowsDeletions`` is false, in document order.
  ///
  /// - Throws: what `body` throws; damage is an outcome.
  /// - Cost: linear; 16 bytes a document, and a block of records decompressed twice at most.
  func forEach(_ body: (Outcome) throws(IndexError) -> Void) throws(IndexError) {
    let live = live
    let keys = readKeys()
    let whole = open(.storedRecords) { (file) throws(IndexError) in try StoredRecordsReader(file: file).handle() }
    let doubtful = open(.storedRecords, trusting: true) { (file) throws(IndexError) in
      try StoredRecordsReader(file: file).handle()
    }
    let columns = open(.docValues) { (file) throws(IndexError) in try DocValuesReader(file: file) }
    let ids = columns?.ordinalColumn("#id")
    for document in 0..<entry.documentCount {
      if let live, !live.contains(document) { continue }
      let key = keys[document]
      if let bytes = read(document, whole), key.map({ XXHash64.hash(bytes) == $0.contentHash }) ?? true,
        let record = record(bytes)
      {
        try body(.record(record))
        continue
      }
      if let key, let bytes = read(document, doubtful), XXHash64.hash(bytes) == key.contentHash,
        let record = record(bytes)
      {
        try body(.record(record))
        continue
      }
      var id: String?
      if let ids, let ordinal = try? ids.ordinal(of: document) { id = try? ids.value(ordinal) }
      try body(
        .lost(
          LostRecord(
            kind: kind, id: id, keyHash: key.map { String($0.keyHash, radix: 16) },
            reason: whole == nil && doubtful == nil
              ? "the file of records is missing, cut short or has no section table" : "its bytes are damaged")))
    }
  }

  private func read(_ document: UInt32, _ handle: StoredRecordsHandle?) -> [UInt8]? {
    guard let handle else { return nil }
    return try? handle.withRecord(document) { Array($0) }
  }

  /// Entries of the keys by document, those whose checksums are right.
  private func readKeys() -> [UInt32: RecordKey] {
    guard let reader = open(.recordKeys, { (file) throws(IndexError) in try RecordKeysReader(file: file) }) else {
      return [:]
    }
    var keys: [UInt32: RecordKey] = [:]
    for place in 0..<reader.count {
      guard let key = try? reader.entry(place), key.document < entry.documentCount else { continue }
      keys[key.document] = key
    }
    return keys
  }

  /// The record that canonical JSON is; nil when it is none of the segment's kind.
  private func record(_ bytes: [UInt8]) -> Record? {
    var reader = JSONReader()
    guard case .object(let object)? = try? reader.read(bytes), case .string(kind)? = object["kind"],
      case .string(let id)? = object["id"]
    else { return nil }
    var body = JSONObject()
    for member in object.members where member.name != "kind" && member.name != "id" {
      body.append(member.name, member.value)
    }
    return Record(kind: kind, id: id, body: body)
  }
}
