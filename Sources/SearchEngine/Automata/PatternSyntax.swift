/// A pattern as a tree: what wildcards and regular expressions have in common.
indirect enum PatternSyntax: Hashable, Sendable {
  /// The empty text.
  case empty
  /// These bytes, one after another.
  case literal([UInt8])
  /// One character of the set.
  case scalars(ScalarRanges)
  case sequence([PatternSyntax])
  case alternatives([PatternSyntax])
  /// `minimum` to `maximum` times; nil: without end.
  case repeated(PatternSyntax, minimum: Int, maximum: Int?)
}
