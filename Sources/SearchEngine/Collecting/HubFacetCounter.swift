/// Counts, for each group of a facet, the hub records that have a match in it: each once.
final class HubFacetCounter {
  let groups: RecordGroups
  /// By group.
  private(set) var counts: [Int]
  /// Hub records with a match in any group.
  private(set) var anyCount = 0
  private let width: Int
  /// One bit a hub record and group, and one more a hub record for "any".
  private var seen: [UInt64]
  /// Where that would be too much room: hub record · 2^32 + group.
  private var pairs: Set<UInt64> = []
  private let isSparse: Bool

  /// Words of bits at most, 16 MB: 100,000 hub records with 1,280 groups.
  private static let mostWords = 2 << 20

  init(_ groups: RecordGroups, hubCount: Int) {
    self.groups = groups
    counts = Array(repeating: 0, count: groups.count)
    width = groups.count / 64 + 1
    let words = hubCount.multipliedReportingOverflow(by: width)
    isSparse = words.overflow || words.partialValue > Self.mostWords
    seen = isSparse ? [] : Array(repeating: 0, count: words.partialValue)
  }

  /// Bytes held at the start.
  var byteCount: Int { seen.count * 8 + counts.count * 8 }

  /// Takes the matches of a window: documents of the segment with the hub records that they belong to.
  func add(segment: Int, _ documents: [UInt32], _ hubs: [UInt32]) {
    guard segment < groups.sets.count, !groups.sets[segment].isEmpty else { return }
    if isSparse {
      addSparsely(segment, documents, hubs)
      return
    }
    let width = width
    let any = groups.count
    var anyCount = anyCount
    groups.sets[segment].withUnsafeBufferPointer { sets in
      groups.members.withUnsafeBufferPointer { members in
        groups.starts.withUnsafeBufferPointer { starts in
          seen.withUnsafeMutableBufferPointer { seen in
            counts.withUnsafeMutableBufferPointer { counts in
              for index in documents.indices {
                let document = Int(documents[index])
                guard document < sets.count else { continue }
                let set = Int(sets[document])
                if set == 0 { continue }
                let row = Int(hubs[index]) &* width
                let anyWord = row &+ any >> 6
                let anyBit: UInt64 = 1 &<< UInt64(any & 63)
                if seen[anyWord] & anyBit == 0 {
                  seen[anyWord] |= anyBit
                  anyCount += 1
                }
                var place = Int(starts[set])
                let end = Int(starts[set + 1])
                while place < end {
                  let group = Int(members[place])
                  let word = row &+ group >> 6
                  let bit: UInt64 = 1 &<< UInt64(group & 63)
                  if seen[word] & bit == 0 {
                    seen[word] |= bit
                    counts[group] += 1
                  }
                  place += 1
                }
              }
            }
          }
        }
      }
    }
    self.anyCount = anyCount
  }

  private func addSparsely(_ segment: Int, _ documents: [UInt32], _ hubs: [UInt32]) {
    for index in documents.indices {
      let set = groups.set(segment, documents[index])
      if set == 0 { continue }
      let hub = UInt64(hubs[index]) << 32
      if pairs.insert(hub | UInt64(UInt32.max)).inserted { anyCount += 1 }
      for group in groups.groups(ofSet: set) where pairs.insert(hub | UInt64(group)).inserted {
        counts[Int(group)] += 1
      }
    }
  }
}
