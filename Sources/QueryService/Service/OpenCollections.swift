import Dispatch
import QualityRecords
import Records
import SearchEngine
import Synchronization

/// The collections of a server, open at their newest commits, and the recent commits that a cursor may still ask for.
///
/// What an answer is computed from is a set of collections and kinds: each set that is asked for has an index of its own,
/// made of those segments alone. So nothing of others can be in a score, a count or a suggestion.
final class OpenCollections: Sendable {
  /// What an index is made of.
  struct Choice: Hashable, Sendable {
    /// Names, in the order in which the server mounts them.
    var collections: [String]
    /// Nil: all.
    var kinds: Set<String>?
  }

  struct Entry: Sendable {
    var index: QualityIndex
    var cursorPrefix: String
    /// Whether an answer told of a next page.
    var hasCursor = false
    var lastUsed: ContinuousClock.Instant
  }

  struct Collection {
    var watch: IndexWatch
    var snapshot: Snapshot
    /// Whether a newer commit is being made ready, and when the next one may be at the earliest.
    var isComing = false
    var restsUntil: ContinuousClock.Instant?
    /// Why the newest commit could not be opened; the one before it goes on to serve.
    var failure: QualityError?
  }

  struct State {
    var collections: [String: Collection] = [:]
    /// The newest last.
    var entries: [Choice: [Entry]] = [:]
    /// What was asked of late, the newest last.
    var rehearsals: [Choice: [Rehearsal]] = [:]
  }

  let mounted: [MountedCollection]
  let state: Mutex<State>
  /// Newer commits are made ready one after the other.
  let queue = DispatchQueue(label: "dossier.commits")

  /// How long a commit is kept for a cursor that nobody uses. Five minutes: a person reading a page.
  private static let cursorLife = Duration.seconds(300)
  /// Commits kept for cursors, of one choice.
  private static let mostKept = 32
  /// Choices kept at one time: more than servers have tokens of different rights.
  private static let mostChoices = 256

  /// - Throws: `index-missing` and what else opening throws.
  init(_ mounted: [MountedCollection]) throws(QualityError) {
    self.mounted = mounted
    var state = State()
    for collection in mounted {
      var watch = IndexWatch(path: collection.path)
      _ = try watch.newestCommit()
      state.collections[collection.name] = Collection(watch: watch, snapshot: try Self.open(collection))
    }
    self.state = Mutex(state)
  }

  /// - Parameter earlier: the commit before: what both hold is opened once, and what was kept of it stays.
  static func open(
    _ collection: MountedCollection, sharing earlier: Snapshot? = nil
  ) throws(QualityError) -> Snapshot {
    do throws(IndexError) {
      return try IndexDirectory.open(path: collection.path, mapped: collection.isMapped, sharing: earlier)
    } catch { throw QualityError(error) }
  }

  /// The index of a choice: at the newest commits or, for a cursor of an earlier answer, at those it was made of, where
  /// they are kept.
  func index(_ choice: Choice, cursor: String?) throws(QualityError) -> QualityIndex {
    let result = state.withLock { state -> Result<QualityIndex, QualityError> in
      do throws(QualityError) { return .success(try index(choice, cursor: cursor, &state)) } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let index): return index
    case .failure(let error): throw error
    }
  }

  private func index(_ choice: Choice, cursor: String?, _ state: inout State) throws(QualityError) -> QualityIndex {
    let now = ContinuousClock.now
    if let kept = kept(choice, cursor, now, &state) { return kept }
    for collection in mounted where choice.collections.contains(collection.name) { _ = newest(collection, &state) }
    if let last = current(choice, now, &state) { return last }
    let index = made(choice, state)
    add(Entry(index: index, cursorPrefix: index.cursorPrefix, lastUsed: now), to: choice, &state)
    return index
  }

  /// The index that a cursor was made of.
  private func kept(
    _ choice: Choice, _ cursor: String?, _ now: ContinuousClock.Instant, _ state: inout State
  ) -> QualityIndex? {
    guard let cursor, let place = state.entries[choice]?.firstIndex(where: { cursor.hasPrefix($0.cursorPrefix) }) else {
      return nil
    }
    state.entries[choice]?[place].lastUsed = now
    return state.entries[choice]?[place].index
  }

  /// The index of a choice at the commits that are open.
  private func current(_ choice: Choice, _ now: ContinuousClock.Instant, _ state: inout State) -> QualityIndex? {
    guard let entries = state.entries[choice], let last = entries.last, isCurrent(last.index, choice, state) else {
      return nil
    }
    state.entries[choice]?[entries.count - 1].lastUsed = now
    return last.index
  }

  /// The index of a choice where it is open already, at the commits that are to be asked; nil where a commit is to be opened
  /// first, or another thread is at it. Cost: microseconds.
  func openIndex(_ choice: Choice, cursor: String?) -> QualityIndex? {
    state.withLockSoon { state -> QualityIndex? in
      let now = ContinuousClock.now
      if let kept = kept(choice, cursor, now, &state) { return kept }
      for collection in mounted where choice.collections.contains(collection.name) {
        guard isUpToDate(collection, &state) else { return nil }
      }
      return current(choice, now, &state)
    } ?? nil
  }

  /// Whether the newest commit of a collection is open, or there is nothing to do but to wait for it.
  private func isUpToDate(_ collection: MountedCollection, _ state: inout State) -> Bool {
    guard let open = state.collections[collection.name], open.failure == nil,
      let commit = try? state.collections[collection.name]?.watch.newestCommit()
    else { return false }
    return commit == open.snapshot.generation || open.isComing
      || open.restsUntil.map { ContinuousClock.now < $0 } ?? false
  }

  /// Whether an index is of the commits that are open now.
  func isCurrent(_ index: QualityIndex, _ choice: Choice, _ state: State) -> Bool {
    let open = mounted.filter { choice.collections.contains($0.name) }.compactMap {
      state.collections[$0.name]?.snapshot
    }
    return open.count == index.snapshots.count
      && zip(index.snapshots, open).allSatisfy { $0.generation == $1.generation }
  }

  /// An index of the commits that are open, one of them in the place of its collection's.
  func made(_ choice: Choice, _ state: State, _ newer: (collection: String, snapshot: Snapshot)? = nil) -> QualityIndex
  {
    var paths: [String] = []
    var snapshots: [Snapshot] = []
    for collection in mounted where choice.collections.contains(collection.name) {
      guard let open = state.collections[collection.name]?.snapshot else { continue }
      paths.append(collection.path)
      snapshots.append(newer?.collection == collection.name ? newer?.snapshot ?? open : open)
    }
    let shown = choice.kinds.map { kinds in snapshots.map { $0.restricted(to: kinds) } } ?? snapshots
    return QualityIndex(paths: paths, snapshots: shown)
  }

  func add(_ entry: Entry, to choice: Choice, _ state: inout State) {
    let now = entry.lastUsed
    var kept = (state.entries[choice] ?? []).filter { $0.hasCursor && now - $0.lastUsed < Self.cursorLife }
    if kept.count > Self.mostKept, let oldest = kept.indices.min(by: { kept[$0].lastUsed < kept[$1].lastUsed }) {
      kept.remove(at: oldest)
    }
    kept.append(entry)
    if state.entries[choice] == nil, state.entries.count >= Self.mostChoices {
      let oldest = state.entries.min { ($0.value.last?.lastUsed ?? now) < ($1.value.last?.lastUsed ?? now) }
      if let oldest {
        state.entries[oldest.key] = nil
        state.rehearsals[oldest.key] = nil
      }
    }
    state.entries[choice] = kept
  }

  /// The newest commit of a collection that is open. A newer one of a small collection is opened at once, that of a large one
  /// beside those who ask, who go on with the one before.
  private func newest(_ collection: MountedCollection, _ state: inout State) -> Snapshot? {
    guard var open = state.collections[collection.name] else { return nil }
    do throws(QualityError) {
      // An index that is gone from its place is served from what is open.
      if let commit = try open.watch.newestCommit(), commit != open.snapshot.generation {
        if open.snapshot.recordCount() < Self.smallCollection {
          open.snapshot = try Self.open(collection, sharing: open.snapshot)
          open.failure = nil
        } else if !open.isComing, open.restsUntil.map({ ContinuousClock.now >= $0 }) ?? true {
          open.isComing = true
          queue.async { [self] in makeReady(collection) }
        }
      } else {
        open.failure = nil
      }
    } catch { open.failure = error }
    state.collections[collection.name] = open
    return open.snapshot
  }

  /// Keeps the commits of an index for the cursor that an answer told of.
  func keep(_ index: QualityIndex, _ choice: Choice) { state.withLock { keep(index, choice, &$0) } }

  private func keep(_ index: QualityIndex, _ choice: Choice, _ state: inout State) {
    if let place = state.entries[choice]?.firstIndex(where: { $0.index === index }) {
      state.entries[choice]?[place].hasCursor = true
    } else if state.entries[choice] != nil {
      // A newer commit came while the answer was made.
      state.entries[choice]?.insert(
        Entry(index: index, cursorPrefix: index.cursorPrefix, hasCursor: true, lastUsed: .now), at: 0)
    }
  }

  /// Notes that a request was asked, and that its answer has a next page; false, and nothing is noted, where another thread is
  /// at it.
  func noteAtOnce(_ rehearsal: Rehearsal?, _ index: QualityIndex, _ choice: Choice, hasNext: Bool) -> Bool {
    let isDone: Bool? = state.withLockSoon { state -> Bool in
      if let rehearsal { note(rehearsal, choice, &state) }
      if hasNext { keep(index, choice, &state) }
      return true
    }
    return isDone ?? false
  }

  /// Whether the newest commit of every collection is open.
  func areReady() -> Bool {
    state.withLock { state in
      for collection in mounted { _ = newest(collection, &state) }
      return state.collections.values.allSatisfy { $0.failure == nil }
    }
  }

  /// For metrics: each collection's commit and records.
  func figures() -> [(name: String, commit: UInt64, records: Int, isCurrent: Bool)] {
    state.withLock { state in
      mounted.compactMap { collection in
        guard let snapshot = newest(collection, &state) else { return nil }
        let records = Schema.recordKinds.reduce(0) { $0 + snapshot.recordCount(kind: $1.kind) }
        return (collection.name, snapshot.generation, records, state.collections[collection.name]?.failure == nil)
      }
    }
  }
}
