import SearchEngine

extension QualityIndex {
  /// The names that the thesaurus has for what is called so, in any language, the one to show first; empty where it knows
  /// no such name. Cost: one look-up.
  public func names(ofTerm name: String) -> [String] { searcher.synonyms(of: name) }
}
