import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `dossier serve` as a process, on a port that the system chose; ended with the object.
final class ServeProcess {
  private let process = Process()
  private let log: URL
  let port: UInt16

  init(_ workspace: Workspace, _ flags: [String]) throws {
    log = workspace.folder.appendingPathComponent("serve-\(UUID().uuidString).log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    process.executableURL = Workspace.executable
    process.arguments = ["serve", "--listen", "127.0.0.1:0", "--state", "state"] + flags
    process.currentDirectoryURL = workspace.folder
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(Workspace.sanitizer) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    var found: UInt16?
    // A minute: a machine that builds beside the tests is slow.
    for _ in 0..<600 where found == nil && process.isRunning {
      Thread.sleep(forTimeInterval: 0.1)
      let text = try String(contentsOf: log, encoding: .utf8)
      found = text.firstMatch(of: /listening on http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { UInt16($0.1) }
    }
    guard let found else {
      throw CocoaError(.executableLoad, userInfo: ["log": try String(contentsOf: log, encoding: .utf8)])
    }
    port = found
  }

  deinit { if process.isRunning { process.terminate() } }

  var lines: [String] {
    ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  /// The process that was started: the parent of the worker.
  var parent: Int32 { process.processIdentifier }

  /// The worker; nil where there is none at the moment, or no /proc.
  var worker: Int32? {
    let children = try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    return children.flatMap { $0.split(separator: " ").first }.flatMap { Int32($0) }
  }

  /// Sends SIGTERM and waits. Returns the exit code.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  struct Reply {
    var status: Int
    var head: String
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// One request on a connection of its own.
  func send(_ method: String, _ target: String, _ fields: [String: String] = [:], _ body: String = "") throws -> Reply {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for (name, value) in fields { text += "\(name): \(value)\r\n" }
    if method == "POST" { text += "Content-Length: \(body.utf8.count)\r\n" }
    let bytes = try exchange(Array((text + "\r\n" + body).utf8))
    let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)), "no head in \(bytes.count) bytes")
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    var rest = Array(bytes[end.upperBound...])
    if head.lowercased().contains("transfer-encoding: chunked") { rest = try Self.unchunked(rest) }
    return Reply(status: Int(head.split(separator: " ")[1]) ?? 0, head: head, body: rest)
  }

  private func exchange(_ bytes: [UInt8]) throws -> [UInt8] {
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, type, 0)
    defer { close(descriptor) }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(code == 0)
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start) }
      try #require(count > 0)
      start += count
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return received }
      received += buffer[..<count]
    }
  }

  private static func unchunked(_ bytes: [UInt8]) throws -> [UInt8] {
    var body: [UInt8] = []
    var rest = bytes[...]
    while let end = rest.firstRange(of: Array("\r\n".utf8)) {
      let size = try #require(Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16))
      if size == 0 { return body }
      body += rest[end.upperBound..<(end.upperBound + size)]
      rest = rest[(end.upperBound + size + 2)...]
    }
    throw CocoaError(.fileReadCorruptFile)
  }
}
