// What the jobs around paragraphs answer with.
extension AnswerSchemas {
  static let cite = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cite", "type": "object",
     "required": ["id", "kind", "link", "shortLink", "title", "issuer", "date", "dateText", "pageDate", "paragraph", "of",
      "lastParagraph", "path", "text", "asked", "citations", "commit", "receipt"],
     "properties": {"id": {"type": "string", "pattern": "#p[1-9][0-9]*$"}, "kind": {"const": "passage"},
      "link": {"type": "string", "pattern": "#p[1-9][0-9]*~[0-9A-Z]{5}-[0-9A-Z]{13}$"},
      "shortLink": {"type": "string", "pattern": "#p[1-9][0-9]*~[0-9A-Z]{5}$"}, "title": {"type": "string"},
      "issuer": {"type": ["string", "null"]}, "date": {"type": ["string", "null"]}, "dateText": {"type": "string"},
      "pageDate": {"type": ["string", "null"]}, "paragraph": {"type": "integer", "minimum": 1},
      "of": {"type": "integer", "minimum": 1}, "lastParagraph": {"type": ["integer", "null"]},
      "path": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"},
      "asked": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/asked"}]},
      "citations": {"type": "object", "required": ["text", "markdown", "chinese"],
       "additionalProperties": {"type": "string"}},
      "commit": {"type": "integer", "minimum": 0},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}},
     "$defs": {"asked": {"type": "object", "required": ["status", "was", "now", "wordsDiffer", "message"],
      "properties": {"status": {"enum": ["same", "moved", "changed", "moved-and-changed", "unknown"]},
       "was": {"type": "integer", "minimum": 1}, "now": {"type": "integer", "minimum": 1},
       "wordsDiffer": {"type": ["integer", "null"], "minimum": 0}, "message": {"type": "string"}}}}}
    """#

  static let quoteCheck = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quote-check", "type": "object",
     "required": ["quotation", "verdict", "words", "wordsDiffer", "closest", "differences", "also", "commit", "receipt"],
     "properties": {"quotation": {"type": "string"}, "verdict": {"enum": ["verbatim", "same-words", "altered", "none"]},
      "words": {"type": "integer", "minimum": 1}, "wordsDiffer": {"type": "integer", "minimum": 0},
      "closest": {"type": ["object", "null"],
       "required": ["id", "link", "title", "paragraph", "of", "path", "text", "at"],
       "properties": {"id": {"type": "string"}, "link": {"type": "string"}, "title": {"type": "string"},
        "paragraph": {"type": "integer", "minimum": 1}, "of": {"type": "integer", "minimum": 1},
        "path": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"},
        "at": {"$ref": "#/$defs/bytes"}}},
      "differences": {"type": "array", "items": {"type": "object",
       "required": ["kind", "quoted", "written", "quotedAt", "writtenAt"],
       "properties": {"kind": {"enum": ["replaced", "added", "removed"]}, "quoted": {"type": "string"},
        "written": {"type": "string"}, "quotedAt": {"$ref": "#/$defs/bytes"}, "writtenAt": {"$ref": "#/$defs/bytes"}}}},
      "also": {"type": "array", "items": {"type": "string"}}, "commit": {"type": "integer", "minimum": 0},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}},
     "$defs": {"bytes": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}}}
    """#

  static let refs = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "refs", "type": "object",
     "required": ["id", "kind", "title", "text", "asked", "cites", "citedBy", "counts", "partial", "commit", "receipt"],
     "properties": {"id": {"type": "string", "pattern": "#p[1-9][0-9]*$"}, "kind": {"const": "passage"},
      "title": {"type": "string"}, "text": {"type": "string"}, "asked": {"type": ["object", "null"]},
      "cites": {"type": "array", "items": {"type": "object", "required": ["kind", "text", "at", "id"],
       "properties": {"kind": {"enum": ["passage", "directive", "title", "standard", "code"]}, "text": {"type": "string"},
        "at": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        "id": {"type": ["string", "null"]}}}},
      "citedBy": {"type": "array", "items": {"type": "object",
       "required": ["id", "kind", "title", "date", "how", "text", "words"],
       "properties": {"id": {"type": "string"}, "kind": {"enum": ["inspection", "passage"]}, "title": {"type": "string"},
        "date": {"type": ["string", "null"]}, "how": {"enum": ["number", "wording"]}, "text": {"type": "string"},
        "words": {"type": "integer", "minimum": 0}}}},
      "counts": {"type": "object", "required": ["number", "wording", "documentOnly"],
       "additionalProperties": {"type": "integer", "minimum": 0}},
      "partial": {"type": "boolean"}, "commit": {"type": "integer", "minimum": 0},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}}}
    """#

  static let whyNot = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "why-not", "type": "object",
     "required": ["id", "kind", "query", "canonical", "matches", "rank", "total", "clause", "clauseNumber", "at", "reason",
      "nearest", "relation", "needed", "clauses"],
     "properties": {"id": {"type": "string"}, "kind": {"enum": ["enterprise", "inspection", "directive", "passage"]},
      "query": {"type": "string"}, "canonical": {"type": "string"}, "matches": {"type": "boolean"},
      "rank": {"type": ["integer", "null"], "minimum": 1}, "total": {"type": ["integer", "null"], "minimum": 0},
      "clause": {"type": ["string", "null"]}, "clauseNumber": {"type": ["integer", "null"], "minimum": 1},
      "at": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
      "reason": {"type": "string"}, "nearest": {"type": ["string", "null"]}, "relation": {"type": ["string", "null"]},
      "needed": {"type": ["string", "null"]},
      "clauses": {"type": "array", "items": {"type": "object", "required": ["clause", "at", "holds"],
       "properties": {"clause": {"type": "string"}, "holds": {"type": ["boolean", "null"]}}}}}}
    """#
}
