import Digests

/// What serves where an index brings none of its own: the product tree and the targets of the campaign, in the form of the
/// files that a collection names.
public enum BuiltIn {
  static let thesaurusVersion = SHA256.digest(thesaurus.utf8).prefix(8).hexadecimal
}
