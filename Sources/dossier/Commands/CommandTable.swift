/// Every command there is, in the order of the help. A new command is a file beside this one and a line here.
enum CommandTable {
  static let commands: [Command] = [
    .search, .show, .history, .trace, .duties,
    .index, .stats, .check, .merge, .delete, .export,
    .initialize, .analyze,
    .eval, .help, .manual, .completions,
    .search,
    .history,
    .passages,
    .cite,
    .show,
    .coverage,
    .suggest,
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
