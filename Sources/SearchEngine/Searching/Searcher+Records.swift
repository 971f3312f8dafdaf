public import JSONText
import Records

// What single hits show: their record, snippets, how their score comes about.
extension Searcher {
  /// The stored record of a hit. Throws what reading it throws.
  public func record(_ hit: SearchHit, of result: SearchResult) throws(SearchError) -> JSONValue {
    let bytes = try recordBytes(hit, of: result)
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw SearchError(
        .corruption(
          IndexCorruption(file: "stored records", offset: error.offset, expected: error.expected, found: error.found)))
    }
  }

  /// The id of a hit's record.
  public func id(_ hit: SearchHit, of result: SearchResult) throws(SearchError) -> String {
    do throws(IndexError) {
      return try HitInspector(result.weight(of: hit)).id(of: hit.address)
    } catch {
      throw SearchError(error)
    }
  }

  /// The canonical JSON of the stored record.
  public func recordBytes(_ hit: SearchHit, of result: SearchResult) throws(SearchError) -> [UInt8] {
    do throws(IndexError) {
      return try result.weight(of: hit).segments[hit.address.segment].reader.record(hit.address.document)
    } catch {
      throw SearchError(error)
    }
  }

  /// Snippets of a hit, the best first; at least one when the record has any text.
  public func snippets(
    _ hit: SearchHit, of result: SearchResult, options: SnippetOptions = SnippetOptions()
  ) throws(SearchError) -> [Snippet] {
    let record = try record(hit, of: result)
    guard case .object(let body) = record else { return [] }
    let terms: [HighlightTerm]
    do throws(IndexError) {
      terms = try HitInspector(result.weight(of: hit)).highlights(of: hit.address)
    } catch {
      throw SearchError(error)
    }
    let schema = result.weight(of: hit).segments[hit.address.segment].reader.schema
    return SnippetMaker(terms: terms, options: options).snippets(of: RecordText.all(of: body, schema: schema))
  }

  /// The texts of a hit in which something matched, whole, with what matched marked, in the order of the record; none where
  /// nothing that stands in a text matched.
  public func markedTexts(_ hit: SearchHit, of result: SearchResult) throws(SearchError) -> [Snippet] {
    guard case .object(let body) = try record(hit, of: result) else { return [] }
    let terms: [HighlightTerm]
    do throws(IndexError) {
      terms = try HitInspector(result.weight(of: hit)).highlights(of: hit.address)
    } catch {
      throw SearchError(error)
    }
    let schema = result.weight(of: hit).segments[hit.address.segment].reader.schema
    return SnippetMaker(terms: terms, options: SnippetOptions()).wholeTexts(
      of: RecordText.all(of: body, schema: schema))
  }

  /// How the hit's score comes about: a tree whose parts sum to it.
  public func explanation(_ hit: SearchHit, of result: SearchResult) throws(SearchError) -> Explanation {
    do throws(IndexError) {
      let inspector = HitInspector(result.weight(of: hit))
      let first = try inspector.explanation(of: hit.address)
      guard let pass = result.secondPass, let candidate = pass.candidate(hit.address) else { return first }
      return try inspector.explanation(of: candidate, first, pass)
    } catch {
      throw SearchError(error)
    }
  }
}

extension HitInspector {
  /// What of the query matched the record, as it is to be marked.
  func highlights(of address: DocumentAddress) throws(IndexError) -> [HighlightTerm] {
    var found: [HighlightTerm] = []
    for leaf in try SegmentSearch.leaves(weight, of: address) {
      switch leaf.node {
      case .phrase(let slots, let fields):
        found.append(
          HighlightTerm(slots: slots.map { (forms($0.term, address), $0.offset) }, fields: fields))
      case .term(let term, let fields):
        found.append(HighlightTerm(slots: [(forms(term, address), 0)], fields: fields))
      default:
        if let clause = clause(leaf.node, address) {
          found.append(HighlightTerm(slots: [], fields: nil, clause: clause))
          continue
        }
        for term in leaf.terms { found.append(HighlightTerm(slots: [(forms(term, address), 0)], fields: nil)) }
      }
    }
    return found
  }

  func forms(_ term: Int, _ address: DocumentAddress) -> Set<[UInt8]> {
    Set(weight.terms[term].forms[address.segment].map(\.bytes))
  }
}
