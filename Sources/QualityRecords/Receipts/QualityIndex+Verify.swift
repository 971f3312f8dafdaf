import SearchEngine

extension QualityIndex {
  /// Commits before the present one that are tried as the one of a receipt.
  private static let triedCommits: UInt64 = 1_000

  /// Asks again and compares the receipts.
  ///
  /// What changed is told from what was kept of the answer, where something was; else from the receipt itself: when it is
  /// that of the present answer at an earlier commit, the commit is all that changed.
  ///
  /// - Parameter kept: what is known of the answer of then (``StateFolder/receipt(_:)``).
  /// - Throws: `bad-receipt` when the code is none; what searching throws.
  public func verify(
    code text: String, _ options: SearchOptions, kept: (String) -> ReceiptRecord? = { _ in nil }
  ) throws(QualityError) -> VerifyAnswer {
    guard let code = Receipt.normalized(text) else {
      throw QualityError(
        "bad-receipt", "'\(text)' is no receipt", hint: "a receipt is R- and four groups of four letters and digits")
    }
    let answer = try search(options)
    var result = VerifyAnswer(
      isSame: answer.receipt == code, code: code, receipt: answer.receipt, canonical: answer.canonical,
      commit: answer.commit, total: answer.total, changes: [])
    if result.isSame {
      result.added = []
      result.gone = []
      return result
    }
    if let then = kept(code) {
      compare(then, answer, &result)
    } else if let commit = commit(of: code, answer, options) {
      result.changes = [VerifyAnswer.Change(what: "commit", then: "\(commit)", now: "\(answer.commit)")]
      result.added = []
      result.gone = []
    } else {
      result.changes = [
        VerifyAnswer.Change(what: "commit", then: nil, now: "\(answer.commit)"),
        VerifyAnswer.Change(what: "total", then: nil, now: "\(answer.total)"),
      ]
    }
    return result
  }

  private func compare(_ then: ReceiptRecord, _ answer: SearchAnswer, _ result: inout VerifyAnswer) {
    func add(_ what: String, _ before: String, _ now: String) {
      if before != now { result.changes.append(VerifyAnswer.Change(what: what, then: before, now: now)) }
    }
    add("query", then.canonical, answer.canonical)
    add("commit", "\(then.commit)", "\(answer.commit)")
    if then.commit == answer.commit { add("index", then.identity, identity) }
    add("analysis", then.analysis, TextTokens.version)
    add("thesaurus", then.thesaurus, thesaurusVersion)
    add("total", "\(then.total)", "\(answer.total)")
    let ids = answer.hits.map { "\($0.kind)/\($0.id)" }
    let (before, now) = (Set(then.ids), Set(ids))
    result.added = ids.filter { !before.contains($0) }
    result.gone = then.ids.filter { !now.contains($0) }
    if then.ids != ids, result.added?.isEmpty == true, result.gone?.isEmpty == true {
      result.changes.append(VerifyAnswer.Change(what: "order", then: nil, now: "the same ids in another order"))
    }
    if result.changes.isEmpty {
      result.changes.append(VerifyAnswer.Change(what: "request", then: then.code, now: answer.receipt))
    }
  }

  /// The earlier commit at which the present answer would have that receipt; of one index alone. Cost: a digest a commit.
  private func commit(of code: String, _ answer: SearchAnswer, _ options: SearchOptions) -> UInt64? {
    guard snapshots.count == 1 else { return nil }
    let ids = answer.hits.map { "\($0.kind)/\($0.id)" }
    let name = String(snapshots[0].manifest.index, radix: 16)
    var commit = snapshots[0].generation
    let last = commit > Self.triedCommits ? commit - Self.triedCommits : 0
    while commit > last + 1 {
      commit -= 1
      let found = Receipt.code(
        ["search"] + Self.receiptRequest(answer.canonical, options)
          + ["\(name)-\(commit)", TextTokens.version, thesaurusVersion, "\(answer.total)"] + ids)
      if found == code { return commit }
    }
    return nil
  }

  /// The parts of a search's receipt that say what was asked.
  static func receiptRequest(_ canonical: String, _ options: SearchOptions) -> [String] {
    [canonical, options.kinds.sorted().joined(separator: ",")]
      + (options.rank.map { ["rank", "\($0.numbers)"] } ?? [])
  }
}
