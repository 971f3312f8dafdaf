/// The words and beginnings that the stemmer treats by list, after the Snowball English algorithm's own lists.
enum Porter2Exceptions {
  private static func equals(_ w: UnsafeMutablePointer<UInt8>, _ n: Int, _ word: StaticString) -> Bool {
    guard n == word.utf8CodeUnitCount else { return false }
    return hasPrefix(w, n, word)
  }

  private static func hasPrefix(_ w: UnsafeMutablePointer<UInt8>, _ n: Int, _ prefix: StaticString) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard n >= length else { return false }
    for k in 0..<length where w[k] != prefix.utf8Start[k] { return false }
    return true
  }

  /// The stem of an irregular word, or nil.
  @inline(__always) static func whole(_ w: UnsafeMutablePointer<UInt8>, _ n: Int) -> StaticString? {
    guard n >= 3, n <= 6 else { return nil }
    switch w[0] {
    case 0x61:  // a
      if equals(w, n, "andes") { return "andes" }
      if equals(w, n, "atlas") { return "atlas" }
    case 0x62:  // b
      if equals(w, n, "bias") { return "bias" }
    case 0x63:  // c
      if equals(w, n, "cosmos") { return "cosmos" }
    case 0x65:  // e
      if equals(w, n, "early") { return "earli" }
    case 0x67:  // g
      if equals(w, n, "gently") { return "gentl" }
    case 0x68:  // h
      if equals(w, n, "howe") { return "howe" }
    case 0x69:  // i
      if equals(w, n, "idly") { return "idl" }
    case 0x6E:  // n
      if equals(w, n, "news") { return "news" }
    case 0x6F:  // o
      if equals(w, n, "only") { return "onli" }
    case 0x73:  // s
      if equals(w, n, "skis") { return "ski" }
      if equals(w, n, "skies") || equals(w, n, "sky") { return "sky" }
      if equals(w, n, "singly") { return "singl" }
    case 0x75:  // u
      if equals(w, n, "ugly") { return "ugli" }
    default: break
    }
    return nil
  }

  /// Where R1 begins behind a listed beginning, else 0.
  @inline(__always) static func regionPrefix(_ w: UnsafeMutablePointer<UInt8>, _ n: Int) -> Int {
    switch w[0] {
    case 0x67: hasPrefix(w, n, "gener") ? 5 : 0
    case 0x63: hasPrefix(w, n, "commun") ? 6 : 0
    case 0x61: hasPrefix(w, n, "arsen") ? 5 : 0
    case 0x70: hasPrefix(w, n, "past") ? 4 : 0
    case 0x75: hasPrefix(w, n, "univers") ? 7 : 0
    case 0x6C: hasPrefix(w, n, "later") ? 5 : 0
    case 0x65: hasPrefix(w, n, "emerg") ? 5 : 0
    case 0x6F: hasPrefix(w, n, "organ") ? 5 : 0
    case 0x69: hasPrefix(w, n, "inter") ? 5 : 0
    default: 0
    }
  }

  /// What stands before `eed` in words whose eed is no ending: proc-, exc-, succ-.
  static func keepsEed(_ w: UnsafeMutablePointer<UInt8>, _ n: Int) -> Bool {
    equals(w, n, "proc") || equals(w, n, "exc") || equals(w, n, "succ")
  }

  /// What stands before `ing` in words whose ing is no ending: inn-, out-, cann-, herr-, earr-, even-.
  static func keepsIng(_ w: UnsafeMutablePointer<UInt8>, _ n: Int) -> Bool {
    equals(w, n, "inn") || equals(w, n, "out") || equals(w, n, "cann") || equals(w, n, "herr") || equals(w, n, "earr")
      || equals(w, n, "even")
  }
}
