import Storage

/// Writes a stem table, stem after stem. Memory: one block, and 12 bytes for each block written.
final class StemTableWriter {
  private let file: IndexFileWriter
  private var index = TermBlockIndexWriter()
  private var stemCount: UInt64 = 0
  private var count = 0
  private var firstStem: [UInt8] = []
  private var previous: [UInt8] = []
  private var head = ByteBuffer(capacity: 64)
  private var entries = ByteBuffer(capacity: 1024)
  private var info = ByteBuffer(capacity: 256)

  /// Makes the file `name`, which must not exist.
  init(_ fileSystem: any FileSystem, name: String, identity: FileIdentity) throws(IndexError) {
    file = try IndexFileWriter(fileSystem, name: name, kind: StemTableFormat.kind, identity: identity)
    try file.beginSection(TermDictionaryFormat.data)
  }

  /// Adds a stem. Throws a limit when a stem or form is longer than a term may be, or when there are more forms than
  /// ``StemTableFormat/maximumForms`` or more than ``StemTableFormat/maximumFormBytes`` in them.
  /// - Precondition: stems rise strictly in byte order; there is a form, and the forms rise strictly too.
  func add(_ entry: StemEntry) throws(IndexError) {
    let longest = entry.forms.reduce(entry.stem.count) { max($0, $1.count) }
    guard longest <= TermDictionaryFormat.maximumTermLength else {
      throw .limit(what: "bytes of a term", limit: TermDictionaryFormat.maximumTermLength)
    }
    guard entry.forms.count <= StemTableFormat.maximumForms else {
      throw .limit(what: "forms of a stem", limit: StemTableFormat.maximumForms)
    }
    guard entry.forms.reduce(0, { $0 + $1.count }) <= StemTableFormat.maximumFormBytes else {
      throw .limit(what: "bytes of a stem's forms", limit: StemTableFormat.maximumFormBytes)
    }
    precondition(!entry.forms.isEmpty, "a stem has a form")
    precondition(
      stemCount == 0 || previous.lexicographicallyPrecedes(entry.stem), "stems are added in strictly rising byte order")
    if count == StemTableFormat.blockLength { try flush() }
    if count == 0 {
      firstStem = entry.stem
    } else {
      append(entry.stem, after: previous, isInfo: false)
    }
    info.removeAll()
    info.appendVarint(entry.documentFrequency)
    info.appendVarint(entry.forms.count)
    var before = entry.stem
    for (place, form) in entry.forms.enumerated() {
      precondition(place == 0 || before.lexicographicallyPrecedes(form), "forms rise strictly in byte order")
      append(form, after: before, isInfo: true)
      before = form
    }
    entries.appendVarint(info.count)
    entries.append(info.bytes)
    previous = entry.stem
    count += 1
    stemCount += 1
  }

  private func append(_ term: [UInt8], after previous: [UInt8], isInfo: Bool) {
    term.withUnsafeBytes { term in
      previous.withUnsafeBytes { previous in
        if isInfo {
          FrontCoding.append(term, after: previous, to: &info)
        } else {
          FrontCoding.append(term, after: previous, to: &entries)
        }
      }
    }
  }

  private func flush() throws(IndexError) {
    guard count > 0 else { return }
    head.removeAll()
    head.appendVarint(firstStem.count)
    firstStem.withUnsafeBytes { head.append($0) }
    head.append(UInt8(count))
    var failure: IndexError?
    let offset = file.position
    firstStem.withUnsafeBytes { stem in
      do throws(IndexError) { try index.add(stem, offset: offset) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.write(head.bytes)
    try file.write(entries.bytes)
    entries.removeAll()
    count = 0
  }

  /// Writes the last block and the index, and closes the file. Returns what the manifest says of it.
  func finish() throws(IndexError) -> FileEntry {
    try flush()
    file.endSection()
    try index.write(to: file)
    try file.beginSection(StemTableFormat.meta)
    try file.write(uint64: StemTableFormat.marker)
    try file.write(uint64: stemCount)
    try file.write(uint64: UInt64(index.blockCount))
    file.endSection()
    return try file.finish()
  }
}
