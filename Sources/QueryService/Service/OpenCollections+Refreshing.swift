import QualityRecords
import SearchEngine
import Synchronization

// Newer commits, made ready before they are shown.
extension OpenCollections {
  /// A request that is asked again of a newer commit before others can ask it: what it needs is there then, and its answer
  /// is kept.
  struct Rehearsal: Sendable {
    /// Tells requests apart.
    var key: String
    /// Whatever it throws is thrown to whoever asks in earnest.
    var ask: @Sendable (QualityIndex, Choice) -> Void
  }

  /// Collections of fewer records are opened at a newer commit by whoever sees it first: all that the first queries make
  /// takes milliseconds there.
  static let smallCollection = 20_000
  /// Requests that are asked again: as many as a page or two send. They have the sets and lists read that others ask for, too;
  /// each costs some 6 ms over 300,000 records, which those who ask meanwhile do without.
  private static let mostRehearsals = 16
  /// How long a commit is made ready at most, before it is shown as it is.
  private static let longestMaking = Duration.milliseconds(250)
  /// How much longer than its making nothing is made ready: so no more than a third of one thread's time goes into commits
  /// that come without end.
  private static let rest = 2
  /// Choices that are made ready: those asked of late, the rest when they are asked.
  private static let mostMadeReady = 8

  /// Notes that a request was asked.
  func note(_ rehearsal: Rehearsal, _ choice: Choice) { state.withLock { note(rehearsal, choice, &$0) } }

  func note(_ rehearsal: Rehearsal, _ choice: Choice, _ state: inout State) {
    guard state.entries[choice] != nil else { return }
    var list = state.rehearsals[choice] ?? []
    // No copy is made while it is changed.
    state.rehearsals[choice] = nil
    if let place = list.lastIndex(where: { $0.key == rehearsal.key }) {
      if place < list.count - 1 { list.append(list.remove(at: place)) }
    } else {
      if list.count >= Self.mostRehearsals { list.removeFirst() }
      list.append(rehearsal)
    }
    state.rehearsals[choice] = list
  }

  /// Opens the newest commit of a collection, has what queries need of it made, and shows it.
  func makeReady(_ collection: MountedCollection) {
    let began = ContinuousClock.now
    let limit = WorkLimit(deadline: began + Self.longestMaking)
    guard let earlier = state.withLock({ $0.collections[collection.name]?.snapshot }) else { return }
    let snapshot: Snapshot
    do throws(QualityError) {
      snapshot = try Self.open(collection, sharing: earlier)
    } catch {
      finish(collection, began) { $0.failure = error }
      return
    }
    let plans = state.withLock { state -> [(choice: Choice, earlier: QualityIndex, made: QualityIndex, [Rehearsal])] in
      let used = state.entries.filter { $0.key.collections.contains(collection.name) }
        .compactMap { entry in entry.value.last.map { (choice: entry.key, last: $0) } }
        .sorted { $0.last.lastUsed > $1.last.lastUsed }
      return used.prefix(Self.mostMadeReady).map { choice, last in
        (choice, last.index, made(choice, state, (collection.name, snapshot)), state.rehearsals[choice] ?? [])
      }
    }
    for (choice, earlier, made, rehearsals) in plans {
      WorkLimit.$current.withValue(limit) {
        made.prepare(like: earlier)
        for rehearsal in rehearsals.reversed() where !limit.isOver { rehearsal.ask(made, choice) }
      }
    }
    finish(collection, began) {
      $0.snapshot = snapshot
      $0.failure = nil
    }
    let now = ContinuousClock.now
    state.withLock { state in
      for (choice, _, made, _) in plans where isCurrent(made, choice, state) {
        add(Entry(index: made, cursorPrefix: made.cursorPrefix, lastUsed: now), to: choice, &state)
      }
    }
  }

  private func finish(
    _ collection: MountedCollection, _ began: ContinuousClock.Instant, _ change: (inout Collection) -> Void
  ) {
    let now = ContinuousClock.now
    state.withLock { state in
      guard var open = state.collections[collection.name] else { return }
      change(&open)
      open.isComing = false
      open.restsUntil = now + (now - began) * Self.rest
      state.collections[collection.name] = open
    }
  }
}
