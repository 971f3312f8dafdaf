/// Which hub record each record of other kinds belongs to, document by document, and which records belong to each hub
/// record: ``HubLinks`` spread out, so that collecting by hub is one look-up a match.
///
/// A record that names several hub records belongs to the first in byte order of the values.
final class HubDocuments: Sendable {
  /// A record that belongs to a hub record.
  struct Member: Sendable {
    /// Place in ``HubDocuments/places``.
    var place: UInt32
    var document: UInt32
  }

  let hub: String
  let links: HubLinks
  /// Segments whose records belong to the hub.
  let places: [HubLinks.Place]
  /// By segment of another kind: the hub record's number of each document, or ``HubLinks/none``.
  let numbers: [HubLinks.Place: [UInt32]]
  /// Members of hub record `n`: `members[starts[n] ..< starts[n + 1]]`.
  let starts: [UInt32]
  let members: [Member]

  /// Cost: two passes over the column of each segment; 12 bytes a record. The searcher keeps the outcome.
  init(_ hub: String, _ links: HubLinks, _ snapshots: [Snapshot]) throws(IndexError) {
    self.hub = hub
    self.links = links
    var places: [HubLinks.Place] = []
    var numbers: [HubLinks.Place: [UInt32]] = [:]
    for (number, snapshot) in snapshots.enumerated() {
      for (index, reader) in snapshot.segments.enumerated() {
        let place = HubLinks.Place(snapshot: number, segment: index)
        guard let hubs = links.numbers[place], let column = try reader.ordinalColumn(hub) else { continue }
        places.append(place)
        if let known = links.documents[place] {
          numbers[place] = known
        } else {
          numbers[place] = try Self.spread(column, hubs, documentCount: Int(reader.documentCount))
        }
      }
    }
    // Counting sort by hub record: first how many each has, then where they go.
    var starts = [UInt32](repeating: 0, count: links.count + 1)
    for place in places {
      let reader = snapshots[place.snapshot].segments[place.segment]
      for (document, number) in (numbers[place] ?? []).enumerated()
      where number != HubLinks.none && reader.isLive(UInt32(truncatingIfNeeded: document)) {
        starts[Int(number) + 1] += 1
      }
    }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var next = starts
    var members = [Member](repeating: Member(place: 0, document: 0), count: Int(starts[links.count]))
    for (index, place) in places.enumerated() {
      let reader = snapshots[place.snapshot].segments[place.segment]
      for (document, number) in (numbers[place] ?? []).enumerated()
      where number != HubLinks.none && reader.isLive(UInt32(truncatingIfNeeded: document)) {
        members[Int(next[Int(number)])] = Member(
          place: UInt32(truncatingIfNeeded: index), document: UInt32(truncatingIfNeeded: document))
        next[Int(number)] += 1
      }
    }
    self.places = places
    self.numbers = numbers
    self.starts = starts
    self.members = members
  }

  /// The live records that belong to a hub record, in document order. Constant.
  func members(of number: UInt32) -> ArraySlice<Member> {
    let index = Int(number)
    guard index + 1 < starts.count else { return [] }
    return members[Int(starts[index])..<Int(starts[index + 1])]
  }

  /// The place of a hub record: its segment, and its document there; nil when there is no such number.
  func place(of number: UInt32) -> (place: HubLinks.Place, document: UInt32)? {
    var found: (place: HubLinks.Place, base: UInt32)?
    for (place, base) in links.bases where base <= number && base >= found?.base ?? 0 {
      // Empty segments share a base with the next: the one with documents is meant, and segments have some.
      found = (place, base)
    }
    return found.map { ($0.place, number - $0.base) }
  }

  /// Of records that may have several values.
  private static func spread(
    _ column: OrdinalColumn, _ hubs: [UInt32], documentCount: Int
  ) throws(IndexError) -> [UInt32] {
    var own = [UInt32](repeating: HubLinks.none, count: documentCount)
    var ordinals: [UInt32] = []
    for document in 0..<documentCount {
      try column.ordinals(of: UInt32(truncatingIfNeeded: document), into: &ordinals)
      let named = ordinals.first { Int($0) < hubs.count && hubs[Int($0)] != HubLinks.none }
      if let named { own[document] = hubs[Int(named)] }
    }
    return own
  }
}
