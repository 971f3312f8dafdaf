import Glibc
import Testing

@testable import HTTPServer
@testable import QueryService

/// Reliability F4: how long it takes to refuse a token tells nothing of the tokens that there are.
@Suite("How long a token takes")
struct TokenTimingTests {
  /// Trials: 100,000 with `DOSSIER_FULL=1`.
  private static let trials = getenv("DOSSIER_FULL").map { String(cString: $0) == "1" } == true ? 100_000 : 10_000
  /// Means that differ by less than this many of their standard errors are alike.
  private static let alike = 3.0

  /// The difference of the means of two samples in standard errors (Welch), the slowest twentieth of each left out: those
  /// are the machine's.
  static func difference(_ left: [Double], _ right: [Double]) -> Double {
    func moments(_ sample: [Double]) -> (mean: Double, error: Double) {
      let kept = sample.sorted().prefix(sample.count * 19 / 20)
      let mean = kept.reduce(0, +) / Double(kept.count)
      let variance = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count - 1)
      return (mean, variance / Double(kept.count))
    }
    let (a, b) = (moments(left), moments(right))
    return (a.mean - b.mean) / (a.error + b.error).squareRoot()
  }

  @Test(
    "a token that is right but for its last character is refused in the time of one that is wrong from its first on")
  func prefixes() throws {
    let secret = "0123456789abcdef0123456789abcdef"
    let table = try AccessTable(
      text: TestTokens.text([("t", secret, ["main"], [], nil)]),
      collections: [MountedCollection(name: "main", path: "/nowhere")])
    func head(_ secret: String) throws -> RequestHead {
      var parser = RequestParser()
      parser.append(Array("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(secret)\r\n\r\n".utf8))
      guard case .head(let head)? = parser.next() else { throw RequestProblem(400, "no head") }
      return head
    }
    // Several of each, made in turns: where one head lies in memory may cost some nanoseconds, and says nothing of its token.
    var heads: [[RequestHead]] = [[], []]
    for digit in "0123456789abcde" {
      heads[0].append(try head(secret.dropLast() + String(digit)))
      heads[1].append(try head((digit == "0" ? "f" : String(digit)) + String(secret.dropFirst().reversed())))
    }
    #expect(heads.joined().allSatisfy { table.grant($0).name == nil })
    #expect(table.grant(try head(secret)).name == "t")
    let seed = UInt64.random(in: .min ... .max)
    print("token timing: seed \(seed), \(Self.trials) trials")
    var generator = SeededGenerator(seed: seed)
    let clock = ContinuousClock()
    // A machine at work makes one comparison in three hundred look different; three of three are no chance.
    var seen: [Double] = []
    for _ in 0..<3 {
      var times: [[Double]] = [[], []]
      for _ in 0..<Self.trials {
        let side = Int.random(in: 0...1, using: &generator)
        guard let head = heads[side].randomElement(using: &generator) else { continue }
        let began = clock.now
        let grant = table.grant(head)
        let taken = clock.now - began
        #expect(grant.name == nil)
        times[side].append(Double(taken.components.attoseconds) / 1e9)
      }
      seen.append(Self.difference(times[0], times[1]))
      if abs(seen[seen.count - 1]) < Self.alike { break }
    }
    print("token timing: \(seen) standard errors")
    #expect(abs(seen[seen.count - 1]) < Self.alike, "\(seen)")
  }

  @Test("the measure finds a difference where there is one")
  func control() {
    var generator = SeededGenerator(seed: 7)
    let left = (0..<5_000).map { _ in Double.random(in: 0...100, using: &generator) }
    let right = (0..<5_000).map { _ in Double.random(in: 10...110, using: &generator) }
    #expect(abs(Self.difference(left, right)) > Self.alike * 3)
    #expect(abs(Self.difference(left, (0..<5_000).map { _ in Double.random(in: 0...100, using: &generator) })) < 5)
  }
}
