/// Runs the automata of wildcards, regular expressions and fuzzy words over a pattern that somebody typed to do harm. What
/// fuzzing drives.
package enum PatternProbe {
  /// Compiles the text as each of the three and runs it over some words. Returns whether any of them was accepted as a
  /// pattern. Cost: bounded by ``AutomatonLimits``, whatever the text is.
  package static func run(_ text: String) -> Bool {
    var isPattern = false
    let words = ["", "a", "lead", "formaldehyde", "甲醛", String(repeating: "a", count: 64), text]
    if let syntax = try? RegularExpression.parse(text), let program = try? ByteProgram(syntax) {
      isPattern = true
      let automaton = LazyAutomaton(program)
      for word in words { _ = try? automaton.matches(word.utf8) }
    }
    if let syntax = try? WildcardPattern.parse(text, allowsLeadingStar: true), let program = try? ByteProgram(syntax) {
      isPattern = true
      let automaton = LazyAutomaton(program)
      for word in words { _ = try? automaton.matches(word.utf8) }
    }
    for distance in 1...2 {
      guard let automaton = LevenshteinAutomaton(text.utf8, distance: distance) else { continue }
      isPattern = true
      for word in words {
        var state: LevenshteinAutomaton.State? = automaton.start
        for byte in word.utf8 { state = state.flatMap { automaton.next($0, byte) } }
        if let state { _ = automaton.isAccepting(state) }
      }
    }
    return isPattern
  }
}
