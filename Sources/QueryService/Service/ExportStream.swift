import Dispatch
import HTTPServer
import QualityRecords
import Synchronization

/// An export as a body: a thread of its own makes the pieces, a few ahead of the client.
final class ExportStream: BodyStream {
  private let channel: PieceChannel

  /// Waits for the first piece, so that an error of the query is an answer and no broken body.
  ///
  /// - Throws: the query's errors; `busy` when as many exports run as may.
  init(_ index: QualityIndex, _ options: ExportOptions, slots: Slots) throws(QualityError) {
    guard slots.take() else {
      throw QualityError("busy", "as many exports run as may at one time", hint: "try again in a few seconds")
    }
    let channel = PieceChannel()
    self.channel = channel
    DispatchQueue(label: "dossier.export").async {
      defer { slots.giveBack() }
      do throws(QualityError) {
        _ = try index.export(options) { channel.put($0) }
        channel.end(nil)
      } catch { channel.end(error) }
    }
    try channel.awaitFirst()
  }

  deinit { channel.cancel() }

  func next() throws -> [UInt8]? { try channel.take() }
}

/// Some of a thing that there are a few of.
final class Slots: Sendable {
  private let free: Mutex<Int>

  init(_ count: Int) { free = Mutex(count) }

  func take() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  func giveBack() { free.withLock { $0 += 1 } }
}

/// Pieces on their way from one thread to another, a few at a time.
private final class PieceChannel: Sendable {
  private struct State {
    var pieces: [[UInt8]] = []
    var isEnded = false
    var isCancelled = false
    var failure: QualityError?
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  /// Begun with nothing and filled at once: one that ends with less than it began with ends the process, and a stream that
  /// nobody reads to its end does.
  private let room = DispatchSemaphore(value: 0)
  /// Pieces that wait at most: some 64 KB each.
  private static let mostWaiting = 4

  init() {
    for _ in 0..<Self.mostWaiting { room.signal() }
  }

  /// False when nobody wants more.
  func put(_ piece: [UInt8]) -> Bool {
    room.wait()
    let isWanted = state.withLock { state -> Bool in
      guard !state.isCancelled else { return false }
      state.pieces.append(piece)
      return true
    }
    if isWanted { filled.signal() }
    return isWanted
  }

  func end(_ failure: QualityError?) {
    state.withLock {
      $0.isEnded = true
      $0.failure = failure
    }
    filled.signal()
  }

  func cancel() {
    state.withLock { $0.isCancelled = true }
    room.signal()
  }

  func awaitFirst() throws(QualityError) {
    filled.wait()
    let failure = state.withLock { $0.pieces.isEmpty ? $0.failure : nil }
    // What was taken off the count is put back: the piece, or the end, is still to be taken.
    filled.signal()
    if let failure { throw failure }
  }

  func take() throws(QualityError) -> [UInt8]? {
    filled.wait()
    let (piece, failure) = state.withLock { state -> ([UInt8]?, QualityError?) in
      guard !state.pieces.isEmpty else { return (nil, state.failure) }
      return (state.pieces.removeFirst(), nil)
    }
    if let failure { throw failure }
    if piece != nil { room.signal() }
    return piece
  }
}
