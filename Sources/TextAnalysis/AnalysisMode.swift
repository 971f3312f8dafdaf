/// How a text is analysed.
public enum AnalysisMode: Sendable {
  /// Everything: words, numbers, codes with their shorter forms, runs without spaces in pairs and their last character
  /// alone, sentences and paragraphs.
  case index
  /// As `index`, but a run of two characters or more gives only its pairs, and a code only its whole form, so that the
  /// tokens with a position are the members of a phrase. No sentences.
  case query
  /// Words are the longest runs of ASCII letters and digits, lower-cased, going on over letters and digits beyond
  /// ASCII; runs without spaces as in `index`. No codes, no closing up, no sentences.
  case plain
}
