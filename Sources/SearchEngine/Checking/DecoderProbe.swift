import Storage

/// Runs one decoder over the content of a file that somebody wrote to do harm: whatever it is, the decoder answers or throws,
/// and neither traps nor runs long. What fuzzing drives.
///
/// The content is what stands before the checksums: header, sections, section table. The probe computes the checksums and the
/// footer, so that what is tried is the decoder and not the checksum.
package struct DecoderProbe: Sendable {
  package let kind: FileKind
  /// The index of a block and a tail, and the one of few records.
  private let whole: ProbeSample
  private let few: ProbeSample

  /// Kinds that have a decoder of their own; attachments are bytes to the engine.
  package static let kinds = FileKind.allCases.filter { $0 != .thesaurus && $0 != .targets }

  private static let shared: Result<(whole: ProbeSample, few: ProbeSample), IndexError> = {
    do throws(IndexError) {
      return .success(
        (try ProbeSample(recordCount: ProbeSample.wholeBlock), try ProbeSample(recordCount: ProbeSample.few)))
    } catch { return .failure(error) }
  }()

  /// - Throws: when the sample cannot be built, which is a fault of the program.
  package init(_ kind: FileKind) throws(IndexError) {
    self.kind = kind
    (whole, few) = try Self.shared.get()
  }

  /// The content to begin from most of the time: of an index of a few records, read in a tenth of the time of ``wholeSeed``.
  package var seed: [UInt8] { Self.content(file(few)) }

  /// The content of an index with lists of a whole block and a tail.
  package var wholeSeed: [UInt8] { Self.content(file(whole)) }

  private func file(_ sample: ProbeSample) -> [UInt8] { kind == .manifest ? sample.manifest : sample.files[kind] ?? [] }

  /// A file without its checksums and footer.
  private static func content(_ file: [UInt8]) -> [UInt8] {
    let perBlock = IndexFileFormat.blockLength + 4
    let rest = file.count - IndexFileFormat.footerLength
    guard rest > 0 else { return [] }
    return Array(file.prefix(rest - (rest + perBlock - 1) / perBlock * 4))
  }

  /// The content with right checksums and footer; nil when no section table ends it.
  static func sealed(_ content: [UInt8]) -> [UInt8]? {
    func number(_ offset: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(content[offset + $1]) << UInt64($1 * 8) }
    }
    var table: Int?
    for count in 1...IndexFileFormat.maximumSections {
      let place = content.count - 8 - count * IndexFileFormat.sectionEntryLength
      guard place >= IndexFileFormat.headerLength else { break }
      if number(place) == UInt64(count) {
        table = place
        break
      }
    }
    guard let table else { return nil }
    var file = content
    var checksums: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: IndexFileFormat.blockLength) {
      let end = min(start + IndexFileFormat.blockLength, content.count)
      append(UInt64(CRC32C.checksum(Array(content[start..<end]))), 4, to: &checksums)
    }
    file += checksums
    var footer: [UInt8] = []
    append(UInt64(table), 8, to: &footer)
    append(UInt64(content.count), 8, to: &footer)
    append(UInt64(CRC32C.checksum(checksums)), 8, to: &footer)
    append(UInt64(CRC32C.checksum(footer)) << 32 | IndexFileFormat.endMagic & 0xffff_ffff, 8, to: &footer)
    return file + footer
  }

  private static func append(_ value: UInt64, _ width: Int, to bytes: inout [UInt8]) {
    for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(place * 8))) }
  }

  /// Opens the content and reads all that it says, in the ways that searching, merging and checking read it, beside the
  /// other files of the index whose own it is nearer to in length.
  /// Returns whether all of it could be read.
  package func run(_ content: [UInt8]) -> Bool {
    guard let sealed = Self.sealed(content) else { return false }
    let isFew = sealed.count * 2 <= file(few).count + file(whole).count
    do throws(IndexError) {
      try DecoderReading(kind, isFew ? few : whole).read(try DecoderReading.open(sealed, kind))
      return true
    } catch { return false }
  }
}
