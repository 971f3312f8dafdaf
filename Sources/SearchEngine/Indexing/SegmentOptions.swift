/// What a segment keeps beside terms, postings, positions and lengths.
public struct SegmentOptions: Hashable, Sendable {
  /// The records themselves: what is shown, and what snippets are cut from.
  public var storesRecords = true
  /// Fields, paragraphs, sentences and items as ranges of positions.
  public var keepsUnits = true
  /// Keys, by which records are replaced, deleted and shown. Without them every record is a new one.
  public var keepsKeys = true
  /// Which forms have which stem.
  public var keepsStems = true
  /// Which words each record has: what the second pass of ranking compares records by.
  public var keepsVectors = true
  /// How text is cut into words.
  public var analyzesPlainly = false
  /// What one record may take in memory as it is inverted. Tests make it small.
  var headroom = Inverter.headroom

  public init() {}

  /// Terms, postings, positions and lengths of plain lower-case words: what the benchmark's peers keep.
  public static var plain: SegmentOptions {
    var options = SegmentOptions()
    options.storesRecords = false
    options.keepsUnits = false
    options.keepsKeys = false
    options.keepsStems = false
    options.keepsVectors = false
    options.analyzesPlainly = true
    return options
  }
}
