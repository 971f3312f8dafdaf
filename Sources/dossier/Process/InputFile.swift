import QualityRecords
import Records

/// A small file read whole.
enum InputFile {
  /// Bytes of a file of topics or judgments: a hundred times the largest collection's.
  private static let longest = 256 << 20

  /// - Throws: `input-output`, `limit`; `unreadable` when it is not UTF-8.
  static func text(_ path: String) throws(QualityError) -> String {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
    defer { buffer.deallocate() }
    do throws(RecordError) {
      var source = try RecordSource.openFile(path)
      while true {
        let count = try source.read(into: buffer)
        guard count > 0, bytes.count <= longest else { break }
        bytes.append(contentsOf: buffer.prefix(count))
      }
    } catch { throw QualityError(error) }
    guard bytes.count <= longest else {
      throw QualityError("limit", "\(path): expected at most \(longest >> 20) MB")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw QualityError("unreadable", "\(path): expected UTF-8 text")
    }
    return text
  }
}
