import Storage
import Synchronization

/// An open file of an index. Header, section table and footer are checked at open; a section's bytes are checked on first
/// touch, 64 KB at a time, by ``ByteSlice/verify(_:_:)``.
final class IndexFile: @unchecked Sendable {
  let name: String
  let length: Int
  /// CRC-32C of the block checksums: stands for the whole content.
  let checksum: UInt32
  private let contents: FileContents
  private let base: UnsafeRawPointer
  /// Bytes before the checksum array.
  private let contentLength: Int
  /// One flag a block: 0 not looked at, 1 right. Racing threads check a block twice, which is harmless.
  /// SAFETY: allocated in `init`, freed in `deinit`; indices are bounded by `contentLength`.
  private let verified: UnsafeMutablePointer<Atomic<UInt8>>
  private let blockCount: Int
  private(set) var sections: [(tag: SectionTag, isOptional: Bool, offset: Int, length: Int)] = []

  /// The index and the segment that the header names.
  let identity: FileIdentity

  /// Opens a file that the manifest names and checks its frame against it.
  convenience init(
    _ fileSystem: any FileSystem, _ expected: FileEntry, kind: FileKind, identity: FileIdentity,
    mapped: Bool = true
  ) throws(IndexError) {
    let contents: FileContents
    do throws(StorageError) {
      contents = try fileSystem.open(expected.name, expectedCount: expected.length, mapping: mapped)
    } catch {
      throw Self.translate(error, expected)
    }
    try self.init(contents, name: expected.name, kind: kind)
    guard checksum == expected.checksum else {
      throw .corruption(
        IndexCorruption(
          file: name, offset: contentLength, expected: "checksum \(expected.checksum), as the manifest says",
          found: "\(checksum)"))
    }
    guard self.identity == identity else {
      throw .corruption(
        IndexCorruption(
          file: name, offset: 16, expected: "a file of index \(identity.index), segment \(identity.segment)",
          found: "one of index \(self.identity.index), segment \(self.identity.segment)"))
    }
  }

  /// A file that the manifest names and that is not there, or not as long, is damage; all else is the system's refusal.
  private static func translate(_ error: StorageError, _ expected: FileEntry) -> IndexError {
    switch error {
    case .missing:
      .corruption(
        IndexCorruption(
          file: expected.name, offset: 0, expected: "the file that the manifest names", found: "no such file"))
    case .wrongLength(_, _, let found):
      .corruption(
        IndexCorruption(
          file: expected.name, offset: found, expected: "\(expected.length) bytes", found: "\(found)"))
    default: .storage(error)
    }
  }

  /// Checks the frame of a file of which nothing is known but its kind.
  init(_ contents: FileContents, name: String, kind: FileKind) throws(IndexError) {
    self.contents = contents
    self.name = name
    length = contents.count
    let length = contents.count
    func damage(_ offset: Int, _ expectation: String, _ found: String) -> IndexError {
      .corruption(IndexCorruption(file: name, offset: offset, expected: expectation, found: found))
    }
    let smallest = IndexFileFormat.headerLength + 8 + IndexFileFormat.footerLength
    guard let start = contents.bytes.baseAddress, length >= smallest else {
      throw damage(0, "at least \(smallest) bytes", "\(length)")
    }
    base = start
    func number(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func half(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    let footer = length - IndexFileFormat.footerLength
    let own = CRC32C.checksum(UnsafeRawBufferPointer(start: start + footer, count: 24))
    let last = UInt64(own) << 32 | IndexFileFormat.endMagic & 0xffff_ffff
    guard number(footer + 24) == last else { throw damage(footer, "a footer with checksum", "other bytes") }
    let tableOffset = Int(truncatingIfNeeded: number(footer))
    contentLength = Int(truncatingIfNeeded: number(footer + 8))
    let blocks =
      max(contentLength, 0) / IndexFileFormat.blockLength + (contentLength % IndexFileFormat.blockLength > 0 ? 1 : 0)
    guard contentLength >= IndexFileFormat.headerLength + 8, contentLength < length,
      contentLength + blocks * 4 + IndexFileFormat.footerLength == length
    else { throw damage(footer + 8, "content and checksums to fill the file", "\(contentLength) bytes of content") }
    let array = UnsafeRawBufferPointer(start: start + contentLength, count: blocks * 4)
    let arrayChecksum = CRC32C.checksum(array)
    guard UInt64(arrayChecksum) == number(footer + 16) else {
      throw damage(contentLength, "checksums with checksum \(number(footer + 16))", "\(arrayChecksum)")
    }
    checksum = arrayChecksum
    identity = FileIdentity(index: number(16), segment: number(24))
    blockCount = blocks
    verified = .allocate(capacity: blocks)
    for block in 0..<blocks { (verified + block).initialize(to: Atomic(0)) }

    try verify(0, IndexFileFormat.headerLength)
    guard number(0) == IndexFileFormat.magic else { throw damage(0, "the magic number", "\(number(0))") }
    // Versions count from 1: there has never been a writer of a 0.
    guard half(8) > 0 else { throw damage(8, "a version from 1 on", "0") }
    guard half(8) <= IndexFileFormat.version else {
      throw .tooNew(file: name, version: half(8), supported: IndexFileFormat.version)
    }
    guard half(12) == kind.rawValue else { throw damage(12, "a file of kind \(kind)", "kind \(half(12))") }
    guard tableOffset >= IndexFileFormat.headerLength, tableOffset <= contentLength - 8 else {
      throw damage(footer, "a section table inside the file", "offset \(tableOffset)")
    }
    try verify(tableOffset, contentLength - tableOffset)
    let count = number(tableOffset)
    guard count <= UInt64(IndexFileFormat.maximumSections),
      tableOffset + 8 + Int(count) * IndexFileFormat.sectionEntryLength == contentLength
    else { throw damage(tableOffset, "a section table", "\(count) sections") }
    for index in 0..<Int(count) {
      let entry = tableOffset + 8 + index * IndexFileFormat.sectionEntryLength
      let offset = number(entry + 8)
      let size = number(entry + 16)
      guard offset >= UInt64(IndexFileFormat.headerLength), offset <= UInt64(tableOffset),
        size <= UInt64(tableOffset) - offset, offset % UInt64(IndexFileFormat.sectionAlignment) == 0
      else { throw damage(entry, "a section before the table", "offset \(offset), length \(size)") }
      sections.append((SectionTag(code: half(entry)), half(entry + 4) & 1 == 1, Int(offset), Int(size)))
    }
  }

  /// Opens what is left of a damaged file that the manifest names: what its footer says is worked out from the length that
  /// the manifest gives, and the section table is looked for where a table of its length would stand.
  ///
  /// - Parameter trusting: true hands out bytes whose checksums are wrong, too, for readers that can tell by other means
  ///   (a record by its content hash). Every reader bears any bytes.
  /// - Throws: corruption when the file has another length or no section table.
  init(
    salvaging contents: FileContents, _ expected: FileEntry, identity: FileIdentity, trusting: Bool
  ) throws(IndexError) {
    self.contents = contents
    name = expected.name
    length = contents.count
    checksum = expected.checksum
    self.identity = identity
    let footer = IndexFileFormat.footerLength
    let smallest = IndexFileFormat.headerLength + 8 + footer
    guard let start = contents.bytes.baseAddress, length >= smallest, length == expected.length else {
      throw .corruption(
        IndexCorruption(
          file: expected.name, offset: contents.count, expected: "\(expected.length) bytes", found: "\(contents.count)")
      )
    }
    base = start
    let perBlock = IndexFileFormat.blockLength + 4
    blockCount = (length - footer + perBlock - 1) / perBlock
    contentLength = length - footer - blockCount * 4
    verified = .allocate(capacity: blockCount)
    for block in 0..<blockCount { (verified + block).initialize(to: Atomic(trusting ? 1 : 0)) }
    guard let found = Self.sectionTable(start, contentLength: contentLength) else {
      throw .corruption(
        IndexCorruption(file: name, offset: contentLength, expected: "a section table", found: "other bytes"))
    }
    sections = found
  }

  /// The section table that ends with the content: its count says how long it is, its sections lie before it.
  private static func sectionTable(
    _ start: UnsafeRawPointer, contentLength: Int
  ) -> [(tag: SectionTag, isOptional: Bool, offset: Int, length: Int)]? {
    func number(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    for count in 1...IndexFileFormat.maximumSections {
      let table = contentLength - 8 - count * IndexFileFormat.sectionEntryLength
      guard table >= IndexFileFormat.headerLength else { return nil }
      guard number(table) == UInt64(count) else { continue }
      var sections: [(tag: SectionTag, isOptional: Bool, offset: Int, length: Int)] = []
      for index in 0..<count {
        let entry = table + 8 + index * IndexFileFormat.sectionEntryLength
        let (name, offset, size) = (number(entry), number(entry + 8), number(entry + 16))
        guard offset >= UInt64(IndexFileFormat.headerLength), offset <= UInt64(table), size <= UInt64(table) - offset,
          offset % UInt64(IndexFileFormat.sectionAlignment) == 0
        else { break }
        sections.append(
          (SectionTag(code: UInt32(truncatingIfNeeded: name)), name >> 32 & 1 == 1, Int(offset), Int(size)))
      }
      if sections.count == count { return sections }
    }
    return nil
  }

  deinit {
    (verified).deinitialize(count: blockCount)
    verified.deallocate()
  }

  /// The section of that tag, which every file of this kind has. Throws corruption when it is not there.
  func section(_ tag: SectionTag) throws(IndexError) -> ByteSlice {
    guard let slice = optionalSection(tag) else {
      throw .corruption(
        IndexCorruption(file: name, offset: contentLength, expected: "a section \(tag)", found: "none of that name"))
    }
    return slice
  }

  func optionalSection(_ tag: SectionTag) -> ByteSlice? {
    guard let found = sections.first(where: { $0.tag == tag }) else { return nil }
    return ByteSlice(base: base + found.offset, count: found.length, file: self, fileOffset: found.offset)
  }

  /// Checks the blocks that the range of the file touches, those not yet checked.
  /// - Precondition: the range is inside the content; ``ByteSlice`` sees to that.
  @inline(__always)
  func verify(_ offset: Int, _ count: Int) throws(IndexError) {
    guard count > 0 else { return }
    var block = offset / IndexFileFormat.blockLength
    let last = (offset &+ count &- 1) / IndexFileFormat.blockLength
    while block <= last {
      if (verified + block).pointee.load(ordering: .relaxed) == 0 { try verifyBlock(block) }
      block &+= 1
    }
  }

  @inline(never)
  private func verifyBlock(_ block: Int) throws(IndexError) {
    guard block >= 0, block < blockCount else {
      throw .corruption(
        IndexCorruption(file: name, offset: 0, expected: "a block below \(blockCount)", found: "\(block)"))
    }
    let start = block * IndexFileFormat.blockLength
    let size = min(IndexFileFormat.blockLength, contentLength - start)
    let found = CRC32C.checksum(UnsafeRawBufferPointer(start: base + start, count: size))
    let expected = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: contentLength + block * 4, as: UInt32.self))
    guard found == expected else {
      throw .corruption(
        IndexCorruption(
          file: name, offset: start, expected: "checksum \(expected) over \(size) bytes", found: "\(found)"))
    }
    (verified + block).pointee.store(1, ordering: .relaxed)
  }

  /// Calls `body` with all bytes of the file, footer included; they stay valid until it returns.
  func withBytes<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try contents.withBytes(body)
  }

  /// Checks every block that has not been checked yet.
  func verifyAll() throws(IndexError) { try verify(0, contentLength) }
}
