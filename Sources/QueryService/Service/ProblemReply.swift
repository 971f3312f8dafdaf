import HTTPServer
import JSONText
import QualityRecords

/// Errors as answers: `application/problem+json` (RFC 9457) with the members of the command line's error object.
enum ProblemReply {
  /// The status that an error's code stands for. Codes that are not listed are of the request: 400.
  static func status(_ error: QualityError) -> Int {
    switch error.code {
    case "no-such-id", "no-such-collection", "no-such-route", "no-such-column", "no-such-search": 404
    case "expired-cursor": 410
    case "unauthorized": 401
    case "forbidden": 403
    case "misdirected": 421
    case "method-not-allowed": 405
    case "unsupported-media-type": 415
    case "too-many-requests": 429
    case "busy", "deadline", "cancelled", "index-locked": 503
    default: error.exitCode == .index || error.exitCode == .inputOutput ? 503 : 400
    }
  }

  /// What a client is told. Errors of the server's own files name no paths: the log has them, under the request's id.
  static func shown(_ error: QualityError) -> QualityError {
    guard error.exitCode == .index || error.exitCode == .inputOutput else { return error }
    if error.code == "index-locked" {
      return QualityError(error.code, "another writer is at work", hint: "send it again in a second")
    }
    return QualityError(
      error.code, "the collection cannot be read or written at present",
      hint: "the server's log says why, under the id of this request")
  }

  static func response(_ error: QualityError, requestID: String, status given: Int? = nil) -> Response {
    let status = given ?? status(error)
    let shown = shown(error)
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("type", "urn:problem:dossier:\(shown.code)")
    writer.member("title", title(status))
    writer.member("status", status)
    writer.member("detail", shown.message)
    writer.member("code", shown.code)
    writer.member("message", shown.message)
    writer.name("at")
    if let at = shown.at {
      writer.beginArray()
      writer.int(at.lowerBound)
      writer.int(at.upperBound)
      writer.endArray()
    } else {
      writer.null()
    }
    writer.member("hint", shown.hint)
    writer.member("requestId", requestID)
    // The very object of the command line, for readers that know that one.
    writer.name("error")
    var object = JSONWriter()
    shown.write(to: &object)
    let members = (try? JSONValue(parsing: object.bytes))?["error"] ?? .null
    writer.value(members)
    writer.endObject()
    var response = Response(status, body: .bytes(writer.bytes + [0x0A]))
    response.set("Content-Type", "application/problem+json")
    if status == 503 || status == 429 { response.set("Retry-After", "1") }
    return response
  }

  /// One title for every problem of a status.
  static func title(_ status: Int) -> String {
    switch status {
    case 400: "The request cannot be read"
    case 401: "A token is needed"
    case 403: "This may not be done"
    case 404: "There is no such thing"
    case 405: "The method is not of this route"
    case 408: "The request came too slowly"
    case 410: "The cursor has expired"
    case 413, 414, 431: "The request is too long"
    case 415: "The body is of a type that is not taken"
    case 417: "The expectation cannot be met"
    case 421: "The server does not go by that name"
    case 429: "Too many requests"
    case 503: "Not at present"
    default: "The request failed"
    }
  }
}
