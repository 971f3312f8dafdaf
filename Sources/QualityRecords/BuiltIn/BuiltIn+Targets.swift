extension BuiltIn {
  /// The eight targets as pairs of queries: who they speak of, and which of these are done.
  public static let targets = #"""
    {
      "targets": [
        {"number": 1,
         "name": {"en": "Producers of the five priority categories have a quality file", "zh": "五类重点产品生产企业建立质量档案"},
         "grain": "enterprise",
         "population": "kind:enterprise product:(furniture OR toys OR clothes OR \"paint and coating\" OR \"real-like decorations\")",
         "done": "qualityFile:[2005 TO 2008]"},
        {"number": 2,
         "name": {"en": "Enterprises on record are re-examined", "zh": "建档企业复查"},
         "grain": "enterprise",
         "population": "kind:enterprise qualityFile:[2005 TO 2008]",
         "done": "reexamined:[2005 TO 2008]"},
        {"number": 3,
         "name": {"en": "Licensed or certified products have their evidence collected", "zh": "获证产品证据收集"},
         "grain": "product",
         "population": "kind:enterprise product(licence:* OR ccc:*)",
         "done": "product(evidenceCollected:[2005 TO 2008])"},
        {"number": 4,
         "name": {"en": "Newly licensed products are examined at least once", "zh": "新获证产品至少抽查一次"},
         "grain": "product",
         "population": "kind:enterprise product(licenceIssued:[2007-03 TO 2008])",
         "done": "product(examined:[2005 TO 2008])"},
        {"number": 5,
         "name": {"en": "Exporters of the five priority categories signed the guarantee", "zh": "五类重点产品出口企业签订质量安全承诺书"},
         "grain": "enterprise",
         "population": "kind:enterprise export:true product:(furniture OR toys OR clothes OR \"paint and coating\" OR \"real-like decorations\")",
         "done": "guaranteeSigned:[2005 TO 2008]"},
        {"number": 6,
         "name": {"en": "Exporters of goods on the list for legal inspection have a quality file", "zh": "法检目录内产品出口企业建立质量档案"},
         "grain": "enterprise",
         "population": "kind:enterprise export:true product(legalInspection:true)",
         "done": "qualityFile:[2005 TO 2008]"},
        {"number": 7,
         "name": {"en": "Production capacity of toy exporters is checked and ratified", "zh": "出口玩具生产企业生产能力核定"},
         "grain": "enterprise",
         "population": "kind:enterprise export:true product:toys",
         "done": "capacityRatified:[2005 TO 2008]"},
        {"number": 8,
         "name": {"en": "Imports that failed are returned or destroyed", "zh": "不合格进口产品退运或销毁"},
         "grain": "inspection",
         "population": "kind:inspection type:import result:fail",
         "done": "disposition:(return OR destroy)"}
      ]
    }

    """#
}
