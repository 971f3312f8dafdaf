import Testing

@testable import HTTPServer

@Suite("requests that wait")
struct WorkQueueTests {
  private func entry(_ token: UInt64, _ turn: Double, isUsual: Bool = false) -> WorkQueue.Entry {
    WorkQueue.Entry(turn: turn, isUsual: isUsual, token: token) {}
  }

  @Test("are taken in their turns, whatever the order in which they came")
  func turns() {
    var queue = WorkQueue()
    let turns = (0..<50).map { Double(($0 * 37) % 50) }
    for (place, turn) in turns.enumerated() { #expect(queue.add(entry(UInt64(place + 1), turn), limit: 64) == .taken) }
    var taken: [Double] = []
    while let next = queue.take(usualOnly: false) { taken.append(next.turn) }
    #expect(taken == turns.sorted())
  }

  @Test("a thread for usual ones takes no other")
  func usual() {
    var queue = WorkQueue()
    _ = queue.add(entry(1, 1), limit: 8)
    _ = queue.add(entry(2, 3, isUsual: true), limit: 8)
    _ = queue.add(entry(3, 2, isUsual: true), limit: 8)
    #expect(queue.take(usualOnly: true)?.token == 3)
    #expect(queue.take(usualOnly: true)?.token == 2)
    #expect(queue.take(usualOnly: true) == nil)
    #expect(queue.take(usualOnly: false)?.token == 1)
  }

  @Test("of too many the last in turn is refused, and none that has begun")
  func displaces() {
    var queue = WorkQueue()
    queue.add(whatever: entry(0, 100))
    #expect(queue.add(entry(1, 5), limit: 3) == .taken)
    #expect(queue.add(entry(2, 9), limit: 3) == .taken)
    #expect(queue.add(entry(3, 10), limit: 3) == .full)
    #expect(queue.add(entry(4, 1), limit: 3) == .displaced(2))
    #expect(queue.add(entry(5, 4), limit: 3) == .displaced(1))
    #expect(queue.count == 3)
    #expect([4, 5, 0].allSatisfy { queue.take(usualOnly: false)?.token == $0 })
  }

  @Test("that have expired are taken out, and none of the others")
  func expired() {
    var queue = WorkQueue()
    #expect(queue.nextExpiry == .infinity && queue.takeExpired(at: 1e9).isEmpty)
    for token in 1...20 as ClosedRange<UInt64> {
      var entry = entry(token, Double(token))
      // Every fifth never expires.
      if token % 5 > 0 { entry.expiry = Double((token * 7) % 20) }
      _ = queue.add(entry, limit: 64)
    }
    let due = (1...20 as ClosedRange<UInt64>).filter { $0 % 5 > 0 }.sorted { ($0 * 7) % 20 < ($1 * 7) % 20 }
    #expect(queue.nextExpiry == Double((due[0] * 7) % 20))
    #expect(queue.takeExpired(at: 9).map(\.token).sorted() == due.filter { ($0 * 7) % 20 <= 9 }.sorted())
    #expect(queue.nextExpiry > 9 && queue.takeExpired(at: 9).isEmpty)
    #expect(queue.takeExpired(at: 1e9).count == due.count { ($0 * 7) % 20 > 9 })
    #expect([5, 10, 15, 20].allSatisfy { queue.take(usualOnly: false)?.token == $0 } && queue.count == 0)
  }

  @Test("one dear request among cheap ones keeps its connection from the threads for usual ones for a while")
  func dearOnes() {
    var costs = ExpectedCost()
    var mixed: Double?
    var usual = 0
    for number in 0..<400 {
      if number >= 40, costs.turn(at: 0, own: mixed, weight: 1).isUsual { usual += 1 }
      // By the mean of the last ones it would be usual most of the time.
      mixed = costs.note(number % 5 == 0 ? 0.02 : 0.0005, own: mixed)
    }
    #expect(usual < 40, "\(usual) of 360")
    var spared: Double? = 0.02
    for _ in 0..<20 { spared = costs.note(0.0005, own: spared) }
    #expect(costs.turn(at: 0, own: spared, weight: 1).isUsual)
  }

  @Test("who asks for little goes before who asks for much, but not for ever")
  func costs() {
    var costs = ExpectedCost()
    var heavy: Double?
    var light: Double?
    for _ in 0..<200 {
      heavy = costs.note(0.02, own: heavy)
      light = costs.note(0.001, own: light)
    }
    let early = costs.turn(at: 10, own: heavy, weight: 1)
    let late = costs.turn(at: 10.5, own: light, weight: 1)
    #expect(late.turn < early.turn)
    #expect(late.isUsual && !early.isUsual)
    #expect(costs.turn(at: 12, own: light, weight: 1).turn > early.turn)
    // A new client is worth the mean, and more by its form.
    let new = costs.turn(at: 10, own: nil, weight: 1)
    #expect(new.isUsual && new.turn < early.turn)
    #expect(costs.turn(at: 10, own: nil, weight: 10).turn > new.turn)
    #expect(!costs.turn(at: 10, own: nil, weight: 10).isUsual)
    // However much a request may cost, its turn comes in seconds.
    for (own, weight) in [(nil, 1e6), (1e3, 1), (.infinity, 1)] as [(Double?, Double)] {
      #expect(costs.turn(at: 10, own: own, weight: weight).turn <= 15)
    }
  }
}
