import JSONText
import Records
import SearchEngine

/// Holds what must be found, outside the process that was killed, and looks whether it is.
struct Judge {
  let script: FaultScript

  /// The index after a fault: the last acknowledged commit, or the one in flight, whole; every checksum right; and a writer
  /// that goes on. Returns what is wrong; nil when nothing is.
  ///
  /// - Parameter isDeep: also compares all structures with each other.
  func problem(_ path: String, acknowledged: UInt64, isDeep: Bool) -> String? {
    do throws(IndexError) {
      let generation = try self.generation(path, acknowledged)
      guard Int(generation) < script.contents.count, generation == acknowledged || generation == acknowledged + 1 else {
        return "commit \(generation) was found, \(acknowledged) was acknowledged"
      }
      if generation > 0 {
        let snapshot = try IndexDirectory.open(path: path)
        guard try FaultScript.records(snapshot) == script.contents[Int(generation)] else {
          return "commit \(generation) holds other records"
        }
        let report = try IndexDirectory.check(path: path, deep: isDeep)
        guard report.isClean else { return "check: \(report.problems.map { "\($0.file) \($0.message)" })" }
      }
      return try goingOn(path, generation)
    } catch { return "\(error)" }
  }

  private func generation(_ path: String, _ acknowledged: UInt64) throws(IndexError) -> UInt64 {
    do throws(IndexError) { return try IndexDirectory.open(path: path).generation } catch {
      guard case .missing = error, acknowledged == 0 else { throw error }
      return 0
    }
  }

  /// The next writer commits, and nothing is left over.
  private func goingOn(_ path: String, _ generation: UInt64) throws(IndexError) -> String? {
    let writer = try IndexDirectory.writer(
      path: path, schemas: FaultScript.schemas, options: FaultScript.options, create: true)
    let extra = Record(kind: FaultScript.kind, id: "extra", body: ["text": .string("after the fault")])
    _ = try writer.add(extra)
    let next = try writer.commit()
    guard next == generation + 1 else { return "the next commit is \(next) after \(generation)" }
    if let failure = writer.garbageFailure { return "garbage stays: \(failure)" }
    let after = try FaultScript.records(try IndexDirectory.open(path: path))
    guard after.count == script.contents[Int(generation)].count + 1 else { return "the next commit lost records" }
    let report = try IndexDirectory.check(path: path, deep: false)
    guard report.isClean, report.leftovers.isEmpty else {
      return "after the next commit: \(report.problems.map(\.message)), left over \(report.leftovers)"
    }
    return nil
  }
}
