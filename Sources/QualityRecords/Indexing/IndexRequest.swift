/// What is to be indexed, and how.
public struct IndexRequest: Hashable, Sendable {
  /// Files, folders with or without a `collection.json`, `-` for standard input.
  public var paths: [String]
  /// The directory of the index; made where it is missing.
  public var index: String
  /// For records that do not say their kind.
  public var kind: String?
  /// A mapping for all files.
  public var mapping: String?
  /// Whether files of the index that are looked up in and merged are mapped; else they are read into memory.
  public var isMapped = true
  /// Reads and checks everything, writes nothing.
  public var isDryRun = false
  /// 1: reading and indexing take turns. 2 or more: one thread reads while so many, 8 at most, invert. The index is the same.
  public var threads = 2
  /// Megabytes that records being indexed may take; nil: the engine's default.
  public var memory: Int?
  /// Where rejected rows go, in a form that can be mended and indexed again.
  public var rejects: String?
  /// Commits after so many records, too.
  public var commitEvery: Int?
  /// What `-` stands for instead of standard input: JSON, an object a line.
  public var input: [UInt8]?
  /// Records of other kinds are rejected; nil: none is for its kind.
  public var allowedKinds: Set<String>?

  public init(paths: [String], index: String) {
    self.paths = paths
    self.index = index
  }
}

/// How far an ``IndexJob`` is.
public enum IndexEvent: Sendable {
  case progress(IndexProgress)
  /// A commit stands: what came before it is safe.
  case committed(commit: UInt64, records: Int)
}

/// Figures of a job under way.
public struct IndexProgress: Hashable, Sendable {
  /// Bytes read so far, files that are folded in included.
  public var bytesDone = 0
  /// Bytes of all files; nil where standard input is among them.
  public var bytesTotal: Int?
  public var records = 0
  public var rejected = 0
  public var elapsed = Duration.zero

  /// Nil before there is anything to measure.
  public var recordsPerSecond: Double? { elapsed.seconds > 0.05 ? Double(records) / elapsed.seconds : nil }

  public var bytesPerSecond: Double? { elapsed.seconds > 0.05 ? Double(bytesDone) / elapsed.seconds : nil }

  /// By the rate so far.
  public var secondsLeft: Double? {
    guard let bytesTotal, let rate = bytesPerSecond, rate > 0 else { return nil }
    return Double(max(0, bytesTotal - bytesDone)) / rate
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
