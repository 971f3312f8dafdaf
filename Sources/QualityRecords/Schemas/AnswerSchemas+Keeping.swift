extension AnswerSchemas {
  static let audit = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "audit", "type": "object",
     "required": ["good", "trails", "problems"],
     "properties": {"good": {"type": "boolean"},
      "trails": {"type": "array", "items": {"type": "object", "required": ["file", "lines", "head"],
       "properties": {"file": {"type": "string"}, "lines": {"type": "integer", "minimum": 0},
        "head": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}}},
      "problems": {"type": "array", "items": {"type": "object", "required": ["file", "line", "message"],
       "properties": {"file": {"type": "string"}, "line": {"type": "integer", "minimum": 0},
        "message": {"type": "string"}}}}}}
    """#

  static let verify = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "verify", "type": "object",
     "required": ["result", "code", "receipt", "canonical", "commit", "total", "changes", "added", "gone"],
     "properties": {"result": {"enum": ["same", "changed"]},
      "code": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}, "canonical": {"type": "string"},
      "commit": {"type": "integer", "minimum": 0}, "total": {"type": "integer", "minimum": 0},
      "changes": {"type": "array", "items": {"type": "object", "required": ["what", "then", "now"],
       "properties": {"what": {"enum": ["query", "commit", "index", "analysis", "thesaurus", "total", "order", "request"]},
        "then": {"type": ["string", "null"]}, "now": {"type": "string"}}}},
      "added": {"type": ["array", "null"], "items": {"type": "string"}},
      "gone": {"type": ["array", "null"], "items": {"type": "string"}}}}
    """#

  static let pack = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pack", "type": "object",
     "required": ["folder", "query", "total", "commit", "receipt", "files"],
     "properties": {"folder": {"type": "string"}, "query": {"type": "string"},
      "total": {"type": "integer", "minimum": 0}, "commit": {"type": "integer", "minimum": 0},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"},
      "files": {"type": "array", "items": {"type": "object", "required": ["name", "bytes", "sha256"],
       "properties": {"name": {"type": "string"}, "bytes": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}}}}}
    """#

  static let packCheck = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pack-check", "type": "object",
     "required": ["result", "folder", "files", "problems", "receipt", "holds", "receiptNow", "totalNow"],
     "properties": {"result": {"enum": ["same", "changed"]}, "folder": {"type": "string"},
      "files": {"type": "integer", "minimum": 0},
      "problems": {"type": "array", "items": {"type": "object", "required": ["file", "problem", "message"],
       "properties": {"file": {"type": "string"}, "message": {"type": "string"},
        "problem": {"enum": ["changed", "missing", "added", "unreadable", "outside", "malformed", "receipt"]}}}},
      "receipt": {"type": ["string", "null"]}, "holds": {"type": ["boolean", "null"]},
      "receiptNow": {"type": ["string", "null"]}, "totalNow": {"type": ["integer", "null"], "minimum": 0}}}
    """#

  static let saved = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "saved", "type": "object",
     "required": ["searches"],
     "properties": {"searches": {"type": "array", "items": {"type": "object",
      "required": ["name", "query", "request", "lastRun"],
      "properties": {"name": {"type": "string", "minLength": 1}, "query": {"type": "string"},
       "request": {"type": "object", "required": ["query"]},
       "lastRun": {"type": ["object", "null"], "required": ["commit", "total"],
        "properties": {"commit": {"type": "integer", "minimum": 0}, "total": {"type": "integer", "minimum": 0}}}}}}}}
    """#

  static let watch = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "watch", "type": "object",
     "required": ["name", "query", "commit", "total", "new"],
     "properties": {"name": {"type": "string"}, "query": {"type": "string"},
      "commit": {"type": "integer", "minimum": 0}, "total": {"type": "integer", "minimum": 0},
      "new": {"type": "array", "items": {"type": "object", "required": ["id", "kind", "reason", "clause", "hit"],
       "properties": {"id": {"type": "string"}, "kind": {"enum": ["enterprise", "inspection", "directive", "passage"]},
        "reason": {"enum": ["new", "changed"]}, "clause": {"type": "string"},
        "hit": {"type": "object", "required": ["id", "kind", "score", "rung", "title", "date", "snippets"]}}}}}}
    """#

  static let diff = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "diff", "type": "object",
     "required": ["name", "query", "from", "to", "added", "gone", "changed"],
     "properties": {"name": {"type": "string"}, "query": {"type": "string"},
      "from": {"type": ["integer", "null"], "minimum": 0}, "to": {"type": "integer", "minimum": 0},
      "added": {"type": "array", "items": {"type": "string"}}, "gone": {"type": "array", "items": {"type": "string"}},
      "changed": {"type": "array", "items": {"type": "string"}}}}
    """#
}
