import HTTPServer
import Synchronization

/// Answers given of late, by their tags: a tag stands for the commits, the request, the grant and the day, so what it names
/// never changes. What is asked again soon, or by many, costs a look-up.
///
/// When there is no room, what was not asked for the longest is dropped. Cost: constant.
final class AnswerCache: Sendable {
  struct Answer: Sendable {
    var response: Response
    var total: Int?
    /// Whether there is a next page: its commits are kept for the cursor.
    var hasNext: Bool

    var reply: RouteReply {
      var reply = RouteReply(response)
      reply.isLasting = true
      reply.total = total
      return reply
    }
  }

  /// An answer in the list of all, by when they were last asked for.
  private struct Slot {
    var tag: String
    var answer: Answer
    var newer: Int?
    var older: Int?
  }

  private struct State {
    var places: [String: Int] = [:]
    var slots: [Slot?] = []
    /// Slots that hold nothing.
    var free: [Int] = []
    var newest: Int?
    var oldest: Int?
    var bytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// Longer answers are not kept: a page of ten hits takes some 6 KB.
  static let longest = 64 << 10
  /// What an entry takes beside its body: the key, fields, the table.
  private static let overhead = 1_024

  init(bytes: Int) { limit = bytes }

  func answer(_ tag: String) -> Answer? { state.withLock { find(tag, &$0) } }

  /// The same, but nil where another thread is at it.
  func answerAtOnce(_ tag: String) -> Answer? { state.withLockSoon { find(tag, &$0) } ?? nil }

  private func find(_ tag: String, _ state: inout State) -> Answer? {
    guard let place = state.places[tag] else { return nil }
    if state.newest != place {
      unlink(place, &state)
      link(place, &state)
    }
    return state.slots[place]?.answer
  }

  func keep(_ answer: Answer, _ tag: String) {
    let length = answer.response.wholeLength
    guard length > 0, length <= Self.longest, Self.cost(answer) <= limit else { return }
    state.withLock { state in
      if let place = state.places[tag] { drop(place, &state) }
      while state.bytes + Self.cost(answer) > limit, let oldest = state.oldest { drop(oldest, &state) }
      let place = state.free.popLast() ?? state.slots.count
      if place == state.slots.count { state.slots.append(nil) }
      state.slots[place] = Slot(tag: tag, answer: answer)
      state.places[tag] = place
      state.bytes += Self.cost(answer)
      link(place, &state)
    }
  }

  private static func cost(_ answer: Answer) -> Int { answer.response.wholeLength + overhead }

  /// Puts a slot that is in no list at the head of it.
  private func link(_ place: Int, _ state: inout State) {
    state.slots[place]?.older = state.newest
    if let newest = state.newest { state.slots[newest]?.newer = place } else { state.oldest = place }
    state.newest = place
  }

  private func unlink(_ place: Int, _ state: inout State) {
    let (newer, older) = (state.slots[place]?.newer, state.slots[place]?.older)
    if let newer { state.slots[newer]?.older = older } else { state.newest = older }
    if let older { state.slots[older]?.newer = newer } else { state.oldest = newer }
    state.slots[place]?.newer = nil
    state.slots[place]?.older = nil
  }

  private func drop(_ place: Int, _ state: inout State) {
    guard let slot = state.slots[place] else { return }
    unlink(place, &state)
    state.bytes -= Self.cost(slot.answer)
    state.places[slot.tag] = nil
    state.slots[place] = nil
    state.free.append(place)
  }
}
