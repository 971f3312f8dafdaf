#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, or of standard input, read from the beginning to the end.
public final class FileByteSource: ByteSource {
  private let descriptor: Int32
  private let path: String
  private let closes: Bool

  /// Opens a file for reading.
  /// - Throws: `RecordError` when it is not there, may not be read, or is a folder.
  public init(path: String) throws(RecordError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    closes = descriptor >= 0
    guard descriptor >= 0 else {
      throw RecordError(.inputOutput, file: path, message: "cannot be opened: \(Self.lastError())")
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw RecordError(.inputOutput, file: path, message: "is a folder, expected a file")
    }
  }

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    closes = false
  }

  /// Standard input, called `-` in messages.
  public static var standardInput: FileByteSource { FileByteSource(descriptor: 0, path: "-") }

  deinit {
    if closes { close(descriptor) }
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    guard let address = buffer.baseAddress, buffer.count > 0 else { return 0 }
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, address, buffer.count)
      #else
        let count = Darwin.read(descriptor, address, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR {
        throw RecordError(.inputOutput, file: path, message: "cannot be read: \(Self.lastError())")
      }
    }
  }

  /// The operating system's words for the error of the last call.
  static func lastError() -> String { String(cString: strerror(errno)) }
}

/// Bytes that are already in memory.
public struct MemoryByteSource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { source in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
    }
    position += count
    return count
  }
}
