/// Tells the list of rows in a wrapping object or element from a list that belongs to one record.
enum RowContainer {
  private static let collections: Set<String> = [
    "records", "results", "data", "items", "rows", "docs", "documents", "hits", "entries", "list", "values", "value",
    "item", "entry", "record", "row", "doc", "document", "result", "enterprise", "inspection", "directive", "company",
    "features", "enterprises", "inspections", "directives", "businesses", "companies", "recalls", "notes",
  ]
  private static let listsOfRecords: Set<String> = [
    "violations", "products", "formernames", "aliases", "paragraphs", "speakers", "violation", "product", "paragraph",
  ]
  private static let marksOfRecord: Set<String> = ["id", "kind", "name", "title", "enterprise"]

  /// Whether the list called `name`, behind members called `names`, holds rows.
  static func wraps(_ name: String, after names: [String]) -> Bool {
    let lowered = name.lowercased()
    if listsOfRecords.contains(lowered) { return false }
    if names.contains(where: { ["id", "kind"].contains($0.lowercased()) }) {
      return false
    }
    if collections.contains(lowered) { return true }
    return !names.contains { marksOfRecord.contains($0.lowercased()) }
  }
}
