import Testing

@testable import dossier_fuzz

/// Inputs that once broke something, and those that changes begin from: run again with every run of the tests.
@Suite struct ReplayTests {
  private static let corpus: String = {
    var parts = "\(#filePath)".split(separator: "/")
    parts.removeLast()
    return "/" + parts.joined(separator: "/") + "/Corpus"
  }()

  @Test func everyKeptInputIsBorne() throws { #expect(try FuzzCommand.replay(Self.corpus)) }

  @Test func everyTargetHasASeedThatItAccepts() throws {
    for target in FuzzTarget.all {
      let seeds = try target.seeds() + FuzzCommand.corpus(Self.corpus, target)
      #expect(!seeds.isEmpty, "\(target.name)")
      #expect(try seeds.contains { try target.run($0) }, "\(target.name) accepts none of its seeds")
    }
    #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
  }

  /// A short run of each: the driver and the targets work. Long runs are `.ci/nightly`.
  @Test func shortRuns() throws {
    for target in FuzzTarget.all {
      let corpus = try FuzzCommand.corpus(Self.corpus, target)
      let figures = FuzzRun(target: target, corpus: corpus, seed: 2026, seconds: 1, executions: 300).run(nil)
      #expect(figures.broken.isEmpty, "\(target.name): \(figures.broken.map(\.claim))")
      #expect(figures.accepted > 0, "\(target.name)")
    }
  }
}
