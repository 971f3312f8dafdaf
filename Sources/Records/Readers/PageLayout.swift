/// A line or block of a page in reading order, before it is known what is body and what is furniture.
struct PageBlock: Equatable {
  var text: String
  /// 1...6 for a heading marked as such; 0 otherwise.
  var level = 0
  /// Said by the markup to lie outside the body (navigation, footer …), or nothing but links.
  var isFurniture = false
}

/// A page or document taken apart. What is not in a field of its own is in `paragraphs` or `furniture`.
struct PageDocument: Equatable {
  var title: String?
  var issuer: String?
  var number: String?
  /// `2007-03-14`, or `--02-20` where the text gives no year.
  var date: String?
  var dateNote: String?
  /// What the page was stamped with: never the date of what it tells.
  var pageDate: String?
  var place: String?
  var paragraphs: [String] = []
  var furniture: [String] = []
}

/// Tells the parts of a page by general signs: labels and stamps, repeated headings, lengths, ends of sentences, the
/// order in which things stand. No sign belongs to one site.
///
/// From the top: slogans and site names, the heading (often twice, once cut short), stamps and `Source: X`, then the
/// body from its first long paragraph on; at the end a signature with a date, then links, notices, "print" and "share".
struct PageLayout {
  /// Lines of the top in which labels and headings are looked for.
  static let topLines = 30
  /// A paragraph for sure: about two lines of print (an ideograph weighs two and a half letters).
  static let longWeight = 160
  /// Above this a line is no heading. The longest titles of circulars stay below.
  static let headingWeight = 240

  private var blocks: [PageBlock]
  private let titleHint: String?
  private var document = PageDocument()
  /// The first block of the body.
  private var bodyStart = 0

  /// - Parameter titleHint: what the page calls itself (`<title>`), perhaps with the site's name behind it.
  static func document(of blocks: [PageBlock], titleHint: String? = nil) -> PageDocument {
    var layout = PageLayout(blocks: blocks, titleHint: titleHint)
    layout.setAsideFurniture()
    layout.readTop()
    layout.readEnd()
    layout.readBody()
    return layout.document
  }

  private init(blocks: [PageBlock], titleHint: String?) {
    self.blocks = blocks.filter { !$0.text.isEmpty }
    self.titleHint = titleHint
  }

  // MARK: Furniture

  private mutating func setAsideFurniture() {
    var counts: [String: Int] = [:]
    for block in blocks where block.text.utf8.count < 120 { counts[block.text, default: 0] += 1 }
    var kept: [PageBlock] = []
    for block in blocks {
      // A short line that comes three times is a refrain of the page ("Back to top").
      let isRefrain = counts[block.text, default: 0] >= 3 && TextLines.weight(block.text) < 60 && block.level == 0
      if block.isFurniture || isRefrain { setAside(block.text) } else { kept.append(block) }
    }
    blocks = kept
  }

  private mutating func setAside(_ text: String) {
    // A menu of thousands of entries says no more than its first ones.
    guard document.furniture.count < 200, !document.furniture.contains(text) else { return }
    document.furniture.append(text)
  }

  // MARK: Top

  private mutating func readTop() {
    let top = min(Self.topLines, blocks.count)
    var firstLong = blocks[..<top].firstIndex { isLong($0) } ?? top
    var labels = labelled(before: firstLong)
    if labels.isEmpty, firstLong < top {
      // A long slogan before the heading: the labels stand behind it, the heading between.
      let later = blocks[(firstLong + 1)..<top].firstIndex { isLong($0) } ?? top
      let candidates = labelled(before: later).filter { $0 > firstLong }
      if let last = candidates.first, later < top, blocks[firstLong + 1..<last].contains(where: isHeading) {
        firstLong = later
        labels = candidates
      }
    }
    let hasLabels = !labels.isEmpty
    for index in labels { read(blocks[index].text) }
    let labelEnd = (labels.last ?? -1) + 1
    let title = titleIndex(before: firstLong, labels: labels)
    bodyStart = max(labelEnd, title.map { $0 + 1 } ?? 0)
    document.title = title.map { blocks[$0].text }
    if let hint = titleHint, document.title == nil { document.title = Self.withoutSite(hint) }
    for index in 0..<bodyStart where index != title && !labels.contains(index) {
      let text = blocks[index].text
      if let full = document.title, Self.isSame(text, full) { continue }
      if let date = DateText.alone(text) {
        if date.year == nil { setAside(text) } else { document.date = document.date ?? date.canonical }
        continue
      }
      if let number = PageMetadata.documentNumber(text) {
        document.number = document.number ?? number
        continue
      }
      if let date = bracketedDate(text) { document.date = document.date ?? date.canonical }
      if hasLabels || index < title ?? 0 { setAside(text) }
    }
    while bodyStart < blocks.count {
      let text = blocks[bodyStart].text
      if let full = document.title, Self.isSame(text, full) {
        bodyStart += 1
      } else if let number = PageMetadata.documentNumber(text) {
        document.number = document.number ?? number
        bodyStart += 1
      } else if let date = DateText.alone(text) {
        // Figures or a time of day: a machine's stamp. Written out with its year: the document's own date.
        if date.year == nil {
          setAside(text)
        } else if date.isNumeric || date.hasClock {
          document.pageDate = document.pageDate ?? date.canonical
        } else {
          document.date = document.date ?? date.canonical
        }
        bodyStart += 1
      } else {
        if let date = bracketedDate(text) { document.date = document.date ?? date.canonical }
        break
      }
    }
    // A single line is the text itself.
    if let title, bodyStart == blocks.count, labels.isEmpty, blocks[title].level == 0, titleHint == nil {
      bodyStart = title
      document.title = nil
    }
  }

  private func labelled(before end: Int) -> [Int] {
    (0..<end).filter { PageMetadata.parse(blocks[$0].text) != nil }
  }

  private mutating func read(_ line: String) {
    guard let said = PageMetadata.parse(line) else { return }
    document.issuer = document.issuer ?? said.issuer
    document.pageDate = document.pageDate ?? said.pageDate
    document.date = document.date ?? said.date
    document.number = document.number ?? said.number
  }

  /// The heading of the document among the blocks before the first long one.
  private func titleIndex(before end: Int, labels: [Int]) -> Int? {
    let candidates = (0..<end).filter { !labels.contains($0) && isHeading(blocks[$0]) }
    if let hint = titleHint {
      let matching = candidates.filter {
        TextLines.weight(blocks[$0].text) >= 8 && hint.contains(blocks[$0].text) || Self.isSame(hint, blocks[$0].text)
      }
      if let best = longest(matching) { return best }
    }
    let marked = candidates.filter { blocks[$0].level == 1 }
    if marked.count == 1 { return marked[0] }
    // A heading given twice, the first time perhaps cut short.
    for index in candidates {
      let others = candidates.filter { $0 != index && Self.isSame(blocks[index].text, blocks[$0].text) }
      if !others.isEmpty, TextLines.weight(blocks[index].text) >= 10, let best = longest(others + [index]) {
        return best
      }
    }
    if let first = labels.first, let last = labels.last {
      let between = candidates.last { $0 > first && $0 < last }
      return between ?? candidates.last { $0 < first } ?? candidates.first { $0 > last }
    }
    if let first = candidates.first {
      // Without labels only short cries above the heading are furniture, and only where the body follows at once.
      if first == 0 { return 0 }
      let isBeforeBody = first + 1 < blocks.count && isLong(blocks[first + 1])
      let areShort = blocks[..<first].allSatisfy { TextLines.weight($0.text) < 125 && !$0.text.hasSuffix(":") }
      return isBeforeBody && areShort && first <= 3 ? first : nil
    }
    return nil
  }

  private func longest(_ indices: [Int]) -> Int? {
    // Of equally long ones the last stands nearest to the body.
    indices.max { (blocks[$0].text.utf8.count, $0) < (blocks[$1].text.utf8.count, $1) }
  }

  private func isLong(_ block: PageBlock) -> Bool {
    guard block.level == 0, PageMetadata.parse(block.text) == nil else { return false }
    let weight = TextLines.weight(block.text)
    if weight >= Self.longWeight { return TextLines.endsSentence(block.text) || weight >= Self.headingWeight }
    let ends = block.text.unicodeScalars.filter { ".。！!？?".unicodeScalars.contains($0) }.count
    return weight >= 80 && ends >= 2 && TextLines.endsSentence(block.text)
  }

  private func isHeading(_ block: PageBlock) -> Bool {
    if block.level > 0 { return true }
    let weight = TextLines.weight(block.text)
    return weight >= 4 && weight <= Self.headingWeight && !TextLines.endsSentence(block.text)
      && DateText.alone(block.text) == nil && PageMetadata.documentNumber(block.text) == nil
      && bracketedDate(block.text) == nil
  }

  /// `（2007年3月14日第十届全国人民代表大会通过）`: when a law was passed, below its title.
  private func bracketedDate(_ text: String) -> DateText? {
    guard let first = text.unicodeScalars.first, "(（[【".unicodeScalars.contains(first) else { return nil }
    return DateText.first(in: Array(text.unicodeScalars))
  }

  // MARK: End

  private mutating func readEnd() {
    var end = blocks.count
    if let marker = blocks[bodyStart...].lastIndex(where: { PageEnding.beginsLinks($0.text) }), marker > bodyStart,
      !blocks[(marker + 1)...].contains(where: { isLong($0) })
    {
      for block in blocks[marker...] { setAside(block.text) }
      end = marker
    }
    while end > bodyStart {
      let text = blocks[end - 1].text
      if let said = PageMetadata.parse(text), DateText.alone(text) == nil {
        read(text)
        if said == PageMetadata() { setAside(text) }
      } else if PageEnding.isFurniture(text) {
        setAside(text)
      } else {
        break
      }
      end -= 1
    }
    if end > bodyStart + 1, let date = DateText.alone(blocks[end - 1].text) {
      if date.isNumeric || date.hasClock {
        document.pageDate = document.pageDate ?? date.canonical
        end -= 1
      } else if date.year != nil {
        // A signature: who issues, and when, written out below the text.
        document.date = date.canonical
        end -= 1
        if end > bodyStart + 1, isHeading(blocks[end - 1]), TextLines.weight(blocks[end - 1].text) <= 80,
          !isLong(blocks[end - 1]), blocks[end - 1].level == 0
        {
          document.issuer = document.issuer ?? blocks[end - 1].text
          end -= 1
        }
      }
    }
    blocks.removeLast(blocks.count - end)
  }

  // MARK: Body

  private mutating func readBody() {
    document.paragraphs = blocks[min(bodyStart, blocks.count)...].map(\.text)
    guard let lead = document.paragraphs.first(where: { TextLines.endsSentence($0) }) else { return }
    let scalars = Array(lead.unicodeScalars)
    let sentence = PagePlace.firstSentenceEnd(scalars)
    if let date = DateText.first(in: scalars, to: min(sentence, 300)) {
      if document.date == nil, date.day != nil {
        document.date = date.canonical
        if date.year == nil {
          let words = String(String.UnicodeScalarView(scalars[date.range]))
          document.dateNote = "the text says \"\(words)\" and gives no year"
        }
      }
      document.place = PagePlace.find(in: scalars, sentenceEnd: sentence)
    }
  }

  // MARK: Comparing

  /// Whether one line repeats the other, or is the beginning of it (of ten letters or more).
  static func isSame(_ one: String, _ other: String) -> Bool {
    let first = key(one)
    let second = key(other)
    if first == second { return true }
    let (short, long) = first.count < second.count ? (first, second) : (second, first)
    return TextLines.weight(String(String.UnicodeScalarView(short))) >= 20 && long.starts(with: short)
  }

  private static func key(_ text: String) -> [Unicode.Scalar] {
    var scalars = text.unicodeScalars.filter { !TextLines.isSpace($0) }.map { scalar in
      scalar.value >= 0x41 && scalar.value <= 0x5A ? Unicode.Scalar(scalar.value | 0x20) ?? scalar : scalar
    }
    while let last = scalars.last, ".…".unicodeScalars.contains(last) { scalars.removeLast() }
    return scalars
  }

  /// The page's own name without the site's, which stands behind a bar, a dash or an underscore.
  static func withoutSite(_ title: String) -> String? {
    let collapsed = TextLines.collapsed(title)
    for mark in [" | ", " - ", " – ", " — ", "_", "|", "--", "－"] {
      guard let range = collapsed.ranges(ofText: mark).first else { continue }
      let head = TextLines.trimmed(collapsed[..<range.lowerBound])
      if TextLines.weight(head) >= 10 { return head }
    }
    return collapsed.isEmpty ? nil : collapsed
  }
}

extension String {
  /// Where a text occurs, without Foundation. Linear for the short marks that it serves.
  fileprivate func ranges(ofText mark: String) -> [Range<String.Index>] {
    var result: [Range<String.Index>] = []
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark), let end = self.index(index, offsetBy: mark.count, limitedBy: endIndex) {
        result.append(index..<end)
        return result
      }
      index = self.index(after: index)
    }
    return result
  }
}
