import JSONText
import Records

/// What a trace asks for.
public struct TraceRequest: Hashable, Sendable {
  /// A licence, a certificate, a batch, or a product.
  public var text: String
  /// Records listed of each stage, and of each other list; their totals are exact.
  public var limit = 20

  public static let longestList = 1_000

  public init(_ text: String) { self.text = text }
}

/// A licence, a batch or a product along the chain of stages.
public struct TraceAnswer: Answer {
  public static var schemaName: String { "trace" }

  /// What the text was taken for.
  public enum Subject: String, Sendable { case licence, ccc, batch, product }

  /// A note of the chain.
  public struct Step: Hashable, Sendable {
    public var id: String
    public var date: String?
    public var enterpriseID: String?
    public var enterprise: String?
    public var type: String?
    public var product: String?
    public var batch: String?
    /// The worst of the violations; nil where there are none.
    public var severity: String?
    public var result: String?
    public var disposition: String?
    /// `code`: the note gives the code itself; `product`: it is about a product under that code, or the one asked for.
    public var because: String
  }

  public struct Stage: Hashable, Sendable {
    /// Nil for notes without a stage, or with one that is none of the chain.
    public var stage: String?
    public var total: Int
    /// The first in order of their dates.
    public var steps: [Step]
  }

  /// Imports among the notes that failed, by what became of them.
  public struct Imports: Hashable, Sendable {
    public var failed = 0
    public var returned = 0
    public var destroyed = 0
    public var neither: Int { max(0, failed - returned - destroyed) }
  }

  public struct Link: Hashable, Sendable {
    public var id: String
    public var title: String
    public var date: String?
    /// Of an enterprise, its products under the code, or those asked for.
    public var products: [String] = []
  }

  public struct Links: Hashable, Sendable {
    public var total: Int
    public var records: [Link]
  }

  public var asked: String
  public var subject: Subject
  public var total: Int
  /// The six of the chain in their order, then notes without one where there are some.
  public var stages: [Stage]
  public var imports: Imports
  public var enterprises: Links
  public var directives: Links
  public var commit: UInt64
  public var notes: [SearchAnswer.Note]
  public var receipt: String

  /// The stages of the chain, in order.
  public static let chain = ["design", "materials", "production", "sale", "export", "after-sale"]

  /// Stages of which there is no record.
  public var gaps: [String] { stages.compactMap { $0.total == 0 ? $0.stage : nil } }

  public var exitCode: QualityError.ExitCode {
    total + enterprises.total + directives.total == 0 ? .nothingFound : .done
  }

  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("trace", asked)
    writer.member("as", subject.rawValue)
    writer.member("total", total)
    writer.name("stages")
    writer.beginArray()
    for stage in stages {
      writer.beginObject()
      writer.member("stage", orNull: stage.stage)
      writer.member("total", stage.total)
      writer.name("records")
      writer.beginArray()
      for step in stage.steps { Self.write(step, to: &writer) }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.member("gaps", gaps)
    writer.name("imports")
    writer.beginObject()
    writer.member("failed", imports.failed)
    writer.member("returned", imports.returned)
    writer.member("destroyed", imports.destroyed)
    writer.member("neither", imports.neither)
    writer.endObject()
    for (name, links) in [("enterprises", enterprises), ("directives", directives)] {
      writer.name(name)
      writer.beginObject()
      writer.member("total", links.total)
      writer.name("records")
      writer.beginArray()
      for link in links.records {
        writer.beginObject()
        writer.member("id", link.id)
        writer.member(name == "enterprises" ? "name" : "title", link.title)
        if name == "enterprises" {
          writer.member("products", link.products)
        } else {
          writer.member("date", orNull: link.date)
        }
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.member("commit", commit)
    writer.name("notes")
    SearchAnswer.Note.write(notes, to: &writer)
    writer.member("receipt", receipt)
    writer.endObject()
  }

  private static func write(_ step: Step, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("kind", Schema.inspection.kind)
    writer.member("id", step.id)
    writer.member("date", orNull: step.date)
    writer.name("enterprise")
    writer.beginObject()
    writer.member("id", orNull: step.enterpriseID)
    writer.member("name", orNull: step.enterprise)
    writer.endObject()
    for (name, text) in [
      ("type", step.type), ("product", step.product), ("batch", step.batch), ("severity", step.severity),
      ("result", step.result), ("disposition", step.disposition),
    ] { writer.member(name, orNull: text) }
    writer.member("because", step.because)
    writer.endObject()
  }
}
