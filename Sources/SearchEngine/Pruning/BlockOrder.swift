/// In which order the blocks of a list are looked at: those with the highest bounds first, so that the floor is high when the
/// others are gone through as they stand.
struct BlockOrder: ~Copyable {
  /// By block; minus infinity for those that come first.
  /// SAFETY: ``count`` of them, allocated in `init`, freed in `deinit`.
  private let bounds: UnsafeMutablePointer<Double>
  private let count: Int
  /// The blocks with the highest bounds, rising.
  private(set) var first: [Int] = []

  /// Blocks that are looked at before the others: hits kept, by this many a block, and a few more.
  private static let hitsPerBlock = 16
  private static let fewest = 4
  private static let most = 32
  /// Lists of fewer blocks are gone through as they stand.
  static let shortest = 5

  /// - Precondition: `count` is above 0.
  init(count: Int) {
    self.count = count
    bounds = .allocate(capacity: count)
    bounds.initialize(repeating: 0, count: count)
  }

  deinit { bounds.deallocate() }

  /// - Precondition: blocks are below the count.
  subscript(block: Int) -> Double {
    @inline(__always)
    get {
      assert(block >= 0 && block < count)
      return bounds[block]
    }
    nonmutating set {
      precondition(block >= 0 && block < count)
      bounds[block] = newValue
    }
  }

  /// Sets ``first`` for so many hits, once all bounds are set. Cost: linear, and in the number chosen.
  mutating func choose(hits: Int) {
    let wanted = min(Self.most, Self.fewest + hits / Self.hitsPerBlock, count)
    var kept: [Int] = []
    kept.reserveCapacity(wanted + 1)
    for block in 0..<count {
      if kept.count == wanted {
        guard bounds[block] > bounds[kept[wanted - 1]] else { continue }
        kept.removeLast()
      }
      var place = kept.count
      while place > 0, bounds[kept[place - 1]] < bounds[block] { place -= 1 }
      kept.insert(block, at: place)
    }
    for block in kept { bounds[block] = -.infinity }
    first = kept.sorted()
  }
}
