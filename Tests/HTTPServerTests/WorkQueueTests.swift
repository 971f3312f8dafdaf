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
  }
}
