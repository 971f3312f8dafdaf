/// The frame of every file of an index.
///
/// ```
/// ┌────────┬───────────┬───────────┬───┬───────────────┬─────────────────┬────────┐
/// │ header │ section 0 │ section 1 │ … │ section table │ block checksums │ footer │
/// └────────┴───────────┴───────────┴───┴───────────────┴─────────────────┴────────┘
///   48 B     each starts on a multiple of 8             4 B per 64 KB      32 B
/// ```
/// Block checksums are the CRC-32C of each 64 KB of everything before them, the last one shorter. The footer holds the
/// CRC-32C of the checksum array and one of itself, so every byte of the file is covered.
enum IndexFileFormat {
  /// "DOSSIER" and a zero byte, little-endian.
  static let magic: UInt64 = 0x0052_4549_5353_4f44
  /// Its low four bytes, "END.", stand in the footer before the footer's own checksum.
  static let endMagic: UInt64 = 0x5253_5344_2e44_4e45
  /// The frame and all sections of this release. A reader takes 1...version.
  static let version: UInt32 = 1
  static let headerLength = 48
  static let footerLength = 32
  /// One entry of the section table: tag (4), flags (4), offset (8), length (8).
  static let sectionEntryLength = 24
  /// Sections begin on multiples of this, so that arrays of numbers in them are aligned.
  static let sectionAlignment = 8
  /// A checksum covers this many bytes: 40 µs of slicing-by-8 on first touch, 4 bytes in 65,536 of overhead.
  static let blockLength = 65_536
  /// More sections than any writer makes; a table longer than this is damage.
  static let maximumSections = 64
}

/// What a file of an index holds. The raw value stands in the header; the suffix ends the file's name.
public enum FileKind: UInt32, Sendable, CaseIterable {
  case manifest = 1
  case termDictionary = 2
  case postings = 3
  case positions = 4
  case units = 5
  case fieldLengths = 6
  case docValues = 7
  case storedRecords = 8
  case recordKeys = 9
  case liveDocs = 10
  case thesaurus = 11
  case targets = 12
  case stemTable = 13
  case termVectors = 14

  /// The end of the file's name, after the dot.
  public var suffix: String {
    switch self {
    case .manifest: "manifest"
    case .termDictionary: "terms"
    case .postings: "postings"
    case .positions: "positions"
    case .units: "units"
    case .fieldLengths: "lengths"
    case .docValues: "columns"
    case .storedRecords: "records"
    case .recordKeys: "keys"
    case .liveDocs: "live"
    case .thesaurus: "thesaurus"
    case .targets: "targets"
    case .stemTable: "stems"
    case .termVectors: "vectors"
    }
  }
}

/// Whose file it is: the index it belongs to and the segment (0 for files of the whole index). Stands in every header, so
/// that a file of another index or segment under the right name is noticed at open.
public struct FileIdentity: Hashable, Sendable {
  /// Drawn at random when the index is made.
  public let index: UInt64
  public let segment: UInt64

  public init(index: UInt64, segment: UInt64) {
    self.index = index
    self.segment = segment
  }
}

/// The name of a section, four ASCII letters.
struct SectionTag: Hashable, Sendable, CustomStringConvertible {
  let code: UInt32

  /// - Precondition: four ASCII characters.
  init(_ name: StaticString) {
    precondition(name.utf8CodeUnitCount == 4, "a section tag has four letters")
    code = UnsafeRawPointer(name.utf8Start).loadUnaligned(as: UInt32.self).littleEndian
  }

  init(code: UInt32) { self.code = code }

  var description: String {
    String((0..<4).map { Character(UnicodeScalar(UInt8(truncatingIfNeeded: code >> (UInt32($0) * 8)))) })
  }
}

/// One file of an index as a manifest names it.
public struct FileEntry: Hashable, Sendable {
  public let name: String
  public let length: Int
  /// CRC-32C of the file's block checksums: stands for the whole content.
  public let checksum: UInt32

  public init(name: String, length: Int, checksum: UInt32) {
    self.name = name
    self.length = length
    self.checksum = checksum
  }
}
