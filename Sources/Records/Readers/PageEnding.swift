/// Lines with which pages end.
enum PageEnding {
  private static let phrases: [String] = [
    "copyright", "©", "all rights reserved", "版权所有", "icp备", "icp证", "公网安备", "技术支持", "主办单位", "承办单位",
    "previous:", "next:", "previous article", "next article", "上一篇", "下一篇", "上一条", "下一条", "返回顶部", "返回首页",
    "back to top", "打印本页", "关闭窗口", "打印", "关闭", "print this page", "print page", "close window", "share this",
    "分享到", "扫一扫", "privacy policy", "terms of use", "网站地图", "site map", "sitemap", "联系我们", "contact us",
    "责任编辑", "disclaimer:", "免责声明", "powered by", "follow us", "subscribe", "read more", "comments", "[print]",
    "skip to", "收藏", "您现在的位置", "当前位置",
  ]
  /// The phrases with their bytes and weights: every line near an end is compared with all of them.
  private static let known = phrases.map { (text: $0, bytes: Array($0.utf8), weight: TextLines.weight($0)) }
  private static let headings: [String] = [
    "related articles", "related news", "related links", "related stories", "related posts", "see also", "more news",
    "latest news", "recommended", "you may also like", "相关新闻", "相关链接", "相关文章", "相关阅读", "相关报道", "推荐阅读", "热点新闻",
    "最新文章", "更多新闻", "hot news", "related products",
  ]

  /// A notice, a link or a button rather than text.
  static func isFurniture(_ text: String) -> Bool {
    guard TextLines.weight(text) <= 200 else { return false }
    let lowered = text.lowercased()
    let weight = TextLines.weight(text)
    let bytes = Array(lowered.utf8)
    return known.contains { (phrase, pattern, phraseWeight) in
      guard holds(bytes, pattern) else { return false }
      // A word that also occurs in sentences counts only when it begins the line or is most of it.
      return lowered.drop { !$0.isLetter && $0 != "©" }.hasPrefix(phrase)
        && !(weight > 80 && TextLines.endsSentence(text) && phrase != "copyright")
        || phraseWeight * 3 >= weight || phrase == "©" || phrase == "all rights reserved"
        || phrase == "版权所有" || phrase == "icp备"
    }
  }

  /// Whether a pattern stands somewhere in a line of text. Cost: their product at worst, both are short.
  private static func holds(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    return (0...bytes.count - pattern.count).contains { start in
      bytes[start] == first && pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] }
    }
  }

  /// The heading of a list of links to other pages.
  static func beginsLinks(_ text: String) -> Bool {
    guard TextLines.weight(text) <= 50 else { return false }
    let lowered = text.lowercased().filter { !":：【】[] ".contains($0) }
    return headings.contains { lowered == $0.filter { $0 != " " } }
  }
}
