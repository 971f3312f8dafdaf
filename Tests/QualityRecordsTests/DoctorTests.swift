import Glibc
import JSONText
import QualityRecords
import Testing

/// Faults are planted one by one; the doctor names each, with a command, and names nothing else that was not there before.
struct DoctorTests {
  private static let records = """
    {"kind":"enterprise","id":"E1","name":"Harbour Toys","licence":"XK16-204-00123"}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","text":"paint with lead"}
    {"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-04-14","text":"paint again"}
    {"kind":"directive","id":"D1","title":"On lead","date":"2007","paragraphs":["First on lead.","Then on paint."]}

    """

  private final class Patient {
    let directory: TestDirectory
    var surroundings = Surroundings.current
    var paths: [String] = []
    var state: String?

    init(_ records: String = DoctorTests.records) throws {
      directory = try TestDirectory()
      surroundings.today = "2026-11-22"
      surroundings.freeBytes = { _ in 1 << 40 }
      surroundings.openFiles = 20_000
      mkdir("\(directory.path)/source", 0o755)
      _ = try directory.write("source/records.jsonl", records)
      try index()
      paths = ["\(directory.path)/source"]
    }

    func index() throws {
      _ = try IndexJob.run(IndexRequest(paths: ["\(directory.path)/source/records.jsonl"], index: directory.index))
    }

    func examine() -> DoctorAnswer {
      DoctorJob.run(DoctorJob(indexes: [directory.index], paths: paths, state: state, surroundings: surroundings))
    }

    func file(_ suffix: String) throws -> String {
      let name = try #require(directory.listing().first { $0.hasSuffix(suffix) })
      return "\(directory.index)/\(name)"
    }
  }

  private struct Planted: Sendable {
    let code: String
    let weight: DoctorAnswer.Finding.Weight
    let command: String
    let plant: @Sendable (Patient) throws -> Void
  }

  private static func rewritten(_ more: String) -> @Sendable (Patient) throws -> Void {
    { patient in
      _ = try patient.directory.write("source/records.jsonl", records + more)
      try patient.index()
    }
  }

  private static let planted: [Planted] = [
    Planted(code: "index-missing", weight: .error, command: "dossier index PATH") { patient in
      _ = runShell("rm -r \(patient.directory.index)")
    },
    Planted(code: "index-damaged", weight: .error, command: "dossier check --repair") { patient in
      let path = try patient.file(".records")
      _ = runShell("printf x | dd of=\(path) bs=1 seek=60 conv=notrunc status=none")
    },
    Planted(code: "leftovers", weight: .warning, command: "dossier merge") { patient in
      _ = try patient.directory.write("index/seg-000099.terms", "half a file")
    },
    Planted(code: "open-to-others", weight: .warning, command: "chmod go-w") { patient in
      chmod(patient.directory.index, 0o777)
    },
    Planted(code: "disk-space", weight: .error, command: "dossier backup") { patient in
      patient.surroundings.freeBytes = { _ in 1000 }
    },
    Planted(code: "file-limit", weight: .error, command: "ulimit -n") { patient in
      patient.surroundings.openFiles = 64
    },
    Planted(code: "deleted", weight: .warning, command: "dossier merge --full") { patient in
      let more = (0..<9).map { "{\"kind\":\"inspection\",\"id\":\"X\($0)\",\"date\":\"2007\",\"text\":\"lead\"}\n" }
        .joined()
      try DoctorTests.rewritten(more)(patient)
      _ = try CareJobs.delete(ids: ["X1", "X2", "X3"], index: patient.directory.index)
    },
    Planted(code: "sources-changed", weight: .warning, command: "dossier index") { patient in
      _ = runShell("touch -d '+1 hour' \(patient.directory.path)/source/records.jsonl")
    },
    Planted(code: "sources-gone", weight: .warning, command: "dossier export") { patient in
      rename("\(patient.directory.path)/source/records.jsonl", "\(patient.directory.path)/source/README")
    },
    Planted(code: "unread-files", weight: .warning, command: "dossier index") { patient in
      _ = try patient.directory.write("source/scan.tiff", "II*")
    },
    Planted(code: "configuration", weight: .error, command: "--dry-run") { patient in
      _ = try patient.directory.write(
        "source/collection.json", #"{"name":"x","files":[{"path":"nobody.jsonl","kind":"inspection"}]}"#)
    },
    Planted(code: "targets", weight: .error, command: "targets.json") { patient in
      _ = try patient.directory.write(
        "source/collection.json",
        #"{"name":"x","files":[{"path":"records.jsonl"}],"targets":"targets.json"}"#)
      _ = try patient.directory.write("source/targets.json", #"{"targets":[{"number":1}]}"#)
    },
    Planted(
      code: "odd-dates", weight: .warning, command: "dossier search",
      plant: rewritten(
        "{\"kind\":\"inspection\",\"id\":\"N9\",\"enterprise\":\"E1\",\"date\":\"2077-03-14\",\"text\":\"x\"}\n")),
    Planted(
      code: "no-date", weight: .note, command: "dossier search",
      plant: rewritten("{\"kind\":\"inspection\",\"id\":\"N9\",\"enterprise\":\"E1\",\"text\":\"x\"}\n")),
    Planted(
      code: "no-licence", weight: .note, command: "dossier enterprises",
      plant: rewritten(
        "{\"kind\":\"enterprise\",\"id\":\"E9\",\"name\":\"Nine\",\"products\":[{\"id\":\"1\",\"name\":\"toy\"}]}\n")),
    Planted(
      code: "unknown-enterprises", weight: .note, command: "dossier stats",
      plant: rewritten(
        "{\"kind\":\"inspection\",\"id\":\"N9\",\"enterprise\":\"Nobody\",\"date\":\"2007\",\"text\":\"x\"}\n")),
    Planted(code: "state-open-to-others", weight: .warning, command: "chmod go-w") { patient in
      patient.state = "\(patient.directory.path)/state"
      mkdir("\(patient.directory.path)/state", 0o755)
      chmod("\(patient.directory.path)/state", 0o777)
    },
  ]

  @Test func aSoundIndexHasNoFindings() throws {
    #expect(try Patient().examine().findings.isEmpty)
    #expect(try Patient().examine().exitCode == .done)
  }

  /// Fault 4: the README of the default place was taken for a leftover, which no merge ever removes.
  @Test func aStrangersFileIsNoLeftover() throws {
    let patient = try Patient()
    _ = try patient.directory.write("index/README.md", "what the files here are")
    #expect(patient.examine().findings.isEmpty)
    #expect(try CheckAnswer(checking: [patient.directory.index], deep: false).leftovers.isEmpty)
  }

  @Test func everyPlantedFaultIsFoundWithItsCommand() throws {
    #expect(Self.planted.count >= 12)
    for fault in Self.planted {
      let patient = try Patient()
      try fault.plant(patient)
      let answer = patient.examine()
      // A file that is gone leaves its folder empty, and nothing else.
      #expect(answer.findings.map(\.code) == [fault.code], "\(fault.code): \(answer.findings)")
      let finding = try #require(answer.findings.first)
      #expect(finding.weight == fault.weight, "\(fault.code)")
      #expect(finding.command.contains(fault.command), "\(fault.code): \(finding.command)")
      #expect(!finding.message.isEmpty && (answer.exitCode != .done || fault.weight == .note))
    }
    print("\(Self.planted.count) faults planted, \(Self.planted.count) found")
  }
}
