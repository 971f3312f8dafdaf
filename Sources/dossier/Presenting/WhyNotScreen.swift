import QualityRecords

/// Why a record is not among the hits.
struct WhyNotScreen {
  let screen: Screen

  func text(_ answer: WhyNotAnswer) -> String {
    guard screen.isTerminal else {
      let fields = [
        answer.matches ? "matches" : "clause \(answer.clauseNumber ?? 0)", answer.clause ?? "", answer.reason,
        answer.nearest ?? "", answer.needed ?? "",
      ]
      return fields.map(Screen.shown).joined(separator: "\t") + "\n"
    }
    var lines = [screen.styled("\(answer.kind)/\(Screen.shown(answer.id))", .bold)]
    func add(_ label: String, _ text: String) {
      let wrapped = MarkedText(text).wrapped(screen.width - 11)
      for (number, line) in wrapped.enumerated() {
        let head = number == 0 ? screen.styled(label.padded(9), .faint) : String(repeating: " ", count: 9)
        lines.append("  \(head)\(line.drawn(screen))")
      }
    }
    if answer.clauses.count > 1 {
      for (number, clause) in answer.clauses.enumerated() {
        let sign = clause.holds.map { $0 ? "holds" : "fails" } ?? "free"
        add(sign, "\(number + 1) of \(answer.clauses.count): \(clause.clause)")
      }
    }
    if let clause = answer.clause { add("clause", clause) }
    add(answer.matches ? "found" : "reason", answer.reason)
    if let nearest = answer.nearest {
      add("nearest", nearest + (answer.relation.map { " (\($0))" } ?? ""))
    }
    if let needed = answer.needed { add("needed", needed) }
    return lines.joined(separator: "\n") + "\n"
  }
}
