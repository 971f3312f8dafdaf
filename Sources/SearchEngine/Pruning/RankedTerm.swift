/// One word of a pruned query in one segment: its lists, counted as one term.
final class RankedTerm {
  let lists: [RankedList]
  let formula: PartFormula
  /// Postings of all lists.
  let frequency: Int
  /// As those of ``RankedList``, over all lists.
  private(set) var isEmpty = true
  private(set) var bound = 0.0
  private(set) var reach: UInt32 = 0

  /// A word of one form.
  init(_ list: RankedList) {
    lists = [list]
    formula = list.formula
    frequency = list.cursor.documentFrequency
  }

  /// - Precondition: `forms` is not empty.
  init(_ reader: SegmentReader, _ forms: [TermForm], _ formula: PartFormula) throws(IndexError) {
    self.formula = formula
    var made: [RankedList] = []
    made.reserveCapacity(forms.count)
    var sum = 0
    for form in forms {
      let list = try RankedList(reader, form.info, formula)
      made.append(list)
      sum += list.cursor.documentFrequency
    }
    lists = made
    frequency = sum
  }

  /// Sets ``bound`` and ``reach`` for `base ... last`. The part of a sum of frequencies is at most the sum of their parts,
  /// but for a rounding each.
  func look(from base: UInt32, to last: UInt32) throws(IndexError) {
    if lists.count == 1 {
      let list = lists[0]
      try list.look(from: base, to: last)
      isEmpty = list.isEmpty
      bound = list.bound
      reach = list.reach
      return
    }
    var sum = 0.0
    var reach = UInt32.max
    isEmpty = true
    for list in lists {
      try list.look(from: base, to: last)
      if !list.isEmpty {
        isEmpty = false
        sum += list.bound + formula.grid.step
      }
      reach = min(reach, list.reach)
    }
    bound = min(sum, formula.most)
    self.reach = reach
  }

  /// How often the word stands in `document`, of rising ones; 0 where it does not.
  @inline(__always)
  func frequency(in document: UInt32) throws(IndexError) -> UInt32 {
    var sum: UInt32 = 0
    for list in lists {
      sum &+= try list.frequency(in: document)
    }
    return sum
  }
}
