/// Bounds of every automaton made from untrusted text.
enum AutomatonLimits {
  /// Longest pattern, in characters: what people type fits many times over, and a program stays small.
  static let patternCharacters = 256
  /// Greatest number in `{m,n}`.
  static let repeats = 100
  /// Deepest nesting of groups: bounds the recursion of the parser and of the compiler.
  static let nesting = 32
  /// States of a program and, apart from them, of its deterministic form. 10,000: a class of letters a hundred times over
  /// takes some 200.
  static let states = 10_000
  /// Memory of the deterministic form.
  static let bytes = 4 << 20
  /// Steps of the compiler: bounds repeats of repeats of nothing, which add no states.
  static let compilerSteps = 100_000
}
