import Synchronization

/// What is kept of hubs and groupings for the life of a searcher's snapshots.
final class HubCaches: Sendable {
  /// By hub.
  private let documents = Mutex<[String: HubDocuments]>([:])
  private let groups = Mutex<[GroupKey: RecordGroups]>([:])
  private let combinations = Mutex<[CombinationKey: HubCombinations?]>([:])
  private let values = Mutex<[ValueKey: [Int64?]]>([:])

  struct GroupKey: Hashable {
    var source: GroupSource
    var kinds: [String]
  }

  struct CombinationKey: Hashable {
    var hub: String
    var sources: [GroupSource]
    var kinds: [String]
  }

  struct ValueKey: Hashable {
    var hub: String
    var order: HubRequest.Order
    var measures: HubMeasures
    var nameField: String
  }

  /// Groupings kept: four bytes a record each. The facets of an answer are some eight.
  private static let keptGroups = 24

  func documents(
    _ hub: String, _ make: () throws(IndexError) -> HubDocuments
  ) throws(IndexError) -> HubDocuments {
    if let known = documents.withLock({ $0[hub] }) { return known }
    let made = try make()
    documents.withLock { $0[hub] = made }
    return made
  }

  func groups(_ key: GroupKey, _ make: () throws(IndexError) -> RecordGroups) throws(IndexError) -> RecordGroups {
    if let known = groups.withLock({ $0[key] }) { return known }
    let made = try make()
    groups.withLock { kept in
      if kept.count >= Self.keptGroups { kept.removeAll(keepingCapacity: true) }
      kept[key] = made
    }
    return made
  }

  /// Combinations kept: four bytes a record each. A page asks for one list of facets again and again.
  private static let keptCombinations = 4

  func combinations(_ key: CombinationKey, _ make: () -> HubCombinations?) -> HubCombinations? {
    if let known = combinations.withLock({ $0[key] }) { return known }
    let made = make()
    combinations.withLock { kept in
      if kept.count >= Self.keptCombinations { kept.removeAll(keepingCapacity: true) }
      kept[key] = .some(made)
    }
    return made
  }

  func values(_ key: ValueKey, _ make: () throws(IndexError) -> [Int64?]) throws(IndexError) -> [Int64?] {
    if let known = values.withLock({ $0[key] }) { return known }
    let made = try make()
    values.withLock { $0[key] = made }
    return made
  }
}
