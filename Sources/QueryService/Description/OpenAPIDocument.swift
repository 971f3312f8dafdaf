import JSONText
import QualityRecords

/// The interface as OpenAPI 3.1, made from the table of routes and the schemas of the answers: what is served and what is
/// described are the same data.
enum OpenAPIDocument {
  static let bytes: [UInt8] = Array((JSONValue.object(document).text() + "\n").utf8)

  static let document: JSONObject = [
    "openapi": "3.1.0",
    "info": [
      "title": "Dossier", "version": "1",
      "description": .string(
        "Search over quality files of enterprises, inspection notes and directives. Bodies are the bytes that the command line prints with --json."
      ),
      "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
    ],
    "security": [["bearer": []], ["basic": []], [:]],
    "paths": .object(paths),
    "components": [
      "schemas": .object(schemas),
      "responses": .object(problems),
      "headers": .object(headers),
      "securitySchemes": [
        "bearer": ["type": "http", "scheme": "bearer"],
        "basic": [
          "type": "http", "scheme": "basic", "description": "The token as the password, whatever the name.",
        ],
      ],
    ],
  ]

  // MARK: Paths

  private static var paths: JSONObject {
    var paths = JSONObject()
    var templates: [String] = []
    for route in RouteTable.routes where !templates.contains(route.template) { templates.append(route.template) }
    for template in templates {
      var item = JSONObject()
      for route in RouteTable.routes where route.template == template {
        item.append(route.method.rawValue.lowercased(), .object(operation(route)))
      }
      paths.append(template, .object(item))
    }
    return paths
  }

  private static func operation(_ route: Route) -> JSONObject {
    var operation: JSONObject = ["operationId": .string(route.name), "summary": .string(route.summary)]
    if case .nothing = route.need { operation.append("security", [[:]]) }
    let inQuery = !route.body.isParameters
    let parameters = route.parameters.filter { inQuery || $0.place == .path }
    operation.append("parameters", .array(parameters.map { .object(parameter($0)) }))
    if let body = body(route) { operation.append("requestBody", .object(body)) }
    operation.append("responses", .object(responses(route)))
    return operation
  }

  private static func parameter(_ parameter: Parameter) -> JSONObject {
    var object: JSONObject = [
      "name": .string(parameter.name), "in": .string(parameter.place == .path ? "path" : "query"),
      "description": .string(parameter.summary), "schema": .object(parameter.value.querySchema),
    ]
    if parameter.isRequired { object.append("required", true) }
    if let example = parameter.example { object.append("example", .string(example)) }
    if case .list = parameter.value {
      object.append("style", "form")
      object.append("explode", false)
    }
    return object
  }

  private static func body(_ route: Route) -> JSONObject? {
    var content = JSONObject()
    switch route.body {
    case .none: return nil
    case .parameters:
      var properties = JSONObject()
      for parameter in route.parameters where parameter.place == .query {
        var schema = parameter.value.schema
        if !parameter.isRequired { schema = orNull(schema) }
        schema.append("description", .string(parameter.summary))
        if let example = parameter.example { schema.append("examples", [.string(example)]) }
        properties.append(parameter.name, .object(schema))
      }
      let required = route.parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
      content.append(
        "application/json",
        [
          "schema": [
            "type": "object", "required": .array(required), "properties": .object(properties),
            "additionalProperties": false,
          ]
        ])
    case .text:
      content.append("text/plain", ["schema": ["type": "string"]])
      content.append(
        "application/json",
        [
          "schema": [
            "type": "object", "required": ["text"], "properties": ["text": ["type": "string"]],
            "additionalProperties": false,
          ]
        ])
    case .records:
      content.append(
        "application/x-ndjson",
        ["schema": ["type": "string", "description": "Records, one JSON object a line."]])
    }
    return ["required": true, "content": .object(content)]
  }

  /// Null stands for what is left out.
  private static func orNull(_ schema: JSONObject) -> JSONObject {
    JSONObject(
      schema.members.map { member in
        switch (member.name, member.value) {
        // A list may be one text with commas, too.
        case ("type", "array"): .init(name: "type", value: ["array", "string", "null"])
        case ("type", let value): .init(name: "type", value: .array([value, "null"]))
        case ("enum", .array(let values)): .init(name: "enum", value: .array(values + [.null]))
        default: member
        }
      })
  }

  // MARK: Responses

  private static func responses(_ route: Route) -> JSONObject {
    var responses = JSONObject()
    var good: JSONObject = ["description": .string(route.summary)]
    var fields = ["X-Request-Id", "Server-Timing"]
    switch route.reply {
    case .answer(let name):
      good.append("content", json(name))
      if route.method == .get { fields.append("ETag") }
    case .document(let name): good.append("content", json(name))
    case .stream(let types):
      var content = JSONObject()
      for type in types { content.append(type, ["schema": ["type": "string"]]) }
      good.append("content", .object(content))
    case .text: good.append("content", ["text/plain": ["schema": ["type": "string"]]])
    }
    good.append(
      "headers",
      .object(JSONObject(fields.map { .init(name: $0, value: ["$ref": .string("#/components/headers/\($0)")]) })))
    responses.append("200", .object(good))
    if route.method == .get, case .answer = route.reply {
      responses.append("304", ["description": "The client has this answer (If-None-Match)."])
    }
    if route.statuses.contains(422) {
      responses.append(
        "422", ["description": "Every record was rejected: nothing was written.", "content": json("index")])
    }
    for status in problemStatuses(route) {
      responses.append("\(status)", ["$ref": .string("#/components/responses/problem\(status)")])
    }
    return responses
  }

  private static func json(_ name: String) -> JSONValue {
    ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(name)")]]]
  }

  /// Statuses that a route can end with beside its own.
  static func problemStatuses(_ route: Route) -> [Int] {
    var statuses = [400, 404, 408, 414, 417, 421, 429, 431, 503] + route.statuses.filter { $0 != 422 }
    if case .nothing = route.need {} else { statuses += [401, 403] }
    if route.method == .post { statuses += [403] }
    if case .none = route.body { statuses += [413] } else { statuses += [413, 415] }
    statuses += [405, 501, 505]
    return Set(statuses).sorted()
  }

  private static var problems: JSONObject {
    var responses = JSONObject()
    for status in [400, 401, 403, 404, 405, 408, 410, 413, 414, 415, 417, 421, 429, 431, 501, 503, 505] {
      var response: JSONObject = [
        "description": .string(ProblemReply.title(status)),
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/problem"]]],
      ]
      if status == 503 || status == 429 {
        response.append("headers", ["Retry-After": ["$ref": "#/components/headers/Retry-After"]])
      }
      responses.append("problem\(status)", .object(response))
    }
    return responses
  }

  private static let headers: JSONObject = [
    "X-Request-Id": ["description": "Names the request in the log.", "schema": ["type": "string"]],
    "Server-Timing": ["description": "Milliseconds taken.", "schema": ["type": "string"]],
    "ETag": ["description": "The same for the same answer.", "schema": ["type": "string"]],
    "Retry-After": ["description": "Seconds.", "schema": ["type": "integer", "minimum": 0]],
  ]

  // MARK: Schemas

  /// Schemas of the answers that routes give, their definitions beside them.
  private static var schemas: JSONObject {
    var schemas = JSONObject()
    var names: Set<String> = []
    for route in RouteTable.routes {
      if case .answer(let name) = route.reply { names.insert(name) }
    }
    for name in names.sorted() {
      guard let text = AnswerSchemas.all[name], let object = (try? JSONValue(parsing: text))?.objectValue else {
        continue
      }
      for definition in object["$defs"]?.objectValue?.members ?? [] {
        schemas.append("\(name)-\(definition.name)", moved(definition.value, of: name))
      }
      let kept = object.members.filter { $0.name != "$defs" && $0.name != "$schema" }
      schemas.append(name, moved(.object(JSONObject(kept)), of: name))
    }
    schemas.append("health", ["type": "object", "required": ["status"], "properties": ["status": ["const": "ok"]]])
    schemas.append(
      "readiness",
      ["type": "object", "required": ["status"], "properties": ["status": ["enum": ["ready", "not ready"]]]])
    schemas.append("openapi", ["type": "object", "required": ["openapi", "info", "paths"]])
    schemas.append("problem", .object(problem))
    return schemas
  }

  private static let problem: JSONObject = [
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "message", "at", "hint", "requestId", "error"],
    "properties": [
      "type": ["type": "string", "format": "uri-reference"], "title": ["type": "string"],
      "status": ["type": "integer", "minimum": 400, "maximum": 599], "detail": ["type": "string"],
      "code": ["type": "string", "pattern": "^[a-z0-9-]+$"], "message": ["type": "string"],
      "at": [
        "type": ["array", "null"], "items": ["type": "integer", "minimum": 0], "minItems": 2, "maxItems": 2,
      ], "hint": ["type": "string"], "requestId": ["type": "string"],
      "error": ["type": "object", "required": ["code", "message", "at", "hint"]],
    ],
  ]

  /// References into a schema's own definitions become references to where they stand here.
  private static func moved(_ value: JSONValue, of name: String) -> JSONValue {
    switch value {
    case .array(let values): return .array(values.map { moved($0, of: name) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { member in
            let prefix = "#/$defs/"
            if member.name == "$ref", let target = member.value.stringValue, target.hasPrefix(prefix) {
              return .init(
                name: "$ref", value: .string("#/components/schemas/\(name)-\(target.dropFirst(prefix.count))"))
            }
            return .init(name: member.name, value: moved(member.value, of: name))
          }))
    default: return value
    }
  }
}
