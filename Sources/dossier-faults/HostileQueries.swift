/// Queries that brought other engines down, or were meant to: long, deep, wide, ambiguous.
enum HostileQueries {
  private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  static let all: [String] = many + shapes + patterns + numbers + joins

  /// Too many of something.
  private static let many = [
    times("lead ", 1_024), times("lead OR ", 2_000) + "paint", times("a", 16_000), times("a ", 8_000),
    times("+a ", 1_500),
    times("-a ", 1_500), times("(", 10_000) + "a" + times(")", 10_000), times("NOT ", 2_000) + "a",
    "\"" + times("lead ", 3_000) + "\"", times("\"a\" ", 2_000), times("a^2 ", 1_000), times("甲", 5_000),
    times("甲 ", 4_000), times("\u{1F600}", 3_000), times("x:", 4_000), times("date:2007 ", 600), times("=a ", 2_000),
    times("a..b ", 1_000), times("\u{0}", 1_000), times("e\u{301}", 4_000), times("word1 word2 ", 600),
    (0..<1_500).map { "w\($0)" }.joined(separator: " OR "), (0..<1_024).map { "\"a w\($0)\"" }.joined(separator: " "),
  ]

  /// Forms inside forms.
  private static let shapes = [
    times("SAME PARA (", 40) + "a" + times(")", 40), times("(a NEAR/5 ", 40) + "b" + times(")", 40),
    "a NEAR/1000 b NEAR/1000 c NEAR/1000 d", "a NEAR/99999999 b",
    "(a OR b OR c OR d) NEAR/50 (e OR f OR g OR h) NEAR/50 (i OR j)",
    times("violation(", 40) + "a" + times(")", 40), "SAME SENTENCE (lead OR paint OR the OR of OR and)",
    "the NEAR/1000 of NEAR/1000 and NEAR/1000 in", "\"the of and in to\"~1000", "NOT (NOT (NOT (NOT a)))", "* NOT *",
    "*",
    "NOT *", "(* OR *) NEAR/5 (* OR *)", "a AND", "OR OR OR", "((((", "))))", "\"\"\"\"", "“”“”", "[ TO ]", "{a TO b",
  ]

  /// Patterns.
  private static let patterns = [
    "*a*b*c*d*", times("?", 250), times("?", 1_000), "a*", "*e", "*", times("*a", 100), "/(a+)+$/",
    "/([ab]{1000}){1000}/",
    "/[ab]{1000}{1000}{1000}/", "/" + times("(", 5_000) + "a" + times(")", 5_000) + "/", "/.*.*.*.*.*x/",
    "/(a|a|a|a)*b/",
    "/[^a]*[^b]*[^c]*[^d]*/", "/\\w{1,100}\\w{1,100}\\w{1,100}/", "/" + times("a?", 100) + times("a", 100) + "/",
    "/" + times("[a-z]", 60) + "/", "a~2", "aa~2", "e~1 o~1 a~1 i~1", times("lead~2 ", 200), "lead~99",
    times("a*", 1) + " " + times("b* c* d* e* ", 60), "l*d*a*e*", "/./", "/.{0,255}/", "/(?=a)/", "/\\1/", "/[/", "/(/",
  ]

  /// Numbers and dates at their limits.
  private static let numbers = [
    "date:0000-00-00", "date:9999-99-99..0001", "date:[* TO *]", "last:99999999999d", "n:>=99999999999999999999999999",
    "n:[-9223372036854775808 TO 9223372036854775807]", "a^1e308", "a^-1", "a^nan", "a~18446744073709551616",
    "since:2007 until:2006", "date:2007..2007..2007", "severity:>=nonsense", "date:--02-30",
  ]

  /// Joins.
  private static let joins = [
    "has(inspection: *)", "NOT has(inspection: *)", "by(enterprise: *)", "has(has(has(a)))",
    times("has(inspection: ", 30) + "a" + times(")", 30), times("has(inspection: lead) ", 200),
    "by(enterprise: has(inspection: by(enterprise: *)))", "has(nothing: a)", "has(inspection: lead* paint* *a*)",
  ]
}
