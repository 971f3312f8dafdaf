import Dispatch
import Synchronization

/// The threads of a writer. Each does what it is given in turn; nothing that one does waits for another.
final class WriterCrew: Sendable {
  private let queues: [DispatchQueue]

  /// Threads that can be of use to one writer: what the thread that hands out does for a record is more than a tenth of what
  /// theirs do.
  static let maximumCount = 8

  /// - Precondition: `count` is 1 or more.
  init(count: Int) {
    precondition(count > 0)
    queues = (0..<min(count, Self.maximumCount)).map { DispatchQueue(label: "dossier.writer.\($0)") }
  }

  var count: Int { queues.count }

  /// Does `body` on a thread as soon as what it was given before is done.
  func begin(on thread: Int, _ body: @escaping @Sendable () -> Void) { queues[thread].async(execute: body) }

  /// What `body` answers on a thread.
  func answer<Answer: Sendable>(on thread: Int, _ body: @escaping @Sendable () -> Answer) -> CrewAnswer<Answer> {
    let answer = CrewAnswer<Answer>()
    queues[thread].async { answer.set(body()) }
    return answer
  }

  /// The answers of `body` for 0 to `count`, each made on a thread.
  func map<Answer: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Answer) -> [Answer] {
    (0..<count).map { number in answer(on: number % queues.count) { body(number) } }.map(\.value)
  }

  /// Makes answers 0 to `count` on the threads and takes them in order, in the caller's. At most `window` of them are made
  /// and not taken: answer `i` is made in the place of answer `i - window`, which was taken before.
  ///
  /// - Parameter take: an error ends the work; no thread is at it any more when it is thrown.
  func inOrder(
    _ count: Int, window: Int, make: @escaping @Sendable (_ thread: Int, _ number: Int) -> Void,
    take: (_ number: Int) throws(IndexError) -> Void
  ) throws(IndexError) {
    let line = AssemblyLine(count: count, window: window)
    let group = DispatchGroup()
    for (thread, queue) in queues.enumerated() {
      queue.async(group: group) {
        while let number = line.claim() {
          make(thread, number)
          line.made(number)
        }
      }
    }
    defer {
      line.stop(threads: queues.count)
      group.wait()
    }
    for number in 0..<count {
      line.wait(for: number)
      try take(number)
      line.taken()
    }
  }
}

/// Who makes what, and whether there is room for it.
private final class AssemblyLine: Sendable {
  private let count: Int
  private let next = Atomic<Int>(0)
  /// Begins at 0 and is raised: a semaphore may not end below the value that it began with.
  private let room = DispatchSemaphore(value: 0)
  private let made: [DispatchSemaphore]

  init(count: Int, window: Int) {
    self.count = count
    made = (0..<max(1, window)).map { _ in DispatchSemaphore(value: 0) }
    for _ in made { room.signal() }
  }

  /// Waits for room. Numbers are given in order, so that what is waited for is always under way. Nil at the end.
  func claim() -> Int? {
    room.wait()
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }

  func made(_ number: Int) { made[number % made.count].signal() }
  func wait(for number: Int) { made[number % made.count].wait() }
  func taken() { room.signal() }

  /// Lets every thread find that there is nothing more.
  func stop(threads: Int) {
    next.store(count, ordering: .relaxed)
    for _ in 0..<threads { room.signal() }
  }
}

/// An answer that is being made.
final class CrewAnswer<Answer: Sendable>: Sendable {
  private let answer = Mutex<Answer?>(nil)
  private let done = DispatchGroup()

  fileprivate init() { done.enter() }

  fileprivate func set(_ own: Answer) {
    answer.withLock { $0 = own }
    done.leave()
  }

  /// The answer; waits for it.
  var value: Answer {
    done.wait()
    guard let answer = answer.withLock({ $0 }) else { preconditionFailure("an answer is set before its group is left") }
    return answer
  }
}
