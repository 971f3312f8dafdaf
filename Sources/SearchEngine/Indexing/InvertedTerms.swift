/// The terms of a segment that was inverted by one thread or several, in the order of their bytes, and how their lists are
/// written: each term's parts are read side by side, so that its documents rise.
///
/// Nothing in it changes, and nothing may be added to its parts while it lives.
final class InvertedTerms: Sendable {
  /// A term as one part has it.
  private struct Member {
    var part: UInt32
    var number: UInt32
  }

  private let parts: [InversionPart]
  private let members: [Member]
  /// Where the members of each term begin, and the end.
  private let starts: [UInt32]

  var count: Int { starts.count - 1 }

  /// Sorts the parts' terms, each on a thread of its own where there are several, and merges them. Memory: 16 bytes a term
  /// of each part while they are merged, 12 from then on.
  init(_ parts: [InversionPart], crew: WriterCrew?) {
    self.parts = parts
    let orders = Self.orders(parts, crew)
    var members: [Member] = []
    var starts: [UInt32] = []
    members.reserveCapacity(orders.reduce(0) { $0 + $1.count })
    starts.reserveCapacity((orders.map(\.count).max() ?? 0) + 1)
    var places = [Int](repeating: 0, count: parts.count)
    while true {
      // Prefixes lie in order; the bytes of terms do not, and are looked at only where prefixes are equal.
      var least: Int?
      var prefix: UInt64 = 0
      var isTied = false
      for part in parts.indices where places[part] < orders[part].count {
        let own = orders[part][places[part]].prefix
        if least == nil || own < prefix {
          (least, prefix, isTied) = (part, own, false)
        } else if own == prefix {
          isTied = true
        }
      }
      guard let least else { break }
      starts.append(UInt32(members.count))
      if isTied {
        Self.takeTied(prefix, parts, orders, &places, &members)
      } else {
        members.append(Member(part: UInt32(least), number: orders[least][places[least]].number))
        places[least] += 1
      }
    }
    starts.append(UInt32(members.count))
    self.members = members
    self.starts = starts
  }

  /// Takes the least of the terms that stand next and begin alike, from every part that has it.
  private static func takeTied(
    _ prefix: UInt64, _ parts: [InversionPart], _ orders: [[TermTable.Sorted]], _ places: inout [Int],
    _ members: inout [Member]
  ) {
    let start = members.count
    var term = UnsafeRawBufferPointer(start: nil, count: 0)
    for part in parts.indices where places[part] < orders[part].count {
      let next = orders[part][places[part]]
      guard next.prefix == prefix else { continue }
      let own = parts[part].inverter.terms.term(Int(next.number))
      let order = members.count == start ? -1 : compareBytes(own, term)
      guard order <= 0 else { continue }
      if order < 0 {
        members.removeLast(members.count - start)
        term = own
      }
      members.append(Member(part: UInt32(part), number: next.number))
    }
    for member in members[start...] { places[Int(member.part)] += 1 }
  }

  private static func orders(_ parts: [InversionPart], _ crew: WriterCrew?) -> [[TermTable.Sorted]] {
    guard let crew, parts.count > 1 else { return parts.map { $0.inverter.terms.sorted() } }
    return crew.map(parts.count) { parts[$0].inverter.terms.sorted() }
  }

  /// The bytes of a term.
  func term(_ index: Int) -> UnsafeRawBufferPointer {
    let member = members[Int(starts[index])]
    return parts[Int(member.part)].inverter.terms.term(Int(member.number))
  }

  /// Terms in runs, to be coded by several threads: 64 of them where there are few terms, so that no thread is left with one
  /// that is long; runs of 2,048 where there are many.
  func chunks() -> [Range<Int>] {
    let length = max(1, min(2_048, count / 64))
    return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  /// Writes postings and positions of one term.
  func write(_ index: Int, _ postings: PostingsWriter, _ positions: PositionsWriter) throws(IndexError) -> TermInfo {
    let own = Int(starts[index])..<Int(starts[index + 1])
    postings.beginTerm()
    positions.beginTerm()
    withUnsafeTemporaryAllocation(of: Head.self, capacity: own.count) { heads in
      for (place, member) in members[own].enumerated() {
        heads.initializeElement(
          at: place, to: Head(parts[Int(member.part)].inverter.reader(of: Int(member.number))))
      }
      let inverter = parts[0].inverter.weighing
      while true {
        // The list whose document comes first is read up to the first document of another.
        var first = 0
        var limit = UInt32.max
        for place in heads.indices.dropFirst() {
          if heads[place].document < heads[first].document {
            limit = heads[first].document
            first = place
          } else if heads[place].document < limit {
            limit = heads[place].document
          }
        }
        guard heads[first].document != .max else { return }
        heads[first].write(below: limit, inverter, postings, positions)
      }
    }
    return try postings.endTerm(positionsOffset: try positions.endTerm())
  }

  /// A list of one part, and the document that it is at.
  private struct Head {
    private var reader: PostingsArena.Reader
    /// All ones at the end: documents are fewer.
    private(set) var document: UInt32

    init(_ reader: PostingsArena.Reader) {
      self.reader = reader
      // Gaps count from all ones.
      document = UInt32.max &+ UInt32(truncatingIfNeeded: self.reader.next() &>> 1)
    }

    mutating func write(
      below limit: UInt32, _ weighing: Inverter.Weighing, _ postings: PostingsWriter, _ positions: PositionsWriter
    ) {
      // In registers while the list is read.
      var reader = reader
      var document = document
      repeat {
        let first = reader.next()
        var frequency = weighing.weight(first)
        positions.add(gap: weighing.position(first))
        var next = UInt32.max
        while !reader.isAtEnd {
          let value = reader.next()
          if value & 1 == 1 {
            next = document &+ UInt32(truncatingIfNeeded: value &>> 1)
            break
          }
          frequency &+= weighing.weight(value &>> 1)
          positions.add(gap: weighing.position(value &>> 1))
        }
        positions.endPosting(frequency: frequency)
        if postings.add(document: document, frequency: frequency) { positions.endBlock() }
        document = next
      } while document < limit
      self.reader = reader
      self.document = document
    }
  }
}
