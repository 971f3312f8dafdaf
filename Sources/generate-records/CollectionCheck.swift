import JSONText

/// Checks a collection without any search: ids are unique, references resolve, values are those of the schema, the counts are
/// those that its README (or `truth.json`) states.
struct CollectionCheck {
  let folder: String
  private var faults: [String] = []
  private var figures: [(name: String, values: [Int])] = []
  private var enterprises: [String: JSONValue] = [:]
  private var idsByName: [String: Set<String>] = [:]
  private var notes: [String: JSONValue] = [:]
  private var noteOrder: [String] = []
  private var directives: Set<String> = []
  private var tree: [String: Int] = [:]

  init(folder: String) { self.folder = folder }

  func run() -> (text: String, isGood: Bool) {
    var copy = self
    do {
      try copy.load()
      copy.checkEnterprises()
      copy.checkNotes()
      copy.countTargets()
      try copy.checkJudgments()
      try copy.compare()
    } catch {
      copy.faults.append("\(error)")
    }
    var text = copy.figures.map { "\($0.name): \($0.values.map(String.init).joined(separator: " "))\n" }.joined()
    for fault in copy.faults.prefix(100) { text += "FAULT \(fault)\n" }
    text += copy.faults.isEmpty ? "good\n" : "\(copy.faults.count) faults\n"
    return (text, copy.faults.isEmpty)
  }

  private mutating func load() throws {
    let collection = try JSONValue(parsing: try CollectionFiles.text(folder + "/collection.json"))
    tree = try CollectionFiles.tree(folder + "/" + (collection["thesaurus"]?.stringValue ?? "thesaurus.txt"))
    for file in collection["files"]?.arrayValue ?? [] {
      guard let name = file["path"]?.stringValue else { continue }
      let path = folder + "/" + name
      switch file["kind"]?.stringValue {
      case "enterprise": for value in try CollectionFiles.values(path) { add(enterprise: value) }
      case "inspection":
        let values =
          name.hasSuffix(".csv")
          ? try CollectionFiles.table(path, violations: folder + "/violations-2006.csv")
          : try CollectionFiles.values(path)
        for value in values { add(note: value) }
      case "directive":
        if name.hasSuffix(".jsonl") || name.hasSuffix(".json") {
          for value in try CollectionFiles.values(path) { add(directive: value["id"]?.stringValue ?? "?") }
        } else {
          _ = try CollectionFiles.bytes(path)
          let stem = name.split(separator: "/").last?.split(separator: ".").first ?? "?"
          add(directive: String(stem))
        }
      default: faults.append("\(name): no kind")
      }
    }
    figures.append(("enterprises", [enterprises.count]))
    figures.append(("inspection notes", [notes.count]))
    figures.append(("directives", [directives.count]))
  }

  private mutating func add(enterprise value: JSONValue) {
    guard let id = value["id"]?.stringValue, let name = value["name"]?.stringValue else {
      return faults.append("an enterprise without id or name")
    }
    if enterprises.updateValue(value, forKey: id) != nil { faults.append("enterprise \(id) twice") }
    idsByName[name, default: []].insert(id)
    for alias in value["aliases"]?.arrayValue ?? [] { idsByName[alias.stringValue ?? "?", default: []].insert(id) }
    for former in value["formerNames"]?.arrayValue ?? [] {
      idsByName[former["name"]?.stringValue ?? "?", default: []].insert(id)
    }
  }

  private mutating func add(note value: JSONValue) {
    guard let id = value["id"]?.stringValue else { return faults.append("a note without id") }
    if notes.updateValue(value, forKey: id) != nil { faults.append("note \(id) twice") } else { noteOrder.append(id) }
  }

  private mutating func add(directive id: String) {
    if !directives.insert(id).inserted { faults.append("directive \(id) twice") }
  }

  private mutating func checkEnterprises() {
    var licences: [String: String] = [:]
    for (id, value) in enterprises {
      var own: Set<String> = []
      for product in value["products"]?.arrayValue ?? [] {
        if tree[product["category"]?.stringValue ?? "?"] == nil { faults.append("enterprise \(id): category unknown") }
        guard let licence = product["licence"]?.stringValue else { continue }
        own.insert(licence)
        if let other = licences.updateValue(id, forKey: licence) {
          faults.append("licence \(licence) of both \(other) and \(id)")
        }
      }
      if let licence = value["licence"]?.stringValue, !own.contains(licence) {
        faults.append("enterprise \(id): licence \(licence) is that of no product")
      }
      for name in ["registered", "qualityFile", "reexamined", "guaranteeSigned", "capacityRatified"] {
        check(date: value[name]?.stringValue, "enterprise \(id) \(name)")
      }
    }
  }

  /// The enterprises that a reference may mean: by id, else by any of its names.
  private func resolve(_ reference: String) -> Set<String> {
    enterprises[reference] != nil ? [reference] : idsByName[reference] ?? []
  }

  private mutating func checkNotes() {
    var byName = 0
    var ambiguous = 0
    var unresolved = 0
    var undated = 0
    var partial = 0
    var chinese = 0
    var followUps = 0
    let values: [(String, Set<String>)] = [
      ("type", Set(InspectionTable.types.keys)), ("stage", Set(InspectionTable.stages.keys)),
      ("result", Set(InspectionTable.results.keys)), ("disposition", Set(InspectionTable.dispositions.keys)),
    ]
    for id in noteOrder {
      guard let note = notes[id] else { continue }
      let reference = note["enterprise"]?.stringValue ?? ""
      let meant = resolve(reference)
      if enterprises[reference] == nil { byName += 1 }
      if meant.count > 1 { ambiguous += 1 }
      if meant.isEmpty { unresolved += 1 }
      let date = note["date"]?.stringValue
      check(date: date, "note \(id)")
      if date == nil { undated += 1 } else if date?.utf8.count != 10 || date?.first == "-" { partial += 1 }
      for (name, allowed) in values where !allowed.contains(note[name]?.stringValue ?? "") {
        faults.append("note \(id): \(name) is \(note[name]?.stringValue ?? "absent")")
      }
      if tree[note["category"]?.stringValue ?? "?"] == nil { faults.append("note \(id): category unknown") }
      for violation in note["violations"]?.arrayValue ?? []
      where InspectionTable.severities[violation["severity"]?.stringValue ?? ""] == nil {
        faults.append("note \(id): severity unknown")
      }
      if (note["text"]?.stringValue ?? "").unicodeScalars.lazy.filter({ $0.value >= 0x4E00 && $0.value < 0xA000 }).count
        > 12
      {
        chinese += 1
      }
      if let earlier = note["followUpOf"]?.stringValue {
        followUps += 1
        checkFollowUp(id, note, earlier, meant)
      }
    }
    figures.append(("notes in Chinese", [chinese]))
    figures.append(("notes that name the enterprise", [byName]))
    figures.append(("ambiguous names in notes", [ambiguous]))
    figures.append(("unresolved names in notes", [unresolved]))
    figures.append(("undated notes", [undated]))
    figures.append(("notes with a partial date", [partial]))
    figures.append(("follow-ups", [followUps]))
  }

  private mutating func checkFollowUp(_ id: String, _ note: JSONValue, _ earlier: String, _ meant: Set<String>) {
    guard let first = notes[earlier] else {
      return faults.append("note \(id) follows up \(earlier), which is not there")
    }
    if meant.isDisjoint(with: resolve(first["enterprise"]?.stringValue ?? "")) {
      faults.append("note \(id) and \(earlier) are of different enterprises")
    }
    if let before = first["date"]?.stringValue, let after = note["date"]?.stringValue, before.utf8.count == 10,
      after.utf8.count == 10, before.first != "-", after.first != "-", after < before
    {
      faults.append("note \(id) is older than \(earlier)")
    }
  }

  private mutating func check(date: String?, _ place: String) {
    guard let date else { return }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    let isYearless = parts.count == 4 && parts[0].isEmpty && parts[1].isEmpty
    let year = isYearless ? 2004 : Int(parts[0]) ?? 0
    var isGood = (1950...2010).contains(year)
    let rest = isYearless ? parts.dropFirst(2) : parts.dropFirst()
    if let month = rest.first {
      isGood = isGood && (["Q1", "Q2", "Q3", "Q4"].contains(month) || (1...12).contains(Int(month) ?? 0))
    }
    if rest.count == 2, let month = Int(rest[rest.startIndex]), let day = rest.last.flatMap({ Int($0) }) {
      let back = CivilDay(year: year, month: month, day: day).parts
      isGood = isGood && back == (year, month, day)
    }
    if !isGood || rest.count > 2 { faults.append("\(place): date \(date)") }
  }

  private mutating func countTargets() {
    var counts = [[Int]](repeating: [0, 0], count: 9)
    func add(_ target: Int, _ done: Bool) {
      counts[target][0] += 1
      counts[target][1] += done ? 1 : 0
    }
    for enterprise in enterprises.values {
      let products = enterprise["products"]?.arrayValue ?? []
      let categories = Set(products.compactMap { tree[$0["category"]?.stringValue ?? ""] })
      let isPriority = categories.contains { $0 <= 5 }
      let hasFile = enterprise["qualityFile"] != nil
      if isPriority { add(1, hasFile) }
      if hasFile { add(2, enterprise["reexamined"] != nil) }
      for product in products {
        if product["licence"] != nil || product["ccc"] != nil { add(3, product["evidenceCollected"] != nil) }
        if let issued = product["licenceIssued"]?.stringValue, issued >= "2007-03" {
          add(4, product["examined"] != nil)
        }
      }
      guard enterprise["export"]?.boolValue == true else { continue }
      if isPriority { add(5, enterprise["guaranteeSigned"] != nil) }
      if products.contains(where: { $0["legalInspection"]?.boolValue == true }) { add(6, hasFile) }
      if categories.contains(2) { add(7, enterprise["capacityRatified"] != nil) }
    }
    for note in notes.values where note["type"]?.stringValue == "import" && note["result"]?.stringValue == "fail" {
      add(8, ["return", "destroy"].contains(note["disposition"]?.stringValue ?? ""))
    }
    for number in 1...8 { figures.append(("target \(number)", counts[number])) }
  }

  private mutating func checkJudgments() throws {
    guard let judged = try? CollectionFiles.text(folder + "/qrels.tsv") else { return }
    var queries: Set<String> = []
    var topics: [String] = []
    for query in try CollectionFiles.values(folder + "/queries.jsonl") {
      let id = query["id"]?.stringValue ?? "?"
      if !queries.insert(id).inserted { faults.append("query \(id) twice") }
      topics.append("\(id)\t\(query["query"]?.stringValue ?? "?")")
    }
    if try CollectionFiles.text(folder + "/queries.tsv").split(separator: "\n").map(String.init) != topics {
      faults.append("queries.tsv and queries.jsonl differ")
    }
    var used: Set<String> = []
    var count = 0
    for line in judged.split(separator: "\n") {
      let cells = line.split(separator: "\t").map(String.init)
      guard cells.count == 3, let grade = Int(cells[2]), (0...3).contains(grade) else {
        faults.append("judgment: \(line)")
        continue
      }
      count += 1
      used.insert(cells[0])
      if !queries.contains(cells[0]) { faults.append("judgment of the unknown query \(cells[0])") }
      if enterprises[cells[1]] == nil, notes[cells[1]] == nil, !directives.contains(cells[1]) {
        faults.append("judgment of the unknown record \(cells[1])")
      }
    }
    for query in queries.subtracting(used).sorted() { faults.append("query \(query) has no judgment") }
    figures.append(("queries", [queries.count]))
    figures.append(("judgments", [count]))
  }

  /// A table row of the README whose first cell is the name of a figure states what it must be; `truth.json` does so for
  /// generated collections.
  private mutating func compare() throws {
    var expected: [String: [Int]] = [:]
    if let truth = try? CollectionFiles.text(folder + "/truth.json") {
      for target in try JSONValue(parsing: truth)["targets"]?.arrayValue ?? [] {
        expected["target \(target["number"]?.intValue ?? 0)"] = ["population", "done"].map {
          target[$0]?.intValue ?? -1
        }
      }
    } else {
      for line in try CollectionFiles.text(folder + "/README.md").split(separator: "\n") where line.hasPrefix("| ") {
        let cells = line.split(separator: "|").map { cell in
          String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard let name = cells.first, figures.contains(where: { $0.name == name }) else { continue }
        expected[name] = cells.dropFirst().compactMap { Int($0) }
      }
      for figure in figures where expected[figure.name] == nil { faults.append("README states no \(figure.name)") }
    }
    for figure in figures {
      if let wanted = expected[figure.name], wanted != figure.values {
        faults.append("\(figure.name): expected \(wanted), found \(figure.values)")
      }
    }
  }
}
