/// What a system answered to each topic, best first.
public struct Run: Hashable, Sendable {
  public struct Hit: Hashable, Sendable {
    public let document: String
    public let score: Double

    public init(document: String, score: Double) {
      self.document = document
      self.score = score
    }
  }

  /// In the order in which topics were run.
  public private(set) var rankings: [(topic: String, hits: [Hit])] = []
  private var places: [String: Int] = [:]

  public init() {}

  /// Runs every topic through `search`, which gives the best hits first.
  public init(topics: [Topic], search: (Topic) -> [Hit]) {
    for topic in topics { set(search(topic), for: topic.id) }
  }

  /// A document named twice counts where it stands first.
  public mutating func set(_ hits: [Hit], for topic: String) {
    var seen: Set<String> = []
    let distinct = hits.filter { seen.insert($0.document).inserted }
    if let place = places[topic] {
      rankings[place].hits = distinct
    } else {
      places[topic] = rankings.count
      rankings.append((topic, distinct))
    }
  }

  public func documents(for topic: String) -> [String] {
    places[topic].map { rankings[$0].hits.map(\.document) } ?? []
  }

  /// The run in TREC's six columns: `topic Q0 document rank score tag`. Readers of that form sort by score and break
  /// ties by name; equal scores are therefore written each a hair (one step of a 32-bit float) below the one before,
  /// so that every reader sees this order. White space in names becomes `_`.
  public func trecText(tag: String) -> String {
    var text = ""
    for (topic, hits) in rankings {
      var previous = Float.infinity
      for (index, hit) in hits.enumerated() {
        var score = Float(hit.score)
        if !(score < previous) { score = previous.nextDown }
        previous = score
        text += "\(column(topic)) Q0 \(column(hit.document)) \(index + 1) \(score) \(column(tag))\n"
      }
    }
    return text
  }

  /// Reads that form back, sorted as `trec_eval` sorts: by score, ties by name in descending order.
  /// - Throws: `EvaluationError` for a line without six columns or with a score that is no number.
  public static func read(_ text: String) throws(EvaluationError) -> Run {
    var hits: [String: [Hit]] = [:]
    var order: [String] = []
    for (number, line) in lines(of: text) {
      let columns = line.split { $0 == "\t" || $0 == " " }
      guard columns.count == 6, let score = Double(columns[4]), !score.isNaN else {
        throw EvaluationError(line: number, expected: "topic Q0 document rank score tag", found: String(line))
      }
      let topic = String(columns[0])
      if hits[topic] == nil { order.append(topic) }
      hits[topic, default: []].append(Hit(document: String(columns[2]), score: score))
    }
    var run = Run()
    for topic in order {
      run.set((hits[topic] ?? []).sorted { ($0.score, $0.document) > ($1.score, $1.document) }, for: topic)
    }
    return run
  }

  private func column(_ text: String) -> String { String(text.map { $0.isWhitespace ? "_" : $0 }) }

  public static func == (left: Run, right: Run) -> Bool {
    left.rankings.elementsEqual(right.rankings) { $0.topic == $1.topic && $0.hits == $1.hits }
  }

  public func hash(into hasher: inout Hasher) {
    for ranking in rankings {
      hasher.combine(ranking.topic)
      hasher.combine(ranking.hits)
    }
  }
}
