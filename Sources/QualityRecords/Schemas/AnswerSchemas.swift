/// JSON Schema (draft 2020-12) of every answer, as text: what a reader of the answers may rely on. New members may come with
/// later releases; those that are named here stay.
public enum AnswerSchemas {
  /// By ``Answer/schemaName``.
  public static let all: [String: String] = [
    "analyze": analyze,
    "audit": audit,
    "change": change,
    "check": check,
    "cite": cite,
    "copy": copy,
    "coverage": coverage,
    "diff": diff,
    "doctor": doctor,
    "duties": duties,
    "enterprises": enterprises,
    "error": error,
    "history": history,
    "index": index,
    "match": match,
    "pack": pack,
    "pack-check": packCheck,
    "parse": parse,
    "pivot": pivot,
    "quote-check": quoteCheck,
    "refs": refs,
    "repair": repair,
    "saved": saved,
    "search": search,
    "show": show,
    "stats": stats,
    "suggest": suggest,
    "thesaurus": thesaurus,
    "trace": trace,
    "verify": verify,
    "watch": watch,
    "why-not": whyNot,
  ]

  static let error = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "error", "type": "object", "required": ["error"],
     "properties": {"error": {"type": "object", "required": ["code", "message", "at", "hint"],
      "properties": {"code": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "message": {"type": "string"},
       "at": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
       "hint": {"type": "string"}}}}}
    """#

  static let search = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "search", "type": "object",
     "required": ["query", "canonical", "total", "totalIsExact", "commit", "hits", "facets", "next", "notes", "partial",
      "receipt"],
     "properties": {"query": {"type": "string"}, "canonical": {"type": "string"},
      "total": {"type": "integer", "minimum": 0}, "totalIsExact": {"type": "boolean"},
      "commit": {"type": "integer", "minimum": 0}, "hits": {"type": "array", "items": {"$ref": "#/$defs/hit"}},
      "facets": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "object",
       "required": ["value", "count"],
       "properties": {"value": {"type": "string"}, "count": {"type": "integer", "minimum": 1}}}}},
      "next": {"type": ["string", "null"]},
      "notes": {"type": "array", "items": {"type": "object", "required": ["code", "message", "at", "hint"],
       "properties": {"code": {"type": "string"}, "message": {"type": "string"},
        "at": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        "hint": {"type": "string"}}}},
      "partial": {"type": "boolean"},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}},
     "$defs": {
      "hit": {"type": "object",
       "required": ["id", "kind", "score", "rung", "title", "date", "dateIs", "enterprise", "snippets"],
       "properties": {"id": {"type": "string"}, "kind": {"enum": ["enterprise", "inspection", "directive", "passage"]},
        "score": {"type": "number", "minimum": 0},
        "rung": {"enum": ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy"]}, "title": {"type": "string"},
        "date": {"type": ["string", "null"]}, "dateIs": {"enum": ["certain", "possible", null]},
        "enterprise": {"type": ["object", "null"], "required": ["id", "name"],
         "properties": {"id": {"type": ["string", "null"]}, "name": {"type": ["string", "null"]}}},
        "snippets": {"type": "array", "items": {"type": "object", "required": ["field", "paragraph", "text", "marks"],
         "properties": {"field": {"type": "string"}, "paragraph": {"type": ["integer", "null"], "minimum": 1},
          "text": {"type": "string"}, "marks": {"type": "array", "items": {"type": "array", "minItems": 2,
           "maxItems": 2, "items": {"type": "integer", "minimum": 0}}}}}},
        "fields": {"type": "object"}, "explanation": {"$ref": "#/$defs/explanation"}}},
      "explanation": {"type": "object", "required": ["value", "label", "details", "parts"],
       "properties": {"value": {"type": "number"}, "label": {"type": "string"},
        "details": {"type": "object", "additionalProperties": {"type": "number"}},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/explanation"}}}}}}
    """#

  static let parse = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "parse", "type": "object",
     "required": ["query", "canonical", "tree", "notes"],
     "properties": {"query": {"type": "string"}, "canonical": {"type": "string"}, "tree": {"$ref": "#/$defs/node"},
      "notes": {"type": "array", "items": {"type": "object", "required": ["code", "message", "at", "hint"],
       "properties": {"code": {"type": "string"}, "message": {"type": "string"},
        "at": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        "hint": {"type": "string"}}}}},
     "$defs": {"node": {"type": "object", "required": ["type"], "properties": {
      "type": {"enum": ["empty", "everything", "word", "exact", "phrase", "prefix", "wildcard", "regular-expression",
       "fuzzy", "flat", "and", "or", "not", "required", "excluded", "boost", "near", "same", "unit", "field", "range",
       "date", "has", "by"]},
      "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
      "additionalProperties": {"type": ["string", "number", "boolean", "array"]}}}}
    """#

  static let suggest = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "suggest", "type": "object",
     "required": ["prefix", "kind", "suggestions", "commit", "partial"],
     "properties": {"prefix": {"type": "string"},
      "kind": {"enum": ["enterprise", "product", "code", "directive", "word", null]},
      "commit": {"type": "integer", "minimum": 0}, "partial": {"type": "boolean"},
      "suggestions": {"type": "array", "items": {"type": "object",
       "required": ["kind", "text", "count", "id", "rung", "query"],
       "properties": {"kind": {"enum": ["enterprise", "product", "code", "directive", "word"]},
        "text": {"type": "string"}, "count": {"type": "integer", "minimum": 1}, "id": {"type": ["string", "null"]},
        "rung": {"enum": ["exact", "pinyin"]}, "query": {"type": "string"}}}}}}
    """#

  static let show = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "show", "type": "object",
     "oneOf": [
      {"required": ["id", "kind", "record"], "not": {"required": ["text"]},
       "properties": {"id": {"type": "string"}, "kind": {"enum": ["enterprise", "inspection", "directive"]},
        "record": {"type": "object", "required": ["kind", "id"]}}},
      {"required": ["id", "kind", "text", "record"],
       "properties": {"id": {"type": "string", "pattern": "#p[1-9][0-9]*$"}, "kind": {"const": "passage"},
        "text": {"type": "string"}, "record": {"type": "object", "required": ["kind", "id", "text", "directive", "n"]},
        "link": {"type": "object", "required": ["status", "was", "now", "wordsDiffer", "message"]}}},
      {"required": ["candidates"], "properties": {"candidates": {"type": "array", "minItems": 2, "items": {
       "type": "object", "required": ["id", "kind", "title"], "properties": {"id": {"type": "string"},
        "kind": {"type": "string"}, "title": {"type": "string"}}}}}}]}
    """#

  static let coverage = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coverage", "type": "object",
     "required": ["targets", "by", "asOf", "commit", "notes", "receipt"],
     "properties": {"targets": {"type": "array", "items": {"type": "object",
       "required": ["number", "name", "names", "grain", "population", "done", "percent", "missing", "possible",
        "possiblePopulation"],
       "properties": {"number": {"type": "integer", "minimum": 1}, "name": {"type": "string"},
        "names": {"type": "object", "additionalProperties": {"type": "string"}},
        "grain": {"enum": ["enterprise", "product", "inspection", "note", "directive"]},
        "population": {"type": "integer", "minimum": 0}, "done": {"type": "integer", "minimum": 0},
        "percent": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
        "missing": {"type": "array", "items": {"type": "string"}}, "possible": {"type": "integer", "minimum": 0},
        "possiblePopulation": {"type": "integer", "minimum": 0},
        "groups": {"type": "array", "items": {"type": "object",
         "required": ["value", "population", "done", "percent", "missing"],
         "properties": {"value": {"type": ["string", "null"]}, "population": {"type": "integer", "minimum": 1},
          "done": {"type": "integer", "minimum": 0}, "percent": {"type": "number", "minimum": 0, "maximum": 100},
          "missing": {"type": "array", "items": {"type": "string"}}}}},
        "series": {"type": "array", "items": {"type": "object", "required": ["date", "done"],
         "properties": {"date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
          "done": {"type": "integer", "minimum": 0}}}}}}},
      "by": {"type": ["string", "null"]}, "asOf": {"type": ["string", "null"]},
      "commit": {"type": "integer", "minimum": 0},
      "notes": {"type": "array", "items": {"type": "object", "required": ["code", "message", "at", "hint"]}},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}}}
    """#

  static let stats = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "stats", "type": "object",
     "required": ["records", "byKind", "segments", "bytes", "commit"],
     "properties": {"records": {"type": "integer", "minimum": 0},
      "byKind": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
      "passages": {"type": "integer", "minimum": 0}, "segments": {"type": "integer", "minimum": 0},
      "bytes": {"type": "integer", "minimum": 0}, "commit": {"type": "integer", "minimum": 0},
      "analysis": {"type": "string"},
      "indexes": {"type": "array", "items": {"type": "object",
       "required": ["path", "commit", "records", "segments", "bytes"]}},
      "enterpriseNames": {"type": "object", "required": ["ambiguous", "unresolved"],
       "properties": {"ambiguous": {"type": "array", "items": {"type": "object", "required": ["name", "ids"],
         "properties": {"name": {"type": "string"}, "ids": {"type": "array", "minItems": 2}}}},
        "unresolved": {"type": "array", "items": {"type": "string"}}}}}}
    """#

  static let analyze = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "analyze", "type": "object",
     "required": ["tokens"],
     "properties": {"tokens": {"type": "array", "items": {"type": "object",
      "required": ["position", "term", "kind", "from", "to"],
      "properties": {"position": {"type": "integer", "minimum": 0}, "term": {"type": "string"},
       "kind": {"enum": ["word", "number", "cjkBigram", "cjkLast", "codePart", "code", "longWord"]},
       "stem": {"type": ["string", "null"]}, "from": {"type": "integer", "minimum": 0},
       "to": {"type": "integer", "minimum": 0}}}}}}
    """#

  static let index = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "index", "type": "object",
     "required": ["index", "dryRun", "indexed", "replaced", "unchanged", "rejected", "commits", "interrupted",
      "unknownFields", "files", "rejects", "rejectsFile", "notes"],
     "properties": {"index": {"type": "string"}, "dryRun": {"type": "boolean"},
      "indexed": {"type": "integer", "minimum": 0}, "replaced": {"type": "integer", "minimum": 0},
      "unchanged": {"type": "integer", "minimum": 0}, "rejected": {"type": "integer", "minimum": 0},
      "commits": {"type": "array", "items": {"type": "integer", "minimum": 1}}, "interrupted": {"type": "boolean"},
      "unknownFields": {"type": "array", "items": {"type": "object", "required": ["field", "count"],
       "properties": {"field": {"type": "string"}, "count": {"type": "integer", "minimum": 1}}}},
      "files": {"type": "array", "items": {"type": "object",
       "required": ["path", "bytes", "format", "encoding", "records", "rejected", "unchanged"]}},
      "rejects": {"type": "array", "maxItems": 20, "items": {"type": "object",
       "required": ["file", "line", "column", "reason"], "properties": {"file": {"type": "string"},
        "line": {"type": "integer", "minimum": 0}, "column": {"type": "integer", "minimum": 0},
        "reason": {"type": "string"}}}},
      "rejectsFile": {"type": ["string", "null"]}, "notes": {"type": "array", "items": {"type": "string"}}}}
    """#

  static let change = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "change", "type": "object",
     "required": ["deleted", "commit", "segmentsBefore", "segments", "bytesBefore", "bytes"],
     "additionalProperties": {"type": "integer", "minimum": 0}}
    """#

  static let check = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "check", "type": "object",
     "required": ["good", "deep", "commit", "structures", "problems", "leftovers"],
     "properties": {"good": {"type": "boolean"}, "deep": {"type": "boolean"},
      "commit": {"type": ["integer", "null"], "minimum": 0},
      "structures": {"type": "array", "items": {"type": "object", "required": ["name", "items", "bytes", "problems"]}},
      "problems": {"type": "array", "items": {"type": "object",
       "required": ["index", "file", "offset", "message"]}},
      "leftovers": {"type": "array", "items": {"type": "string"}}}}
    """#
}
