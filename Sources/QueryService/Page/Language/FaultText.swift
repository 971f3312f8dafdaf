import QualityRecords

/// What a person is told when there is no answer: what happened, and what to do, in both languages.
struct FaultText: Sendable {
  typealias Pair = (english: String, chinese: String)

  let title: Pair
  let happened: Pair
  let action: Pair
  /// Whether the same address may answer in a minute.
  var mayPass = false

  /// - Parameters:
  ///   - code: of the error.
  ///   - status: that is sent with it; decides where the code has no words of its own.
  static func of(_ code: String, status: Int) -> FaultText {
    switch code {
    case "deadline": return late
    case "busy", "cancelled", "index-locked": return busy
    case "expired-cursor": return expired
    case "no-such-id", "no-such-column", "no-such-search": return noRecord
    case "no-such-collection": return noCollection
    default: break
    }
    switch status {
    case 401: return unauthorized
    case 403: return forbidden
    case 404: return nowhere
    case 405, 415: return misused
    case 408: return slow
    case 413, 414, 431: return tooLong
    case 421: return misdirected
    case 429: return tooOften
    case 500...: return unreadable
    default: return question
    }
  }

  static let question = FaultText(
    title: ("This question cannot be read", "无法理解此查询"),
    happened: ("Something in it is not understood, so nothing was searched.", "查询中有一处无法理解，因此没有检索。"),
    action: ("Mend it in the box above and search again.", "请在上方检索框中修改后重新检索。"))

  static let late = FaultText(
    title: ("This takes too long", "检索超时"),
    happened: (
      "The answer was not whole after 10 seconds and was given up. Nothing is shown rather than half of it.",
      "10 秒内未能得出完整结果，已停止检索。为避免误导，不显示不完整的结果。"
    ),
    action: (
      "Narrow the question: add a kind, a place or a span of dates, or begin patterns with a letter. The same question may be answered when fewer people ask.",
      "请缩小范围：加上类别、地区或日期范围；通配符请以文字开头。稍后人少时也可再试。"
    ), mayPass: true)

  static let busy = FaultText(
    title: ("Too many questions at once", "当前查询过多"),
    happened: (
      "Every place for a question that takes long is taken, so this one was not begun.", "处理耗时查询的位置已满，此查询尚未开始。"
    ),
    action: ("Try again in a few seconds.", "请过几秒钟再试。"), mayPass: true)

  static let expired = FaultText(
    title: ("This page of the answer has expired", "此页结果已过期"),
    happened: (
      "Records have come in since, and an older list is kept for five minutes after it was last read.",
      "此后有新记录入库；旧的结果列表在最后一次浏览后只保留五分钟。"
    ),
    action: ("Go to the first page of the newest answer.", "请转到最新结果的首页。"))

  static let noRecord = FaultText(
    title: ("There is no such record", "没有这条记录"),
    happened: (
      "No record that you may read has this id. It may have been deleted, or the address was cut when it was copied.",
      "您可查阅的记录中没有此编号。记录可能已删除，或地址复制不全。"
    ),
    action: ("Search for its words or its number in the box above.", "请在上方检索框中用词语或编号查找。"))

  static let noCollection = FaultText(
    title: ("There is no such collection", "没有这个集合"),
    happened: ("No collection that you may read has this name.", "您可查阅的集合中没有此名称。"),
    action: ("Search in all collections from the start page.", "请从首页在全部集合中检索。"))

  static let nowhere = FaultText(
    title: ("There is nothing at this address", "此地址没有内容"),
    happened: (
      "The address may have been cut when it was copied, or mistyped.", "地址可能复制不全，或输入有误。"
    ),
    action: ("Search in the box above, or begin at the start page.", "请在上方检索，或从首页开始。"))

  static let unauthorized = FaultText(
    title: ("A token is needed", "需要访问令牌"),
    happened: (
      "These records are open to those who have been given a token.", "这些记录只对持有令牌的人开放。"
    ),
    action: (
      "Load the page again and type the token where the browser asks for a password. Who runs this server gives tokens out.",
      "请重新载入页面，在浏览器要求输入密码处填入令牌。令牌由本服务器的管理者发放。"
    ))

  static let forbidden = FaultText(
    title: ("This may not be done", "没有权限"),
    happened: (
      "The request comes from a page of another server, or your token does not allow it.",
      "请求来自其他服务器的页面，或您的令牌不允许此操作。"
    ),
    action: ("Open the start page here, or ask who runs this server.", "请打开本站首页，或联系本服务器的管理者。"))

  static let misused = FaultText(
    title: ("This cannot be sent here", "此处不接受该请求"),
    happened: ("The address takes no request of this kind.", "此地址不接受这类请求。"),
    action: ("Go back and use the form of the page.", "请返回并使用页面上的表单。"))

  static let slow = FaultText(
    title: ("The request came too slowly", "请求传送过慢"),
    happened: ("What was sent did not arrive whole in the time that there is for it.", "发送的内容未能在规定时间内全部到达。"),
    action: ("Try again; where the connection is slow, send the list in parts.", "请重试；网络较慢时，请将清单分批提交。"), mayPass: true)

  static let tooLong = FaultText(
    title: ("This is too long", "内容过长"),
    happened: ("More was sent than is read at one time.", "发送的内容超过一次可读取的长度。"),
    action: ("Send fewer words, or the list in parts.", "请减少文字，或将清单分批提交。"))

  static let misdirected = FaultText(
    title: ("The server does not go by that name", "服务器不使用此名称"),
    happened: (
      "The name in the address bar is none that this server was told of.", "地址栏中的名称不在本服务器的名称之列。"
    ),
    action: ("Use the address that you were given, or ask who runs this server.", "请使用所告知的地址，或联系本服务器的管理者。"))

  static let tooOften = FaultText(
    title: ("Too many requests", "请求过于频繁"),
    happened: ("More requests a second came from here than one may send.", "来自此处的请求每秒次数超过限制。"),
    action: ("Wait a few seconds, then load the page again.", "请等几秒钟，再重新载入页面。"), mayPass: true)

  static let unreadable = FaultText(
    title: ("The records cannot be read at present", "目前无法读取记录"),
    happened: (
      "Something is wrong with the server, not with your question. Its log says what, under the number below.",
      "问题出在服务器，与您的查询无关。服务器日志以下方编号记录了原因。"
    ),
    action: (
      "Try again in a minute. If it stays so, tell who runs this server the number.",
      "请一分钟后再试；若仍如此，请将编号告知本服务器的管理者。"
    ), mayPass: true)

  static let all = [
    question, late, busy, expired, noRecord, noCollection, nowhere, unauthorized, forbidden, misused, slow, tooLong,
    misdirected, tooOften, unreadable,
  ]
}
