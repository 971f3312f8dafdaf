/// One parser or decoder under hostile bytes: where to begin, and what to do with an input.
struct FuzzTarget: Sendable {
  /// Stable: corpora and figures are kept under it.
  let name: String
  /// Well-formed inputs that changes begin from.
  let seeds: @Sendable () -> [[UInt8]]
  /// Inputs that take many times as long as those of ``seeds``: one run in ``FuzzRun/rarity`` begins from them.
  let largeSeeds: @Sendable () -> [[UInt8]]
  /// Pieces of the language, put in at random.
  let tokens: [String]
  /// Whether changes keep the length: index files are addressed by offsets, which a byte put in would push apart.
  let keepsLength: Bool
  /// Returns whether the input was accepted. A trap, a hang and a broken claim are what is looked for; a broken claim is
  /// told by ``Broken``.
  let run: @Sendable ([UInt8]) throws(Broken) -> Bool

  /// A claim that an input has shown to be false.
  struct Broken: Error {
    let claim: String

    init(_ claim: String) { self.claim = claim }
  }

  init(
    _ name: String, seeds: @escaping @Sendable () -> [[UInt8]],
    largeSeeds: @escaping @Sendable () -> [[UInt8]] = { [] }, tokens: [String] = [], keepsLength: Bool = false,
    run: @escaping @Sendable ([UInt8]) throws(Broken) -> Bool
  ) {
    self.name = name
    self.seeds = seeds
    self.largeSeeds = largeSeeds
    self.tokens = tokens
    self.keepsLength = keepsLength
    self.run = run
  }

  static let all: [FuzzTarget] = [query, pattern, json, canonical] + readers + [http, target] + packed + decoders

  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
