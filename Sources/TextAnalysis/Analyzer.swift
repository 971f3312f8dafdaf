/// Turns a text into tokens with their places in the original bytes.
///
/// What a token is:
/// - Words are the segments of UAX #29 that hold a letter or a digit, split further at everything that is neither,
///   folded (`UnicodeTables.folded`: case, width, compatibility, diacritics, Traditional to Simplified). Apostrophes
///   inside a word are closed up and a final `'s` is dropped; single letters with stops between them are one word
///   (`U.S.`: `us`); grouping commas of a number are dropped (`1,000`: `1000`).
/// - Runs of characters written without spaces give pairs at each character's position, and the last character alone.
/// - Codes (`CodeScanner` has the rule), number chains and percentages give their parts, and their normal form at the
///   position of the first part: first in the list, `positionStep` 0.
///
/// Bytes that are not UTF-8 separate. A text longer than `longestText` is analysed up to there.
/// Cost: linear in the text; memory of the buffer grows to at most some 30 bytes for each byte of text.
public struct Analyzer: Sendable {
  /// Bytes of a text that are analysed: offsets are 32 bits. (A text whose folded terms pass `TokenSink.byteLimit`, which
  /// takes some 350 million bytes of the longest compatibility forms or 4 thousand million of plain text, ends there.)
  public static let longestText = 0xFFFF_FFFE

  /// Whether the path for ASCII is taken; without it the answer is the same. For tests.
  let usesFastPath: Bool

  public init() { usesFastPath = true }

  init(usesFastPath: Bool) { self.usesFastPath = usesFastPath }

  /// Fills the buffer with the tokens of a text, replacing what it held.
  public func analyze(_ utf8: UnsafeBufferPointer<UInt8>, mode: AnalysisMode, into buffer: TokenBuffer) {
    var sink = buffer.sink()
    if let p = utf8.baseAddress, utf8.count > 0 {
      let count = min(utf8.count, Self.longestText)
      let tokenizer = Tokenizer(p: p, n: count, mode: mode, usesFastPath: usesFastPath, scratch: buffer.codes)
      if mode == .plain { tokenizer.runPlain(&sink) } else { tokenizer.run(&sink) }
    }
    buffer.take(sink)
  }

  /// The same for a string.
  public func analyze(_ text: String, mode: AnalysisMode, into buffer: TokenBuffer) {
    var text = text
    text.withUTF8 { analyze($0, mode: mode, into: buffer) }
  }
}
