extension QuerySyntax: CustomStringConvertible {
  /// The canonical text.
  public var description: String { "" }
}
