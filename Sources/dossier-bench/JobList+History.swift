import JSONText
import QualityRecords
import SearchEngine
import Synchronization

/// Histories, traces and duties: each run another enterprise, so that nothing is in a cache but what always is.
extension JobList {
  /// Enterprises of an index, evenly taken, one after the other.
  private final class Round: Sendable {
    private let state = Mutex<(ids: [String], next: Int)>(([], 0))

    /// Ids that are gone through.
    private static let length = 2_000

    func next(_ index: QualityIndex) throws -> String {
      let isEmpty = state.withLock { $0.ids.isEmpty }
      if isEmpty {
        var all: [String] = []
        for snapshot in index.snapshots {
          try snapshot.forEachValue(kind: "enterprise", field: "#id") { all.append($0) }
        }
        guard !all.isEmpty else { throw BenchError("the index has no enterprises") }
        let step = max(1, all.count / Self.length)
        let ids = stride(from: 0, to: all.count, by: step).map { all[$0] }
        state.withLock { $0.ids = ids }
      }
      return state.withLock { state in
        state.next += 1
        return state.ids[state.next % state.ids.count]
      }
    }
  }

  static let histories: [Job] = {
    let (first, second) = (Round(), Round())
    let typed = [1, 2, 4].map { suggest($0, Round()) }
    return typed + [
      Job("history of an enterprise") { index in
        guard case .history(let history) = try index.history(HistoryRequest(try first.next(index))) else {
          return "none"
        }
        return "\(history.events.count) events"
      },
      Job("history as of a day") { index in
        var request = HistoryRequest(try second.next(index))
        request.asOf = "2007-06"
        guard case .history(let history) = try index.history(request) else { return "none" }
        return "\(history.events.count) events"
      },
      trace("trace a licence", "XK16-204-00123"),
      trace("trace a product", "plush toy"),
      Job("duties by province") { index in
        var request = DutiesRequest()
        request.by = .province
        request.asOf = "2007-12-31"
        let answer = try index.duties(request)
        return "\(answer.overdue) overdue"
      },
    ]
  }()

  /// What is suggested when so many characters of an enterprise's name are typed.
  private static func suggest(_ characters: Int, _ round: Round) -> Job {
    Job("suggest after \(characters) of a name") { index in
      let id = try round.next(index)
      let record = try index.snapshots.lazy.compactMap { try $0.record(kind: "enterprise", id: id) }.first
      let name = record.flatMap { try? JSONValue(parsing: $0) }?["name"]?.stringValue ?? id
      let answer = try index.suggest(SuggestRequest(String(name.prefix(characters))))
      return "\(answer.suggestions.count) suggestions"
    }
  }

  private static func trace(_ name: String, _ text: String) -> Job {
    Job(name) { index in "\(try index.trace(TraceRequest(text)).total) notes" }
  }
}
