import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a process left behind.
struct RunResult {
  let code: Int32
  let output: String
  let errors: String
}

/// A temporary folder in which the built program is run as a process.
final class Workspace: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("dossier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The root of the project.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The program, beside the bundle of the tests.
  static let executable: URL = {
    let arguments = CommandLine.arguments + ProcessInfo.processInfo.arguments
    for argument in arguments where argument.hasSuffix(".xctest") || argument.contains(".xctest/") {
      var place = URL(fileURLWithPath: argument)
      while place.path.contains(".xctest") { place.deleteLastPathComponent() }
      let program = place.appendingPathComponent("dossier")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    return root.appendingPathComponent(".build/debug/dossier")
  }()

  /// What a sanitizer needs, for the program (`.ci/asan`, `.ci/tsan`).
  static let sanitizer = ProcessInfo.processInfo.environment.filter {
    ["LD_PRELOAD", "ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
  }

  func write(_ name: String, _ text: String) throws {
    let place = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: place, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  private func process(
    _ arguments: [String], _ environment: [String: String], program: URL = Workspace.executable
  ) -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8"]
      .merging(Self.sanitizer) { $1 }.merging(environment) { $1 }
    return process
  }

  /// Runs with standard output and error in files.
  func run(_ arguments: String..., environment: [String: String] = [:], input: String = "") throws -> RunResult {
    try run(arguments, environment: environment, input: input)
  }

  func run(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> RunResult {
    let process = process(arguments, environment)
    let names = ["in", "out", "err"].map { folder.appendingPathComponent(".\($0)-\(UUID().uuidString)") }
    try input.write(to: names[0], atomically: true, encoding: .utf8)
    for name in names[1...] { _ = FileManager.default.createFile(atPath: name.path, contents: nil) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    let texts = try names[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    for name in names { try? FileManager.default.removeItem(at: name) }
    return RunResult(code: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  /// Both ends of a new terminal.
  private static func openTerminal() -> (master: Int32, slave: Int32)? {
    #if canImport(Darwin)
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else { return nil }
      let slave = open(name, O_RDWR | O_NOCTTY)
    #else
      // What posix_openpt, unlockpt and ptsname do on Linux (pts(4), ioctl_tty(2): TIOCSPTLCK, TIOCGPTN).
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var unlocked: Int32 = 0
      var number: Int32 = 0
      guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
        return nil
      }
      let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    #endif
    return slave >= 0 ? (master, slave) : nil
  }

  /// Runs on a terminal of some width; what it shows, both streams in one, line ends as `\n`.
  func runOnTerminal(
    _ arguments: String..., width: Int, environment: [String: String] = [:]
  ) throws -> RunResult {
    try runOnTerminal(arguments, width: width, environment: environment)
  }

  func runOnTerminal(
    program: URL = Workspace.executable, _ arguments: [String], width: Int, environment: [String: String]
  ) throws -> RunResult {
    let (master, slave) = try #require(Self.openTerminal())
    var size = winsize(ws_row: 50, ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(slave, UInt(TIOCSWINSZ), &size) == 0)
    let process = process(arguments, environment, program: program)
    let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = terminal
    process.standardError = terminal
    try process.run()
    close(slave)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = readSome(master, &buffer)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    close(master)
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    return RunResult(code: process.terminationStatus, output: text, errors: "")
  }

  /// Whether a process has a handler of its own for SIGINT; true where the system does not say (Linux: proc(5), SigCgt).
  private static func handlesInterrupts(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
      let caught = UInt64(line.dropFirst(7).drop { $0 == " " || $0 == "\t" }, radix: 16)
    else { return true }
    return caught >> UInt64(SIGINT - 1) & 1 == 1
  }

  /// Starts, waits until it handles SIGINT and then some more, sends one, waits for the end. Sent before, it would end the
  /// process as any other: a sanitizer alone takes longer to start than a test may guess.
  func runInterrupted(_ arguments: [String], after seconds: Double) throws -> RunResult {
    let process = process(arguments, [:])
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    while process.isRunning, !Self.handlesInterrupts(process.processIdentifier) { Thread.sleep(forTimeInterval: 0.005) }
    Thread.sleep(forTimeInterval: seconds)
    if process.isRunning { process.interrupt() }
    let talk = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return RunResult(code: process.terminationStatus, output: "", errors: String(decoding: talk, as: UTF8.self))
  }
}

private func readSome(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count >= 0 || errno != EINTR { return count }
  }
}
