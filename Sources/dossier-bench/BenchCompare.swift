/// `dossier-bench compare A B`: two kept results side by side, measure by measure, with B as a share of A.
struct BenchCompare {
  private let first: BenchResults
  private let second: BenchResults

  init(_ arguments: [String]) throws {
    guard arguments.count == 2 else { throw BenchError("compare wants two files of results") }
    first = try BenchResults(path: arguments[0])
    second = try BenchResults(path: arguments[1])
    guard first.benchmark == second.benchmark else {
      throw BenchError("one holds results of '\(first.benchmark)', the other of '\(second.benchmark)'")
    }
  }

  func run() { for line in lines { print(line) } }

  /// Rows and measures that one side alone has are shown with a gap.
  var lines: [String] {
    var lines = ["\(first.benchmark)\tmeasure\t\(first.date)\t\(second.date)\tratio"]
    var names = first.rows.map(\.name)
    names += second.rows.map(\.name).filter { !names.contains($0) }
    for name in names {
      let one = first.rows.first { $0.name == name }?.measures ?? []
      let other = second.rows.first { $0.name == name }?.measures ?? []
      var measures = one.map(\.name)
      measures += other.map(\.name).filter { !measures.contains($0) }
      for measure in measures {
        let before = one.first { $0.name == measure }?.value
        let after = other.first { $0.name == measure }?.value
        var ratio = ""
        if let before, let after, before != 0 { ratio = "\((after / before * 1_000).rounded() / 1_000)" }
        lines.append(
          "\(name)\t\(measure)\t\(before.map { "\($0)" } ?? "-")\t\(after.map { "\($0)" } ?? "-")\t\(ratio)")
      }
    }
    return lines
  }
}
