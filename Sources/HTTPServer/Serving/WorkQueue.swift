/// Requests that wait for a thread, each with its turn: the moment at which it came and a time for what it is expected to
/// cost. Who asks for little is answered before those who ask for much and came a little earlier; nobody waits for ever,
/// since turns grow with time. (Earliest deadline first: Liu and Layland, JACM 1973.)
struct WorkQueue {
  struct Entry: Sendable {
    /// Seconds of the monotonic clock.
    var turn: Double
    /// Whether the threads that are held free for usual requests may take it.
    var isUsual: Bool
    /// Tells the connection, where it may have to be told that there is no room.
    var token: UInt64
    /// Until when it is worth beginning, in the seconds of ``turn``; then its client is told so, rather than kept waiting.
    var expiry = Double.infinity
    var job: @Sendable () -> Void
  }

  enum Outcome: Equatable {
    case taken
    /// There was no room but by refusing the connection of this token, whose turn would have been the last.
    case displaced(UInt64)
    case full
  }

  private var entries: [Entry] = []

  var count: Int { entries.count }

  /// Adds an entry; of more than `limit` the last in turn is refused, the new one or one that was there. Cost: linear in
  /// the entries, some tens.
  mutating func add(_ entry: Entry, limit: Int) -> Outcome {
    if entries.count < limit {
      entries.append(entry)
      return .taken
    }
    // Pieces of responses that have begun are not refused (``add(whatever:)``).
    let refusable = entries.indices.filter { entries[$0].token != 0 }
    guard let last = refusable.max(by: { entries[$0].turn < entries[$1].turn }), entries[last].turn > entry.turn
    else { return .full }
    let displaced = entries[last].token
    entries[last] = entry
    return .displaced(displaced)
  }

  /// When the first of the entries expires.
  var nextExpiry: Double { entries.reduce(.infinity) { min($0, $1.expiry) } }

  /// Takes those that have expired. Cost: linear in the entries.
  mutating func takeExpired(at now: Double) -> [Entry] {
    guard nextExpiry <= now else { return [] }
    let expired = entries.filter { $0.expiry <= now }
    entries.removeAll { $0.expiry <= now }
    return expired
  }

  /// Adds an entry that is not refused, however many wait; its token is 0.
  mutating func add(whatever entry: Entry) { entries.append(entry) }

  /// Takes the entry whose turn is first; of the usual ones alone where others may not be taken.
  mutating func take(usualOnly: Bool) -> Entry? {
    var found: Int?
    for index in entries.indices where !usualOnly || entries[index].isUsual {
      if let best = found, entries[best].turn <= entries[index].turn { continue }
      found = index
    }
    // The order of the array says nothing.
    guard let found else { return nil }
    entries.swapAt(found, entries.count - 1)
    return entries.removeLast()
  }
}

/// What requests are expected to cost, in seconds of the processor's time: by what those of the same connection did.
struct ExpectedCost {
  /// Of all requests, as of late.
  private(set) var mean = 0.001
  /// Share of the newest request in the mean of all, and in what is expected of its connection where it cost less than that.
  private static let share = (all: 1.0 / 64, own: 1.0 / 4)
  /// Seconds that a request lets others go before it, for each of its own.
  private static let patience = 50.0
  /// Seconds that a request lets others go before it at most, whatever it is expected to cost. A body of a megabyte on a
  /// connection of which nothing is known is worth a thousand usual requests: its turn came minutes later, and its client
  /// had gone.
  private static let longestPatience = 5.0

  /// Notes what a request has cost; returns what is expected of the connection's next one: as much as the dearest of late. Who
  /// sends one dear request among three cheap ones would be taken for usual by their mean, and hold a thread that is kept
  /// free for those who are.
  mutating func note(_ seconds: Double, own: Double?) -> Double {
    mean += (seconds - mean) * Self.share.all
    guard let own else { return seconds }
    return max(seconds, own + (seconds - own) * Self.share.own)
  }

  /// The turn of a request that came at `now`, on a connection of expected cost `own`, and whether it is usual: of no more than
  /// the mean cost. `weight`: how many usual requests it is worth, by its form.
  func turn(at now: Double, own: Double?, weight: Double) -> (turn: Double, isUsual: Bool) {
    let expected = own ?? mean * max(1, weight)
    return (now + min(expected * Self.patience, Self.longestPatience), expected <= mean && weight <= 1)
  }
}
