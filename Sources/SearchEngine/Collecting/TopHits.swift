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
      siftUp(heap.count - 1)
    } else {
      heap[0] = key
      siftDown()
    }
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var last = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[last].precedes(heap[left]) { last = left }
      if left + 1 < heap.count, heap[last].precedes(heap[left + 1]) { last = left + 1 }
      if last == parent { return }
      heap.swapAt(parent, last)
      parent = last
    }
  }

  /// The kept keys in order.
  var sorted: [HitKey] { heap.sorted { $0.precedes($1) } }
}
