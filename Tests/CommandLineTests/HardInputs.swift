/// The hardest things that people type, and what the built program must say to them. `output` and `talk` are phrases that
/// standard output and standard error must hold; `absent` ones that neither may.
struct HardInput {
  let arguments: [String]
  let code: Int32
  var output: [String] = []
  var talk: [String] = []
  var absent: [String] = []
  /// Whether it asks the index of the seed page rather than that of the sample.
  var isOfSeedPage = false
  var input = ""
}

enum HardInputs {
  static let all: [HardInput] = [
    // Journeys: investigators.
    HardInput(arguments: ["search", "\"lead coating"], code: 0, talk: ["not closed", "^"]),
    HardInput(arguments: ["search", "\"lead coating", "--strict"], code: 2, talk: ["not closed", "^"]),
    HardInput(arguments: ["search", "licence:XK16-204-0012"], code: 1, absent: ["did you mean"]),
    HardInput(arguments: ["search", "licence:XK16-204-00123"], code: 0, output: ["4403-0187"]),
    HardInput(
      arguments: ["search", "zyzzyvaxq"], code: 1, talk: ["searched 347 of kind enterprise", "nothing found"]),
    HardInput(
      arguments: ["search", "since:2007-13"], code: 2, talk: ["month 13", "did you mean 2007-03 or 2007-12?", "^"]),
    HardInput(
      arguments: ["search", "(\"small parts\" OR 小零件) NEAR/8 toy", "--explain", "--limit", "1"], code: 0,
      output: ["sum of words"]),
    HardInput(arguments: ["search", "lead AND"], code: 0, talk: ["AND has nothing after it", "^"]),
    HardInput(arguments: ["search", "(lead paint"], code: 0, talk: ["parenthesis", "^"]),
    HardInput(arguments: ["search", "licence revoked toys", "--limit", "1"], code: 0),
    // Journeys: analysts.
    HardInput(arguments: ["search", "product:toyz"], code: 1, talk: ["no product 'toyz'; nearest: toys ("]),
    HardInput(
      arguments: [
        "search", "kind:enterprise product:toys export:yes", "--facet", "province,bureau,licence", "--limit", "3",
      ],
      code: 0, output: ["province", "Guangdong"]),
    HardInput(
      arguments: [
        "search", "kind:enterprise product:toys NOT has(inspection: since:2007-03 type:re-examination)", "--count",
      ],
      code: 0),
    HardInput(
      arguments: ["search", "has(inspektion: lead)"], code: 2,
      talk: ["no records of kind 'inspektion'", "did you mean 'inspection'?", "^^^^^^^^^^"]),
    HardInput(arguments: ["search", "has (inspection: lead)"], code: 0, talk: ["read as has(inspection: …)", "^"]),
    HardInput(
      arguments: ["search", "lead", "--facet", "text"], code: 2,
      talk: ["'text' is running text", "province", "product"]),
    HardInput(
      arguments: ["search", "lead", "--limit", "0", "--facet", "kind"], code: 0, output: ["kind\tinspection\t"]),
    HardInput(
      arguments: ["search", "severity:awful"], code: 2,
      talk: ["expected one of minor, moderate, serious, critical", "^^^^^"]),
    HardInput(arguments: ["search", "severity:seriuos"], code: 2, talk: ["did you mean 'serious'?"]),
    HardInput(arguments: ["search", "violation(V703 severity:>=minor)", "--count"], code: 0),
    HardInput(arguments: ["search", "type:routin"], code: 1, talk: ["no type 'routin'; nearest: routine ("]),
    HardInput(arguments: ["search", "nosuchfield:x"], code: 2, talk: ["no field 'nosuchfield'", "fields are:", "^"]),
    // Journeys: clerks, on the seed page.
    HardInput(
      arguments: ["search", "rectifcation", "--kind", "directive"], code: 1,
      talk: ["'rectification'", "in 5 of 7 paragraphs", "'recification' stands in seed-directive#p1"],
      isOfSeedPage: true),
    HardInput(
      arguments: ["search", "“8 100%s”"], code: 0, output: ["8 100%s"], talk: ["read as", "^"], isOfSeedPage: true),
    HardInput(
      arguments: ["search", "\"Product Quality and Safety Guarantee\""], code: 0, output: ["Guarantee"],
      isOfSeedPage: true),
    HardInput(
      arguments: ["search", "\"quality files\" NEAR/12 re-examined", "--count"], code: 0, output: ["1"],
      isOfSeedPage: true),
    HardInput(
      arguments: ["search", "\"quality files\" NEAR/5 re-examined", "--count"], code: 1, output: ["0"],
      isOfSeedPage: true),
    HardInput(arguments: ["search", "第3段"], code: 1, talk: ["may mean paragraph 3", "paragraph(n:3"]),
    HardInput(arguments: ["search", "para 3 toys"], code: 0, talk: ["may mean paragraph 3"]),
    HardInput(arguments: ["search", "paragraph(n:3 toys)"], code: 0, output: ["seed-directive"], isOfSeedPage: true),
    HardInput(arguments: ["search", "quality\u{A0}files\nfurniture", "--count"], code: 0),
    // Pains.
    HardInput(arguments: ["search", "No. 23-1732"], code: 1, talk: ["No. before a number is not searched", "^"]),
    HardInput(
      arguments: ["search", "lead /s coating", "--limit", "1"], code: 0, talk: ["/s read as SAME SENTENCE", "^"]),
    HardInput(arguments: ["search", "lead /p coating", "--limit", "1"], code: 0, talk: ["/p read as SAME PARA", "^"]),
    HardInput(arguments: ["search", "lead w/5 coating", "--limit", "1"], code: 0, talk: ["w/5 read as NEAR/5", "^"]),
    HardInput(arguments: ["search", "formald%", "--limit", "1"], code: 0, talk: ["% read as *"]),
    HardInput(arguments: ["search", "（lead OR tin） AND toy", "--limit", "1"], code: 0, talk: ["full-width", "^"]),
    HardInput(arguments: ["search", "name：宏达", "--limit", "1"], code: 0, talk: ["full-width", "^"]),
    HardInput(arguments: ["search", "質量檔案", "--count"], code: 0),
    HardInput(arguments: ["search", "ＧＢ６６７５", "--count"], code: 0),
    HardInput(arguments: ["search", "具", "--count"], code: 0),
    HardInput(arguments: ["search", "=fox-it"], code: 1),
    HardInput(arguments: ["search", "*ing", "--limit", "1"], code: 0),
    HardInput(arguments: ["search", "/(a*)*b[/"], code: 2, talk: ["^"]),
    HardInput(
      arguments: ["search", String(repeating: "(", count: 5_000) + "a"], code: 2, talk: ["nest deeper than 32"]),
    HardInput(arguments: ["search", (0..<3_000).map { "w\($0)" }.joined(separator: " ")], code: 2),
    HardInput(arguments: ["search", "OR"], code: 1, talk: ["OR has nothing before it"]),
    HardInput(arguments: ["search", "leda~2", "--limit", "1"], code: 0, talk: ["distance 1 instead of 2"]),
    HardInput(
      arguments: ["search", "a*", "--timeout", "1", "--limit", "1"], code: 3, talk: ["partial"],
      absent: ["nothing found"]),
    HardInput(arguments: ["search", "--query-json", "-"], code: 2, talk: ["$.type"], input: "{}"),
    HardInput(
      arguments: ["search", "--count", "--query-json", "-"], code: 0,
      input:
        #"{"type":"near","distance":5,"ordered":false,"children":[{"type":"word","text":"lead"},{"type":"word","text":"coating"}]}"#
    ),
    HardInput(arguments: ["search", "lead", "--rank", "histroy"], code: 2, talk: ["did you mean 'history'?"]),
    HardInput(arguments: ["parse", "“a b” /s c AND"], code: 0, output: ["SAME SENTENCE"], talk: ["^"]),
    HardInput(arguments: ["suggest", "hongda"], code: 0, output: ["enterprise\t"]),
  ]
}
