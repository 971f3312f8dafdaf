import TextAnalysis
import Testing

@Suite struct FoldingWhiteSpaceTests {
  /// Every white-space character of the standard library's property.
  @Test func whiteSpaceIsThatOfUnicode() {
    var count = 0
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code), scalar.properties.isWhitespace else { continue }
      count += 1
      let twice = "a" + String(Character(scalar)) + String(Character(scalar)) + "b"
      #expect(Folding.folded(twice) == Array("a b".utf8), "U+\(String(code, radix: 16))")
    }
    #expect(count == 25)
  }
}
