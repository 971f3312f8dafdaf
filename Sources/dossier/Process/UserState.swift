import QualityRecords
import SearchEngine

extension Command {
  enum StateFlags {
    static let state = Flag(
      "state", .folder("DIR"),
      "what is yours: saved searches, receipts; default $DOSSIER_STATE, $XDG_STATE_HOME/dossier, ~/.local/state/dossier"
    )
  }
}

// What belongs to the user: where it is, the last question, and questions as flags ask them.
extension Invocation {
  /// The state folder: flag, else `$DOSSIER_STATE`, else under the XDG base directory; nil where there is no home.
  var statePath: String? {
    if let given = arguments.text(Command.StateFlags.state) ?? Environment.value("DOSSIER_STATE") { return given }
    // A relative path there is to be passed over (XDG Base Directory Specification 0.8).
    if let base = Environment.value("XDG_STATE_HOME"), base.hasPrefix("/") { return base + "/dossier" }
    return Environment.value("HOME").map { $0 + "/.local/state/dossier" }
  }

  /// - Throws: `no-state` where none is known, or none is there and `create` does not make it.
  func state(create: Bool) throws(QualityError) -> StateFolder {
    guard let statePath else {
      throw QualityError("no-state", "there is no state folder", hint: "--state DIR names one")
    }
    return try StateFolder(path: statePath, create: create)
  }

  /// Keeps an answer as the last one, where that can be done; nothing is said where it cannot.
  func remember(_ answer: SearchAnswer, _ options: SearchOptions, _ index: QualityIndex) {
    // A later page is no question of its own.
    guard options.cursor == nil, let state = try? state(create: true) else { return }
    try? state.record(answer, options, index)
  }

  /// The word for the last question.
  private static let last = "@last"

  /// What the flags of search ask for, of a query or, for `@last`, of the last question.
  func searchOptions(_ query: String) throws(QualityError) -> SearchOptions {
    typealias Flags = Command.SearchFlags
    var options =
      query.trimmedSpaces == Self.last ? try state(create: false).last() : SearchOptions(query)
    if arguments.has(Flags.kind) { options.kinds = arguments.list(Flags.kind) }
    if let limit = arguments.integer(Flags.limit) { options.limit = limit }
    options.cursor = arguments.text(Flags.cursor)
    if let sort = arguments.text(Flags.sort) { options.sort = sort }
    if arguments.has(Flags.facet) { options.facets = arguments.list(Flags.facet) }
    if let collapse = arguments.text(Flags.collapse) { options.collapse = collapse }
    if arguments.has(Flags.rungs) { options.rungs = arguments.list(Flags.rungs) }
    if arguments.has(Flags.any) { options.any = true }
    if arguments.has(Flags.strict) { options.strict = true }
    options.explain = arguments.has(Flags.explain)
    if let total = arguments.text(Flags.total) { options.total = total }
    if arguments.has(Flags.fields) { options.fields = arguments.list(Flags.fields) }
    options.countsOnly = arguments.has(Flags.count)
    if arguments.has(Flags.noTransliteration) { options.transliterates = false }
    if let rank = arguments.text(Flags.rank) { options.rank = try RankProfileFile.profile(rank) }
    return options
  }
}
