import QualityRecords

/// A collection that a server mounts: a name and the directory of its index.
public struct MountedCollection: Hashable, Sendable {
  public var name: String
  public var path: String
  /// Whether the index's files are mapped; else they are read into memory.
  public var isMapped: Bool

  public init(name: String, path: String, isMapped: Bool = true) {
    self.name = name
    self.path = path
    self.isMapped = isMapped
  }

  /// Letters, digits, `-`, `_` and `.`: a name stands in addresses and in lists.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
          || $0 == 0x2E || $0 == 0x5F
      }
  }
}

/// Bounds on what the service does for one client.
public struct ServiceLimits: Hashable, Sendable {
  /// Milliseconds after which an answer is cut, unless the request says otherwise; 5 s (reliability E).
  public var queryMilliseconds = 5_000
  /// The longest that a request may ask for.
  public static let longestQueryMilliseconds = 30_000
  /// Of a search's time, what is left for its end, and no more than this share of it. On threads that have the processor a
  /// third of the time the end of one is some 20 ms long; with 50 ms two of 205,046 answers under fifty hostile clients came
  /// 54 and 80 ms late, of 50 that are allowed.
  static let ending = Duration.milliseconds(80)
  static let endingShare = 8
  /// What is not answered in this time is long work, which others need not wait for: some hundred times the time of a usual
  /// search, so that a usual one stays quick on a machine that is busy with other things.
  static let quickMilliseconds = 500
  /// The same while others wait, of the processor's time: some four times a usual search over 300,000 records. Requests that
  /// take longer cost this much twice, and nobody waits longer for one of them.
  static let crowdedMilliseconds = 20
  /// The longest that a job may take that has no partial answer: what a search may ask for, and the time to write it down.
  static let longestJobMilliseconds = longestQueryMilliseconds + 5_000
  /// The longest that a page may take: people do not wait longer.
  static let pageMilliseconds = 10_000
  /// Requests a second, of one address and of one token; 0: any number. 1,000: a page asks for some ten things and a
  /// person types ten letters a second; a whole office behind one address fits.
  public var requestsPerSecond = 1_000
  /// Requests that may come at once before the rate counts, in seconds of it.
  public static let burstSeconds = 2
  /// Exports at one time: each holds one of the threads that answer while it makes its next piece.
  public var exports = 2
  /// Bytes of answers that are kept to be given again: some eight hundred pages of 6 KB. With 8 MB a server over a million records
  /// took 40 MB of memory after four thousand different answers, of 30 and 8 bytes a record that it may.
  public var answerBytes = 6 << 20
  /// Bytes of a body up to which a request is asked again of a newer commit: the longest queries of people.
  static let longestRehearsal = 2_048
  /// Connections of one address.
  public var connectionsPerAddress = 256

  public init() {}
}

/// How a ``QueryService`` listens, what it mounts, and whom it lets in.
public struct ServiceOptions: Sendable {
  public var host = "127.0.0.1"
  public var port: UInt16 = 8_080
  public var collections: [MountedCollection]
  /// The text of a file of tokens; nil: none, and everybody may read.
  public var tokens: String?
  /// Names, beside those of the loopback and addresses in digits, by which the server may be called.
  public var names: [String] = []
  public var limits = ServiceLimits()
  /// Whether queries stand in the audit trail as they were typed; else a keyed digest does.
  public var keepsQueries = false
  /// Takes the lines of the access log, each without its line end.
  public var log: @Sendable (String) -> Void = { _ in }

  public init(collections: [MountedCollection]) { self.collections = collections }
}
