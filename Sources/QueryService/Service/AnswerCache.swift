import HTTPServer
import Synchronization

/// Answers given of late, by their tags: a tag stands for the commits, the request, the grant and the day, so what it names
/// never changes. What is asked again soon, or by many, costs a look-up.
///
/// Two generations: answers go into the new one; when that is full it becomes the old one, and what is not asked for again
/// by the next time is dropped. Cost: constant.
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

  private struct State {
    var new: [String: Answer] = [:]
    var old: [String: Answer] = [:]
    /// Of the new ones.
    var bytes = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// Longer answers are not kept: a page of ten hits takes some 6 KB.
  static let longest = 64 << 10
  /// What an entry takes beside its body: the key, fields, the table.
  private static let overhead = 1_024

  /// `bytes`: of both generations together.
  init(bytes: Int) { limit = bytes / 2 }

  func answer(_ tag: String) -> Answer? { state.withLock { find(tag, &$0) } }

  /// The same, but nil where another thread is at it.
  func answerAtOnce(_ tag: String) -> Answer? { state.withLockIfAvailable { find(tag, &$0) } ?? nil }

  private func find(_ tag: String, _ state: inout State) -> Answer? {
    if let found = state.new[tag] { return found }
    guard let found = state.old.removeValue(forKey: tag) else { return nil }
    add(found, tag, &state)
    return found
  }

  func keep(_ answer: Answer, _ tag: String) {
    guard answer.response.wholeLength > 0, answer.response.wholeLength <= Self.longest else { return }
    state.withLock { add(answer, tag, &$0) }
  }

  private func add(_ answer: Answer, _ tag: String, _ state: inout State) {
    let bytes = answer.response.wholeLength + Self.overhead
    guard bytes <= limit else { return }
    if state.bytes + bytes > limit {
      state.old = state.new
      state.new = [:]
      state.bytes = 0
    }
    if state.new.updateValue(answer, forKey: tag) == nil { state.bytes += bytes }
  }
}
