extension AnswerSchemas {
  static let copy = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "copy", "type": "object",
     "required": ["from", "to", "commit", "files", "bytes"],
     "properties": {"from": {"type": "string"}, "to": {"type": "string"}, "commit": {"type": "integer", "minimum": 1},
      "files": {"type": "integer", "minimum": 0}, "bytes": {"type": "integer", "minimum": 0}}}
    """#

  static let repair = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "repair", "type": "object",
     "required": ["repaired", "damagedCommit", "commit", "rolledBack", "removedOlder", "segments", "lostCount", "lost", "doubtfulCount",
      "doubtful", "droppedFiles"],
     "properties": {"repaired": {"type": "boolean"}, "damagedCommit": {"type": "integer", "minimum": 0},
      "commit": {"type": ["integer", "null"], "minimum": 1}, "rolledBack": {"type": "boolean"}, "removedOlder": {"type": "boolean"},
      "segments": {"type": "array", "items": {"type": "object",
       "required": ["segment", "kind", "problems", "message", "kept", "lost"],
       "properties": {"segment": {"type": "integer", "minimum": 0}, "kind": {"type": "string"},
        "problems": {"type": "integer", "minimum": 0}, "message": {"type": "string"},
        "kept": {"type": "integer", "minimum": 0}, "lost": {"type": "integer", "minimum": 0}}}},
      "lostCount": {"type": "integer", "minimum": 0}, "lost": {"type": "array", "items": {"$ref": "#/$defs/record"}},
      "doubtfulCount": {"type": "integer", "minimum": 0},
      "doubtful": {"type": "array", "items": {"$ref": "#/$defs/record"}},
      "droppedFiles": {"type": "array", "items": {"type": "string"}}},
     "$defs": {"record": {"type": "object", "required": ["kind", "id", "key", "reason"],
      "properties": {"kind": {"type": "string"}, "id": {"type": ["string", "null"]},
       "key": {"type": ["string", "null"], "pattern": "^[0-9a-f]+$"}, "reason": {"type": "string"}}}}}
    """#

  static let doctor = #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "doctor", "type": "object",
     "required": ["findings", "looked"],
     "properties": {"findings": {"type": "array", "items": {"type": "object",
       "required": ["code", "weight", "subject", "message", "command"],
       "properties": {"code": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "weight": {"enum": ["error", "warning", "note"]}, "subject": {"type": "string"}, "message": {"type": "string"},
        "command": {"type": "string", "minLength": 1}}}},
      "looked": {"type": "array", "items": {"type": "string"}}}}
    """#
}
