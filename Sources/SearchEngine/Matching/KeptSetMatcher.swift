/// Documents of a set that was found before (``KeptSets``).
final class KeptSetMatcher: Matcher {
  private let kept: KeptSet
  private let leaf: MatchedLeaf?

  init(_ kept: KeptSet, leaf: MatchedLeaf?) {
    self.kept = kept
    self.leaf = leaf
  }

  override var cost: Int { kept.count }

  override func nextWindow(from window: Int) throws(IndexError) -> Int { kept.nextWindow(from: window) }

  override func fill(_ window: Int, _ candidates: WindowBits, _ result: WindowBits) throws(IndexError) {
    kept.set.copy(window, to: result)
    result.formIntersection(candidates)
    leaf?.record(window, result)
  }

  override func restrict(_ window: Int, _ bits: WindowBits) { leaf?.restrict(window, bits) }
}

extension PlanNode {
  /// What tells the node's documents in one segment: its form, its fields, and the entries of its words there. Nil for nodes
  /// of which that is not all: sets of hub records, and what is cheap by itself.
  func key(_ weight: QueryWeight, _ segment: Int) -> [UInt8]? {
    var key: [UInt8] = []
    return write(&key, weight, segment) ? key : nil
  }

  private func write(_ key: inout [UInt8], _ weight: QueryWeight, _ segment: Int) -> Bool {
    func number(_ value: Int) { withUnsafeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian) { key += $0 } }
    func bytes(_ bytes: [UInt8]) {
      number(bytes.count)
      key += bytes
    }
    func word(_ term: Int) {
      let forms = weight.terms[term].forms[segment]
      number(forms.count)
      for form in forms { bytes(form.bytes) }
    }
    func all(_ nodes: [PlanNode]) -> Bool {
      number(nodes.count)
      return nodes.allSatisfy { $0.write(&key, weight, segment) }
    }
    func fieldBits(_ fields: FieldSet?) {
      key.append(fields == nil ? 0 : 1)
      number(Int(truncatingIfNeeded: fields?.bits ?? 0))
    }
    switch self {
    case .nothing: key.append(0)
    case .everything: key.append(1)
    case .term(let term, let fields):
      key.append(2)
      fieldBits(fields)
      word(term)
    case .phrase(let slots, let fields):
      key.append(3)
      fieldBits(fields)
      number(slots.count)
      for slot in slots {
        number(Int(slot.offset))
        word(slot.term)
      }
    case .entries(let entries):
      key.append(4)
      number(entries.count)
      for entry in entries { bytes(entry) }
    case .entryPrefix(let prefix):
      key.append(5)
      bytes(prefix)
    case .all(let required, _, let excluded):
      key.append(6)
      return all(required) && all(excluded)
    case .any(let nodes, let minimum, _):
      key.append(7)
      number(minimum)
      return all(nodes)
    case .unscored(let inner): return inner.write(&key, weight, segment)
    case .same(let scope, let inner):
      key.append(8)
      switch scope {
      case .sentence: number(-1)
      case .paragraph: number(-2)
      case .item(let group): number(Int(group))
      }
      return inner.write(&key, weight, segment)
    case .near(let nodes, let distance, let ordered):
      key.append(ordered ? 10 : 9)
      number(distance)
      return all(nodes)
    case .integers, .days, .values, .joined: return false
    }
    return true
  }
}
