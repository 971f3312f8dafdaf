/// The bounds every query is held to, so that untrusted text costs bounded time and memory.
public enum QueryLimits {
  /// Longest query, in bytes of UTF-8: far above anything typed, far below anything that hurts.
  public static let textBytes = 16 * 1024
  /// Deepest nesting of groups, units, joins and negations: bounds the recursion of every walk over the tree.
  public static let nesting = 32
  /// Most leaves (words, phrases, ranges …) in one query; expansion is bounded by the planner on its own.
  public static let clauses = 1024
  /// Longest regular expression, in characters: its automaton is built from it.
  public static let patternCharacters = 256
  /// Farthest `NEAR` and `ONEAR`, in words; beyond it, `SAME PARA` says what is meant.
  public static let nearDistance = 1000
  /// What `NEAR` without a number means, in words.
  public static let defaultNearDistance = 10
  /// Edit distances offered: past 2, an automaton accepts too much to be an answer.
  public static let fuzzyDistances = 1...2
  /// Boosts: a factor outside is brought to the nearer end.
  public static let boosts = 0.01...100.0
}
