/// Everything that a crash may leave of a recorded run, according to what POSIX promises and not more.
///
/// The run is cut after each of its operations in turn. At a cut,
/// - the bytes of a file are certain up to its last sync; each later write may be there, be missing, or be there in
///   part, and what is missing within the file's length reads as zeros;
/// - the names are certain up to the last sync of the directory; each later creation, renaming and removal may have
///   happened or not, independently of the others and of any data.
/// The method is that of Pillai et al. (ALICE, OSDI 2014) and Mohan et al. (CrashMonkey, OSDI 2018), who found that
/// nearly all bugs show within three operations: hence all states of cuts with few unsynced operations, and a random
/// sample of the others.
public struct CrashStates: Sendable {
  /// One state in which the directory may be found.
  public struct State: Sendable {
    /// The directory. Nobody holds a lock on it.
    public let fileSystem: InMemoryFileSystem
    /// How many operations of the recording were made before the crash.
    public let cut: Int
    /// The marks recorded before the crash.
    public let marks: [String]
    /// What was lost, for the message of a failing test.
    public let description: String
  }

  /// What was enumerated.
  public struct Summary: Hashable, Sendable {
    public var states = 0
    public var cuts = 0
    /// Cuts all of whose states were visited.
    public var exhaustiveCuts = 0
    /// The most unsynced operations at one cut.
    public var mostUnsynced = 0
  }

  public let recording: Recording
  /// Cuts with at most so many unsynced operations (names and writes) are visited exhaustively.
  public let exhaustiveOperations: Int
  /// How many random states of each other cut are visited, besides the extremes.
  public let samplesPerCut: Int
  public let seed: UInt64

  public init(
    _ recording: Recording, exhaustiveOperations: Int = 3, samplesPerCut: Int = 200, seed: UInt64 = 1
  ) {
    self.recording = recording
    self.exhaustiveOperations = exhaustiveOperations
    self.samplesPerCut = samplesPerCut
    self.seed = seed
  }

  /// Calls `check` with every state; what it throws ends the enumeration and is thrown on.
  /// Cost: one copy of the changed files a state; an exhaustive cut has up to some 30 states to the power of its
  /// unsynced writes, so go beyond 4 operations with care.
  @discardableResult
  public func forEach<Failure: Error>(_ check: (State) throws(Failure) -> Void) throws(Failure) -> Summary {
    var summary = Summary()
    var random = SplitMix64(seed: seed)
    var moment = CrashMoment(recording)
    for cut in 0...recording.operations.count {
      if cut > 0 { moment.apply(recording.operations[cut - 1]) }
      summary.cuts += 1
      summary.mostUnsynced = max(summary.mostUnsynced, moment.unsyncedCount)
      let isExhaustive = moment.unsyncedCount <= exhaustiveOperations
      if isExhaustive { summary.exhaustiveCuts += 1 }
      let choices = isExhaustive ? moment.allChoices() : moment.someChoices(samplesPerCut, using: &random)
      for choice in choices {
        summary.states += 1
        let files = moment.files(choice)
        try check(
          State(
            fileSystem: InMemoryFileSystem(files, path: "crash \(cut)"), cut: cut, marks: moment.marks,
            description: "cut after \(cut) operations; \(moment.description(of: choice))"))
      }
    }
    return summary
  }
}
