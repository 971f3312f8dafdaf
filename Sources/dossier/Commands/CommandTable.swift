/// Every command there is, in the order of the help. A new command is a file beside this one and a line here.
enum CommandTable {
  static let commands: [Command] = [
    .search, .show, .coverage, .verify,
    .save, .run, .list, .watch, .diff,
    .index, .stats, .check, .merge, .delete, .export,
    .initialize, .analyze,
    .eval, .help, .manual, .completions,
  ]
}
