import Dispatch
import Records

/// Records in a row that are handed to a thread at once, and what it gives back: lengths and units. Postings and columns stay
/// with the thread's ``InversionPart`` until the segment is written.
///
/// SAFETY: the writer's thread fills it before it is handed over and reads the answer after ``wait()``; the other thread
/// touches it between the two. The queue and the semaphore order them.
final class InversionRun: @unchecked Sendable {
  /// Number in its segment of the first record.
  let firstDocument: UInt32
  private var records: [Record] = []
  private var texts = ByteBuffer(capacity: 16)
  /// Where each text ends in ``texts``.
  private var textEnds: [Int] = []
  /// Bytes of the records as they are stored, or of the texts.
  private(set) var byteCount = 0

  // The answer.
  private(set) var lengths: [UInt32] = []
  /// Units of all records, and where those of each end.
  private(set) var units: [Unit] = []
  private(set) var unitEnds: [Int] = []
  /// Bytes that the part holds with this run in it.
  private(set) var memory = 0
  private var failure: IndexError?
  private let done = DispatchSemaphore(value: 0)

  /// Records of a run at most: handing one over costs some microseconds, a record some tens.
  private static let maximumCount = 128
  /// Bytes after which a run ends early: a few runs for each thread are in memory at once, as trees some times as large. 256 KB,
  /// or less where the budget is small.
  private let maximumBytes: Int

  /// `budget` is that of the segment.
  init(firstDocument: UInt32, budget: Int) {
    self.firstDocument = firstDocument
    maximumBytes = min(256 << 10, budget / 512)
  }

  var count: Int { records.count + textEnds.count }
  var isFull: Bool { count >= Self.maximumCount || byteCount >= maximumBytes }

  /// The next record. `byteCount` is the length of its stored form.
  func append(_ record: Record, byteCount length: Int) {
    records.append(record)
    byteCount += length
  }

  /// A copy of the next text.
  func append(text: UnsafeBufferPointer<UInt8>) {
    texts.append(UnsafeRawBufferPointer(text))
    textEnds.append(texts.count)
    byteCount += text.count
  }

  /// Inverts the records into a part, frees them, and tells the waiter. On the part's thread.
  func invert(into part: InversionPart, keepsUnits: Bool) {
    lengths.reserveCapacity(count)
    do throws(IndexError) {
      var document = firstDocument
      for record in records {
        try part.add(record, document: document)
        lengths.append(part.length)
        if keepsUnits {
          // Those of a large record, which is the first of its run, are not held twice.
          if units.isEmpty, part.units.count > RecordInverter.keptUnits {
            units = part.takeUnits()
          } else {
            units.append(contentsOf: part.units)
          }
          unitEnds.append(units.count)
        }
        document += 1
      }
      var start = 0
      for end in textEnds {
        let text = UnsafeRawBufferPointer(rebasing: texts.bytes[start..<end])
        var failure: IndexError?
        text.withMemoryRebound(to: UInt8.self) { text in
          do throws(IndexError) { try part.add(text: text, document: document) } catch { failure = error }
        }
        if let failure { throw failure }
        lengths.append(part.length)
        document += 1
        start = end
      }
    } catch { failure = error }
    records = []
    memory = part.memory
    done.signal()
  }

  /// Waits until the run is inverted. Throws why it could not be. Called once.
  func wait() throws(IndexError) {
    done.wait()
    if let failure { throw failure }
  }
}
