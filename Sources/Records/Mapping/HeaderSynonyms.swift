/// What sources call the fields, in English, simplified and traditional Chinese. Own table: names seen in public
/// registers and in the forms of inspection bureaus.
enum HeaderSynonyms {
  /// A header without case, spaces, hyphens, underscores and brackets.
  static func normalized(_ header: String) -> String {
    String(header.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Fields of a kind with their names, both in the order of preference.
  static func fields(of kind: String) -> [(field: String, names: [String])] {
    let rows: [(String, String)]
    switch kind {
    case "enterprise": rows = enterprise
    case "inspection": rows = inspection
    default: rows = directive
    }
    return rows.map { ($0.0, $0.1.split(separator: " ").map(String.init)) }
  }

  /// How much a field tells for its kind: the fields that only one kind has tell most.
  static func weight(of field: String, kind: String) -> Int {
    switch (kind, field) {
    case (_, "id"): 1
    case ("enterprise", "name"): 4
    case ("enterprise", "address"), ("enterprise", "registered"), ("enterprise", "products"): 3
    case ("inspection", "enterprise"), ("inspection", "violations"), ("inspection", "result"): 4
    case ("inspection", "date"), ("inspection", "inspector"): 2
    case ("directive", "title"): 4
    case ("directive", "text"), ("directive", "paragraphs"), ("directive", "issuer"): 2
    default: 1
    }
  }

  private static let enterprise: [(String, String)] = [
    (
      "id",
      "id enterpriseid businessid firmid companyid establishmentid recordid fileno fileid registrationno 档案号 企业档案号 企业编号 "
        + "檔案號 企業編號 工廠登記編號 工厂登记编号 统一社会信用代码 統一編號 公司營利事業統一編號 组织机构代码 编号 編號 no number"
    ),
    (
      "name",
      "name enterprisename enterprise companyname company businessname business firmname firm establishmentname "
        + "manufacturer producer 企业名称 企業名稱 工厂名称 工廠名稱 公司名称 公司名稱 单位名称 單位名稱 厂名 廠名 商號名稱 生产企业 名称 名稱 企业"
    ),
    ("aliases", "aliases alias tradename dba englishname 别名 別名 简称 簡稱 英文名称 英文名稱"),
    ("formerNames", "formernames formername oldname 曾用名 原名 原名称"),
    ("province", "province state region 省份 省 所在省 省市 省級"),
    ("city", "city town municipality 城市 市 所在市 縣市 工廠市鎮鄉村里 地市"),
    ("address", "address streetaddress addr location 地址 企业地址 企業地址 工廠地址 工厂地址 公司地址 注册地址 住所 生产地址 详细地址"),
    ("bureau", "bureau authority office agency 监管机构 主管部门 主管機關 質監局 质监局 管辖局 所属局"),
    ("status", "status registrationstatus 状态 狀態 登记状态 登記狀態 工廠登記狀態 经营状态 企业状态"),
    ("export", "export exporter isexporter exports 出口 是否出口 出口企业"),
    (
      "licence",
      "licence license licenceno licenseno permit permitno productionlicence 许可证号 許可證號 生产许可证号 许可证编号 许可证 工廠設立許可案號"
    ),
    ("products", "products product productname mainproducts 产品 產品 主要产品 主要產品 产品名称 產品名稱"),
    (
      "registered",
      "registered registrationdate dateregistered grantdate opened established 登记日期 登記日期 注册日期 成立日期 设立日期 工廠登記核准日期 "
        + "工廠設立核准日期 核准日期 建档日期"
    ),
    ("qualityFile", "qualityfile qualityfiledate 质量档案 质量档案日期 建立质量档案日期"),
    ("reexamined", "reexamined reexaminationdate 复查日期 複查日期"),
    ("guaranteeSigned", "guaranteesigned guaranteedate 承诺书签订日期 签订承诺书日期"),
    ("capacityRatified", "capacityratified 产能核定日期 生产能力核定日期"),
    ("text", "text notes remarks comment description activities 备注 備註 说明 說明 简介"),
  ]

  private static let inspection: [(String, String)] = [
    ("id", "id inspectionid noteid recordid caseno caseid reportno recallnumber 记录编号 记录号 記錄編號 检查编号 報告編號 报告编号 案号 编号 編號"),
    (
      "enterprise",
      "enterprise enterpriseid enterprisename businessid businessname firm firmname company companyname establishment "
        + "establishmentid 企业档案号 企业编号 企业名称 企業名稱 被检企业 被检单位 受检单位 受检企业 工廠名稱 工厂名称 生产企业 单位名称 企业"
    ),
    ("date", "date inspectiondate inspectedon inspected startdate 检查日期 檢查日期 检验日期 抽查日期 抽样日期 稽查日期 日期 检查时间"),
    ("province", "province state region 省份 省 所在省"),
    ("bureau", "bureau authority agency office 承检机构 检查机构 检验机构 抽查机构 檢查機關 主管部门 执法单位"),
    ("inspector", "inspector inspectors officer inspectorname 检查人员 检查员 檢查人員 检验员 执法人员"),
    ("type", "type inspectiontype kindofinspection 检查类型 检查类别 檢查類型 抽查类型 类型"),
    ("stage", "stage 环节 環節 阶段"),
    ("product", "product productname products sample 产品名称 產品名稱 产品 產品 样品名称 商品名称"),
    ("category", "category productcategory 产品类别 產品類別 类别 產業類別 品类"),
    ("batch", "batch batchno lot lotno 批号 批號 批次 生产批号"),
    ("text", "text description findings notes narrative summary comment comments 检查情况 检查记录 檢查情況 检查内容 情况说明 描述 备注"),
    ("violations", "violations violation deficiencies defects 违规内容 违法事实 违规 不合格项目 不合格项 主要不合格项目 違規事項"),
    ("result", "result outcome conclusion verdict 检查结果 檢查結果 检验结果 抽查结果 结论 判定 是否合格"),
    ("disposition", "disposition action actiontaken measure penalty 处理措施 处理结果 處理措施 处罚 处置 处罚内容"),
    ("due", "due duedate deadline 整改期限 期限 限期 改正期限"),
    ("followUpOf", "followupof followup previousid 原记录编号 复查对象 原编号"),
  ]

  private static let directive: [(String, String)] = [
    ("id", "id documentid docid documentno number no 文号 文號 发文字号 编号 編號"),
    ("title", "title heading documenttitle subject name 标题 標題 题名 文件名称 法规名称 名称 題名"),
    (
      "issuer",
      "issuer issuedby issuingauthority authority department organisation organization source 发文机关 发布单位 制定机关 发文单位 發文機關 发布机关 来源"
    ),
    (
      "date",
      "date issued issuedate dateissued published publicationdate effectivedate 发布日期 成文日期 发文日期 公布日期 施行日期 日期 發布日期"
    ),
    ("pageDate", "pagedate retrieved 页面日期 抓取日期"),
    ("place", "place venue location 地点 地點 会议地点"),
    ("speakers", "speakers speaker 讲话人 发言人 出席领导"),
    ("paragraphs", "paragraphs 段落"),
    ("text", "text body content fulltext 正文 内容 內容 全文 文本"),
  ]
}
