/// Numbers of articles and paragraphs, written in Chinese or Arabic figures.
enum ChineseNumber {
  /// Larger numbers are no place in a text: the longest code has fewer than 1,300 articles.
  static let largest = 99_999

  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "0"..."9": Int(scalar.value - 0x30)
    case "０"..."９": Int(scalar.value - 0xFF10)
    case "〇", "零": 0
    case "一", "壹": 1
    case "二", "贰", "貳", "两", "兩": 2
    case "三", "叁": 3
    case "四", "肆": 4
    case "五", "伍": 5
    case "六", "陆", "陸": 6
    case "七", "柒": 7
    case "八", "捌": 8
    case "九", "玖": 9
    default: nil
    }
  }

  private static func unit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十", "拾": 10
    case "百", "佰": 100
    case "千", "仟": 1_000
    default: nil
    }
  }

  /// The number that begins at `start`: `十二`, `一百二十三`, `一〇三`, `12`, `１２`; and the place behind it. Nil where there is
  /// none or it is larger than ``largest``.
  static func read(_ scalars: [Unicode.Scalar], at start: Int) -> (value: Int, end: Int)? {
    var place = start
    var total = 0
    var pending: Int?
    while place < scalars.count, place - start < 12 {
      if let digit = digit(scalars[place]) {
        pending = (pending ?? 0) * 10 + digit
      } else if let unit = unit(scalars[place]) {
        total += (pending ?? 1) * unit
        pending = nil
      } else {
        break
      }
      if total + (pending ?? 0) > largest { return nil }
      place += 1
    }
    return place == start ? nil : (total + (pending ?? 0), place)
  }

  /// `一百二十三` for 123; figures above 9,999.
  static func text(_ value: Int) -> String {
    guard (1...9_999).contains(value) else { return String(value) }
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    var text = ""
    var isGap = false
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
      let digit = value / unit % 10
      if digit == 0 {
        isGap = !text.isEmpty
        continue
      }
      if isGap { text += "零" }
      isGap = false
      // 十二, not 一十二, where nothing stands before.
      text += unit == 10 && digit == 1 && text.isEmpty ? name : digits[digit] + name
    }
    return text
  }
}
