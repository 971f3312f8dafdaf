import Glibc
import HTTPServer
import QualityRecords
import Testing

@testable import QueryService

/// The page over the sample collection, indexed once for all tests.
enum SamplePage {
  static let index: Result<QualityIndex, QualityError> = {
    do throws(QualityError) {
      return .success(try made(seeds))
    } catch { return .failure(error) }
  }()

  static var seeds: String {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(4).joined(separator: "/") + "/seeds"
  }

  /// An index of a folder or file, in a directory of its own that the system clears away.
  static func made(_ path: String, kind: String? = nil) throws(QualityError) -> QualityIndex {
    var template = Array("/tmp/dossier-page-XXXXXX".utf8CString)
    let directory = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
    }
    var request = IndexRequest(paths: [path], index: directory + "/index")
    request.kind = kind
    _ = try IndexJob.run(request)
    return try QualityIndex(paths: [directory + "/index"])
  }

  /// What the page answers at an address.
  static func reply(
    _ address: String, in index: QualityIndex? = nil, language: PageLanguage = .english
  ) throws -> Page.Reply? {
    let target = try RequestTarget.split(address)
    let visit = PageVisit(
      index: try index ?? Self.index.get(), path: target.path, items: target.items, language: language)
    return try Page().reply(visit)
  }

  /// The document at an address.
  static func document(
    _ address: String, in index: QualityIndex? = nil, language: PageLanguage = .english, status expected: Int = 200
  ) throws -> HTMLDocument {
    let reply = try #require(try reply(address, in: index, language: language), "nothing at \(address)")
    guard case .html(let status, let bytes) = reply else {
      throw Failure.notHTML(address)
    }
    #expect(status == expected, "\(address)")
    return try HTMLDocument(String(decoding: bytes, as: UTF8.self))
  }

  enum Failure: Error {
    case notHTML(String)
    case badTarget(String)
  }

  /// One address of every view that the sample collection fills.
  static let views = [
    "/", "/?q=lead+coating", "/?q=lead+coating&kind=inspection&sort=date:desc",
    "/?q=%E7%94%B2%E9%86%9B+%E5%AE%B6%E5%85%B7",
    "/?q=zzzz+formaldehyde+date:1999", "/?q=rectifcation", "/?q=%22lead+coating", "/?q=hongda+toys&rungs=exact,stem",
    "/enterprises", "/enterprises?q=product:toys&sort=violations", "/enterprises?q=zzzz",
    "/enterprises/4403-0187", "/enterprises/4403-0187?asOf=2007-06-30&within=24m", "/enterprises/4406-0502",
    "/enterprises/4419-0004",
    "/history?q=xinhua+furniture", "/passages?q=production+capacity+toys", "/passages?q=zzzz",
    "/directives/dir-0001?q=production+capacity&p=3", "/directives/dir-0003", "/quote-check",
    "/quote-check?text=Deadline+for+the+priority+groups+is+the+end+of+October",
    "/records/inspection/INS-2007-0301?q=lead",
    "/records/enterprise/4403-0187", "/why?id=INS-2007-0301&q=lead+coating", "/why?id=INS-2007-0412&q=licence+revoked",
    "/coverage", "/coverage?target=3", "/coverage?by=province", "/duties", "/duties?by=inspector&asOf=2007-12-31",
    "/duties?by=province&group=Guangdong",
    "/trace", "/trace?q=XK16-204-00123", "/trace?q=plush+toy", "/pivot?a=category&b=province",
    "/pivot?a=severity&b=date:year&where=lead",
    "/match", "/help",
  ]
}

extension RequestTarget {
  /// Path and parameters of an address as a visit has them.
  static func split(_ address: String) throws -> (path: [String], items: [(name: String, value: String)]) {
    let parts = address.split(separator: "#")[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    func decoded(_ text: Substring, isForm: Bool) throws -> String {
      var bytes: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%") {
          guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
            throw SamplePage.Failure.badTarget(address)
          }
          bytes.append(value)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(isForm && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    let path = try parts[0].split(separator: "/").map { try decoded($0, isForm: false) }
    let items: [(name: String, value: String)] =
      parts.count < 2
      ? []
      : try parts[1].split(separator: "&").map { item in
        let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (try decoded(pair[0], isForm: true), pair.count > 1 ? try decoded(pair[1], isForm: true) : "")
      }
    return (path, items)
  }
}
