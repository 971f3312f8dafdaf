/// Every command there is, in the order of the help. A new command is a file beside this one and a line here.
enum CommandTable {
  static let commands: [Command] = [
    .search,
    .history,
    .passages,
    .cite,
    .show,
    .coverage,
    .suggest,
    .thesaurus,
    .index,
    .stats,
    .check,
    .merge,
    .delete,
    .export,
    .initialize,
    .analyze,
    .parse,
    .eval,
    .help,
    .manual,
    .completions,
  ]
}
