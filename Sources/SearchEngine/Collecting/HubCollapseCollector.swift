/// Collapses the matches by the hub record that they are or belong to: the best match of each, how many there are, and the
/// facets over hub records.
///
/// A row of three words a hub record holds its best match; which records match is kept as bits (``HubMatches``), of which
/// groups and numbers of matches are counted at the end, hub record by hub record.
///
/// Cost: a look at a bit a match where nothing scores, a row where something does, as much again for each facet of too many
/// groups; at the end a look at each record of the hub records found.
final class HubCollapseCollector: Collector {
  private let documents: HubDocuments
  private let combinations: HubCombinations?
  /// By facet: its place among the combined groupings, or its own counter.
  private let facets: [FacetPlace]
  private let counters: [HubFacetCounter]
  private let hubCount: Int
  /// SAFETY: ``stride`` words a hub record, those of a record in ``held`` written; allocated in `init`, freed in `deinit`.
  private let rows: UnsafeMutablePointer<UInt64>
  /// Bit `n`: hub record `n` has a match.
  private var touched: BitSet
  /// Bit `n`: hub record `n` has a row. Where only the first by score are wanted, others need none.
  private var held: BitSet
  private let matched: HubMatches
  /// Whether all matches so far score 0 and lack no word: then the first match of a hub record is its best.
  private var isFlat = true
  /// All matches, where more than the best of each is wanted.
  private var log: [(hub: UInt32, key: HitKey)] = []
  private let keepsLog: Bool
  private(set) var recordCount = 0
  /// Matching records that belong to no hub record.
  private(set) var unassignedCount = 0
  private(set) var count = 0
  private var segment = 0
  /// By ordinal of the segments begun: the number of its first record, of the hub's own; the numbers of its records.
  private var segments: [Int: (base: UInt32?, numbers: [UInt32])] = [:]
  private var base: UInt32?
  private var numbers: [UInt32] = []
  /// Of the segment under way in ``matched``.
  private var place: Int?
  /// How many of the first hub records by score are wanted; nil where others are, or more of their matches.
  private let wanted: Int?
  private var scores: HubScores
  private var windowDocuments: [UInt32] = []
  private var windowHubs: [UInt32] = []
  /// What the run under way finds is of this tier of rungs.
  var rungTier: UInt8 = 0 {
    didSet { isSettled = wanted.map { count >= $0 } ?? false }
  }
  /// Whether the run under way adds nothing to the hub records wanted: those of stronger tiers are enough.
  private var isSettled = false

  private enum FacetPlace {
    /// The grouping, and its first bit in a row.
    case combined(RecordGroups, bit: Int)
    case counter(HubFacetCounter)
  }

  /// Places in a row: score, address, tier.
  private static let scoreWord = 0
  private static let addressWord = 1
  private static let tierWord = 2
  private static let stride = 3

  /// `groups`: one a facet; those that are not among the combined ones get counters of their own. `wanted`: how many of the
  /// first hub records by score will be asked for, when no others are: the best match of others may then be another one.
  init(
    _ documents: HubDocuments, combinations: HubCombinations?, groups: [RecordGroups], keepsLog: Bool,
    wanted: Int? = nil
  ) {
    self.wanted = keepsLog ? nil : wanted
    scores = HubScores(capacity: wanted ?? 0)
    self.documents = documents
    self.combinations = combinations
    self.keepsLog = keepsLog
    hubCount = documents.links.count
    var counters: [HubFacetCounter] = []
    var facets: [FacetPlace] = []
    for grouping in groups {
      if let combinations, let place = combinations.groups.firstIndex(where: { $0 === grouping }) {
        facets.append(.combined(grouping, bit: combinations.firstBits[place]))
      } else {
        let counter = HubFacetCounter(grouping, hubCount: documents.links.count)
        facets.append(.counter(counter))
        counters.append(counter)
      }
    }
    self.facets = facets
    self.counters = counters
    rows = .allocate(capacity: max(1, hubCount * Self.stride))
    touched = BitSet(bound: hubCount)
    held = touched
    matched = HubMatches(documents)
  }

  deinit { rows.deallocate() }

  override var needsScores: Bool { !isSettled }
  override var scoreFloor: Double? { wanted == nil ? nil : scores.floor(rungTier) }

  /// Bytes held while collecting, the log of all matches apart.
  var byteCount: Int {
    hubCount * Self.stride * 8 + documents.members.count / 8 + counters.reduce(0) { $0 + $1.byteCount }
  }

  override func begin(_ segment: SegmentContext) throws(IndexError) {
    self.segment = segment.ordinal
    let place = HubLinks.Place(snapshot: segment.snapshot, segment: segment.segment)
    base = documents.links.bases[place]
    numbers = documents.numbers[place] ?? []
    segments[segment.ordinal] = (base, numbers)
    self.place = matched.room(place, documentCount: Int(segment.reader.documentCount))
  }

  override func collect(_ matches: WindowMatches) throws(IndexError) {
    recordCount &+= matches.bits.count
    let needsLists = !counters.isEmpty
    if needsLists {
      windowDocuments.removeAll(keepingCapacity: true)
      windowHubs.removeAll(keepingCapacity: true)
    }
    if let place { matched.insert(matches.bits, window: matches.window, place: place) }
    if matches.scores != nil || matches.coordinator != nil { isFlat = false }
    let base = base.map { Int($0) }
    let hubCount = hubCount
    numbers.withUnsafeBufferPointer { numbers in
      touched.words.withUnsafeMutableBufferPointer { touched in
        held.words.withUnsafeMutableBufferPointer { held in
          visit(
            matches, touched, held, needsLists, isFlat: isFlat && !needsLists && !keepsLog
          ) { document in
            if let base { return base &+ document < hubCount ? base &+ document : nil }
            guard document < numbers.count else { return nil }
            // `HubLinks.none` is beyond the last.
            let hub = Int(numbers[document])
            return hub < hubCount ? hub : nil
          }
        }
      }
    }
    for counter in counters { counter.add(segment: segment, windowDocuments, windowHubs) }
  }

  @inline(__always)
  private func visit(
    _ matches: WindowMatches, _ touched: UnsafeMutableBufferPointer<UInt64>,
    _ held: UnsafeMutableBufferPointer<UInt64>, _ needsLists: Bool, isFlat: Bool, hub: (Int) -> Int?
  ) {
    // Of no row: what comes behind the hub records wanted, by its tier, its missing words or its score. Of equal scores
    // the first is better, and documents rise.
    let floor: Double? = isSettled ? .infinity : wanted == nil ? nil : scores.floor(rungTier)
    let first = Int(matches.base)
    let runTier = UInt64(rungTier) << 56
    let isOwn = base != nil
    var (unassigned, new) = (0, 0)
    for word in 0..<WindowBits.wordCount {
      var rest = matches.bits.words[word]
      while rest != 0 {
        let bit = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let document = first &+ bit
        guard let hub = hub(document) else {
          unassigned &+= 1
          continue
        }
        if isOwn { matched.insert(hub: hub) }
        let flag: UInt64 = 1 &<< UInt64(hub & 63)
        if touched[hub &>> 6] & flag == 0 {
          touched[hub &>> 6] |= flag
          new &+= 1
        } else if isFlat {
          continue
        }
        if needsLists {
          windowDocuments.append(UInt32(truncatingIfNeeded: document))
          windowHubs.append(UInt32(truncatingIfNeeded: hub))
        }
        let score = matches.scores.map { $0[bit] } ?? 0
        let missing = matches.coordinator == nil ? 0 : UInt64(matches.missingWords(bit)) << 32
        if let floor, score <= floor || missing > 0 { continue }
        let row = rows + (hub &* Self.stride)
        let isNew = held[hub &>> 6] & flag == 0
        held[hub &>> 6] |= flag
        // Tier of the run, words missing: 8 and 24 bits from the top.
        let tier = runTier | missing & 0x00FF_FFFF_0000_0000
        // Documents rise within a run, so of equal ones the first stays.
        let isBetter =
          isNew || tier < row[Self.tierWord]
          || (tier == row[Self.tierWord] && score > Double(bitPattern: row[Self.scoreWord]))
        if isBetter {
          row[Self.scoreWord] = score.bitPattern
          row[Self.addressWord] =
            DocumentAddress(segment: segment, document: UInt32(truncatingIfNeeded: document)).bits
          row[Self.tierWord] = tier
          if wanted != nil, missing == 0 { scores.offer(UInt32(truncatingIfNeeded: hub), score, rungTier) }
        }
        if keepsLog { log.append((UInt32(truncatingIfNeeded: hub), key(matches, bit, score))) }
      }
    }
    unassignedCount &+= unassigned
    count &+= new
  }

  private func key(_ matches: WindowMatches, _ bit: Int, _ score: Double) -> HitKey {
    HitKey(
      rungTier: rungTier, tier: matches.missingWords(bit), sortValue: 0, score: score,
      address: DocumentAddress(segment: segment, document: matches.base &+ UInt32(truncatingIfNeeded: bit)))
  }

  // MARK: Answers

  private func best(_ hub: Int) -> HitKey {
    let row = rows + (hub * Self.stride)
    return HitKey(
      rungTier: UInt8(truncatingIfNeeded: row[Self.tierWord] >> 56),
      tier: UInt32(truncatingIfNeeded: row[Self.tierWord] >> 32 & 0x00FF_FFFF), sortValue: 0,
      score: Double(bitPattern: row[Self.scoreWord]), address: DocumentAddress(bits: row[Self.addressWord]))
  }

  /// The hub records found, the first ones in order. By the score of the best match, or by `values`, one a hub record,
  /// rising; nil comes last, ties go by document order of the best match.
  func hits(by values: [Int64?]?, capacity: Int, after: HitKey?) -> [(hub: UInt32, key: HitKey)] {
    var top = TopHits(capacity: capacity, after: after)
    held.forEach { number in
      var key = best(number)
      if let values {
        let value = values[number]
        key = HitKey(tier: value == nil ? 1 : 0, sortValue: value ?? 0, score: 0, address: key.address)
      }
      top.offer(key)
    }
    return top.sorted.map { (hub(of: $0.address), $0) }
  }

  /// The hub record that a match belongs to.
  private func hub(of address: DocumentAddress) -> UInt32 {
    guard let place = segments[address.segment] else { return HubLinks.none }
    if let base = place.base { return base &+ address.document }
    let document = Int(address.document)
    return document < place.numbers.count ? place.numbers[document] : HubLinks.none
  }

  func matchCount(of number: UInt32) -> Int {
    matched.count(of: Int(number))
  }

  func bestMatch(of number: UInt32) -> HitKey? { held.contains(Int(number)) ? best(Int(number)) : nil }

  /// The best matches of each of some hub records, `limit` at most.
  func bestMatches(of hubs: [UInt32], limit: Int) -> [UInt32: [HitKey]] {
    var found: [UInt32: [HitKey]] = [:]
    guard keepsLog, limit > 1 else {
      for hub in hubs { found[hub] = bestMatch(of: hub).map { [$0] } ?? [] }
      return found
    }
    var wanted = BitSet(bound: hubCount)
    var tops: [UInt32: TopHits] = [:]
    for hub in hubs {
      wanted.insert(Int(hub))
      tops[hub] = TopHits(capacity: limit, after: nil)
    }
    for entry in log where wanted.contains(Int(entry.hub)) { tops[entry.hub]?.offer(entry.key) }
    for (hub, top) in tops { found[hub] = top.sorted }
    return found
  }

  /// What a facet has counted.
  struct FacetCounts {
    let groups: RecordGroups
    /// By group: hub records with a match in it, each once.
    let counts: [Int]
    /// Hub records with a match in any group.
    let anyCount: Int
  }

  /// The facets, in the order of the groupings. Cost: that of ``HubMatches/counts(_:of:)``.
  func facetCounts() -> [FacetCounts] {
    let bits = combinations.map { matched.counts($0, of: touched) } ?? []
    return facets.map { facet in
      switch facet {
      case .counter(let counter):
        return FacetCounts(groups: counter.groups, counts: counter.counts, anyCount: counter.anyCount)
      case .combined(let groups, let first):
        return FacetCounts(
          groups: groups, counts: Array(bits[first..<(first + groups.count)]), anyCount: bits[first + groups.count])
      }
    }
  }
}

/// The greatest scores of hub records in one tier, for a floor below which no score matters. Scores may be less than the true
/// ones: the floor then is lower.
private struct HubScores {
  private let capacity: Int
  /// Rising by score; each hub record once.
  private var entries: [(hub: UInt32, score: Double)] = []
  private var tier: UInt8 = 0

  /// An insertion is linear.
  private static let most = 256

  init(capacity: Int) { self.capacity = capacity <= Self.most ? capacity : 0 }

  /// The score of the last of the hub records wanted; nil where there are not so many.
  func floor(_ tier: UInt8) -> Double? {
    capacity > 0 && tier == self.tier && entries.count == capacity ? entries[0].score : nil
  }

  @inline(__always)
  mutating func offer(_ hub: UInt32, _ score: Double, _ tier: UInt8) {
    if capacity == 0 || (tier == self.tier && entries.count == capacity && score <= entries[0].score) { return }
    insert(hub, score, tier)
  }

  @inline(never)
  private mutating func insert(_ hub: UInt32, _ score: Double, _ tier: UInt8) {
    if tier != self.tier { (self.tier, entries) = (tier, []) }
    if let known = entries.firstIndex(where: { $0.hub == hub }) {
      if entries[known].score >= score { return }
      entries.remove(at: known)
    } else if entries.count == capacity {
      entries.removeFirst()
    }
    entries.insert((hub, score), at: entries.firstIndex { $0.score > score } ?? entries.count)
  }
}
