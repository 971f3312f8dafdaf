import Foundation
import Testing

/// Histories, traces and duties as they are seen.
@Suite struct HistoryScreenTests {
  /// The sample collection, indexed once.
  private static let sample: Result<Workspace, any Error> = Result {
    let workspace = try Workspace()
    let run = try workspace.run("index", Workspace.root.appendingPathComponent("seeds").path)
    guard run.code == 0 else { throw Fixture.Failure(text: run.errors) }
    return workspace
  }

  /// A handful of notes.
  private func small() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      "records.jsonl",
      #"""
      {"kind":"enterprise","id":"E1","name":"Harbour Toys"}
      {"kind":"inspection","id":"N1","enterprise":"E1","date":"2007-01-10","bureau":"North Bureau","inspector":"Inspector One","product":"kite","disposition":"rectify","due":"2007-02-01"}
      {"kind":"inspection","id":"N2","enterprise":"E1","date":"2007-03-01","bureau":"North Bureau","inspector":"Inspector Two","product":"kite","result":"fail","followUpOf":"N1"}
      {"kind":"inspection","id":"N3","enterprise":"港湾玩具厂","date":"2007-03-05","inspector":"Inspector Two","product":"风筝","disposition":"seal"}

      """#)
    let run = try workspace.run("index", "records.jsonl")
    guard run.code == 0 else { throw Fixture.Failure(text: run.errors) }
    return workspace
  }

  @Test("H1: the history of a Chinese enterprise at 80 columns")
  func chineseAt80() throws {
    let run = try Self.sample.get().runOnTerminal("history", "3713-0507", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        临沂永盛板业有限责任公司  3713-0507
          also        Linyi Yongsheng Board Works
          place       Shandong · Linyi
          bureau      Shandong Bureau of Quality and Technical Supervision
          status      suspended · does not export
          licence     XK16-216-09507 · 刨花板 · issued 2006-09-18
          licence     XK16-216-19507 · 胶合板 · issued 2007-08-08
          products    刨花板 (particle board) · 胶合板 (plywood)

        8 dated events by quarter
          2000-Q2  1         ■
          2000-Q3 … 2006-Q2  0 in each of 24 quarters
          2006-Q3  1         ■
          2006-Q4  0
          2007-Q1  2  ▲▲△ 3  ■■
          2007-Q2  0
          2007-Q3  1         ■
          2007-Q4  3  ▲▲▲ 4  ■■■
          worst of a note · ▲▲▲ 4 critical: 1 · ▲▲△ 3 serious: 1

        2000-04-27   E         registered                                      3713-0507
        2006-09-18   E         licence XK16-216-09507 issued · 刨花板          3713-0507
        2007-01-16   E         examined · 刨花板                               3713-0507
        2007-01-16   I  ▲▲△ 3  刨花板 · production · fail, fine · select…  INS-2007-0423
                               V801 人造板甲醛释放量超标（9.8 mg/L）
                               → followed up by INS-2007-0424
        2007-08-08   E         licence XK16-216-19507 issued · 胶合板          3713-0507
        2007-10-10   E         quality file set up                             3713-0507
        2007-10-10   E         evidence collected · 刨花板                     3713-0507
        2007-10-10   I  ▲▲▲ 4  particle board · production · fail, seal…   INS-2007-0424
                               V801 formaldehyde emission of board (7.4 mg/L)
                               ← follows up INS-2007-0423
                               named 'Linyi Yongsheng Board Works'

        """#)
  }

  @Test("H1: the same at 200 columns")
  func chineseAt200() throws {
    let run = try Self.sample.get().runOnTerminal("history", "3713-0507", width: 200, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        临沂永盛板业有限责任公司  3713-0507
          also        Linyi Yongsheng Board Works
          place       Shandong · Linyi
          bureau      Shandong Bureau of Quality and Technical Supervision
          status      suspended · does not export
          licence     XK16-216-09507 · 刨花板 · issued 2006-09-18
          licence     XK16-216-19507 · 胶合板 · issued 2007-08-08
          products    刨花板 (particle board) · 胶合板 (plywood)

        8 dated events by quarter
          2000-Q2  1         ■
          2000-Q3 … 2006-Q2  0 in each of 24 quarters
          2006-Q3  1         ■
          2006-Q4  0
          2007-Q1  2  ▲▲△ 3  ■■
          2007-Q2  0
          2007-Q3  1         ■
          2007-Q4  3  ▲▲▲ 4  ■■■
          worst of a note · ▲▲▲ 4 critical: 1 · ▲▲△ 3 serious: 1

        2000-04-27   E         registered                                                                                                                                                              3713-0507
        2006-09-18   E         licence XK16-216-09507 issued · 刨花板                                                                                                                                  3713-0507
        2007-01-16   E         examined · 刨花板                                                                                                                                                       3713-0507
        2007-01-16   I  ▲▲△ 3  刨花板 · production · fail, fine · selective · V801 人造板甲醛释放量超标（9.8 mg/L）                                                                                INS-2007-0423
                               → followed up by INS-2007-0424
        2007-08-08   E         licence XK16-216-19507 issued · 胶合板                                                                                                                                  3713-0507
        2007-10-10   E         quality file set up                                                                                                                                                     3713-0507
        2007-10-10   E         evidence collected · 刨花板                                                                                                                                             3713-0507
        2007-10-10   I  ▲▲▲ 4  particle board · production · fail, seal · re-examination · V801 formaldehyde emission of board (7.4 mg/L)                                                          INS-2007-0424
                               ← follows up INS-2007-0423
                               named 'Linyi Yongsheng Board Works'

        """#)
  }

  @Test("H2: repeats, and the state as of a day, in plain characters")
  func repeatsInASCII() throws {
    let run = try Self.sample.get().runOnTerminal(
      "history", "4406-0502", "--since", "2006", "--repeats", "--as-of", "2007-12-31", "--ascii", width: 80,
      environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        Foshan Hongda Furniture Co., Ltd.  4406-0502
          formerly    Shunde Longjiang Wood Works until 2004-02-17
          also        佛山市宏达家具有限公司
          place       Guangdong | Foshan
          bureau      Guangdong Bureau of Quality and Technical Supervision
          status      active | does not export
          licence     XK16-201-09502 | wardrobe | issued 2004-06-30
          licence     XK16-201-19502 | children's bunk bed | issued 2007-05-10
          products    wardrobe | children's bunk bed (furniture)
          as of       2007-12-31: Foshan Hongda Furniture Co., Ltd. | XK16-201-09502
                      issued since 2004-06-30 | XK16-201-19502 issued since 2007-05-10 |
                      sealed since 2007-09-27

        8 dated events by quarter
          2006-Q4  1  *-- 2  #
          2007-Q1  1         #
          2007-Q2  5  **- 3  #####
          2007-Q3  1  *** 4  #
          worst of a note | *** 4 critical: 1 | **- 3 serious: 1 | *-- 2 moderate: 1

        2006-10-17   I  *-- 2  wardrobe | production | fail, warn | se...  INS-2006-0102
                               V101 formaldehyde emission above the limit (2.1 mg/L)
        2007-03-30   E         quality file set up                             4406-0502
        2007-05-10   E         licence XK16-201-19502 issued | children's...   4406-0502
        2007-05-24   E         evidence collected | wardrobe                   4406-0502
        2007-05-24   E         evidence collected | children's bunk bed        4406-0502
        2007-05-24   I  **- 3  wardrobe | materials | fail, rectify |...   INS-2007-0421
                               **- 3 V101 formaldehyde emission above the limit (4.6
                               mg/L)
                               --- 1 V003 incoming material register not kept
                               due 2007-06-30 | -> followed up by INS-2007-0422
        2007-06-05   E         examined | children's bunk bed                  4406-0502
        2007-09-27   I  *** 4  wardrobe | production | fail, seal | re...  INS-2007-0422
                               V101 formaldehyde emission above the limit (6.2 mg/L)
                               <- follows up INS-2007-0421

        repeats within 12m: 2
          V101 formaldehyde emission above the limit (2.1 mg/L) | 2006-10-17 *--
            moderate -> 2007-05-24 **- serious | 219 days apart | INS-2006-0102 ->
            INS-2007-0421
          V101 formaldehyde emission above the limit (4.6 mg/L) | 2007-05-24 **-
            serious -> 2007-09-27 *** critical | 126 days apart | INS-2007-0421 ->
            INS-2007-0422
        note: by the dates in the records: what carries no date (status, products,
              place) is as it is on record now

        """#)
  }

  @Test("H5, H6: by a former name; a sale while the licence was suspended")
  func formerNameAt80() throws {
    let run = try Self.sample.get().runOnTerminal(
      "history", "宏达工艺厂", "--since", "2007-05", "--until", "2007-06", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        深圳市宏达毛绒玩具厂  4403-0187
          formerly    宏达工艺厂 until 2006-05
          also        Hongda Plush Toys Co., Ltd. · HDPT
          place       Guangdong · Shenzhen
          bureau      Guangdong Bureau of Quality and Technical Supervision
          status      active · exports
          licence     XK16-204-00123 · 毛绒玩具 · issued 2005-08-11 · suspended
                      2007-05-14 to 2007-08-02
          CCC         CCC 2007-0123 · 毛绒玩具
          CCC         CCC 2007-0124 · baby rattle
          products    毛绒玩具 (plush toy) · baby rattle

        3 dated events by quarter · 1 undated
          2007-Q2  3  ▲▲▲ 4  ■■■
          worst of a note · ▲▲▲ 4 critical: 1 · ▲▲△ 3 serious: 1

        2007-05-14   E         licence XK16-204-00123 suspended                4403-0187
        2007-05-14   I  ▲▲▲ 4  baby rattle · after-sale · fail, seal · c…  INS-2007-0214
                               ▲▲▲ 4 V201 small parts detached after the drop test (7
                               samples)
                               ▲△△ 2 V007 outgoing inspection skipped
                               → followed up by INS-2007-0412
                               licence XK16-204-00123 suspended since 2007-05-14
        2007-06-21   I  ▲▲△ 3  plush toy · sale · fail, fine · selective   INS-2007-0301
                               ▲▲△ 3 V202 lead in the coating above the limit (1,180
                               mg/kg)
                               ▲▲△ 3 V002 sold while the production licence was
                               suspended
                               licence XK16-204-00123 suspended since 2007-05-14
        undated: 1
        -            I         plush toy · materials · pass · routine      INS-2008-0012

        """#)
  }

  @Test("H1: a name of two enterprises lists both")
  func candidates() throws {
    let run = try Self.sample.get().runOnTerminal("history", "新华家具厂", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        1  新华家具厂 · Hebei · rung exact · 3 events                          1310-0514
        2  新华家具厂 · Sichuan · rung exact · 4 events                        5101-0515
        2 enterprises may be meant, none is chosen; pick: dossier history 1310-0514

        """#)
  }

  @Test("trace: a batch and its gaps")
  func traceAt80() throws {
    let run = try Self.sample.get().runOnTerminal("trace", "H0706-020", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        H0706-020 · batch · 1 note
        ○ design · no record of stage design
        │
        ○ materials · no record of stage materials
        │
        ○ production · no record of stage production
        │
        ● sale · 1
        │ 2007-06-21  ▲▲△ 3  fail, fine · plush toy · H0706-020 · 深圳市…  INS-2007-0301
        │
        ○ export · no record of stage export
        │
        ○ after-sale · no record of stage after-sale

        """#)
  }

  @Test("trace: a product, imports and what became of them")
  func importsAt80() throws {
    let run = try Self.sample.get().runOnTerminal(
      "trace", "dish", "liquid", "--limit", "1", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        dish liquid · product · 14 notes
          enterprise  Wanda Daily Chemicals (Guangzhou) Manufacturing Co., L…  4401-0120
          enterprise  and 7 more
          directive   Minutes of the spring meeting on auto accessories and w…  dir-0008
        ● design · 3
        │ 2006-02-16  ▲▲▲ 4  fail, fine · 餐具洗涤剂 · H0602-978 · 苏州…   INS-2006-0550
        │ and 2 more
        │
        ● materials · 1
        │ 2007-07-12  ▲▲△ 3  fail, seal · dish liquid · T0706-147 · Wand…  INS-2007-0833
        │
        ● production · 5
        │ 2006-03-22  ▲▲△ 3  fail, fine · 餐具洗涤剂 · B0603-974 · 江门…   INS-2006-0265
        │ and 4 more
        │
        ● sale · 3
        │ 2005-01-10         pass · dish liquid · K0410-950 · 苏州信瑞餐…  INS-2005-0224
        │ and 2 more
        │
        ○ export · no record of stage export
        │
        ● after-sale · 2
        │ 2006-04-06  ▲△△ 2  fail, warn · dish liquid · T0603-127 · 江门…  INS-2006-0390
        │ and 1 more

        imports that failed: 1 · returned 0 · destroyed 0 · neither 1

        """#)
  }

  @Test("duties: who answers for what is overdue")
  func dutiesAt80() throws {
    let run = try small().runOnTerminal("duties", "--as-of", "2007-03-31", width: 80, environment: ["NO_COLOR": "1"])
    #expect(
      run.output == #"""
        as of 2007-03-31 · 1 overdue · 1 seals without a passing follow-up

        North Bureau · 1 overdue · 0 sealed
              58 days  due 2007-02-01     Harbour Toys · kite · Inspector One · not…  N1

        no bureau given · 0 overdue · 1 sealed
              26 days  sealed 2007-03-05  港湾玩具厂 · 风筝 · Inspector Two           N3

        """#)
  }

  @Test("H1: exit codes, streams and the note on several words")
  func processes() throws {
    let workspace = try Self.sample.get()
    let one = try workspace.run("history", "4403-0187", "--since", "2007-06", "--until", "2007-07")
    #expect(one.code == 0)
    let sale =
      "V202 lead in the coating above the limit (1,180 mg/kg) · V002 sold while the production licence was suspended"
    #expect(
      one.output.hasPrefix(
        "2007-06-21\tinspection\tserious\tplush toy · sale · fail, fine · selective · \(sale)\tinspection/INS-2007-0301\t\t"
          + "licence XK16-204-00123 suspended since 2007-05-14\n"))
    let several = try workspace.run("history", "harbour", "nothing")
    #expect(several.code == 1)
    #expect(several.output.isEmpty)
    #expect(several.errors.hasPrefix("note: read as one name: harbour nothing\n"))
    let unclear = try workspace.run("history", "新华家具厂", "--json")
    #expect(unclear.code == 0)
    #expect(unclear.output.hasPrefix(#"{"candidates":[{"id":"1310-0514","name":"新华家具厂","rung":"exact""#))
    let bad = try workspace.run("history", "4403-0187", "--since", "2007-13")
    #expect(bad.code == 2)
    #expect(bad.errors.contains("month 13 is not 01 to 12; did you mean 2007-01 to 2007-12?"))
    #expect(try workspace.run("history", "4403-0187", "--within", "soon").code == 2)
    #expect(try workspace.run("trace", "XK16-204-0012").code == 1)
    #expect(try workspace.run("trace", "XK16-204-00123").output.hasPrefix("design\nmaterials\t"))
    #expect(try workspace.run("duties", "--by", "inspector", "--as-of", "2004").code == 0)
  }
}
