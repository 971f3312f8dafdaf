import QualityRecords
import Records

/// List check: a CSV of names comes back with who each is, how sure that is, and what is known; verdicts are honoured when
/// the reviewed list is given again.
struct MatchPage {
  let context: PageContext

  init(_ context: PageContext) { self.context = context }

  /// Bytes of a list at most; longer ones are for the command line.
  static let longest = 4 << 20

  func reply() throws(QualityError) -> Page.Reply {
    let form = Dictionary(context.visit.form.map { ($0.name, $0.value) }, uniquingKeysWith: { $1.isEmpty ? $0 : $1 })
    let list = form["list"] ?? ""
    let file = context.visit.files.first { $0.name == "file" }?.bytes ?? []
    let bytes = file.isEmpty ? Array(list.utf8) : file
    guard !bytes.isEmpty else { return .html(status: 200, document(nil)) }
    guard bytes.count <= Self.longest else {
      let error = QualityError(
        "limit", "the list has \(bytes.count) bytes, more than \(Self.longest)", hint: "dossier match FILE.csv")
      return .html(status: 413, document(error, list: ""))
    }
    do throws(QualityError) {
      let csv = try Self.checked(
        bytes, name: form["name"] ?? "", licence: form["licence"] ?? "", index: context.index)
      return .csv(name: "checked.csv", csv)
    } catch {
      guard error.exitCode == .usage else { throw error }
      return .html(status: 400, document(error, list: list, name: form["name"] ?? "", licence: form["licence"] ?? ""))
    }
  }

  static func checked(
    _ bytes: [UInt8], name: String, licence: String, index: QualityIndex
  ) throws(QualityError) -> [UInt8] {
    var options = MatchOptions(nameColumn: name.trimmed)
    if !licence.trimmed.isEmpty { options.licenceColumn = licence.trimmed }
    var job = try MatchJob(options, path: "the list", source: MemoryByteSource(bytes), index: index)
    var csv = CSVWriter.byteOrderMark
    _ = try job.run { (piece: [UInt8]) throws(QualityError) -> Bool in
      csv += piece
      return true
    }
    return csv
  }

  func document(_ error: QualityError?, list: String = "", name: String = "", licence: String = "") -> [UInt8] {
    let words = context.words
    var frame = PageFrame(words[.checkList], .enterprises)
    frame.commit = context.index.commit
    return frame.document(context) { html in
      html.element("div", ["class": "column"]) { html in
        html.element("h1", words[.checkList])
        html.element("p", words[.checkListSays])
        if let error { ErrorView(error: error).block(&html, context) }
        html.element(
          "form",
          ["method": "post", "action": context.address(["match"]), "enctype": "multipart/form-data", "class": "fields"]
        ) { html in
          field(&html, "name", words[.nameColumn], name.isEmpty ? "name" : name, required: true)
          field(&html, "licence", words[.licenceColumn], licence, required: false)
          html.element("p") { html in
            html.element("label", ["for": "file"], words[.listFile])
            html.void("input", ["type": "file", "id": "file", "name": "file", "accept": ".csv,.tsv,text/csv"])
          }
          html.element("p") { html in
            html.element("label", ["for": "list"], words[.listText])
            html.element(
              "textarea",
              [
                "id": "list", "name": "list", "rows": "10", "cols": "60", "spellcheck": "false",
                "placeholder": "name,licence\nHongda Plush Toys,XK16-204-00123",
              ], list)
          }
          context.keep(in: &html)
          html.element("p") { html in html.element("button", ["type": "submit"], words[.checkAndDownload]) }
        }
        html.element("h2", words[.verdictColumns])
        html.element("dl", ["class": "terms"]) { html in
          for (column, text) in Self.columns {
            html.element("div") { html in
              html.element("dt") { html in html.element("code", column) }
              html.element("dd", words[text])
            }
          }
        }
      }
    }
  }

  private static let columns: [(String, PageText)] = [
    ("dossier_rung", .columnRung), ("dossier_id", .columnID), ("dossier_confidence", .columnConfidence),
    ("dossier_hits", .columnHits), ("dossier_last_violation", .columnLast), ("dossier_others", .columnOthers),
    ("dossier_verdict", .columnVerdict),
  ]

  private func field(_ html: inout HTML, _ name: StaticString, _ label: String, _ value: String, required: Bool) {
    html.element("p") { html in
      html.element("label", ["for": name.description], label)
      html.void(
        "input",
        [
          "id": name.description, "name": name.description, "value": value, "required": required ? "" : nil,
          "size": "30",
        ])
    }
  }
}
