import Glibc
import QualityRecords
import Testing

@testable import QueryService

/// The documents as others read them: html5lib, which follows the standard's own parser, and a real browser. Where these are
/// not installed the tests pass over, saying so.
struct OutsideReaderTests {
  @Test("html5lib finds no parse error in any view, in either language")
  func html5lib() throws {
    guard Self.run("python3 -c 'import html5lib'") == 0 else { return print("skipped: no html5lib for python3") }
    let directory = try Self.pages(PageLanguage.allCases)
    let script = """
      import html5lib, glob, sys
      bad = 0
      for name in sorted(glob.glob(sys.argv[1] + '/*.html')):
          parser = html5lib.HTMLParser(strict=False)
          parser.parse(open(name, 'rb').read(), transport_encoding='utf-8')
          for place, code, data in parser.errors:
              bad += 1
              print(name, place, code, data)
      sys.exit(1 if bad else 0)
      """
    try Self.write(script, to: "\(directory)/check.py")
    #expect(Self.run("python3 \(directory)/check.py \(directory)") == 0, "see \(directory)")
  }

  @Test(
    "a browser shows every view without a fault: no horizontal scroll at 320 px or at 200 %, contrast, targets, focus")
  func browser() throws {
    guard Self.run("command -v chromium") == 0, Self.run("python3 -c 'import playwright'") == 0 else {
      return print("skipped: no chromium, or no playwright for python3")
    }
    let directory = try Self.pages([.english, .chinese])
    let script =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
      + "/Scripts/look.py"
    #expect(Self.run("python3 \(script) \(directory)") == 0, "see \(directory)")
  }

  /// Every view as a file, the files of the program beside them.
  private static func pages(_ languages: [PageLanguage]) throws -> String {
    var template = Array("/tmp/dossier-views-XXXXXX".utf8CString)
    let directory = try #require(
      template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
      })
    mkdir("\(directory)/assets", 0o755)
    for asset in PageAssets.all {
      try write(String(decoding: asset.bytes, as: UTF8.self), to: directory + asset.address)
    }
    for language in languages {
      for (number, address) in SamplePage.views.enumerated() {
        let document = try SamplePage.document(address, language: language)
        try write(document.source, to: "\(directory)/\(language.rawValue)-\(number).html")
      }
    }
    return directory
  }

  private static func write(_ text: String, to path: String) throws {
    let stream = try #require(fopen(path, "w"))
    fputs(text, stream)
    fclose(stream)
  }

  /// The exit code of a command of the shell; -1 when a signal ended it.
  private static func run(_ command: String) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = (["/bin/sh", "-c", command] as [String]).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }
}
