/// Detects format (extension, then content) and encoding, and opens the reader, a `DetectingReader`.
///
/// A given format is taken as it is. Else the extension counts unless the first 64 KB contradict it. A file that is no text
/// at all (an archive, an image, a program) opens as a reader of one rejection that says what it is.
/// - Throws: `RecordError` when the source fails.
public func openRows(
  path: String, source: any ByteSource, format: FileFormat?, kind: String?
) throws(RecordError) -> any RowReader {
  try openRows(path: path, source: source, format: format, kind: kind, encoding: nil)
}

/// The same with the encoding given rather than detected (a byte order mark still wins).
public func openRows(
  path: String, source: any ByteSource, format: FileFormat?, kind: String?, encoding: TextEncoding?
) throws(RecordError) -> any DetectingReader {
  try openRows(path, source, format, kind, encoding, isUnpacked: false)
}

private func openRows(
  _ path: String, _ source: any ByteSource, _ format: FileFormat?, _ kind: String?, _ encoding: TextEncoding?,
  isUnpacked: Bool
) throws(RecordError) -> any DetectingReader {
  let raw = PeekedSource(source: source)
  try raw.fill()
  let named = format ?? FormatDetector.format(ofPath: path)
  if raw.withPeeked({ $0.starts(with: FormatDetector.gzip) }) {
    guard !isUnpacked else {
      return RefusingReader(format: named ?? .text, reason: "binary data: compressed by gzip twice: unpack it first")
    }
    return try openRows(FilePath.unpacked(path), GzipSource(raw), format, kind, encoding, isUnpacked: true)
  }
  if raw.withPeeked({ $0.starts(with: FormatDetector.zip) }) {
    return try OfficeFile.reader(try ZipArchive.readAll(raw), kind: kind)
  }
  if raw.withPeeked({ $0.starts(with: FormatDetector.pdf) }) {
    return try openPDF(path, kind, isUnpacked: isUnpacked)
  }
  let binary = raw.withPeeked { FormatDetector.binary($0) }
  if let binary { return RefusingReader(format: named ?? .text, reason: binary) }
  // A page's own word for its encoding is asked only where its bytes leave the question open.
  var chosen = encoding
  if chosen == nil {
    chosen = raw.withPeeked { bytes in
      guard EncodingDetector.byteOrderMark(bytes) == nil, EncodingDetector.utf8Errors(bytes).errors > 0,
        EncodingDetector.unmarkedUTF16(bytes) == nil
      else { return nil }
      let declared = HTMLBlockBuilder.declaredEncoding(bytes)
      return declared == .utf8 || declared == .utf16LittleEndian || declared == .utf16BigEndian ? nil : declared
    }
  }
  let input = TextInput(source: raw, encoding: chosen)
  try input.fill(TextInput.chunk)
  let isWhole = input.available < TextInput.chunk
  let found =
    format
    ?? input.withWindow {
      FormatDetector.format(
        of: UnsafeBufferPointer(rebasing: $0.prefix(TextInput.chunk)), isWhole: isWhole, named: named)
    }
  switch found {
  case .jsonLines: return JSONLinesReader(input: input)
  case .json: return JSONDocumentReader(input: input)
  case .csv, .tsv: return DelimitedReader(input: input, format: found)
  case .xml: return XMLRowReader(input: input, kind: kind)
  case .markdown, .text, .html: return DocumentReader(input: input, format: found, kind: kind)
  case .docx, .xlsx: return RefusingReader(format: found, reason: "expected a .\(found.rawValue) file, found text")
  }
}

/// A PDF through `pdftotext` where that is installed; else one rejection that says so.
private func openPDF(_ path: String, _ kind: String?, isUnpacked: Bool) throws(RecordError) -> any DetectingReader {
  guard path != "-", !isUnpacked else {
    return RefusingReader(format: .text, reason: "binary data: a PDF document that is no file: write it into one first")
  }
  guard let program = PDFTextSource.installed() else {
    return RefusingReader(
      format: .text,
      reason: "binary data: a PDF document: install \(PDFTextSource.program) (poppler-utils), or extract its text first"
    )
  }
  let text = try PDFTextSource(path: path, program: program)
  return DocumentReader(input: TextInput(source: text, encoding: .utf8), format: .text, kind: kind)
}

/// A source whose first 64 KB can be looked at before they are read.
private final class PeekedSource: ByteSource {
  private var source: any ByteSource
  private var peeked: [UInt8] = []
  private var position = 0

  init(source: any ByteSource) { self.source = source }

  func fill() throws(RecordError) {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: TextInput.chunk)
    buffer.initialize(repeating: 0)
    defer { buffer.deallocate() }
    while peeked.count < TextInput.chunk {
      let space = UnsafeMutableBufferPointer(rebasing: buffer[..<(TextInput.chunk - peeked.count)])
      let count = try source.read(into: UnsafeMutableRawBufferPointer(space))
      let taken = min(max(0, count), space.count)
      if taken == 0 { return }
      peeked.append(contentsOf: UnsafeBufferPointer(rebasing: space[..<taken]))
    }
  }

  func withPeeked<Outcome>(_ body: (UnsafeBufferPointer<UInt8>) -> Outcome) -> Outcome {
    peeked.withUnsafeBufferPointer(body)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = min(buffer.count, peeked.count - position)
    if count > 0 {
      peeked.withUnsafeBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]))
      }
      position += count
      return count
    }
    return try source.read(into: buffer)
  }
}
