/// The first `capacity` keys of those offered, after a given one when paging. A binary heap with the last of the kept ones
/// on top.
struct TopHits {
  let capacity: Int
  /// Keys at or before this one have been shown already.
  let after: HitKey?
  private var heap: [HitKey] = []

  init(capacity: Int, after: HitKey?) {
    self.capacity = capacity
    self.after = after
    heap.reserveCapacity(min(capacity, 4_096))
  }

  var isFull: Bool { heap.count == capacity }

  /// The last of the kept keys, once there is no more room.
  @inline(__always)
  var lastKept: HitKey? { heap.count == capacity ? heap.first : nil }

  /// Cost: one comparison for a key that is not kept.
  @inline(__always)
  mutating func offer(_ key: HitKey) {
    if heap.count == capacity {
      guard capacity > 0, key.precedes(heap[0]) else { return }
    }
    insert(key)
  }

  @inline(never)
  private mutating func insert(_ key: HitKey) {
    if let after, !after.precedes(key) { return }
    if heap.count < capacity {
      heap.append(key)
      heap.withUnsafeMutableBufferPointer { Self.rise(key, in: $0) }
    } else {
      heap.withUnsafeMutableBufferPointer { Self.sink(key, in: $0) }
    }
  }

  /// Puts the key where it belongs on the way from the last place to the top.
  ///
  /// SAFETY: places lie between the top and the last one, so the heap, which is not empty, has them.
  private static func rise(_ key: HitKey, in heap: UnsafeMutableBufferPointer<HitKey>) {
    var place = heap.count &- 1
    while place > 0 {
      let parent = (place &- 1) &>> 1
      guard heap[parent].precedes(key) else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = key
  }

  /// Puts the key where it belongs on the way down from the top, whose key goes.
  ///
  /// SAFETY: children are looked at only where they are below the count, and the heap is not empty.
  private static func sink(_ key: HitKey, in heap: UnsafeMutableBufferPointer<HitKey>) {
    let count = heap.count
    var place = 0
    while true {
      var child = 2 &* place &+ 1
      guard child < count else { break }
      if child &+ 1 < count, heap[child].precedes(heap[child &+ 1]) { child &+= 1 }
      guard key.precedes(heap[child]) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = key
  }

  /// The kept keys in order.
  var sorted: [HitKey] { heap.sorted { $0.precedes($1) } }

  /// The same in the place of the heap, which is empty then.
  mutating func takeSorted() -> [HitKey] {
    var keys: [HitKey] = []
    swap(&keys, &heap)
    keys.withUnsafeMutableBufferPointer { Self.sort($0) }
    return keys
  }

  /// Few keys are put in one by one, which needs no calls; many by the library.
  private static func sort(_ keys: UnsafeMutableBufferPointer<HitKey>) {
    if keys.count > Self.few {
      var keys = keys
      return keys.sort { $0.precedes($1) }
    }
    for index in 1..<max(1, keys.count) {
      let key = keys[index]
      var place = index
      while place > 0, key.precedes(keys[place &- 1]) {
        keys[place] = keys[place &- 1]
        place &-= 1
      }
      keys[place] = key
    }
  }

  private static let few = 16
}
