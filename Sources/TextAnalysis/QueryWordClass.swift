/// How much a query word says about what is looked for, by list, on the unstemmed folded word.
public enum QueryWordClass: UInt8, Sendable {
  case content
  /// Words of grammar: weight 0.1 in ranking, never required.
  case function
  /// Words that say that something is looked for, not what: weight 0.5 in ranking.
  case request

  /// The class of a folded, unstemmed word. Cost: one hash look-up; for query words, not for texts.
  public static func of(_ word: UnsafeBufferPointer<UInt8>) -> QueryWordClass {
    // The longest listed word has 14 letters.
    guard word.count >= 1, word.count <= 14 else { return .content }
    return classes[String(decoding: word, as: UTF8.self)] ?? .content
  }

  /// The same for a string.
  public static func of(_ word: String) -> QueryWordClass { classes[word] ?? .content }

  private static let classes: [String: QueryWordClass] = {
    var classes: [String: QueryWordClass] = [:]
    for word in requestWords.split(separator: " ") { classes[String(word)] = .request }
    for word in functionWords.split(separator: " ") { classes[String(word)] = .function }
    return classes
  }()

  private static let functionWords = """
    a about above after again against all also although always am among an and any anyone anything are as at \
    be because been before being below between both but by can cannot could did do does doing done dont down \
    during each eg either else etc ever every few for from further get got had has have having he her here \
    hers him his how however i id ie if im in into is it its itself ive just let many may me might mine more \
    most much must my myself neither no nor not now of off often on once one ones only or other others our \
    ours out over own per perhaps quite rather said same shall she should since so some still such than that \
    the their them themselves then there thereby therefore these they this those though through thus to too \
    toward towards under until up upon us use used using very via was we well were what whatever when \
    whenever where whether which while who whom whose why will with within without would yet you your yours
    """

  private static let requestWords = """
    article articles available concern concerned concerning concerns deal dealing deals describe described \
    describing description descriptions discuss discussed discussing discussion discussions document \
    documents especially example examples exist exists explain explaining find give grateful include \
    includes including information instance interest interested interesting kind kinds known like list \
    literature look looking need obtain obtained paper papers particular particularly pertaining please \
    pleased receive reference references regarding related relating relevant report reports seek seeking \
    show specific specifically subject subjects tell topic topics type types various want wanted wish
    """
}
