/// What people type, what is made of it, and what is said about it.
///
/// A row is the query, its canonical text (`!` when it is refused) and the codes of repairs, of notes (in parentheses) or
/// of the error; `-` when there are none. `␤` stands for a line break. `today` is 2026-11-22.
enum GoldenParses {
  struct Row {
    let input: String
    let canonical: String
    let codes: String
  }

  static let rows: [Row] = table.split(separator: "\n").compactMap(row)

  private static func row(_ line: Substring) -> Row? {
    let parts = line.split(separator: " \u{21D2} ", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let typed = parts[0].map { $0 == "\u{2424}" ? "\n" : $0 }
    return Row(input: String(typed), canonical: String(parts[1]), codes: parts[2] == "-" ? "" : String(parts[2]))
  }

  private static let table = #"""
    formaldehyde furniture ⇒ formaldehyde furniture ⇒ -
    formaldehyde ⇒ formaldehyde ⇒ -
      toys   lead   ⇒ toys lead ⇒ -
    "quality files" ⇒ "quality files" ⇒ -
    =inspected ⇒ =inspected ⇒ -
    =fox-it ⇒ =fox-it ⇒ -
    ="fox it" ⇒ "fox it" ⇒ -
    =GB/T ⇒ =GB/T ⇒ -
    =lead* ⇒ =lead\* ⇒ -
    =a:b ⇒ =a\:b ⇒ -
    +a -b ⇒ +a -b ⇒ -
    +toys +lead -paint ⇒ +toys +lead -paint ⇒ -
    a AND b ⇒ a AND b ⇒ -
    a AND b AND c ⇒ a AND b AND c ⇒ -
    a OR b ⇒ a OR b ⇒ -
    a OR b OR c ⇒ a OR b OR c ⇒ -
    a b OR c ⇒ (a b) OR c ⇒ (mixed-operators)
    a OR b c ⇒ a OR (b c) ⇒ (mixed-operators)
    a AND b OR c ⇒ (a AND b) OR c ⇒ (mixed-operators)
    a OR b AND c ⇒ a OR (b AND c) ⇒ (mixed-operators)
    (a OR b) c ⇒ (a OR b) c ⇒ -
    (a OR b) AND c ⇒ (a OR b) AND c ⇒ -
    a (b c) ⇒ a (b c) ⇒ -
    ((a b)) ⇒ a b ⇒ -
    (((a))) ⇒ a ⇒ -
    NOT a ⇒ NOT a ⇒ -
    NOT NOT a ⇒ NOT NOT a ⇒ -
    a NOT b ⇒ a NOT b ⇒ -
    a AND NOT b ⇒ a AND NOT b ⇒ -
    NOT a b ⇒ NOT a b ⇒ -
    NOT (a OR b) ⇒ NOT (a OR b) ⇒ -
    NOT -a ⇒ NOT -a ⇒ -
    a^2 ⇒ a^2 ⇒ -
    a^2.5 b ⇒ a^2.5 b ⇒ -
    a^0.5 ⇒ a^0.5 ⇒ -
    (a b)^3 ⇒ (a b)^3 ⇒ -
    "a b"^2 ⇒ "a b"^2 ⇒ -
    (a^2)^3 ⇒ (a^2)^3 ⇒ -
    a^2^3 ⇒ a^3 ⇒ boost
    province:广东^2 ⇒ province:广东^2 ⇒ -
    a^b ⇒ a\^b ⇒ -
    a^ ⇒ a ⇒ lone-operator
    a^ b ⇒ a b ⇒ lone-operator
    a^0 ⇒ a^0.01 ⇒ boost
    a^1000 ⇒ a^100 ⇒ boost
    a^1e9 ⇒ a\^1e9 ⇒ -
    ^2 ⇒ \^2 ⇒ -
    x^-1 ⇒ x\^-1 ⇒ -
    a NEAR/5 b ⇒ a NEAR/5 b ⇒ -
    a NEAR/5 b NEAR/5 c ⇒ a NEAR/5 b NEAR/5 c ⇒ -
    a NEAR/5 b NEAR/3 c ⇒ (a NEAR/5 b) NEAR/3 c ⇒ -
    a ONEAR/5 b ⇒ a ONEAR/5 b ⇒ -
    "quality files" NEAR/12 re-examined ⇒ "quality files" NEAR/12 re-examined ⇒ -
    ("small parts" OR 小零件) NEAR/8 toy ⇒ ("small parts" OR 小零件) NEAR/8 toy ⇒ -
    +a NEAR/5 b ⇒ +a NEAR/5 b ⇒ -
    -a NEAR/5 b ⇒ -a NEAR/5 b ⇒ -
    a NEAR/5 -b ⇒ a NEAR/5 b ⇒ sign-in-near
    a NEAR/5 NOT b ⇒ a NEAR/5 b ⇒ sign-in-near
    a NEAR b ⇒ a NEAR/10 b ⇒ near-distance
    a ONEAR b ⇒ a ONEAR/10 b ⇒ near-distance
    a NEAR10 b ⇒ a NEAR/10 b ⇒ other-tool
    a NEAR/0 b ⇒ a NEAR/1 b ⇒ near-distance
    a NEAR/5000 b ⇒ a NEAR/1000 b ⇒ near-distance
    a NEAR/99999999 b ⇒ a NEAR/1000 b ⇒ near-distance
    a NEAR/x b ⇒ a NEAR/x b ⇒ -
    a near/5 b ⇒ a NEAR/5 b ⇒ other-tool
    NEAR/5 b ⇒ b ⇒ dangling-operator
    a NEAR/5 ⇒ a ⇒ dangling-operator
    a NEAR/5 NEAR/3 b ⇒ a NEAR/3 b ⇒ dangling-operator
    (a NEAR/5 b)^2 ⇒ (a NEAR/5 b)^2 ⇒ -
    a NEAR/5 (b c) ⇒ a NEAR/5 (b c) ⇒ -
    a ADJ b ⇒ a ADJ b ⇒ -
    a ADJ3 b ⇒ a ONEAR/3 b ⇒ other-tool
    SAME SENTENCE (lead coating) ⇒ SAME SENTENCE (lead coating) ⇒ -
    SAME PARA (lead coating) ⇒ SAME PARA (lead coating) ⇒ -
    SAME PARAGRAPH (lead OR coating) ⇒ SAME PARA (lead OR coating) ⇒ -
    SAME PARA lead ⇒ SAME PARA (lead) ⇒ -
    SAME PARA ⇒  ⇒ dangling-operator
    SAME PARA () ⇒  ⇒ dangling-operator
    SAME time ⇒ \SAME time ⇒ -
    SAME ⇒ \SAME ⇒ -
    the SAME PARA (a b) c ⇒ the SAME PARA (a b) c ⇒ -
    a /s b ⇒ SAME SENTENCE (a b) ⇒ other-tool
    a /p b ⇒ SAME PARA (a b) ⇒ other-tool
    a w/s b ⇒ SAME SENTENCE (a b) ⇒ other-tool
    a w/p b ⇒ SAME PARA (a b) ⇒ other-tool
    a /s b /s c ⇒ SAME SENTENCE (a b c) ⇒ other-tool other-tool
    a /s b /p c ⇒ SAME PARA (SAME SENTENCE (a b) c) ⇒ other-tool other-tool
    a /5 b ⇒ a NEAR/5 b ⇒ other-tool
    a /5(b c) ⇒ a NEAR/5 (b c) ⇒ other-tool
    a /5(b|c)/ ⇒ a /5(b|c)/ ⇒ -
    a /7)/ b ⇒ a /7)/ b ⇒ -
    a /s(b)/ c ⇒ a /s(b)/ c ⇒ -
    a w/5 b ⇒ a NEAR/5 b ⇒ other-tool
    a W/12 b ⇒ a NEAR/12 b ⇒ other-tool
    a pre/3 b ⇒ a ONEAR/3 b ⇒ other-tool
    /s b ⇒ b ⇒ dangling-operator
    a /s ⇒ a ⇒ other-tool dangling-operator
    "lead paint" /s toy* ⇒ SAME SENTENCE ("lead paint" toy*) ⇒ other-tool
    a && b ⇒ a AND b ⇒ other-tool
    a || b ⇒ a OR b ⇒ other-tool
    a | b ⇒ a OR b ⇒ other-tool
    a & b ⇒ a & b ⇒ -
    !a b ⇒ -a b ⇒ other-tool
    a !b ⇒ a -b ⇒ other-tool
    Johnson & Johnson ⇒ Johnson & Johnson ⇒ -
    A&B ⇒ A&B ⇒ -
    violation(code:V1 severity:>=serious) ⇒ violation(code:V1 severity:>=serious) ⇒ -
    product(name:toys licence:XK16*) ⇒ product(name:toys licence:XK16*) ⇒ -
    violation() ⇒ violation ⇒ empty-group
    violation (lead) ⇒ violation lead ⇒ -
    VIOLATION(lead) ⇒ violation(lead) ⇒ -
    violation ⇒ violation ⇒ -
    product:toys ⇒ product:toys ⇒ -
    product:=toys ⇒ product:=toys ⇒ -
    n:..\ toys ⇒ n:<=toys ⇒ -
    n:\ a..\ b ⇒ n:[a TO b] ⇒ -
    has(inspection: lead since:2007-03) ⇒ has(inspection: lead since:2007-03) ⇒ -
    has(inspection) ⇒ has(inspection) ⇒ -
    has(inspection:) ⇒ has(inspection) ⇒ -
    has(inspection lead) ⇒ has(inspection: lead) ⇒ missing-colon
    has(inspektion: lead) ⇒ has(inspektion: lead) ⇒ -
    NOT has(inspection: since:2007-03) ⇒ NOT has(inspection: since:2007-03) ⇒ -
    kind:enterprise toys NOT has(inspection: since:2007-03) ⇒ kind:enterprise toys NOT has(inspection: since:2007-03) ⇒ -
    kind:enterprise product:toys NOT has(inspection: since:2007-03 type:re-examination) ⇒ kind:enterprise product:toys NOT has(inspection: since:2007-03 type:re-examination) ⇒ -
    has() ⇒ ! ⇒ missing-kind
    has("x") ⇒ ! ⇒ missing-kind
    has ⇒ has ⇒ -
    by(enterprise: province:GD) ⇒ by(enterprise: province:GD) ⇒ -
    by(enterprise: name:"Hongda Toys") ⇒ by(enterprise: name:"Hongda Toys") ⇒ -
    by() ⇒ ! ⇒ missing-kind
    has（inspection：lead） ⇒ has(inspection: lead) ⇒ full-width
    has(inspection: has(enterprise: a)) ⇒ has(inspection: has(enterprise: a)) ⇒ -
    lead* ⇒ lead* ⇒ -
    lead** ⇒ lead* ⇒ -
    le*d ⇒ le*d ⇒ -
    l?ad ⇒ l?ad ⇒ -
    *ing ⇒ *ing ⇒ -
    * ⇒ * ⇒ -
    ** ⇒ * ⇒ -
    *:* ⇒ * ⇒ other-tool
    ? ⇒ ? ⇒ -
    a? ⇒ a? ⇒ -
    toy? ⇒ toy? ⇒ -
    are toys safe? ⇒ are toys safe ⇒ (question-mark)
    are toys safe ? ⇒ are toys safe ⇒ (question-mark)
    are (toy?) ⇒ are (toy?) ⇒ -
    "are" toy? ⇒ "are" toy? ⇒ -
    toys？ ⇒ toys ⇒ -
    ＊ ⇒ * ⇒ full-width
    lead＊ ⇒ lead* ⇒ full-width
    \* ⇒ \* ⇒ -
    a\*b ⇒ a\*b ⇒ -
    lead\* ⇒ lead\* ⇒ -
    /re/ ⇒ /re/ ⇒ -
    /le?ad/ ⇒ /le?ad/ ⇒ -
    /(lead|zinc)s?/ toys ⇒ /(lead|zinc)s?/ toys ⇒ -
    /a b/ ⇒ \/a b/ ⇒ -
    /a\/b/ ⇒ /a\/b/ ⇒ -
    / ⇒ \/ ⇒ -
    // ⇒ \// ⇒ -
    /path/to/file ⇒ \/path/to/file ⇒ -
    /unclosed ⇒ \/unclosed ⇒ -
    GB/T 5296.5-2006 ⇒ GB/T 5296.5-2006 ⇒ -
    GB 6675-2014 ⇒ GB 6675-2014 ⇒ -
    GB6675-2014 ⇒ GB6675-2014 ⇒ -
    ＧＢ６６７５ ⇒ ＧＢ６６７５ ⇒ -
    XK16-204-00123 ⇒ XK16-204-00123 ⇒ -
    licence:XK16-204-0012 ⇒ licence:XK16-204-0012 ⇒ -
    CCC 2007-0123 ⇒ CCC 2007-0123 ⇒ -
    EN71-3:2013 ⇒ EN71-3:2013 ⇒ -
    ISO 9001:2015 ⇒ ISO 9001:2015 ⇒ -
    recti~1 ⇒ recti~1 ⇒ -
    recti~2 ⇒ recti~2 ⇒ -
    recti~ ⇒ recti~1 ⇒ -
    rectification~ ⇒ rectification~2 ⇒ -
    recti~9 ⇒ recti~2 ⇒ fuzzy-distance
    recti~0 ⇒ =recti ⇒ fuzzy-distance
    recti~0.8 ⇒ recti~1 ⇒ fuzzy-distance
    le?d~1 ⇒ le?d ⇒ fuzzy-distance
    ~ ⇒  ⇒ lone-operator
    a~b ⇒ a\~b ⇒ -
    a ~ b ⇒ a b ⇒ lone-operator
    "a b"~3 ⇒ =a NEAR/3 =b ⇒ other-tool
    "a b c"~10 ⇒ =a NEAR/10 =b NEAR/10 =c ⇒ other-tool
    "a"~2 ⇒ "a" ⇒ other-tool
    "a b"~ ⇒ =a NEAR/1 =b ⇒ other-tool
    "a b"* ⇒ "a b" ⇒ lone-operator
    field:x ⇒ field:x ⇒ -
    field:"x y" ⇒ field:"x y" ⇒ -
    field:(a OR b) ⇒ field:(a OR b) ⇒ -
    field:(a b) ⇒ field:(a b) ⇒ -
    field:[a TO b] ⇒ field:[a TO b] ⇒ -
    field:{a TO b} ⇒ field:{a TO b} ⇒ -
    field:[a TO b} ⇒ field:[a TO b} ⇒ -
    field:{a TO b] ⇒ field:{a TO b] ⇒ -
    field:[* TO b] ⇒ field:<=b ⇒ -
    field:[a TO *] ⇒ field:>=a ⇒ -
    field:[* TO *] ⇒ field:* ⇒ -
    has (inspection: lead) ⇒ has(inspection: lead) ⇒ space-before-parenthesis
    toys has (a OR b) ⇒ toys has (a OR b) ⇒ -
    paragraph(n:3 toys) ⇒ paragraph(n:3 toys) ⇒ -
    field:[a b] ⇒ field:[a TO b] ⇒ open-range
    field:[a] ⇒ field:[a TO a] ⇒ open-range
    field:[a TO ] ⇒ field:>=a ⇒ open-range
    field:[ TO b] ⇒ field:<=b ⇒ open-range
    field:[a TO b ⇒ field:[a TO b] ⇒ open-range
    field:[a to b] ⇒ field:[a TO b] ⇒ -
    field:["a b" TO "c d"] ⇒ field:["a b" TO "c d"] ⇒ -
    field:[] ⇒ field:\[] ⇒ -
    field:[ ⇒ field:\[ ⇒ -
    field:* ⇒ field:* ⇒ -
    field:=x ⇒ field:=x ⇒ -
    field:lead* ⇒ field:lead* ⇒ -
    field:/re/ ⇒ field:/re/ ⇒ -
    field:recti~1 ⇒ field:recti~1 ⇒ -
    field:(x)^2 ⇒ field:x^2 ⇒ -
    field:a:b ⇒ field:a\:b ⇒ -
    field:(a:b) ⇒ field:(a:b) ⇒ -
    field: ⇒ field ⇒ missing-value
    field: value ⇒ field:value ⇒ space-after-colon
    field: AND b ⇒ field AND b ⇒ missing-value
    field: a:b ⇒ field a:b ⇒ missing-value
    field:() ⇒  ⇒ empty-group
    field:-x ⇒ field:\-x ⇒ -
    (field:) ⇒ field ⇒ missing-value
    severity:>=serious ⇒ severity:>=serious ⇒ -
    severity>=serious ⇒ severity:>=serious ⇒ -
    severity>=serious since:2006 ⇒ severity:>=serious since:2006 ⇒ -
    price:>5 ⇒ price:>5 ⇒ -
    price:<5 ⇒ price:<5 ⇒ -
    price:<=2.50 ⇒ price:<=2.50 ⇒ -
    price:>-5 ⇒ price:>-5 ⇒ -
    price:5..10 ⇒ price:[5 TO 10] ⇒ -
    price:10..5 ⇒ price:[5 TO 10] ⇒ reversed-range
    price:5.. ⇒ price:>=5 ⇒ -
    price:5..* ⇒ price:>=5 ⇒ -
    price:*..* ⇒ price:* ⇒ -
    price:>=* ⇒ price:* ⇒ -
    price:..10 ⇒ price:<=10 ⇒ -
    price:[10 TO 5] ⇒ price:[5 TO 10] ⇒ reversed-range
    price≥5 ⇒ price:>=5 ⇒ -
    price:≥5 ⇒ price:>=5 ⇒ -
    price:＞5 ⇒ price:>5 ⇒ full-width
    a>b ⇒ a:>b ⇒ -
    a<b>c ⇒ a:<"b>c" ⇒ -
    a->b ⇒ a-\>b ⇒ -
    lead >90ppm ⇒ lead \>90ppm ⇒ -
    x:> ⇒ x:\> ⇒ -
    省份:广东 ⇒ 省份:广东 ⇒ -
    省份：广东 ⇒ 省份:广东 ⇒ full-width
    date:2007 ⇒ date:2007 ⇒ -
    date:2007-Q3 ⇒ date:2007-Q3 ⇒ -
    date:2007Q3 ⇒ date:2007-Q3 ⇒ -
    date:2007-q3 ⇒ date:2007-Q3 ⇒ -
    date:2007-03 ⇒ date:2007-03 ⇒ -
    date:2007-3 ⇒ date:2007-03 ⇒ -
    date:2007-03-14 ⇒ date:2007-03-14 ⇒ -
    date:2007/03/14 ⇒ date:2007-03-14 ⇒ -
    date:2007.3.14 ⇒ date:2007-03-14 ⇒ -
    date:20070314 ⇒ date:2007-03-14 ⇒ -
    date:2007年3月14日 ⇒ date:2007-03-14 ⇒ -
    date:2007年3月 ⇒ date:2007-03 ⇒ -
    date:２００７ ⇒ date:2007 ⇒ -
    date:"14 March 2007" ⇒ date:2007-03-14 ⇒ -
    date:14-Mar-2007 ⇒ date:2007-03-14 ⇒ -
    date:14/03/2007 ⇒ date:2007-03-14 ⇒ -
    date:03/14/2007 ⇒ date:2007-03-14 ⇒ -
    date:03/04/2007 ⇒ ! ⇒ bad-date
    date:2007-03..2007-10 ⇒ date:2007-03..2007-10 ⇒ -
    date:2007-10..2007-03 ⇒ date:2007-03..2007-10 ⇒ reversed-range
    date:2007.. ⇒ since:2007 ⇒ -
    date:..2007 ⇒ until:2007 ⇒ -
    date:2007–2008 ⇒ date:2007..2008 ⇒ -
    date:2007至2008 ⇒ date:2007..2008 ⇒ -
    date:2007..2007 ⇒ date:2007 ⇒ -
    date:[2007 TO 2008] ⇒ date:2007..2008 ⇒ -
    date:{2007 TO 2008} ⇒ ! ⇒ bad-date
    date:[2007-03-14 TO *] ⇒ since:2007-03-14 ⇒ -
    date:>=2007-03 ⇒ since:2007-03 ⇒ -
    date:>2007 ⇒ since:2008-01-01 ⇒ -
    date:<2007 ⇒ until:2006-12-31 ⇒ -
    date:<=2007-Q2 ⇒ until:2007-Q2 ⇒ -
    date>=2007 ⇒ since:2007 ⇒ -
    date:(2007 OR 2008-Q1) ⇒ date:2007 OR date:2008-Q1 ⇒ -
    date:(2007 OR x) ⇒ ! ⇒ bad-date
    date:() ⇒  ⇒ empty-group
    date:* ⇒ date:* ⇒ -
    date:2007^2 ⇒ date:2007^2 ⇒ -
    date:2007-13 ⇒ ! ⇒ bad-date
    date:2007-02-29 ⇒ ! ⇒ bad-date
    date:2008-02-29 ⇒ date:2008-02-29 ⇒ -
    date:2007-00 ⇒ ! ⇒ bad-date
    date:2007-Q5 ⇒ ! ⇒ bad-date
    date:07-03 ⇒ ! ⇒ bad-date
    date:abc ⇒ ! ⇒ bad-date
    date: ⇒ date ⇒ missing-value
    date: 2007 ⇒ date:2007 ⇒ space-after-colon
    date:0000 ⇒ ! ⇒ bad-date
    since:2007-03 ⇒ since:2007-03 ⇒ -
    since:2007-03-01 ⇒ since:2007-03-01 ⇒ -
    since: 2007 ⇒ since:2007 ⇒ space-after-colon
    since:2007-13 ⇒ ! ⇒ bad-date
    since:today ⇒ since:2026-11-22 ⇒ -
    since:yesterday ⇒ since:2026-11-21 ⇒ -
    until:2007 ⇒ until:2007 ⇒ -
    until:2007-Q4 ⇒ until:2007-Q4 ⇒ -
    last:90d ⇒ date:2026-08-24..2026-11-22 ⇒ (relative-date)
    last:12m ⇒ date:2025-11-22..2026-11-22 ⇒ (relative-date)
    last:1y ⇒ date:2025-11-22..2026-11-22 ⇒ (relative-date)
    last:2w ⇒ date:2026-11-08..2026-11-22 ⇒ (relative-date)
    last:3q ⇒ date:2026-02-22..2026-11-22 ⇒ (relative-date)
    last:1month ⇒ date:2026-10-22..2026-11-22 ⇒ (relative-date)
    last:x ⇒ ! ⇒ bad-duration
    last:0d ⇒ ! ⇒ bad-duration
    last:99999y ⇒ ! ⇒ bad-duration
    last:90 ⇒ ! ⇒ bad-duration
    2007-03..2007-10 ⇒ date:2007-03..2007-10 ⇒ -
    2007-Q3 ⇒ date:2007-Q3 ⇒ -
    toys 2007-Q3 ⇒ toys date:2007-Q3 ⇒ -
    2007 ⇒ 2007 ⇒ -
    2007-03-14 ⇒ 2007-03-14 ⇒ -
    2007..x ⇒ 2007.\.x ⇒ -
    1.5..2 ⇒ 1.5.\.2 ⇒ -
    Since:2007 ⇒ since:2007 ⇒ -
    DATE:2007 ⇒ date:2007 ⇒ -
    “quality files” ⇒ "quality files" ⇒ smart-quote
    ‘quality files’ ⇒ "quality files" ⇒ smart-quote
    'quality files' ⇒ "quality files" ⇒ smart-quote
    'tis ⇒ \'tis ⇒ -
    it's ⇒ it's ⇒ -
    rock 'n' roll ⇒ rock \'n' roll ⇒ -
    «quality files» ⇒ "quality files" ⇒ smart-quote
    „quality files“ ⇒ "quality files" ⇒ smart-quote
    「質量檔案」 ⇒ "質量檔案" ⇒ smart-quote
    『質量檔案』 ⇒ "質量檔案" ⇒ smart-quote
    《产品质量法》 ⇒ "产品质量法" ⇒ smart-quote
    《产品质量法 ⇒ "产品质量法" ⇒ open-quote
    "lead coating ⇒ "lead coating" ⇒ open-quote
    lead coating" ⇒ lead coating ⇒ stray-quote
    “lead coating ⇒ "lead coating" ⇒ open-quote
    " ⇒  ⇒ stray-quote
    "" ⇒  ⇒ empty-group
    " " ⇒  ⇒ empty-group
    "" a ⇒ a ⇒ empty-group
    a"b ⇒ a "b" ⇒ open-quote
    a "b" c ⇒ a "b" c ⇒ -
    a"b c"d ⇒ a "b c" d ⇒ -
    5" pipe ⇒ 5 pipe ⇒ stray-quote
    "a \"b\" c" ⇒ "a \"b\" c" ⇒ -
    "a\\b" ⇒ "a\\b" ⇒ -
    "8 100%s" ⇒ "8 100%s" ⇒ -
    “8 100%s” ⇒ "8 100%s" ⇒ smart-quote
    "100%" ⇒ "100%" ⇒ -
    100% ⇒ 100% ⇒ -
    lead% ⇒ lead* ⇒ other-tool
    %lead% ⇒ *lead* ⇒ other-tool
    %lead ⇒ *lead ⇒ other-tool
    % ⇒ \% ⇒ -
    50%off ⇒ 50%off ⇒ -
    （lead OR zinc） ⇒ lead OR zinc ⇒ full-width
    （a b ⇒ a b ⇒ full-width unbalanced-parenthesis
    lead＋zinc ⇒ lead＋zinc ⇒ -
    ＋lead ⇒ +lead ⇒ full-width
    －lead ⇒ -lead ⇒ full-width
    ＝lead ⇒ =lead ⇒ full-width
    lead：zinc ⇒ lead:zinc ⇒ full-width
    ＂a b＂ ⇒ "a b" ⇒ smart-quote
    ａ＾２ ⇒ ａ^2 ⇒ -
    a ＡＮＤ b ⇒ a AND b ⇒ full-width
    a ＯＲ b ⇒ a OR b ⇒ full-width
    玩具，家具 ⇒ 玩具 家具 ⇒ -
    玩具、家具 ⇒ 玩具 家具 ⇒ -
    毛绒玩具 ⇒ 毛绒玩具 ⇒ -
    具 ⇒ 具 ⇒ -
    宏达玩具厂 ⇒ 宏达玩具厂 ⇒ -
    GB标准 ⇒ GB标准 ⇒ -
    重跑gen-itgc后 ⇒ 重跑gen-itgc后 ⇒ -
    第3段 ⇒ 第3段 ⇒ (paragraph-reference)
    第十二段 ⇒ 第十二段 ⇒ (paragraph-reference)
    para 3 ⇒ para 3 ⇒ (paragraph-reference)
    paragraph 12 ⇒ paragraph 12 ⇒ (paragraph-reference)
    ¶3 ⇒ ¶3 ⇒ (paragraph-reference)
    ¶ 3 ⇒ ¶ 3 ⇒ (paragraph-reference)
    #p3 ⇒ #p3 ⇒ (paragraph-reference)
    para three ⇒ para three ⇒ -
    No. 23-1732 ⇒ 23-1732 ⇒ (number-mark)
    No. abc ⇒ No. abc ⇒ -
    No.  ⇒ No. ⇒ -
    № 5 ⇒ 5 ⇒ (number-mark)
    Nos. 5 ⇒ 5 ⇒ (number-mark)
    -No. 5 ⇒ -No. 5 ⇒ -
    a OR No. 5 ⇒ a OR 5 ⇒ (number-mark)
    \No. 5 ⇒ \No. 5 ⇒ -
    a AND ⇒ a ⇒ dangling-operator
    AND a ⇒ a ⇒ dangling-operator
    AND ⇒  ⇒ dangling-operator
    a OR ⇒ a ⇒ dangling-operator
    OR a ⇒ a ⇒ dangling-operator
    OR ⇒  ⇒ dangling-operator
    a AND AND b ⇒ a AND b ⇒ dangling-operator
    a AND OR b ⇒ a OR b ⇒ dangling-operator
    a OR AND b ⇒ a OR b ⇒ dangling-operator
    a OR OR b ⇒ a OR b ⇒ dangling-operator
    NOT ⇒  ⇒ dangling-operator
    a NOT ⇒ a ⇒ dangling-operator
    NOT AND a ⇒ a ⇒ dangling-operator dangling-operator
    a AND NOT ⇒ a ⇒ dangling-operator dangling-operator
    and or not ⇒ and or not ⇒ -
    a and b ⇒ a and b ⇒ -
    ( ⇒  ⇒ unbalanced-parenthesis empty-group
    ) ⇒  ⇒ unbalanced-parenthesis
    () ⇒  ⇒ empty-group
    (a ⇒ a ⇒ unbalanced-parenthesis
    a) ⇒ a ⇒ unbalanced-parenthesis
    a)) ⇒ a ⇒ unbalanced-parenthesis unbalanced-parenthesis
    ((a) ⇒ a ⇒ unbalanced-parenthesis
    (a)) ⇒ a ⇒ unbalanced-parenthesis
    )( ⇒  ⇒ unbalanced-parenthesis unbalanced-parenthesis empty-group
    (a)(b) ⇒ a b ⇒ -
    a(b)c ⇒ a b c ⇒ -
    a() ⇒ a ⇒ empty-group
    (AND) ⇒  ⇒ dangling-operator empty-group
    (a AND) ⇒ a ⇒ dangling-operator
    + ⇒  ⇒ lone-operator
    - ⇒  ⇒ lone-operator
    a - b ⇒ a b ⇒ lone-operator
    a - ⇒ a ⇒ lone-operator
    + a ⇒ a ⇒ lone-operator
    --a ⇒ -a ⇒ repeated-sign
    +-a ⇒ -a ⇒ repeated-sign
    ++a ⇒ +a ⇒ repeated-sign
    -(a b) ⇒ -(a b) ⇒ -
    -"a b" ⇒ -"a b" ⇒ -
    +"a b" ⇒ +"a b" ⇒ -
    -field:x ⇒ -field:x ⇒ -
    -=a ⇒ -=a ⇒ -
    +* ⇒ +* ⇒ -
    = ⇒  ⇒ lone-operator
    a = b ⇒ a b ⇒ lone-operator
    a == b ⇒ a b ⇒ lone-operator
    ^ ⇒  ⇒ lone-operator
    : ⇒  ⇒ lone-operator
    :) ⇒  ⇒ lone-operator unbalanced-parenthesis
    :x ⇒ \:x ⇒ -
    a: ⇒ a ⇒ missing-value
    -> ⇒  ⇒ lone-operator
    a, b; c ⇒ a b c ⇒ -
    a,b ⇒ a,b ⇒ -
    lead, ⇒ lead ⇒ -
    , ⇒  ⇒ empty-query
    ; ⇒  ⇒ empty-query
    a\ b ⇒ a\ b ⇒ -
    \AND ⇒ \AND ⇒ -
    \-a ⇒ \-a ⇒ -
    \ ⇒ \\ ⇒ -
    a\ ⇒ a\\ ⇒ -
    \\ ⇒ \\ ⇒ -
    http://example.org/x?y=1 ⇒ http://example.org/x?y=1 ⇒ -
    https://example.org ⇒ https://example.org ⇒ -
    10:30 ⇒ 10:30 ⇒ -
    C:\temp ⇒ C:temp ⇒ -
    C++ ⇒ C++ ⇒ -
    A-B-C Company ⇒ A-B-C Company ⇒ -
    Hong-Da Toys (Shenzhen) Co., Ltd. ⇒ Hong-Da Toys Shenzhen Co. Ltd. ⇒ -
    Hongda Toys Co., Ltd. ⇒ Hongda Toys Co. Ltd. ⇒ -
    user@example.org ⇒ user@example.org ⇒ -
    #tag ⇒ #tag ⇒ -
    $5 ⇒ $5 ⇒ -
    it's "lead" in -paint ⇒ it's "lead" in -paint ⇒ -
    lead OR zinc AND NOT (paint OR "surface coating")^2 NEAR/5 toys ⇒ lead OR (zinc AND NOT (paint OR "surface coating")^2 NEAR/5 toys) ⇒ (mixed-operators)
    toys\#u{A0}lead ⇒ toys lead ⇒ -
    toys␤lead ⇒ toys lead ⇒ -
    toys\#u{3000}lead ⇒ toys lead ⇒ -
    "quality␤files" ⇒ "quality files" ⇒ -
    "quality\#u{A0}files" ⇒ "quality files" ⇒ -
    \#u{FEFF}toys ⇒ toys ⇒ -
    toys\#u{200B}lead ⇒ toys lead ⇒ -
    date:(2007 OR 2008-Q1) toys ⇒ (date:2007 OR date:2008-Q1) toys ⇒ -
    date:{2007 TO 2009} ⇒ date:2008-01-01..2008-12-31 ⇒ -
    date:{2006 TO 2007} ⇒ ! ⇒ bad-date
    date:[2007-03 TO 2007-10} ⇒ date:2007-03..2007-09-30 ⇒ -
    玩具安全吗？ ⇒ 玩具安全吗 ⇒ -
    玩具 安全吗？ ⇒ 玩具 安全吗 ⇒ -
    is lead in toys? ⇒ is lead in toys ⇒ (question-mark)
    *:* NOT lead ⇒ * NOT lead ⇒ other-tool
    field:*:* ⇒ field:*\:* ⇒ -
    a^2^3^4 ⇒ a^4 ⇒ boost
    (a^2)^3 b ⇒ (a^2)^3 b ⇒ -
    province: GD city: SZ ⇒ province:GD city:SZ ⇒ space-after-colon space-after-colon
    has(inspection: lead) OR has(directive: "lead coating") ⇒ has(inspection: lead) OR has(directive: "lead coating") ⇒ -
    NOT (has(inspection: since:2007-03) OR by(enterprise: export:true)) ⇒ NOT (has(inspection: since:2007-03) OR by(enterprise: export:true)) ⇒ -
    a NEAR/9999999999 b ⇒ a NEAR/1000 b ⇒ near-distance
    a NEAR/5 (NEAR/3 b) ⇒ a NEAR/5 b ⇒ dangling-operator
    SAME SENTENCE lead^2 ⇒ SAME SENTENCE (lead^2) ⇒ -
    SAME PARA (a /s b) ⇒ SAME PARA (SAME SENTENCE (a b)) ⇒ other-tool
    +SAME PARA (a b) ⇒ +SAME PARA (a b) ⇒ -
    field:SAME ⇒ field:\SAME ⇒ -
    field:AND ⇒ field:\AND ⇒ -
    x:(NOT a) ⇒ x:(NOT a) ⇒ -
    x:(+a -b) ⇒ x:(+a -b) ⇒ -
    -a -b ⇒ -a -b ⇒ -
    NOT a NOT b ⇒ NOT a NOT b ⇒ -
    a OR -b ⇒ a OR -b ⇒ -
    a OR NOT b ⇒ a OR NOT b ⇒ -
    (a OR b) NEAR/3 (c OR d) ⇒ (a OR b) NEAR/3 (c OR d) ⇒ -
    "a b" ONEAR/4 "c d" ⇒ "a b" ONEAR/4 "c d" ⇒ -
    lead's ⇒ lead's ⇒ -
    O'Brien ⇒ O'Brien ⇒ -
    licence:"XK16-204-00123" ⇒ licence:"XK16-204-00123" ⇒ -
    batch:2007-0123 ⇒ batch:2007-0123 ⇒ -
    severity:[minor TO serious] ⇒ severity:[minor TO serious] ⇒ -
    severity:{minor TO critical} ⇒ severity:{minor TO critical} ⇒ -
    registered:2007-03..2007-10 ⇒ registered:[2007-03 TO 2007-10] ⇒ -
    due:<2007-06-01 ⇒ due:<2007-06-01 ⇒ -
    name:宏达 OR aliases:宏达 ⇒ name:宏达 OR aliases:宏达 ⇒ -
    last: ⇒ last ⇒ missing-value
    since: ⇒ since ⇒ missing-value
    since:() ⇒ ! ⇒ bad-date
    until:2007 until:2008 ⇒ until:2007 until:2008 ⇒ -
    date:last ⇒ ! ⇒ bad-date
    date:today ⇒ date:2026-11-22 ⇒ -
    type:re-examination ⇒ type:re-examination ⇒ -
    paragraph:3 ⇒ paragraph:3 ⇒ -
    kind:directive "Product Quality and Safety Guarantee" ⇒ kind:directive "Product Quality and Safety Guarantee" ⇒ -
    production capacity toys ratified ⇒ production capacity toys ratified ⇒ -
    newly-licensed products should be 100% randomly examined ⇒ newly-licensed products should be 100% randomly examined ⇒ -
    rectifcation ⇒ rectifcation ⇒ -
    =recification ⇒ =recification ⇒ -
    `quality files` ⇒ "quality files" ⇒ smart-quote
    """#
}
