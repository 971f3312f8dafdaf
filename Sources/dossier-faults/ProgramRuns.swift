#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// C2 and C3: the program under files that are made to do harm.
struct ProgramRuns {
  let program: String
  let directory: String

  /// Megabytes of its own that a run may take at its peak beyond the writer's budget: the program itself, a record of the
  /// longest kind (16 MB) in its several forms, and the readers' buffers.
  private static let allowance = 64
  private static let budget = 64
  /// The least budget that is accepted; what took most beyond it is run under it, too.
  private static let leastBudget = 16

  // MARK: Bombs

  /// Files that swell, nest, never end or lie about what they are: rejected or read, in bounded memory.
  /// - Parameter megabytes: size of the large ones.
  func bombs(megabytes: Int) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var peak = 0
    let count = megabytes << 20
    let rest = "{\"kind\":\"inspection\",\"id\":\"last\",\"text\":\"after the bomb\"}\n"
    let bombs: [(name: String, head: String, piece: String, repeats: Int, tail: String)] = [
      ("line.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"text\":\"", "aaaaaaa ", count / 8, "\"}\n" + rest),
      ("open-line.jsonl", "", "aaaaaaa ", count / 8, "\n" + rest),
      ("depth.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"x\":", "[", 1_000_000, "\n" + rest),
      ("depth.json", "", "{\"a\":", 1_000_000, ""),
      ("keys.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\"", ",\"k%\":1", 1_000_000, "}\n" + rest),
      ("words.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"text\":\"", "w% ", 1_500_000, "\"}\n" + rest),
      ("letters.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"text\":\"", "a b. ", 380_000, "\"}\n" + rest),
      (
        "paragraphs.jsonl", "{\"kind\":\"directive\",\"id\":\"1\",\"title\":\"t\",\"paragraphs\":[\"x\"",
        ",\"word % more words that are some text of a paragraph. And a second sentence of it, with % in it.\"",
        65_000, "]}\n" + rest
      ),
      ("number.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"n\":1", "00000000", 10 << 17, "}\n" + rest),
      ("exponent.jsonl", "{\"kind\":\"inspection\",\"id\":\"1\",\"n\":1e", "99999999", 4, "}\n" + rest),
      ("quote.csv", "id,text\n1,\"", "aaaaaaa\n", count / 8, ""),
      ("columns.csv", "id", ",c", 1_000_000, "\n1\n"), ("fields.csv", "id,text\n", ",", 8_000_000, "\n1,a\n"),
      ("returns.csv", "id,text\r", "1,a\r", 100_000, ""),
      ("nul.jsonl", "", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", count / 8, "\n" + rest),
      ("tags.html", "<p>", "<div>", 1_000_000, ""),
      ("open-tags.html", "", "<a b='", 1_000_000, ""),
      ("elements.xml", "<r>", "<a>", 1_000_000, ""),
      ("entities.xml", "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">]><r>", "&a;", 1_000_000, "</r>"),
      ("text.txt", "", "word \n\n", count / 16, ""),
      ("pages.txt", "", "word that is one of a paragraph, of which there are many and many. \n\n", 60_000, ""),
      ("paragraphs.html", "<html><body>", "<p>a b c d", 1_500_000, "</body></html>"),
      ("marks.md", "", "[*_`", 500_000, ""),
    ]
    for bomb in bombs where figures.failures.count < 10 {
      let path = "\(directory)/\(bomb.name)"
      SmallFiles.compose(path, bomb.head, bomb.piece, bomb.repeats, bomb.tail)
      run(bomb.name, path, &figures, &peak)
      if bomb.name == "paragraphs.jsonl" {
        run("\(bomb.name) under \(Self.leastBudget) MB", path, budget: Self.leastBudget, &figures, &peak)
      }
      SmallFiles.remove(path)
    }
    // Zeros packed a thousand to one, if gzip is at hand.
    let zeros = "\(directory)/zeros.jsonl"
    SmallFiles.fill(zeros, bytes: count)
    if Child.run("gzip", "-f", "-1", zeros) { run("zeros.jsonl.gz", zeros + ".gz", &figures, &peak) }
    SmallFiles.remove(zeros + ".gz")
    SmallFiles.remove(zeros)
    for bomb in PackedBombs.all(bytes: count) where figures.failures.count < 10 {
      let path = "\(directory)/\(bomb.name)"
      SmallFiles.store(path, bomb.make())
      run(bomb.name, path, &figures, &peak)
      SmallFiles.remove(path)
    }
    let encodings: [(String, [UInt8])] = [
      ("lone-surrogate.jsonl", Array("{\"kind\":\"inspection\",\"id\":\"1\",\"text\":\"\\ud800\"}\n".utf8)),
      (
        "overlong.jsonl",
        Array("{\"kind\":\"inspection\",\"id\":\"1\",\"text\":\"".utf8) + [0xC0, 0xAF] + Array("\"}\n".utf8)
      ),
      ("utf16.csv", [0xFF, 0xFE] + "id,text\n1,中\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
      ("utf16-be.csv", [0xFE, 0xFF] + "id,text\n1,中\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
      ("utf16-odd.csv", [0xFF, 0xFE, 0x69]), ("mark.jsonl", [0xEF, 0xBB, 0xBF]), ("lone.bin", [0xD8]),
    ]
    for (name, bytes) in encodings {
      let path = "\(directory)/\(name)"
      SmallFiles.store(path, bytes)
      run(name, path, &figures, &peak)
      SmallFiles.remove(path)
    }
    figures.calls = peak
    return figures
  }

  /// Indexes a file by the program: it ends with an exit code, in time, in its memory.
  private func run(
    _ name: String, _ path: String, budget: Int = Self.budget, _ figures: inout KillRuns.Figures, _ peak: inout Int
  ) {
    let index = "\(directory)/bombed"
    SmallFiles.clear(index)
    figures.runs += 1
    guard
      let child = Child(
        ["index", path, "--kind", "inspection", "--index", index, "--memory", "\(budget)", "--json"],
        program: program)
    else { return figures.failures.append("\(name): no process") }
    let start = ContinuousClock.now
    child.watchesMemory = true
    let end = child.wait(seconds: 600)
    let seconds = (ContinuousClock.now - start).components.seconds
    // Where the system does not tell, mapped files count, too.
    let own = child.peakAnonymousKilobytes > 0 ? child.peakAnonymousKilobytes : child.peakKilobytes
    let megabytes = own >> 10
    peak = max(peak, megabytes)
    print(
      "  \(name): \(end), \(megabytes) MB (\(child.peakKilobytes >> 10) with mapped files) at the peak, \(seconds) s")
    fflush(nil)
    switch end {
    case .exited(0), .exited(1), .exited(2), .exited(3): figures.fired += 1
    default: figures.failures.append("\(name): \(end)")
    }
    if megabytes > budget + Self.allowance { figures.failures.append("\(name): \(megabytes) MB at the peak") }
  }

  // MARK: Round trip

  /// Records of random text are indexed and exported by the program: what comes back is what went in, byte for byte.
  func roundTrip(records: Int, seed: UInt64) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var random = Sequence64(state: seed)
    let source = "\(directory)/random.jsonl"
    let back = "\(directory)/back.jsonl"
    let index = "\(directory)/random"
    SmallFiles.clear(index)
    SmallFiles.remove(source)
    var sum: UInt64 = 0
    var text = ""
    for number in 0..<records {
      let line = Self.line(number, &random)
      sum &+= Self.hash(line)
      text += line + "\n"
      if text.utf8.count > 1 << 20 || number == records - 1 {
        SmallFiles.append(source, text)
        text = ""
      }
    }
    guard let indexing = Child(["index", source, "--index", index, "--json"], program: program),
      indexing.wait(seconds: 3600) == .exited(0)
    else {
      figures.failures.append("the records cannot be indexed")
      return figures
    }
    guard let exporting = Child(["export", "--index", index, "--output", back], program: program),
      exporting.wait(seconds: 3600) == .exited(0)
    else {
      figures.failures.append("the records cannot be exported")
      return figures
    }
    var found: UInt64 = 0
    var lines = 0
    SmallFiles.forEachLine(back) { line in
      found &+= Self.hash(line)
      lines += 1
    }
    figures.runs = records
    figures.fired = lines
    // A sum of 64-bit hashes is the same for the same lines in any order.
    if lines != records || found != sum {
      figures.failures.append("\(lines) of \(records) lines, hash \(found), not \(sum)")
    }
    SmallFiles.remove(source)
    SmallFiles.remove(back)
    return figures
  }

  private static let letters: [String] = [
    "a", "B", "7", " ", "甲", "醛", "é", "e\u{301}", "\u{1F600}", "\\n", "\\\"", "\\\\", "\\u0001", "\u{200B}", "ß", "Ａ",
    "\u{FFFD}",
    "-", "/", "<", "&", "\u{2028}", "\u{10FFFF}",
  ]

  /// A record in canonical form, so that it is to come back as it is: no text begins or ends with white space.
  private static func line(_ number: Int, _ random: inout Sequence64) -> String {
    var text = "x"
    for _ in 0..<random.below(60) { text += letters[random.below(letters.count)] }
    let month = 1 + random.below(9)
    return
      "{\"kind\":\"inspection\",\"id\":\"N\(number)\",\"date\":\"200\(random.below(9))-0\(month)\",\"text\":\"\(text)x\"}"
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ line: String) -> UInt64 {
    line.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
