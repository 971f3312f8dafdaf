/// The combination of groups (``GroupCombinations``) of each record that is a hub record or belongs to one, in the order of hub
/// records: so that all of a hub record's records are read side by side.
final class HubCombinations: Sendable {
  let groups: [RecordGroups]
  /// Words of bits a combination: 4 or 8, so that one is one number of as many lanes.
  let width: Int
  /// By grouping: the bit of its group 0.
  let firstBits: [Int]
  /// Bits of combination `c`: the words from `c · width` on.
  let masks: [UInt64]
  /// By hub record: its own combination.
  let own: [UInt32]
  /// By place in ``HubDocuments/members``: the member's combination.
  let members: [UInt32]

  /// `segments`: those that the combinations are of; records of others have combination 0. Cost: a look-up a record; 4 bytes
  /// a record.
  init(_ combinations: GroupCombinations, _ documents: HubDocuments, _ segments: [SegmentContext]) {
    groups = combinations.groups
    firstBits = combinations.firstBits
    let own = combinations.width
    width = own <= 4 ? 4 : 8
    var masks: [UInt64] = []
    masks.reserveCapacity(combinations.masks.count / own * width)
    for first in stride(from: 0, to: combinations.masks.count, by: own) {
      masks += combinations.masks[first..<first + own]
      masks += repeatElement(0, count: width - own)
    }
    self.masks = masks
    var numbersOfHubs = [UInt32](repeating: 0, count: documents.links.count)
    var byPlace = [[UInt32]](repeating: [], count: documents.places.count)
    for segment in segments where segment.ordinal < combinations.combinations.count {
      let numbers = combinations.combinations[segment.ordinal]
      let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
      if let base = documents.links.bases[place] {
        for (document, number) in numbers.enumerated()
        where Int(base) + document < numbersOfHubs.count {
          numbersOfHubs[Int(base) + document] = number
        }
      } else if let index = documents.places.firstIndex(of: place) {
        byPlace[index] = numbers
      }
    }
    self.own = numbersOfHubs
    members = documents.members.map { member in
      let numbers = byPlace[Int(member.place)]
      return Int(member.document) < numbers.count ? numbers[Int(member.document)] : 0
    }
  }
}
