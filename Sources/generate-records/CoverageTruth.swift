/// What the eight targets must count in what was generated: kept while writing, so that it does not depend on any search.
struct CoverageTruth {
  struct Count: Equatable {
    var population = 0
    var done = 0
  }

  /// By number of the target, from 1; place 0 is unused.
  private(set) var counts = [Count](repeating: Count(), count: 9)

  private mutating func add(_ target: Int, done: Bool) {
    counts[target].population += 1
    if done { counts[target].done += 1 }
  }

  mutating func add(_ enterprise: Enterprise) {
    let isPriority = enterprise.products.contains { $0.category < 5 }
    if isPriority { add(1, done: enterprise.qualityFile != nil) }
    if enterprise.qualityFile != nil { add(2, done: enterprise.reexamined != nil) }
    for product in enterprise.products {
      if product.licence != nil || product.certificate != nil { add(3, done: product.evidenceCollected != nil) }
      if let issued = product.licenceIssued, issued >= EnterpriseFactory.campaignStart {
        add(4, done: product.examined != nil)
      }
    }
    guard enterprise.exports else { return }
    if isPriority { add(5, done: enterprise.guaranteeSigned != nil) }
    if enterprise.products.contains(where: \.isOnLegalInspectionList) { add(6, done: enterprise.qualityFile != nil) }
    if enterprise.products.contains(where: { $0.category == 1 }) { add(7, done: enterprise.capacityRatified != nil) }
  }

  mutating func add(_ note: InspectionNote) {
    if note.type == "import", note.result == "fail" {
      add(8, done: note.disposition == "return" || note.disposition == "destroy")
    }
  }

  /// The counts as JSON: `{"targets":[{"number":1,"population":…,"done":…},…],"records":{…}}`.
  func json(enterprises: Int, inspections: Int, directives: Int, seed: UInt64) -> String {
    let targets = (1...8).map { number in
      "{\"number\":\(number),\"population\":\(counts[number].population),\"done\":\(counts[number].done)}"
    }
    return "{\"seed\":\(seed),\"records\":{\"enterprise\":\(enterprises),\"inspection\":\(inspections),"
      + "\"directive\":\(directives)},\"targets\":[\(targets.joined(separator: ","))]}\n"
  }
}
