import Glibc
import JSONText
import QualityRecords
import SearchEngine
import Testing

/// Repair, backup and restore as users run them.
struct RepairJobTests {
  private func indexed() throws -> TestDirectory {
    let directory = try TestDirectory()
    _ = try IndexJob.run(IndexRequest(paths: [Seeds.path], index: directory.index))
    return directory
  }

  private func exported(_ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try QualityIndex(paths: [path]).export { piece in
      bytes += piece
      return true
    }
    return bytes
  }

  private func damage(_ directory: TestDirectory, _ suffix: String, at place: Int) throws {
    let name = try #require(directory.listing().filter { $0.hasSuffix(suffix) }.last)
    #expect(runShell("printf x | dd of=\(directory.index)/\(name) bs=1 seek=\(place) conv=notrunc status=none"))
  }

  private func lines(_ bytes: [UInt8]) -> Set<String> {
    Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  @Test func damageOfWhatIsDerivedLosesNothing() throws {
    for suffix in [".postings", ".terms", ".columns", ".stems"] {
      let directory = try indexed()
      let before = lines(try exported(directory.index))
      try damage(directory, suffix, at: 100)
      #expect(try !CheckAnswer(checking: [directory.index], deep: false).isGood)
      let answer = try RepairAnswer(repairing: directory.index)
      #expect(answer.exitCode == .done && answer.report.commit == 2, "\(suffix): \(answer.report)")
      #expect(try CheckAnswer(checking: [directory.index], deep: true).isGood)
      #expect(lines(try exported(directory.index)) == before, "\(suffix)")
      let index = try QualityIndex(paths: [directory.index])
      #expect(try index.stats().passages == 148)
      #expect(try index.search(SearchOptions("formaldehyde furniture")).total > 0)
    }
  }

  @Test func whatIsLostIsListedAndComesBackWithItsFiles() throws {
    let directory = try indexed()
    let before = lines(try exported(directory.index))
    // The middle of the largest file of records: two blocks of them, at most, hold that place.
    let name = try #require(directory.listing().filter { $0.hasSuffix(".records") }.first)
    _ = name
    for file in directory.listing() where file.hasSuffix(".records") {
      #expect(runShell("printf XXXXXXXX | dd of=\(directory.index)/\(file) bs=1 seek=3000 conv=notrunc status=none"))
    }
    let answer = try RepairAnswer(repairing: directory.index)
    #expect(answer.exitCode == .partial)
    let after = lines(try exported(directory.index))
    #expect(after.isSubset(of: before))
    #expect(before.count - after.count == answer.report.lostCount)
    #expect(answer.report.lostCount > 0 && answer.report.lostCount < 200)
    #expect(answer.report.lost.allSatisfy { $0.id != nil })
    let gone = before.subtracting(after)
    for record in answer.report.lost {
      #expect(gone.contains { $0.contains("\"id\":\"\(record.id ?? "")\"") }, "\(record)")
    }
    #expect(try CheckAnswer(checking: [directory.index], deep: true).isGood)
    let again = try IndexJob.run(IndexRequest(paths: [Seeds.path], index: directory.index))
    #expect(again.indexed == answer.report.lostCount)
    #expect(lines(try exported(directory.index)) == before)
  }

  @Test func backupAndRestore() throws {
    let directory = try indexed()
    let backup = "\(directory.path)/backup"
    let copied = try CopyAnswer(backingUp: directory.index, to: backup, linking: true)
    #expect(copied.commit == 1 && copied.files > 10)
    let before = try exported(directory.index)
    #expect(try exported(backup) == before)
    let taken = #expect(throws: QualityError.self) {
      _ = try CopyAnswer(backingUp: directory.index, to: backup, linking: true)
    }
    #expect(taken?.code == "folder-taken")
    _ = try CareJobs.delete(query: "lead", index: directory.index)
    _ = try CareJobs.merge(full: true, index: directory.index)
    // The linked files stand in the backup whatever became of the index.
    #expect(try exported(backup) == before)
    #expect(try CopyAnswer(restoring: backup, to: directory.index).commit > 2)
    #expect(try exported(directory.index) == before)
    let fresh = "\(directory.path)/deep/fresh"
    #expect(try CopyAnswer(restoring: backup, to: fresh).commit == 1)
    #expect(try exported(fresh) == before)
    let none = #expect(throws: QualityError.self) { _ = try CopyAnswer(restoring: "/nowhere", to: fresh) }
    #expect(none?.code == "no-backup" && none?.exitCode == .index)
  }
}
