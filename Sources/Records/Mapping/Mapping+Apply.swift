import JSONText

/// What a mapping made of a row.
public struct MappedRow: Hashable, Sendable {
  /// Members under the names of the kind, `kind` and `id` first. What could not be understood stands as it was
  /// written, so that a rejected row can be mended in this form.
  public var members: JSONObject
  /// The first thing that could not be understood: the row is then rejected.
  public var problem: RecordProblem?
}

extension Mapping {
  /// Maps one row. Linear in the row and the mapping.
  /// - Parameter folded: the rows gathered for each of `folds`, by the key of this row.
  public func apply(to row: JSONObject, folded: (Int, String) -> [JSONObject] = { _, _ in [] }) -> MappedRow {
    var result = JSONObject()
    var problem: RecordProblem?
    if let kind { result.append("kind", .string(kind)) }
    if let id {
      do throws(RecordProblem) {
        result.append("id", .string(try id.filled(from: row)))
      } catch {
        problem = RecordProblem(path: "id", message: error.description)
      }
    } else if !fields.contains(where: { $0.name == "id" }), let value = row["id"] {
      result.append("id", value)
    }
    Self.map(row, by: fields, into: &result, path: "", problem: &problem)
    for (index, fold) in folds.enumerated() {
      do throws(RecordProblem) {
        let rows = folded(index, try fold.on.filled(from: row))
        guard !rows.isEmpty else { continue }
        var list = result[fold.into]?.arrayValue ?? result[fold.into].map { [$0] } ?? []
        list += rows.map { .object($0) }
        result[fold.into] = .array(list)
      } catch {
        problem = problem ?? RecordProblem(path: fold.into, message: error.description)
      }
    }
    if keepsRest {
      let used = usedNames
      for member in row.members where !used.contains(member.name) && result[member.name] == nil {
        result.append(member.name, member.value)
      }
    }
    return MappedRow(members: result, problem: problem)
  }

  static func map(
    _ row: JSONObject, by fields: [Field], into result: inout JSONObject, path: String, problem: inout RecordProblem?
  ) {
    for field in fields {
      let values = field.source.values(from: row, path: path + field.name, problem: &problem)
      guard let first = values.first else { continue }
      switch field.shape {
      case .list: result[field.name] = .array(values)
      case .open: result[field.name] = values.count == 1 ? first : .array(values)
      case .joined(let separator):
        if values.count == 1 {
          result[field.name] = first
          continue
        }
        let texts = values.compactMap { value -> String? in
          switch value {
          case .string(let text): text
          case .number(let text): text
          default: nil
          }
        }
        // What is no text cannot be joined; the check of types will say so.
        result[field.name] =
          texts.count == values.count ? .string(texts.joined(separator: separator)) : .array(values)
      }
    }
  }

  /// Source members that some part of the mapping reads.
  private var usedNames: Set<String> {
    var names: Set<String> = ["id", "kind"]
    func use(_ path: String) {
      names.insert(path)
      if let dot = path.firstIndex(of: ".") { names.insert(String(path[..<dot])) }
    }
    id?.paths.forEach(use)
    for fold in folds { fold.on.paths.forEach(use) }
    for field in fields {
      if case .source(let source) = field.source { source.paths.forEach(use) }
    }
    return names
  }
}
