/// What a line of a page says about the page rather than in it: `Source from X`, `发布时间：2017-07-05 11:10`, a stamp alone.
struct PageMetadata: Equatable {
  var issuer: String?
  var pageDate: String?
  /// A date that is said to be the document's own.
  var date: String?
  var number: String?

  private enum Subject { case issuer, pageDate, date, number, other }

  /// Labels, longest first where one begins another. Those with false need no colon after them.
  private static let labels: [(text: String, subject: Subject, needsColon: Bool)] = [
    ("source from", .issuer, false), ("issued by", .issuer, false), ("published by", .issuer, false),
    ("issuing body", .issuer, true), ("issuing authority", .issuer, true), ("issuer", .issuer, true),
    ("publisher", .issuer, true), ("source", .issuer, true), ("from", .issuer, true), ("信息来源", .issuer, true),
    ("文章来源", .issuer, true), ("稿件来源", .issuer, true), ("发布机构", .issuer, true), ("发文机关", .issuer, true),
    ("发布单位", .issuer, true), ("发文单位", .issuer, true), ("制定机关", .issuer, true), ("来源", .issuer, true),
    ("published on", .pageDate, false), ("posted on", .pageDate, false), ("updated on", .pageDate, false),
    ("last updated", .pageDate, false), ("last modified", .pageDate, false), ("publish date", .pageDate, true),
    ("publish time", .pageDate, true), ("release time", .pageDate, true), ("published", .pageDate, true),
    ("posted", .pageDate, true), ("updated", .pageDate, true), ("发布时间", .pageDate, true), ("发布日期", .pageDate, true),
    ("更新时间", .pageDate, true), ("更新日期", .pageDate, true), ("时间", .pageDate, true),
    ("date of issue", .date, true), ("issued on", .date, false), ("issue date", .date, true), ("date", .date, true),
    ("成文日期", .date, true), ("印发日期", .date, true), ("发文日期", .date, true), ("公布日期", .date, true),
    ("日期", .date, true), ("document no.", .number, true), ("document number", .number, true),
    ("reference", .number, true), ("ref", .number, true), ("发文字号", .number, true), ("文号", .number, true),
    ("author", .other, true), ("editor", .other, true), ("views", .other, true), ("hits", .other, true),
    ("font size", .other, true), ("font", .other, true), ("share", .other, true), ("tags", .other, true),
    ("keywords", .other, true), ("作者", .other, true), ("责任编辑", .other, true), ("编辑", .other, true),
    ("浏览次数", .other, true), ("浏览量", .other, true), ("点击数", .other, true), ("点击", .other, true),
    ("阅读次数", .other, true), ("阅读", .other, true), ("字号", .other, true), ("字体", .other, true),
    ("索引号", .other, true), ("分享到", .other, true), ("分类", .other, true), ("主题词", .other, true),
  ]

  /// What the line says, or nil when it is not made of labels and stamps alone.
  static func parse(_ line: String) -> PageMetadata? {
    // Longer lines are sentences.
    guard TextLines.weight(line) <= 240 else { return nil }
    if let stamp = DateText.alone(line) {
      guard stamp.isNumeric || stamp.hasClock else { return nil }
      return PageMetadata(pageDate: stamp.canonical)
    }
    let scalars = Array(line.unicodeScalars)
    var found: [(start: Int, valueStart: Int, subject: Subject)] = []
    var index = 0
    while index < scalars.count {
      if index == 0 || isBreak(scalars[index - 1]), let label = label(at: index, in: scalars) {
        found.append((index, label.end, label.subject))
        index = label.end
      } else {
        index += 1
      }
    }
    guard let first = found.first else { return nil }
    var result = PageMetadata()
    // Before the first label there may be nothing but marks or a stamp.
    let lead = string(scalars[..<first.start])
    if !strippedValue(lead).isEmpty {
      guard let stamp = DateText.alone(strippedValue(lead)) else { return nil }
      result.pageDate = stamp.canonical
    }
    for (place, part) in found.enumerated() {
      let end = place + 1 < found.count ? found[place + 1].start : scalars.count
      let value = strippedValue(string(scalars[part.valueStart..<end]))
      result.take(value, part.subject)
    }
    // A lone label whose value reads like a sentence opens a paragraph ("Source: the survey found that …").
    if found.count == 1, TextLines.weight(line) > 120 { return nil }
    return result
  }

  private mutating func take(_ value: String, _ subject: Subject) {
    guard !value.isEmpty else { return }
    let scalars = Array(value.unicodeScalars)
    switch subject {
    case .issuer:
      var name = value
      if let date = DateText.first(in: scalars) {
        pageDate = pageDate ?? date.canonical
        name = Self.strippedValue(Self.string(scalars[..<date.range.lowerBound]))
      }
      if issuer == nil, !name.isEmpty, TextLines.weight(name) <= 120 { issuer = name }
    case .pageDate:
      if let found = DateText.first(in: scalars) { pageDate = pageDate ?? found.canonical }
    case .date:
      guard let found = DateText.first(in: scalars) else { return }
      if found.hasClock { pageDate = pageDate ?? found.canonical } else { date = date ?? found.canonical }
    case .number: number = number ?? value
    case .other: break
    }
  }

  private static func label(at start: Int, in text: [Unicode.Scalar]) -> (end: Int, subject: Subject)? {
    for label in labels {
      var index = start
      var matches = true
      for scalar in label.text.unicodeScalars {
        guard index < text.count else {
          matches = false
          break
        }
        var found = text[index]
        if found.value >= 0x41, found.value <= 0x5A, let lower = Unicode.Scalar(found.value | 0x20) { found = lower }
        if found != scalar {
          matches = false
          break
        }
        index += 1
      }
      guard matches else { continue }
      var afterSpace = index
      while afterSpace < text.count, TextLines.isSpace(text[afterSpace]) { afterSpace += 1 }
      if afterSpace < text.count, text[afterSpace] == ":" || text[afterSpace] == "：" {
        return (afterSpace + 1, label.subject)
      }
      if !label.needsColon, afterSpace > index, start == 0 || isBreak(text[start - 1]) { return (index, label.subject) }
    }
    return nil
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    TextLines.isSpace(scalar) || "|/【[(（·;；,，]】)）".unicodeScalars.contains(scalar)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static func strippedValue(_ text: String) -> String {
    let marks = "|/【】[]()（）·;；,，:： \t".unicodeScalars
    let scalars = text.unicodeScalars
    let isMark: (Unicode.Scalar) -> Bool = { marks.contains($0) || TextLines.isSpace($0) }
    guard let first = scalars.firstIndex(where: { !isMark($0) }), let last = scalars.lastIndex(where: { !isMark($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }

  /// `国质检监〔2007〕312号`, `第12号`: the number of an official document, alone on its line.
  static func documentNumber(_ line: String) -> String? {
    guard TextLines.weight(line) <= 80,
      let last = line.unicodeScalars.last(where: { !"）)".unicodeScalars.contains($0) }),
      last == "号"
    else { return nil }
    let hasBrackets = line.contains("〔") || line.contains("[") || line.contains("［") || line.contains("（20")
    let hasDigits = line.unicodeScalars.contains { DateText.isDigit($0) }
    return hasDigits && (hasBrackets || line.contains("第")) ? line : nil
  }
}
