/// What is made alike in a name's text before it is taken apart for comparison; entries of an index are made without.
enum NameText {
  /// Half-width katakana composed, ideographs closed up, initials joined, a branch out of its brackets, `u.` as `und`, a
  /// `Cie` in front written out. Linear.
  static func plain(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    composeKatakana(&scalars)
    closeUp(&scalars)
    joinInitials(&scalars)
    openBranches(&scalars)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return writeOut(String(view))
  }

  private static func composeKatakana(_ scalars: inout [Unicode.Scalar]) {
    guard scalars.contains(where: { $0.value == 0xFF9E || $0.value == 0xFF9F }) else { return }
    var composed: [Unicode.Scalar] = []
    for scalar in scalars {
      if scalar.value == 0xFF9E || scalar.value == 0xFF9F, let last = composed.last {
        let base =
          UnicodeTables.folded(last.value).flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.first }
          ?? last
        let marked: UInt32? =
          switch (base.value, scalar.value) {
          case (0x30A6, 0xFF9E): 0x30F4
          case (0x30AB...0x30C8, 0xFF9E), (0x30CF...0x30DB, 0xFF9E): base.value + 1
          case (0x30CF...0x30DB, 0xFF9F): base.value + 2
          default: nil
          }
        if let marked, let sign = Unicode.Scalar(marked) {
          composed[composed.count - 1] = sign
          continue
        }
      }
      composed.append(scalar)
    }
    scalars = composed
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool { (0x3400...0x9FFF).contains(scalar.value) }
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  /// Takes white space between two ideographs out.
  private static func closeUp(_ scalars: inout [Unicode.Scalar]) {
    guard scalars.contains(where: isIdeograph), scalars.contains(where: isSpace) else { return }
    var closed: [Unicode.Scalar] = []
    for scalar in scalars {
      if isIdeograph(scalar), let last = closed.last(where: { !isSpace($0) }), isIdeograph(last) {
        while let space = closed.last, isSpace(space) { closed.removeLast() }
      }
      closed.append(scalar)
    }
    scalars = closed
  }

  /// `G.H.K.` is `GHK`: single letters, each behind a full stop, without spaces.
  private static func joinInitials(_ scalars: inout [Unicode.Scalar]) {
    guard scalars.contains(".") else { return }
    func isLetter(_ place: Int) -> Bool {
      scalars.indices.contains(place) && scalars[place].properties.isAlphabetic && !isIdeograph(scalars[place])
    }
    var joined: [Unicode.Scalar] = []
    for (place, scalar) in scalars.enumerated() {
      let isInside = scalar == "." && isLetter(place - 1) && !isLetter(place - 2) && isLetter(place + 1)
      // The letter behind stands alone, too.
      if isInside, !isLetter(place + 2) { continue }
      joined.append(scalar)
    }
    scalars = joined
  }

  /// `（北京分公司）` is a part of the name wherever it stands.
  private static func openBranches(_ scalars: inout [Unicode.Scalar]) {
    guard scalars.contains(where: isIdeograph) else { return }
    let marks = ["分公司", "支公司", "分店", "分厂", "办事处", "辦事處", "分廠"].map { Array($0.unicodeScalars) }
    var start = 0
    while let open = scalars[start...].firstIndex(where: { "(（[【".unicodeScalars.contains($0) }) {
      guard let close = scalars[open...].firstIndex(where: { ")）]】".unicodeScalars.contains($0) }) else { return }
      start = close + 1
      let inner = scalars[(open + 1)..<close]
      guard marks.contains(where: { inner.suffix($0.count).elementsEqual($0) }) else { continue }
      scalars.remove(at: close)
      scalars.remove(at: open)
      start = close - 1
    }
  }

  private static func writeOut(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for index in words.indices {
      let word = words[index]
      if index > 0, index + 1 < words.count, word == "u." || word == "u" { words[index] = "und" }
      if index > 0, word.lowercased() == "compagnie", ["et", "&", "und"].contains(words[index - 1].lowercased()) {
        words[index] = "Cie"
      }
      if index == 0, words.count > 1, ["cie", "cie.", "cía.", "cía", "cia.", "cia"].contains(word.lowercased()) {
        words[index] = word.lowercased().hasPrefix("cie") ? "Compagnie" : "Compania"
      }
    }
    return words.joined(separator: " ")
  }
}
