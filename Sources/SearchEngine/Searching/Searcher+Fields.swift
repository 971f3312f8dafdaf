import Records
import Synchronization

// Fields that order, collapse and count answers.
extension Searcher {
  /// What a field is good for beside searching.
  private enum FieldUse {
    case kind
    case integers
    case ordinals(ranks: [String]?)
  }

  /// The facet that counts why records matched.
  static let rungFacet = "rung"

  /// The column that holds a field's values.
  static func column(_ field: String) -> String { field == QueryPlanner.idField ? "#id" : field }

  /// How a field is stored, by the first kind that has it; nil when none has or it has no column.
  private func use(_ field: String, _ kinds: [Schema]) -> FieldUse? {
    if field == QueryPlanner.kindField { return .kind }
    if field == QueryPlanner.idField { return .ordinals(ranks: nil) }
    for schema in kinds {
      guard let place = schema.index(of: field) else { continue }
      switch schema.fields[place].type {
      case .keyword, .name, .code: return .ordinals(ranks: nil)
      case .ordered(let values): return .ordinals(ranks: values)
      case .date, .number: return .integers
      case .boolean: return .ordinals(ranks: nil)
      case .text: return nil
      }
    }
    return nil
  }

  /// Refuses fields that cannot do what is asked of them, before any work.
  func checkFields(_ request: SearchRequest, _ kinds: [Schema]) throws(SearchError) {
    if let sort = request.sort {
      switch use(sort.field, kinds) {
      case .integers, .ordinals: break
      case .kind, nil: throw unfit(sort.field, "sorted by", kinds)
      }
    }
    if let field = request.collapse {
      guard case .ordinals = use(field, kinds) else { throw unfit(field, "collapsed by", kinds) }
    }
    for field in request.facets where field != Self.rungFacet {
      switch use(field, kinds) {
      case .kind, .ordinals: break
      case .integers, nil: throw unfit(field, "counted by", kinds)
      }
    }
  }

  /// Why a field does not serve, and which do.
  private func unfit(_ field: String, _ use: String, _ kinds: [Schema]) -> SearchError {
    let takesDates = use == "sorted by"
    var fit: [String] = use == "counted by" ? [QueryPlanner.kindField] : []
    var type: String?
    for schema in kinds {
      for definition in schema.fields {
        if definition.name == field, type == nil {
          switch definition.type {
          case .text: type = "running text"
          case .date: type = "a date"
          case .number: type = "a number"
          default: break
          }
        }
        let isFit: Bool
        switch definition.type {
        case .keyword, .name, .code, .ordered, .boolean: isFit = true
        case .date, .number: isFit = takesDates
        case .text: isFit = false
        }
        if isFit, !fit.contains(definition.name) { fit.append(definition.name) }
      }
    }
    let known = fit.joined(separator: ", ")
    guard let type else {
      return SearchError(
        .badFieldUse, "no field '\(field)' in the kinds searched that answers could be \(use)",
        hint: NearestName.question(field, among: fit) + "fields are: \(known)")
    }
    return SearchError(
      .badFieldUse, "'\(field)' is \(type): answers cannot be \(use) it", hint: "fields are: \(known)")
  }

  /// What a request orders by; nil where time ran out while values were numbered.
  func order(
    _ sort: SearchSort?, _ segments: [SegmentContext], _ kinds: [Schema], _ meter: WorkMeter
  ) throws(IndexError) -> HitOrder? {
    guard let sort else { return .score }
    switch use(sort.field, kinds) {
    case .ordinals(let ranks):
      guard let global = try ordinals(of: sort.field, segments, meter) else { return nil }
      return .ordinals(
        global, field: Self.column(sort.field), ranks: ranks.map { Self.ranks(global, $0) },
        isDescending: sort.isDescending)
    case .integers, .kind, nil: return .integers(field: sort.field, isDescending: sort.isDescending)
    }
  }

  /// The place of each value among those of the schema; values that it does not name come after them.
  private static func ranks(_ global: GlobalOrdinals, _ values: [String]) -> [Int64] {
    global.values.enumerated().map { number, value in
      let place = values.firstIndex(of: value)
      return Int64(place ?? values.count + number)
    }
  }

  /// What counts a field; nil where time ran out while its values were numbered.
  func facet(
    _ field: String, _ segments: [SegmentContext], _ kinds: [Schema], _ meter: WorkMeter
  ) throws(IndexError) -> FacetCollector? {
    switch use(field, kinds) {
    case .kind, .integers, nil: return FacetCollector(name: field, column: field, .kind)
    case .ordinals:
      guard let global = try ordinals(of: field, segments, meter) else { return nil }
      return FacetCollector(name: field, column: Self.column(field), .ordinals(global))
    }
  }

  /// The numbering of a field's values over the searched segments, made once.
  func ordinals(of field: String, _ segments: [SegmentContext]) throws(IndexError) -> GlobalOrdinals {
    let key = OrdinalKey(field: field, segments: segments)
    if let known = ordinalCache.withLock({ $0[key] }) { return known }
    let made = try GlobalOrdinals(field: Self.column(field), segments: segments)
    ordinalCache.withLock { $0[key] = made }
    return made
  }

  /// The same; nil where time runs out before it is made.
  func ordinals(
    of field: String, _ segments: [SegmentContext], _ meter: WorkMeter
  ) throws(IndexError) -> GlobalOrdinals? {
    let key = OrdinalKey(field: field, segments: segments)
    if let known = ordinalCache.withLock({ $0[key] }) { return known }
    let made = try GlobalOrdinals.merged(field: Self.column(field), segments: segments) { meter.isOver }
    if let made { ordinalCache.withLock { $0[key] = made } }
    return made
  }

  /// Which numbering: of a field over all segments of some kinds.
  struct OrdinalKey: Hashable {
    var field: String
    var kinds: [String]

    init(field: String, segments: [SegmentContext]) {
      self.field = field
      kinds = Set(segments.map(\.reader.kind)).sorted()
    }
  }
}
