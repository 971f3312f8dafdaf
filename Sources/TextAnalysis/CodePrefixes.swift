/// Letters that are known to begin a code, and words that never do.
enum CodePrefixes {
  enum Kind {
    /// A standard: a number, then a year; a space may stand before both.
    case standard
    /// A licence or certificate: groups of digits; spaces may stand between them.
    case licence
    /// A standard whose letters are also a word or a common short form: after a mere space only in capitals.
    case ambiguous
    case unknown
  }

  private static let standard = packed(
    "gb gbt gb/t gbz gb/z gbj gjb gsb iso iec din jis astm ansi ieee iec/tr iso/tr iso/ts db jjf jjg qb qbt qb/t hjt hj/t "
      + "fzt fz/t snt sn/t jbt jb/t hgt hg/t yyt yy/t tbt nyt ny/t gat ga/t lyt ly/t syt wst ws/t sht scst cnca cnas "
      + "iso/iec csa nfpa gost nf bsen hgj cjj jgj db/t slt sl/t tcas t/cas")
  private static let licence = packed("xk ccc qs cqc sc/t scxk lic fda hscode zl rohs")
  private static let ambiguous = packed(
    "aq bb bs cb cj cy dl dz ej en fz ga gd gy hb hg hj hs jb jc jg jr jt jy lb ld ls ly mt mz nb ny qb qc qj sb sc "
      + "sf sh sj sl sn sw sy tb td tsg ty ul wb wh wj ws yb yc yd ys yy yz cns ks is/iso nas sae")
  private static let neverFirst = packed(
    "mid pre post non anti ex early late age aged top under over circa since from to and or of in on at by page pages "
      + "para part day days week month year grade type class level phase stage step item table figure fig chap no nos "
      + "jan feb mar apr may jun jul aug sep sept oct nov dec march april june july august total about until till "
      + "form room line lines vol the an is was his her its per plus minus nearly almost up down new old")

  private static func packed(_ words: String) -> Set<UInt64> {
    Set(words.split(separator: " ").map { word in word.utf8.reduce(0) { $0 << 8 | UInt64($1) } })
  }

  /// Letters (and a slash) in lower case, up to 8 bytes, packed big-endian; 0 when longer.
  static func pack(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    bytes.count > 8 ? 0 : bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func kind(_ packed: UInt64) -> Kind {
    if standard.contains(packed) { return .standard }
    if licence.contains(packed) { return .licence }
    if ambiguous.contains(packed) { return .ambiguous }
    return .unknown
  }

  static func neverBegins(_ packed: UInt64) -> Bool { neverFirst.contains(packed) }
}
