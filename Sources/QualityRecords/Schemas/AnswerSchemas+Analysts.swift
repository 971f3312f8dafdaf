extension AnswerSchemas {
  /// The shape of `search`, and what is known of each enterprise.
  static let enterprises = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "enterprises", "type": "object",
     "required": ["query", "canonical", "total", "totalIsExact", "records", "unassigned", "commit", "sort", "hits",
      "facets", "tree", "by", "next", "notes", "partial", "receipt"],
     "properties": {"query": {"type": "string"}, "canonical": {"type": "string"},
      "total": {"type": "integer", "minimum": 0}, "totalIsExact": {"type": "boolean"},
      "records": {"type": "integer", "minimum": 0}, "unassigned": {"type": "integer", "minimum": 0},
      "commit": {"type": "integer", "minimum": 0},
      "sort": {"enum": ["score", "violations", "severity", "recency", "name"]},
      "hits": {"type": "array", "items": {"type": "object",
       "required": ["id", "kind", "score", "rung", "title", "date", "dateIs", "enterprise", "snippets", "records",
        "notes", "violations", "worstSeverity", "latest", "passages"],
       "properties": {"id": {"type": "string"}, "kind": {"const": "enterprise"},
        "score": {"type": "number", "minimum": 0},
        "rung": {"enum": ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy"]}, "title": {"type": "string"},
        "date": {"type": ["string", "null"]}, "dateIs": {"enum": ["certain", "possible", null]},
        "enterprise": {"type": "object", "required": ["id", "name"]},
        "snippets": {"type": "array", "items": {"$ref": "#/$defs/snippet"}},
        "records": {"type": "integer", "minimum": 1}, "notes": {"type": "integer", "minimum": 0},
        "violations": {"type": "integer", "minimum": 0},
        "worstSeverity": {"enum": ["minor", "moderate", "serious", "critical", null]},
        "latest": {"type": ["string", "null"], "pattern": "^[0-9]{4}(-(Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$"},
        "passages": {"type": "array", "items": {"type": "object", "required": ["id", "kind", "date", "rung", "snippet"],
         "properties": {"id": {"type": "string"}, "kind": {"enum": ["enterprise", "inspection"]},
          "date": {"type": ["string", "null"]}, "snippet": {"$ref": "#/$defs/snippet"}}}}}}},
      "facets": {"type": "object", "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/value"}}},
      "tree": {"type": "array", "items": {"type": "object", "required": ["name", "depth", "count", "clause"],
       "properties": {"name": {"type": "string"}, "depth": {"type": "integer", "minimum": 0},
        "count": {"type": "integer", "minimum": 1}, "clause": {"type": ["string", "null"]}}}},
      "by": {"type": ["object", "null"], "required": ["field", "groups", "without"],
       "properties": {"field": {"type": "string"}, "groups": {"type": "array", "items": {"$ref": "#/$defs/value"}},
        "without": {"type": "integer", "minimum": 0}}},
      "next": {"type": ["string", "null"]},
      "notes": {"type": "array", "items": {"type": "object", "required": ["code", "message", "at", "hint"]}},
      "partial": {"type": "boolean"},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}},
     "$defs": {
      "value": {"type": "object", "required": ["value", "count", "clause"],
       "properties": {"value": {"type": "string"}, "count": {"type": "integer", "minimum": 1},
        "clause": {"type": ["string", "null"]}}},
      "snippet": {"type": "object", "required": ["field", "paragraph", "text", "marks"],
       "properties": {"field": {"type": "string"}, "paragraph": {"type": ["integer", "null"], "minimum": 1},
        "text": {"type": "string"}, "marks": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2,
         "items": {"type": "integer", "minimum": 0}}}}}}}
    """#

  static let pivot = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pivot", "type": "object",
     "required": ["query", "canonical", "total", "commit", "rows", "columns", "cells", "notes", "partial", "receipt"],
     "properties": {"query": {"type": "string"}, "canonical": {"type": "string"},
      "total": {"type": "integer", "minimum": 0}, "commit": {"type": "integer", "minimum": 0},
      "rows": {"$ref": "#/$defs/side"}, "columns": {"$ref": "#/$defs/side"},
      "cells": {"type": "array", "items": {"type": "array", "items": {"type": "integer", "minimum": 0}}},
      "notes": {"type": "array", "items": {"type": "object", "required": ["code", "message", "at", "hint"]}},
      "partial": {"type": "boolean"},
      "receipt": {"type": "string", "pattern": "^R(-[0-9A-HJKMNP-TV-Z]{4}){4}$"}},
     "$defs": {"side": {"type": "object", "required": ["field", "values"],
      "properties": {"field": {"type": "string"}, "values": {"type": "array", "items": {"type": "object",
       "required": ["value", "count"], "properties": {"value": {"type": ["string", "null"]},
        "count": {"type": "integer", "minimum": 1}}}}}}}}
    """#

  static let match = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "match", "type": "object",
     "required": ["rows", "malformed", "byRung", "accepted", "rejected", "encoding", "separator", "columns", "commit"],
     "properties": {"rows": {"type": "integer", "minimum": 0}, "malformed": {"type": "integer", "minimum": 0},
      "byRung": {"type": "object", "propertyNames": {"enum": ["exact", "stem", "thesaurus", "name", "pinyin", "fuzzy",
       "none"]}, "additionalProperties": {"type": "integer", "minimum": 1}},
      "accepted": {"type": "integer", "minimum": 0}, "rejected": {"type": "integer", "minimum": 0},
      "encoding": {"type": "string"}, "separator": {"type": "string"},
      "columns": {"type": "array", "items": {"type": "string"}}, "commit": {"type": "integer", "minimum": 0}}}
    """#
}
