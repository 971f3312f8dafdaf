/// Several groupings as one: for each record the number of its combination of sets, for each combination one bit a group.
/// So the groups of a record are one look-up and an OR of a few words, however many groupings there are.
///
/// Bits: those of the first grouping's groups, one that says "any of them", then those of the second, and so on.
final class GroupCombinations: Sendable {
  let groups: [RecordGroups]
  /// Words of bits a combination.
  let width: Int
  /// By grouping: the bit of its group 0.
  let firstBits: [Int]
  /// By ordinal of the segment, by document: the combination; empty where the segment has none of the fields.
  /// Combination 0 is that of no group.
  let combinations: [[UInt32]]
  /// Bits of combination `c`: the words from `c · width` on.
  let masks: [UInt64]

  /// Bits of a combination at most, 8 words: a row of a hub record then is within two cache lines.
  static let mostBits = 512
  /// Combinations at most: their masks take 16 MB at the widest. More do not repeat enough to be worth it.
  private static let mostCombinations = 1 << 18

  /// Bits that a grouping takes.
  static func bits(of groups: RecordGroups) -> Int { groups.count + 1 }

  /// Nil where the groupings are too many or too varied. Cost: some 5 ns a record and grouping; 4 bytes a record.
  ///
  /// - Precondition: the groupings are of the same segments; `documentCounts` are those of the segments.
  init?(_ groups: [RecordGroups], documentCounts: [Int]) {
    var first = 0
    var firstBits: [Int] = []
    for grouping in groups {
      firstBits.append(first)
      first += Self.bits(of: grouping)
    }
    guard !groups.isEmpty, first <= Self.mostBits else { return nil }
    let width = (first + 63) / 64
    var numbers = documentCounts.map { [UInt32](repeating: 0, count: $0) }
    var masks = [UInt64](repeating: 0, count: width)
    for (grouping, firstBit) in zip(groups, firstBits) {
      var table = NumberTable()
      // Nothing before, and no group: so that combination 0 stays that of no group.
      _ = table.number(of: 0)
      var next = [UInt64](repeating: 0, count: width)
      for segment in numbers.indices {
        guard segment < grouping.sets.count else { continue }
        let sets = grouping.sets[segment]
        var own: [UInt32] = []
        swap(&own, &numbers[segment])
        defer { swap(&own, &numbers[segment]) }
        for document in own.indices {
          let set = document < sets.count ? sets[document] : 0
          let before = own[document]
          let (number, isNew) = table.number(of: UInt64(before) << 32 | UInt64(set))
          own[document] = number
          guard isNew else { continue }
          guard table.count <= Self.mostCombinations else { return nil }
          let start = next.count
          next += masks[(Int(before) * width)..<(Int(before) * width + width)]
          let members = grouping.groups(ofSet: set)
          for group in members { Self.insert(firstBit + Int(group), start, &next) }
          if !members.isEmpty { Self.insert(firstBit + grouping.count, start, &next) }
        }
      }
      masks = next
    }
    self.groups = groups
    self.firstBits = firstBits
    self.width = width
    self.masks = masks
    combinations = numbers
  }

  private static func insert(_ bit: Int, _ start: Int, _ words: inout [UInt64]) {
    words[start + bit / 64] |= 1 << UInt64(bit % 64)
  }
}
