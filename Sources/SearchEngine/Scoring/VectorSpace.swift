/// The words of some documents as vectors of unit length, and how alike each two are (dot product).
///
/// v(t) = idf f (k1 + 1) / (f + K), f and K by unweighted fields, for stems that at least two documents hold and at most a
/// tenth; of each document the `limit` largest, ties by hash. Sums go by rising hash, so that they have the same bits
/// however documents are spread over segments.
struct VectorSpace {
  private let weight: QueryWeight
  private let limit: Int
  /// Stems met so far: found by hash in an open table of indices, -1 where free.
  private var table: [Int32]
  private var hashes: [UInt32] = []
  /// 0 for stems that are left out.
  private var idfs: [Double] = []
  /// By document, in the order in which they were added: stems and weights, one behind the other.
  private(set) var starts: [Int] = [0]
  private var stems: [Int32] = []
  private var weights: [Double] = []
  private var values: [Double] = []
  private var found: [Int32] = []

  /// Stems that more documents than this share of all hold tell nothing.
  private static let largestShare = 0.1

  /// `documents`: how many will be added at most.
  init(_ weight: QueryWeight, documents: Int, limit: Int) {
    self.weight = weight
    self.limit = max(1, limit)
    // At most a third of the table is taken, so chains stay short.
    var size = 1_024
    while size < documents * TermVectorsFormat.maximumTerms * 3 { size *= 2 }
    table = Array(repeating: -1, count: size)
  }

  /// Adds a document of a segment; `saturation` is its K.
  mutating func add(
    _ vector: TermVector, _ reader: TermVectorsReader, segment: Int, saturation: Double
  ) throws(IndexError) {
    values.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    let scale = weight.parameters.k1 + 1
    for index in vector.ordinals.indices {
      let stem = try stem(vector.ordinals[index], reader, segment)
      let idf = idfs[Int(stem)]
      if idf == 0 { continue }
      let frequency = Double(vector.frequencies[index])
      found.append(stem)
      values.append(idf * frequency * scale / (frequency + saturation))
    }
    let least = Self.threshold(values, limit)
    var rest = limit - values.reduce(0) { $0 + ($1 > least ? 1 : 0) }
    var squares = 0.0
    let start = weights.count
    for (stem, value) in zip(found, values) where value >= least {
      if value == least {
        if rest == 0 { continue }
        rest -= 1
      }
      stems.append(stem)
      weights.append(value)
      squares += value * value
    }
    let norm = squares.squareRoot()
    for index in start..<weights.count { weights[index] /= norm }
    starts.append(weights.count)
  }

  /// The smallest of the `limit` largest values; 0 when there are no more than those.
  private static func threshold(_ values: [Double], _ limit: Int) -> Double {
    guard values.count > limit else { return 0 }
    var rest = values
    return rest.withUnsafeMutableBufferPointer { rest in
      // Hoare's selection: after each round the wanted place lies in lower...upper.
      var lower = 0
      var upper = rest.count - 1
      while lower < upper {
        let pivot = rest[(lower + upper) / 2]
        var left = lower
        var right = upper
        while left <= right {
          while rest[left] > pivot { left += 1 }
          while rest[right] < pivot { right -= 1 }
          if left <= right {
            rest.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if limit - 1 <= right {
          upper = right
        } else if limit - 1 >= left {
          lower = left
        } else {
          break
        }
      }
      return rest[limit - 1]
    }
  }

  /// The number of a stem of a segment.
  private mutating func stem(
    _ ordinal: UInt32, _ reader: TermVectorsReader, _ segment: Int
  ) throws(IndexError) -> Int32 {
    let term = try reader.term(ordinal)
    let mask = table.count - 1
    var slot = Int(term.hash) & mask
    while table[slot] >= 0 {
      if hashes[Int(table[slot])] == term.hash { return table[slot] }
      slot = (slot + 1) & mask
    }
    let number = Int32(truncatingIfNeeded: hashes.count)
    table[slot] = number
    hashes.append(term.hash)
    let most = Self.largestShare * Double(weight.documentCount)
    var sum: UInt64
    if Double(term.documentFrequency) > most {
      sum = UInt64(term.documentFrequency)
    } else if let known = weight.stemFrequencies?.known(ordinal, of: segment) {
      sum = known
    } else {
      sum = try documentFrequency(term.hash, own: term.documentFrequency, reader)
      weight.stemFrequencies?.keep(sum, for: ordinal, of: segment)
    }
    idfs.append(inverseDocumentFrequency(sum, most))
    return number
  }

  /// Documents of all segments that hold a stem, given those of one.
  private func documentFrequency(
    _ hash: UInt32, own: UInt32, _ reader: TermVectorsReader
  ) throws(IndexError) -> UInt64 {
    var sum = UInt64(own)
    for segment in weight.segments {
      guard let vectors = segment.reader.vectors, vectors !== reader else { continue }
      sum += UInt64(try vectors.documentFrequency(ofHash: hash))
    }
    return sum
  }

  private func inverseDocumentFrequency(_ sum: UInt64, _ most: Double) -> Double {
    if sum < 2 || Double(sum) > most { return 0 }
    return BM25.inverseDocumentFrequency(sum, of: weight.documentCount)
  }

  /// For each document, those most like it, the most similar first, ties in the order in which they were added.
  /// Cost: over shared stems, never pair by pair.
  func neighbours(_ count: Int) -> [[Neighbour]] {
    let documents = starts.count - 1
    var listStarts = [Int](repeating: 0, count: hashes.count + 1)
    for stem in stems { listStarts[Int(stem) + 1] += 1 }
    for stem in hashes.indices { listStarts[stem + 1] += listStarts[stem] }
    var next = listStarts
    var holders = [Int32](repeating: 0, count: stems.count)
    var shares = [Double](repeating: 0, count: stems.count)
    for document in 0..<documents {
      for entry in starts[document]..<starts[document + 1] {
        let place = next[Int(stems[entry])]
        holders[place] = Int32(truncatingIfNeeded: document)
        shares[place] = weights[entry]
        next[Int(stems[entry])] += 1
      }
    }
    var found: [[Neighbour]] = []
    found.reserveCapacity(documents)
    var sums = [Double](repeating: 0, count: documents)
    for document in 0..<documents {
      let own = starts[document]..<starts[document + 1]
      sums.withUnsafeMutableBufferPointer { sums in
        sums.update(repeating: 0)
        holders.withUnsafeBufferPointer { holders in
          shares.withUnsafeBufferPointer { shares in
            for (stem, weight) in zip(stems[own], weights[own]) {
              for place in listStarts[Int(stem)]..<listStarts[Int(stem) + 1] {
                sums[Int(holders[place])] += weight * shares[place]
              }
            }
          }
        }
      }
      found.append(Self.largest(sums, but: document, count))
    }
    return found
  }

  private static func largest(_ sums: [Double], but own: Int, _ count: Int) -> [Neighbour] {
    var kept: [Neighbour] = []
    kept.reserveCapacity(count + 1)
    for (document, similarity) in sums.enumerated() where similarity > 0 && document != own {
      if kept.count == count {
        guard count > 0, similarity > kept[count - 1].similarity else { continue }
        kept.removeLast()
      }
      var place = kept.count
      while place > 0, kept[place - 1].similarity < similarity { place -= 1 }
      kept.insert(Neighbour(index: document, similarity: similarity), at: place)
    }
    return kept
  }
}

/// A document like another.
struct Neighbour: Sendable, Hashable {
  /// In the order in which documents were added.
  var index: Int
  /// 0...1.
  var similarity: Double
}
