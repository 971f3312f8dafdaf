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
      let generation: UInt64
      switch standing(path, acknowledged: acknowledged) {
      case .success(let found): generation = found
      case .failure(let problem): return problem.text
      }
      if generation > 0, let problem = try damage(path, isDeep) { return problem }
      return try goingOn(path, generation, script.contents[Int(generation)].count)
    } catch { return "\(error)" }
  }

  /// What is wrong, in words.
  struct Problem: Error {
    let text: String
  }

  /// The commit that stands after a fault, its records those that it must hold; 0: none, where none was acknowledged.
  func standing(_ path: String, acknowledged: UInt64) -> Result<UInt64, Problem> {
    do throws(IndexError) {
      let generation = try self.generation(path, acknowledged)
      guard Int(generation) < script.contents.count, generation == acknowledged || generation == acknowledged + 1 else {
        return .failure(Problem(text: "commit \(generation) was found, \(acknowledged) was acknowledged"))
      }
      if generation > 0 {
        let snapshot = try IndexDirectory.open(path: path)
        guard try FaultScript.records(snapshot) == script.contents[Int(generation)] else {
          return .failure(Problem(text: "commit \(generation) holds other records"))
        }
      }
      return .success(generation)
    } catch { return .failure(Problem(text: "\(error)")) }
  }

  /// The index after a second fault, in the process of ``FaultScript/recover(_:acknowledge:)``: the commit that stood before
  /// it, or that process's own, whole; and a writer that goes on.
  func problem(_ path: String, recoveredFrom base: UInt64, acknowledged: UInt64, isDeep: Bool) -> String? {
    do throws(IndexError) {
      let generation = try self.generation(path, max(base, acknowledged))
      guard generation == base || generation == base + 1, generation >= acknowledged else {
        return "commit \(generation) was found, \(base) stood before, \(acknowledged) was acknowledged"
      }
      var expected = script.contents[Int(base)]
      if generation > base { expected = (expected + [FaultScript.recovered]).sorted() }
      if generation > 0 {
        guard try FaultScript.records(try IndexDirectory.open(path: path)) == expected else {
          return "commit \(generation) holds other records"
        }
        if let problem = try damage(path, isDeep) { return problem }
      }
      return try goingOn(path, generation, expected.count)
    } catch { return "\(error)" }
  }

  private func damage(_ path: String, _ isDeep: Bool) throws(IndexError) -> String? {
    let report = try IndexDirectory.check(path: path, deep: isDeep)
    return report.isClean ? nil : "check: \(report.problems.map { "\($0.file) \($0.message)" })"
  }

  private func generation(_ path: String, _ acknowledged: UInt64) throws(IndexError) -> UInt64 {
    do throws(IndexError) { return try IndexDirectory.open(path: path).generation } catch {
      guard case .missing = error, acknowledged == 0 else { throw error }
      return 0
    }
  }

  /// The next writer commits, and nothing is left over.
  private func goingOn(_ path: String, _ generation: UInt64, _ count: Int) throws(IndexError) -> String? {
    let writer = try IndexDirectory.writer(
      path: path, schemas: FaultScript.schemas, options: FaultScript.options, create: true)
    let extra = Record(kind: FaultScript.kind, id: "extra", body: ["text": .string("after the fault")])
    _ = try writer.add(extra)
    let next = try writer.commit()
    guard next == generation + 1 else { return "the next commit is \(next) after \(generation)" }
    if let failure = writer.garbageFailure { return "garbage stays: \(failure)" }
    let after = try FaultScript.records(try IndexDirectory.open(path: path))
    guard after.count == count + 1 else { return "the next commit lost records" }
    let report = try IndexDirectory.check(path: path, deep: false)
    guard report.isClean, report.leftovers.isEmpty else {
      return "after the next commit: \(report.problems.map(\.message)), left over \(report.leftovers)"
    }
    return nil
  }
}
