import QualityRecords
import Records
import SearchEngine
import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier-bench grow --generator PROGRAM --dir DIR [--sizes N,N,…] [--memory MB] [--runs N] [--results DIR]`: how indexing,
/// answers and size grow with the number of records, by the generator's notes. Prints a table; with `--results` keeps it as a
/// dated JSON file and a plot beside it.
///
/// Processor time of one thread: records first, then the merges that are due, so that their share is told apart.
struct BenchGrow {
  private var generator = ""
  var directory = ""
  var sizes = [100_000, 300_000, 1_000_000]
  var memory = 256
  var runs = 30
  /// Where table and plot are kept; nil: nowhere.
  var results: String?
  /// Writes so many notes to a file.
  var generate: (_ count: Int, _ path: String) throws -> Void = { _, _ in }

  /// Shapes of the users' searches: words of every frequency, a phrase, fields, a date, Chinese.
  private static let queries = [
    "lead", "lead paint", "formaldehyde furniture", "\"small parts\"", "product:toys", "severity:>=serious date:2007",
    "甲醛 家具", "choking hazard toys province:Guangdong", "(formaldehyde OR phthalates) AND furniture", "label*",
  ]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchError("\(flag) wants a value") }
      switch flag {
      case "--generator": generator = value
      case "--dir": directory = value
      case "--sizes": sizes = value.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }.sorted()
      case "--memory": memory = max(16, Int(value) ?? memory)
      case "--runs": runs = max(1, Int(value) ?? runs)
      case "--results": results = value
      default: throw BenchError("unknown flag \(flag)")
      }
    }
    guard !generator.isEmpty, !directory.isEmpty, !sizes.isEmpty else {
      throw BenchError("--generator and --dir are wanted")
    }
    let program = generator
    generate = { try Self.generate(program, $0, to: $1) }
  }

  /// Notes that `generate` writes instead of a program.
  init(directory: String, sizes: [Int], generate: @escaping (Int, String) throws -> Void) {
    self.directory = directory
    self.sizes = sizes
    self.generate = generate
  }

  func run() throws {
    let figures = try measured()
    print(figures.table)
    guard let results else { return }
    try BenchResults.write(figures.json, to: "\(results)/\(figures.stem).json")
    try BenchResults.write(plot(figures), to: "\(results)/\(figures.stem).svg")
    print("\(results)/\(figures.stem).json")
  }

  /// A row for each size.
  func measured() throws -> BenchResults {
    var figures = BenchResults("grow")
    for size in sizes {
      figures.rows.append(BenchResults.Row(name: "\(size)", measures: try measure(size)))
      complain("\(size) records done")
    }
    return figures
  }

  func plot(_ figures: BenchResults) -> String {
    let names = ["indexing us a record", "disk bytes a record", "top 10 median ms", "top 10 p90 ms"]
    return GrowthPlot.svg(
      "Growth against \(figures.rows.first?.name ?? "") records (dashed: as the records)",
      names.map { name in
        GrowthPlot.Line(
          name: name,
          points: figures.rows.compactMap { row in
            guard let size = Double(row.name), let value = row.measures.first(where: { $0.name == name })?.value
            else { return nil }
            return (size, value)
          })
      })
  }

  private func measure(_ size: Int) throws -> [(name: String, value: Double)] {
    let source = "\(directory)/grow-\(size).jsonl"
    let index = "\(directory)/grow-\(size)"
    defer { unlink(source) }
    try generate(size, source)
    try clear(index)
    let watch = StopWatch()
    var options = IndexWriter.Options()
    options.memory = memory << 20
    options.mergesAsItGoes = false
    let writer = try IndexDirectory.writer(path: index, schemas: IndexJob.schemas, options: options, create: true)
    var count = 0
    let adding = try watch.time {
      var records = RecordSource(inputs: [RecordInput(path: source, kind: "inspection")])
      while let result = records.next() {
        guard case .record(let record, _) = result else { continue }
        _ = try writer.add(record)
        count += 1
      }
      // Writes what is in memory, so that the merges are alone in what follows.
      _ = try writer.commit()
    }.times
    let merging = try watch.time { try writer.merge() }.times
    let committing = try watch.time { _ = try writer.commit() }.times
    let bytes = try diskBytes(index)
    let merged = writer.statistics.mergedDocuments
    let times = try answers(index)
    let whole = adding.processor + merging.processor + committing.processor
    let records = Double(max(1, count))
    try clear(index)
    return [
      ("indexing us a record", whole * 1_000 / records),
      ("merge share", merging.processor / whole),
      ("rewritten by merges, a record", Double(merged) / records),
      ("disk bytes a record", Double(bytes) / records),
      ("top 10 median ms", StopWatch.share(times, 0.5)),
      ("top 10 p90 ms", StopWatch.share(times, 0.9)),
    ]
  }

  /// Processor milliseconds of each query's median, in one warm process.
  private func answers(_ path: String) throws -> [Double] {
    let index = try QualityIndex(paths: [path])
    let watch = StopWatch()
    return try Self.queries.map { query in
      let options = SearchOptions(query)
      _ = try index.search(options)
      let times = try (0..<runs).map { _ in try watch.time { try index.search(options) }.times.processor }
      return StopWatch.share(times, 0.5)
    }
  }

  private static func generate(_ generator: String, _ size: Int, to path: String) throws {
    let words = [generator, "--kind", "inspection", "--count", "\(size)", "--out", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [Int32(1), 2] { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0) }
    var settings: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    var status: Int32 = 0
    guard posix_spawnp(&process, generator, &actions, nil, &arguments, &settings) == 0,
      waitpid(process, &status, 0) == process, status == 0
    else { throw BenchError("\(generator) does not write \(path)") }
  }

  private func clear(_ path: String) throws {
    let folder = try PosixFileSystem(path: path, create: true)
    for name in try folder.list() { try folder.remove(name) }
  }

  private func diskBytes(_ path: String) throws -> Int {
    try PosixFileSystem(path: path, create: false).list().reduce(0) { sum, name in
      var status = stat()
      return stat("\(path)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
    }
  }

  private func complain(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = write(2, bytes, bytes.count)
  }
}
