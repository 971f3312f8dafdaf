import Storage

/// Writes one file of an index: header, sections one after another, section table, checksums, footer. Use: `beginSection`,
/// the writes, `endSection`, …, `finish`. A file that is not finished is left for the next writer's garbage collection.
final class IndexFileWriter {
  let name: String
  private let file: AppendFile
  private let scratch: UnsafeMutableRawPointer
  private var filled = 0
  private var flushed = 0
  private var sectionStart = 0
  private var sections: [(tag: SectionTag, isOptional: Bool, offset: Int, length: Int)] = []

  /// Bytes are handed to the file in runs of this size: large enough that the call is free, small enough to stay in L2.
  private static let scratchLength = 65_536

  /// Makes the file, which must not exist. Throws what the file system throws.
  init(_ fileSystem: any FileSystem, name: String, kind: FileKind, identity: FileIdentity) throws(IndexError) {
    self.name = name
    do throws(StorageError) { file = try fileSystem.create(name) } catch { throw .storage(error) }
    scratch = .allocate(byteCount: Self.scratchLength, alignment: 64)
    try write(uint64: IndexFileFormat.magic)
    try write(uint32: IndexFileFormat.version)
    try write(uint32: kind.rawValue)
    try write(uint64: identity.index)
    try write(uint64: identity.segment)
    try write(uint64: 0)
    try write(uint64: 0)
  }

  deinit { scratch.deallocate() }

  /// Offset in the current section of the next byte.
  var position: Int { flushed &+ filled &- sectionStart }

  func beginSection(_ tag: SectionTag, isOptional: Bool = false) throws(IndexError) {
    try align()
    sectionStart = flushed + filled
    sections.append((tag, isOptional, sectionStart, 0))
  }

  func endSection() {
    sections[sections.count - 1].length = position
  }

  /// Pads to the alignment of sections and number arrays.
  func align() throws(IndexError) {
    while (flushed + filled) % IndexFileFormat.sectionAlignment != 0 { try write(uint8: 0) }
  }

  @inline(__always)
  func write(uint8 value: UInt8) throws(IndexError) {
    if filled == Self.scratchLength { try drain() }
    scratch.storeBytes(of: value, toByteOffset: filled, as: UInt8.self)
    filled &+= 1
  }

  @inline(__always)
  func write(uint32 value: UInt32) throws(IndexError) {
    if filled &+ 4 > Self.scratchLength { try drain() }
    scratch.storeBytes(of: value.littleEndian, toByteOffset: filled, as: UInt32.self)
    filled &+= 4
  }

  @inline(__always)
  func write(uint64 value: UInt64) throws(IndexError) {
    if filled &+ 8 > Self.scratchLength { try drain() }
    scratch.storeBytes(of: value.littleEndian, toByteOffset: filled, as: UInt64.self)
    filled &+= 8
  }

  func write(varint value: UInt64) throws(IndexError) {
    var value = value
    while value >= 0x80 {
      try write(uint8: UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    try write(uint8: UInt8(truncatingIfNeeded: value))
  }

  @inline(__always)
  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    if bytes.count <= Self.scratchLength &- filled {
      (scratch + filled).copyMemory(from: start, byteCount: bytes.count)
      filled &+= bytes.count
    } else {
      try writeLarge(bytes)
    }
  }

  private func writeLarge(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    try drain()
    var rest = bytes
    while rest.count > 0 {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.scratchLength))
      (scratch + filled).copyMemory(from: part.baseAddress!, byteCount: part.count)
      filled += part.count
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
      if filled == Self.scratchLength { try drain() }
    }
  }

  private func drain() throws(IndexError) {
    guard filled > 0 else { return }
    do throws(StorageError) {
      try file.write(UnsafeRawBufferPointer(start: scratch, count: filled))
    } catch { throw .storage(error) }
    flushed += filled
    filled = 0
  }

  /// Writes table, checksums and footer, makes the file durable and closes it. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    try align()
    let tableOffset = flushed + filled
    try write(uint64: UInt64(sections.count))
    for section in sections {
      try write(uint32: section.tag.code)
      try write(uint32: section.isOptional ? 1 : 0)
      try write(uint64: UInt64(section.offset))
      try write(uint64: UInt64(section.length))
    }
    try drain()
    let content = flushed
    let checksums = file.checksums()
    for checksum in checksums.blocks { try write(uint32: checksum) }
    let arrayChecksum = checksums.checksum
    let footer = [
      UInt64(tableOffset).littleEndian, UInt64(content).littleEndian, UInt64(arrayChecksum).littleEndian,
    ]
    for value in footer { try write(uint64: UInt64(littleEndian: value)) }
    // The footer's own checksum covers its three numbers and closes the file, behind the end mark.
    let own = footer.withUnsafeBytes { CRC32C.checksum($0) }
    try write(uint64: UInt64(own) << 32 | IndexFileFormat.endMagic & 0xffff_ffff)
    try drain()
    do throws(StorageError) {
      try file.sync()
      try file.close()
    } catch { throw .storage(error) }
    return FileEntry(name: name, length: flushed, checksum: arrayChecksum)
  }
}
