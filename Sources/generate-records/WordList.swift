/// Words for the remarks of large collections: rank r is always the same word, the first ranks are plain trade words, the
/// rest pronounceable inventions. Drawn with a skew, so the dictionary grows with the collection.
struct WordList {
  private static let real = """
    workshop store panel sample carton supplier buyer order line shift machine drying spraying cutting sewing packing label
    invoice register report certificate laboratory gauge resin pigment solvent thread fibre foam glue board screw wheel
    spring motor battery plastic cotton polyester metal alloy glass rubber colour finish surface joint seam edge corner
    dust noise fire exit floor roof yard river road village county province market wholesaler stall port container pallet
    """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  private static let onsets = "b d f g h k l m n p r s t v z br dr gr kl pl st tr".split(separator: " ").map {
    Array($0.utf8)
  }
  private static let rimes = "an el ir on us a eo in or ul ax et ist ov um".split(separator: " ").map { Array($0.utf8) }
  private let real = Self.real
  private let onsets = Self.onsets
  private let rimes = Self.rimes
  /// 2^22 ranks: four million possible words.
  private let bits = 22

  func sentence(_ random: inout SplitMix64, into text: inout [UInt8]) {
    for index in 0..<(6 + random.below(14)) {
      if index > 0 { text.append(UInt8(ascii: " ")) }
      word(random.zipf(bits: bits), into: &text)
    }
    text.append(UInt8(ascii: "."))
  }

  func word(_ rank: Int, into text: inout [UInt8]) {
    if rank < real.count {
      text.append(contentsOf: real[rank])
      return
    }
    var rest = rank - real.count
    let pairs = onsets.count * rimes.count
    repeat {
      let pair = rest % pairs
      text.append(contentsOf: onsets[pair / rimes.count])
      text.append(contentsOf: rimes[pair % rimes.count])
      rest /= pairs
    } while rest > 0
  }
}
