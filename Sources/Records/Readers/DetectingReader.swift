/// A reader that tells what it took its file for.
public protocol DetectingReader: RowReader {
  /// The format that is being read, by the file's content where that contradicts its name.
  var detectedFormat: FileFormat { get }
  /// The character encoding; nil while nothing but ASCII was read.
  var detectedEncoding: TextEncoding? { get }
}
