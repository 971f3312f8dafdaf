/// A sentence with slots, cut once into literal bytes and slots, then filled many times.
///
/// Slots: `{p}` product, `{e}` enterprise, `{b}` batch, `{c}` city, `{n}` a count, `{v}` a measured value, `{s}` standard,
/// `{d}` due date, `{m}` money, `{x}` licence, `{f}` the note followed up.
struct Template {
  enum Part {
    case literal([UInt8])
    case slot(Int)
  }

  let parts: [Part]

  init(_ sentence: some StringProtocol) {
    var parts: [Part] = []
    var literal: [UInt8] = []
    let bytes = Array(sentence.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), index + 2 < bytes.count, bytes[index + 2] == UInt8(ascii: "}") {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = []
        parts.append(.slot(SlotValues.index(bytes[index + 1])))
        index += 3
      } else {
        literal.append(bytes[index])
        index += 1
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  /// Appends the sentence with its slots filled.
  func fill(_ values: SlotValues, into text: inout [UInt8]) {
    for part in parts {
      switch part {
      case .literal(let bytes): text.append(contentsOf: bytes)
      case .slot(let slot): text.append(contentsOf: values[slot].utf8)
      }
    }
  }

  /// The templates of a bank, one a line.
  static func lines(_ bank: String) -> [Template] { bank.split(separator: "\n").map { Template($0) } }
}

/// What stands in the slots of one note, by letter.
struct SlotValues {
  private var values = [String](repeating: "", count: 26)

  static func index(_ letter: UInt8) -> Int { min(25, max(0, Int(letter) - Int(UInt8(ascii: "a")))) }

  subscript(slot: Int) -> String { values[slot] }

  subscript(letter: Unicode.Scalar) -> String {
    get { values[Self.index(UInt8(ascii: letter))] }
    set { values[Self.index(UInt8(ascii: letter))] = newValue }
  }
}
