/// A pattern of paths: `?` is one character, `*` any number of them, both within one part of the path, and `**` any
/// number of whole parts.
struct PathPattern: Hashable, Sendable {
  private let parts: [[Character]]

  init(_ text: String) { parts = text.split(separator: "/").filter { $0 != "." }.map(Array.init) }

  /// Whether a text holds a pattern at all.
  static func isPattern(_ text: String) -> Bool { text.contains { $0 == "*" || $0 == "?" } }

  /// Whether the path, relative to where the pattern begins, is of this form. Proportional to the product of both
  /// lengths.
  func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").map(Array.init)
    // Row by row: which prefixes of the path the parts up to here match.
    var reachable = [Bool](repeating: false, count: names.count + 1)
    reachable[0] = true
    for part in parts {
      var next = [Bool](repeating: false, count: names.count + 1)
      if part == ["*", "*"] {
        var isReached = false
        for index in reachable.indices {
          isReached = isReached || reachable[index]
          next[index] = isReached
        }
      } else {
        for index in names.indices where reachable[index] { next[index + 1] = Self.matches(names[index], part) }
      }
      reachable = next
    }
    return reachable[names.count]
  }

  private static func matches(_ name: [Character], _ pattern: [Character]) -> Bool {
    var (index, place) = (0, 0)
    var star: (index: Int, place: Int)?
    while index < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (index, place)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[index] {
        index += 1
        place += 1
      } else if let last = star {
        star = (last.index + 1, last.place)
        (index, place) = (last.index + 1, last.place + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
