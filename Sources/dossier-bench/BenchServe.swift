import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier-bench serve PORT [--connections N] [--seconds N] [QUERY…]`: asks a running `dossier serve` of this machine over
/// connections that are kept, each the next query as soon as the last is answered, and prints answers a second, times of an answer
/// in milliseconds, and what was no answer.
///
/// Queries of two words, a province and a year, 11,760 of them, so that most are new to the server: what it kept of an answer says
/// nothing of how fast it searches.
struct BenchServe {
  private let port: UInt16
  private var connections = 4
  private var seconds = 10
  private var queries: [String]

  private static let words = [
    "formaldehyde", "lead", "label", "sealed", "licence", "flammability", "sharp", "invoice", "workshop", "complaint",
    "phthalate", "sample", "laboratory", "furniture", "toys", "wardrobe", "balloon", "paint", "rattle", "carton",
    "export",
  ]

  private static let provinces = ["Guangdong", "Zhejiang", "Shandong", "Fujian", "Jiangsu", "Hebei", "Shanghai"]

  /// What one connection saw.
  private struct Outcome: Sendable {
    var milliseconds: [Double] = []
    var bytes = 0
    /// Answers of another status than 200, and connections that broke.
    var failures = 0
  }

  init(_ arguments: [String]) throws {
    guard let first = arguments.first, let port = UInt16(first) else { throw BenchError("serve wants a port") }
    self.port = port
    var own = Array(arguments.dropFirst())
    func value(_ flag: String) -> Int? {
      guard let place = own.firstIndex(of: flag), place + 1 < own.count else { return nil }
      defer { own.removeSubrange(place...place + 1) }
      return Int(own[place + 1])
    }
    connections = min(256, max(1, value("--connections") ?? connections))
    seconds = max(1, value("--seconds") ?? seconds)
    queries = own
    if queries.isEmpty {
      for one in Self.words {
        for other in Self.words where other != one {
          for province in Self.provinces {
            for year in 2005...2008 { queries.append("\(one) \(other) province:\(province) date:\(year)") }
          }
        }
      }
    }
  }

  func run() throws {
    guard let probe = HTTPConnection(port: port) else {
      throw BenchError(
        "nobody answers at 127.0.0.1:\(port): start `dossier serve --listen 127.0.0.1:\(port) --index DIR` first")
    }
    probe.close()
    let outcomes = Mutex<[Outcome]>([])
    let began = ContinuousClock.now
    let end = began + .seconds(seconds)
    let group = DispatchGroup()
    for number in 0..<connections {
      // A queue of its own: a connection waits most of the time, and must not keep another waiting.
      DispatchQueue(label: "connection \(number)").async(group: group) {
        let outcome = ask(from: number, until: end)
        outcomes.withLock { $0.append(outcome) }
      }
    }
    group.wait()
    let elapsed = (ContinuousClock.now - began).components
    let taken = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    let all = outcomes.withLock { $0 }
    let times = all.flatMap(\.milliseconds)
    let rounded = { (value: Double) in (value * 100).rounded() / 100 }
    print("connections\tanswers\ta second\tmedian ms\tp90 ms\tp99 ms\tlongest ms\tMB a second\tfailures")
    let columns = [
      "\(connections)", "\(times.count)", "\((Double(times.count) / taken).rounded())",
      "\(rounded(StopWatch.share(times, 0.5)))", "\(rounded(StopWatch.share(times, 0.9)))",
      "\(rounded(StopWatch.share(times, 0.99)))", "\(rounded(times.max() ?? 0))",
      "\(rounded(Double(all.reduce(0) { $0 + $1.bytes }) / taken / 1e6))", "\(all.reduce(0) { $0 + $1.failures })",
    ]
    print(columns.joined(separator: "\t"))
    if times.isEmpty { throw BenchError("no answer of status 200 from 127.0.0.1:\(port)") }
  }

  private func ask(from first: Int, until end: ContinuousClock.Instant) -> Outcome {
    var outcome = Outcome()
    // Connections begin at places of their own, so that they do not ask the same at one time.
    var number = first * queries.count / connections
    while ContinuousClock.now < end {
      guard var connection = HTTPConnection(port: port) else {
        outcome.failures += 1
        if outcome.failures > 100 { return outcome }
        continue
      }
      defer { connection.close() }
      while ContinuousClock.now < end {
        let query = queries[number % queries.count]
        number += 1
        let began = ContinuousClock.now
        guard let answer = connection.get("/v1/search?q=\(Self.escaped(query))&limit=10") else {
          outcome.failures += 1
          break
        }
        let taken = (ContinuousClock.now - began).components
        if answer.status == 200 {
          outcome.milliseconds.append(Double(taken.seconds) * 1e3 + Double(taken.attoseconds) / 1e15)
          outcome.bytes += answer.bytes
        } else {
          outcome.failures += 1
        }
        // The server ends a connection after so many answers, and says so.
        if answer.isLast { break }
      }
    }
    return outcome
  }

  private static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { escaped, byte in
      if byte < 0x80, Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber {
        escaped.append(Character(UnicodeScalar(byte)))
      } else {
        escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
