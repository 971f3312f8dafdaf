extension NameMatch {
  /// What a name that holds more than was typed is worth: an offer for people to choose from, below ``threshold``.
  static let longerName = 0.45

  /// Whether `other` says all that was typed, in order and beginning alike, and more: `hongda toys` and Hongda Plush Toys,
  /// 宏达玩具 and 深圳市宏达毛绒玩具厂. Places, brackets and forms apart; numbers are not, nor is a branch. Cost: linear.
  public static func offer(_ typed: Name, _ other: Name) -> NameMatch {
    for form in typed.forms {
      for longer in other.forms where form.parts.isIdeographic == longer.parts.isIdeographic {
        guard form.parts.numbers.isEmpty || form.parts.numbers == longer.parts.numbers else { continue }
        let holds =
          form.parts.isIdeographic
          ? holds(longer.parts.text, form.parts.text, alike: 2)
          : holds(
            longer.parts.words.map(NameVocabulary.singular), form.parts.words.map(NameVocabulary.singular), alike: 1)
        if holds { return NameMatch(rung: .name, confidence: longerName) }
      }
    }
    return NameMatch(rung: nil, confidence: 0)
  }

  /// Whether the elements of `short` stand in `long` in order, the first `alike` of both being equal.
  private static func holds<Element: Equatable>(_ long: [Element], _ short: [Element], alike: Int) -> Bool {
    guard short.count >= alike, long.count > short.count, long.prefix(alike).elementsEqual(short.prefix(alike)) else {
      return false
    }
    var rest = short[...]
    for element in long where element == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
}
