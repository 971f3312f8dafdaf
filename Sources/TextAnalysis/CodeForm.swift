/// Normal forms of codes: one spelling for all ways of typing a code.
///
/// Lower case, half width; nothing between letters and the digits behind them; `-` between groups of digits whatever
/// dash, colon or space was typed; `/` and `.` kept (`gb/t5296.5-2006`, also for `GBT` and `GB-T`).
public enum CodeForm {
  /// The first two bytes of the term of a `TokenKind.code`: no word can begin with them.
  public static let termPrefix: [UInt8] = [0x01, 0x63]

  /// The forms of a typed code, the fullest first: `GB 6675-2014` gives `gb6675-2014`, `gb6675` (a trailing year left
  /// out) and `6675-2014` (the prefix left out). A text that is no code as a whole gives one form: letters and digits
  /// folded, dashes unified, spaces dropped; an empty array when it has none.
  ///
  /// Two different codes never share their first form. Cost: linear in the text.
  public static func normalForms(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { utf8 in
      guard let p = utf8.baseAddress else { return [] }
      var start = 0
      var end = utf8.count
      while start < end, case let unit = CodeUnit.read(p, start, end), unit.kind == .space { start += unit.length }
      while end > start, p[end - 1] <= 0x20 { end -= 1 }
      var scanner = CodeScanner(p, end, CodeScratch())
      if let shape = scanner.scan(at: start), scanner.end == end {
        if shape == .number { return [string(scanner, 0..<scanner.count)] }
        return forms(scanner).map { string(scanner, $0) }
      }
      let form = literalForm(p, start, end)
      return form.isEmpty ? [] : [form]
    }
  }

  /// The piece ranges of the forms: whole, without the year, without the prefix.
  static func forms(_ scanner: CodeScanner) -> [Range<Int>] {
    let count = scanner.count
    let pieces = scanner.scratch.pieces
    var forms = [0..<count]
    guard !pieces[0].isDigits, let firstDigits = (0..<count).first(where: { pieces[$0].isDigits }) else { return forms }
    let last = pieces[count - 1]
    if count - 1 > firstDigits, last.isDigits, last.mark == 0x2D || last.mark == 0x3A || last.mark == 0x20,
      isYear(UnsafeBufferPointer(start: scanner.scratch.text + last.offset, count: last.length))
    {
      forms.append(0..<(count - 1))
    }
    if scanner.prefix != .unknown, count - firstDigits >= 2 { forms.append(firstDigits..<count) }
    return forms
  }

  /// 1900 to 2099.
  static func isYear(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
    digits.count == 4 && (digits[0] == 0x31 && digits[1] == 0x39 || digits[0] == 0x32 && digits[1] == 0x30)
  }

  /// Writes the form of some pieces, at most `CodeScratch.byteLimit` + one mark a piece bytes; returns their number.
  static func write(_ scanner: CodeScanner, _ range: Range<Int>, to out: UnsafeMutablePointer<UInt8>) -> Int {
    let pieces = scanner.scratch.pieces
    var length = 0
    for k in range {
      let piece = pieces[k]
      if k > range.lowerBound {
        let afterDigits = pieces[k - 1].isDigits
        switch piece.mark {
        case 0x2F where !piece.isDigits, 0x2E where afterDigits:
          out[length] = piece.mark
          length += 1
        case 0x2D where afterDigits, 0x3A where afterDigits, 0x20 where afterDigits:
          out[length] = 0x2D
          length += 1
        default: break
        }
      }
      let slash = k == 0 && scanner.slashBeforeT
      for offset in 0..<piece.length {
        if slash && offset == piece.length - 1 {
          out[length] = 0x2F
          length += 1
        }
        out[length] = scanner.scratch.text[piece.offset + offset]
        length += 1
      }
    }
    return length
  }

  private static func string(_ scanner: CodeScanner, _ range: Range<Int>) -> String {
    let capacity = CodeScratch.byteLimit + CodeScratch.pieceLimit + 2
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      guard let out = buffer.baseAddress else { return "" }
      return String(decoding: UnsafeBufferPointer(start: out, count: write(scanner, range, to: out)), as: UTF8.self)
    }
  }

  /// Folded letters and digits of any text, dashes unified, a slash or dot kept, all else dropped.
  private static func literalForm(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> String {
    var form: [UInt8] = []
    var i = start
    while i < end {
      let unit = CodeUnit.read(p, i, end)
      switch unit.kind {
      case .letter: form.append(unit.byte)
      case .digit: form.append(0x30 | unit.byte & 15)
      case .dash: form.append(0x2D)
      case .slash: form.append(0x2F)
      case .dot: form.append(0x2E)
      default:
        let scalar = decodeScalar(p, i, end)
        let kind = UnicodeTables.characterClass(scalar.code)
        if kind == .letter || kind == .digit || kind == .pair {
          if let folded = UnicodeTables.folded(scalar.code) {
            form.append(contentsOf: folded)
          } else {
            form.append(contentsOf: UnsafeBufferPointer(start: p + i, count: scalar.length))
          }
        }
      }
      i += max(unit.length, 1)
    }
    return String(decoding: form, as: UTF8.self)
  }
}
