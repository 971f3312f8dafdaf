import JSONText
import Records
import Testing

@testable import QualityRecords

/// The documents of a test collection behind the shipped ranking.
@Suite struct EvaluationCollectionTests {
  private func collection() throws -> EvaluationCollection {
    let documents = [
      ("1", "heat flow in wings", "a study of wings"), ("2", "", "wings and heat"),
      ("3", "boundary layers", "no more"),
    ]
    return try EvaluationCollection(
      records: documents.map { id, title, text in
        var body = JSONObject()
        body["title"] = .string(title)
        body["text"] = .string(text)
        body["author"] = .string("Prieve \(id)")
        return Record(kind: EvaluationCollection.schema.kind, id: id, body: body)
      })
  }

  @Test(
    arguments: [
      ("what is the heat flow in wings?", ["1", "2"]), ("layers OR", ["3"]),
      ("boundary-layer wings:", ["3", "1", "2"]),
      ("", []), ("prieve", ["1", "2", "3"]), ("(\"heat* -flow", ["1", "2"]),
    ] as [(String, [String])])
  func anyWordCountsAndNothingIsAnOperator(topic: String, expected: [String]) throws {
    let found = try collection().search(topic)
    #expect(Set(found.map(\.id)) == Set(expected), "\(topic)")
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    #expect(try collection().search(topic, depth: 1).map(\.id) == found.prefix(1).map(\.id))
  }
}
