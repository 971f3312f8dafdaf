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

  /// Every decoder begins from a file of a few records most of the time, and from one with whole blocks now and then: both
  /// are read to their end beside the other files of their own index.
  @Test func decodersReadTheLargeAndTheSmall() throws {
    for target in FuzzTarget.decoders {
      let (small, large) = (try #require(target.seeds().first), try #require(target.largeSeeds().first))
      #expect(try target.run(small) && target.run(large), "\(target.name)")
      // The manifest names files and counts; its length is that of its names.
      #expect(small.count <= large.count || target.name == "index-manifest", "\(target.name)")
    }
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
