/// The number of edits between two words.
enum EditDistance {
  /// Characters inserted, left out, replaced, or exchanged with their neighbour (each exchanged pair edited once): the
  /// optimal string alignment distance. Cost: the product of the lengths.
  static func between(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        var best = min(last[column + 1], current[column]) + 1
        best = min(best, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }

  static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
    between(
      Array(String(decoding: left, as: UTF8.self).unicodeScalars),
      Array(String(decoding: right, as: UTF8.self).unicodeScalars))
  }
}
