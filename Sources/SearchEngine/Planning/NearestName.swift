/// Which of a few names was meant, perhaps: for the hints of errors.
enum NearestName {
  /// Longer texts are compared by their beginning alone: no name of a field, a kind or a grade is as long.
  private static let longest = 64

  /// The nearest by edits, letters of either case being the same, the first of equals; nil when none is nearer than a third
  /// of its letters (one edit at least). Cost: the product of the lengths for each name.
  static func of(_ text: String, among names: [String]) -> String? {
    let typed = Array(text.lowercased().utf8.prefix(longest))
    guard !typed.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let letters = Array(name.lowercased().utf8.prefix(longest))
      let distance = EditDistance.between(typed, letters)
      guard distance <= max(1, max(typed.count, letters.count) / 3), distance < best?.distance ?? .max else { continue }
      best = (name, distance)
    }
    if let best { return best.name }
    let begun = names.filter { typed.count >= 3 && Array($0.lowercased().utf8).starts(with: typed) }
    return begun.count == 1 ? begun[0] : nil
  }

  /// `did you mean 'x'? ` before a hint, where something is near; else nothing.
  static func question(_ text: String, among names: [String]) -> String {
    of(text, among: names).map { "did you mean '\($0)'? " } ?? ""
  }
}
