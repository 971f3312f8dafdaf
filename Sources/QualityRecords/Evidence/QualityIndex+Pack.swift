import JSONText
import QueryLanguage
import Records
import SearchEngine

extension QualityIndex {
  /// Writes the whole answer to a query into a folder: hits as JSON lines and as a table, a page with the passages, the full
  /// records, the request with its notes and receipt, a manifest, and the digests of all. Complete for whoever has no index.
  ///
  /// The receipt is that of a search that returns every hit, in order; where nothing holds all the words, nothing is found:
  /// evidence is never of a weaker question.
  ///
  /// - Throws: `folder-not-empty`; the query's errors; what reading and writing throws.
  /// - Cost: one pass over the hits, each record read three times; a page of hits in memory.
  public func pack(_ options: SearchOptions, to path: String) throws(QualityError) -> PackAnswer {
    var options = options
    options.limit = SearchOptions.longestPage
    options.cursor = nil
    options.explain = false
    options.fields = []
    options.rank = nil
    try options.check()
    let parsed = try parse(options)
    let folder: PlainFolder
    do throws(IndexError) { folder = try PlainFolder(path: path, create: true) } catch {
      throw QualityError("input-output", "\(error)", exitCode: .inputOutput)
    }
    guard try EvidenceFolder.storing({ () throws(IndexError) in try folder.names() }).isEmpty else {
      throw QualityError("folder-not-empty", "\(path) is not empty", hint: "name a new folder for the evidence")
    }
    let total = try count(options)
    let digest = EvidenceRequest(parsed.canonical, options, self, total: total, notes: [], receipt: "").digest
    let hits = try EvidenceFolder.Output(EvidenceFolder.hits, folder)
    let table = try EvidenceFolder.Output(EvidenceFolder.table, folder)
    let records = try EvidenceFolder.Output(EvidenceFolder.records, folder)
    var writing = PackWriting(digest: digest, hits: hits, table: table, records: records)
    try writing.begin()
    try forEachHit(options) { (record, hit) throws(QualityError) in
      try writing.add(record, try hit())
    }
    let notes = parsed.repairs.map(\.message) + parsed.notes.map(\.message)
    let request = EvidenceRequest(
      parsed.canonical, options, self, total: total, notes: notes, receipt: writing.digest.code)
    var files = [try hits.finish(), try table.finish(), try records.finish()]
    func add(_ name: String, _ text: String) throws(QualityError) {
      let output = try EvidenceFolder.Output(name, folder)
      try output.write(text)
      files.append(try output.finish())
    }
    try add(EvidenceFolder.page, writing.page.text(request))
    try add(EvidenceFolder.request, request.json.text(isPretty: true) + "\n")
    try add(EvidenceFolder.manifest, Self.manifest(files, request).text(isPretty: true) + "\n")
    let sums = try EvidenceFolder.Output(EvidenceFolder.sums, folder)
    try sums.write(EvidenceFolder.sums(files.map { ($0.name, $0.digest) }))
    _ = try sums.finish()
    try EvidenceFolder.storing { () throws(IndexError) in try folder.sync() }
    return PackAnswer(
      folder: path, query: options.query, total: total, commit: commit, receipt: request.receipt,
      files: files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }

  private static func manifest(_ files: [PackAnswer.File], _ request: EvidenceRequest) -> JSONObject {
    var manifest = JSONObject()
    manifest.append("version", .number(String(EvidenceFolder.version)))
    manifest.append("receipt", .string(request.receipt))
    manifest.append("total", .number(String(request.total)))
    let rows = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map { file in
      JSONValue.object([
        "name": .string(file.name), "bytes": .number(String(file.bytes)), "sha256": .string(file.digest),
      ])
    }
    manifest.append("files", .array(rows))
    return manifest
  }

  /// All that match, without any hit made.
  func count(_ options: SearchOptions) throws(QualityError) -> Int {
    var options = options
    options.limit = 0
    options.countsOnly = true
    options.facets = []
    let parsed = try parse(options)
    var request = try request(options, parsed)
    request.relaxes = false
    let current = request
    return try searching { () throws(SearchError) in try searcher.search(current) }.total
  }

  /// The receipt of a search that returns every hit: what a pack's is compared with.
  func wholeReceipt(_ options: SearchOptions) throws(QualityError) -> (receipt: String, total: Int) {
    let parsed = try parse(options)
    let total = try count(options)
    var digest = EvidenceRequest(parsed.canonical, options, self, total: total, notes: [], receipt: "").digest
    try forEachHit(options) { (record, _) throws(QualityError) in digest.add(record.key) }
    return (digest.code, total)
  }
}

/// The files that grow hit by hit.
private struct PackWriting {
  var digest: ReceiptDigest
  let hits: EvidenceFolder.Output
  let table: EvidenceFolder.Output
  let records: EvidenceFolder.Output
  var page = EvidencePage()

  func begin() throws(QualityError) {
    try row(["kind", "id", "date", "dateIs", "rung", "score", "title", "enterprise", "enterpriseName", "passage"])
  }

  /// Guarded for spreadsheets: it is for people.
  private func row(_ cells: [String]) throws(QualityError) {
    var writer = CSVWriter()
    writer.row(cells)
    try table.write(writer.take())
  }

  mutating func add(_ record: MatchedRecord, _ hit: SearchAnswer.Hit) throws(QualityError) {
    digest.add(record.key)
    var writer = JSONWriter()
    SearchAnswer.write(hit, to: &writer)
    try hits.write(writer.bytes + [0x0A])
    try row([
      hit.kind, hit.id, hit.date ?? "", hit.dateIs ?? "", hit.rung, "\((hit.score * 10_000).rounded() / 10_000)",
      hit.title, hit.enterprise?.id ?? "", hit.enterprise?.name ?? "", hit.snippets.first?.text ?? "",
    ])
    try records.write(record.bytes + [0x0A])
    page.add(hit)
  }
}
