/// A small collection whose screens are known by heart.
enum Fixture {
  static let records = """
    {"kind":"enterprise","id":"E1","name":"Hongda Furniture Co.","province":"Guangdong","city":"Foshan","status":"active","text":"Makes wardrobes of particle board."}
    {"kind":"enterprise","id":"E2","name":"新华家具厂","province":"河北","text":"生产办公桌和书柜。"}
    {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-03-14","province":"Guangdong","product":"wardrobe","text":"The board of the wardrobe gave off formaldehyde above the limit: 4.9 mg/L, where 1.5 mg/L is allowed at most by the standard.","violations":[{"code":"V1","text":"formaldehyde emission above the limit","severity":"serious"},{"code":"V2","text":"label incomplete","severity":"minor"}],"result":"fail","disposition":"seal"}
    {"kind":"inspection","id":"N2","enterprise":"E2","province":"河北","product":"办公桌","text":"软体家具抗引燃特性试验不合格，阴燃持续三十一分钟。抽取家具样品检验，甲醛释放量实测二点三毫克每升，判定不合格，停止销售该批产品，整改后复查。","violations":[{"code":"V1","text":"甲醛释放量超标","severity":"critical"}],"result":"fail"}
    {"kind":"directive","id":"D1","title":"Notice on furniture","issuer":"AQSIQ","date":"2007","place":"Beijing","paragraphs":["Furniture makers keep a quality file.","Formaldehyde is tested in every batch of furniture."]}

    """

  /// A folder with the collection indexed in `index`.
  static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("records.jsonl", records)
    let run = try workspace.run("index", "records.jsonl")
    guard run.code == 0 else { throw Failure(text: run.errors) }
    return workspace
  }

  struct Failure: Error { let text: String }

  /// Without what changes from run to run: times and cursors.
  static func stable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.contains(" ms") else { return String(line) }
      return String(line).replacing(/[0-9.]+ ms/, with: "TIME ms")
    }.joined(separator: "\n")
  }
}
