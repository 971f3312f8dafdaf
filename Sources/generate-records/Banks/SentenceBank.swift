/// Sentences that frame the findings of a note: openings, remarks, outcomes. Written for this project. One sentence a
/// line, English and Chinese apart; the slots are those of `Template`.
enum SentenceBank {
  static let openings = """
    Routine visit to the workshop at {c}, where {n} people were at work on the {p}.
    We called unannounced and drew {n} samples of the {p}, batch {b}.
    The team drew {n} pieces of the {p} from the finished goods store.
    Visit made together with the township office; the owner was present.
    Sampling at the point of sale: {n} pieces of the {p} bought from two stalls.
    Inspection followed a complaint by a buyer about the {p}.
    The plant makes the {p} for two traders and has no laboratory of its own.
    Selective examination under the annual plan covered batch {b}.
    On the day of the visit one line was running, on the {p}.
    The quality manager of {e} walked us through the line.
    {e} had moved part of its production since the last visit.
    Export consignment held at the port for examination: {n} cartons of the {p}.
    The file of the enterprise was compared with what stands on the floor.
    Materials in the store were checked first, then the {p} in packing.
    """
  static let openingsChinese = """
    对{e}进行例行检查，现场抽取{p}样品{n}件。
    检查人员未事先通知，抽查批号{b}的{p}。
    会同镇政府对该企业进行现场核查，负责人在场。
    在销售环节购买{p}样品{n}件送检。
    接消费者投诉，对{p}进行专项检查。
    该企业为两家贸易商加工{p}，没有自己的化验室。
    按年度计划对批号{b}实施监督抽查。
    检查当日仅一条生产线开工，生产{p}。
    出口货物在口岸查验，共{n}箱{p}。
    核对企业质量档案与现场情况。
    """
  static let clean = """
    Nothing was found against the rules, and the records were in order.
    All {n} samples of the {p} conform to the standard.
    Tests of the {p} passed; formaldehyde and heavy metals were below the limits.
    Raw material certificates, test reports and the quality file agree with one another.
    The licence is valid and stands on the package as it should.
    Products examined meet the requirements; evidence was collected for the file.
    The measures promised last time have been carried out.
    """
  static let cleanChinese = """
    未发现违法违规行为，各项记录齐全。
    {n}件{p}样品检验全部合格。
    {p}甲醛、重金属等安全指标均符合标准。
    生产许可证在有效期内，标识规范。
    原材料合格证、检验报告与质量档案一致。
    """
  static let rectify = """
    The enterprise was told to rectify by {d} and to report in writing.
    A rectification notice was served, due {d}.
    Rectification is due on {d}; sales of the batch stop until then.
    The owner accepts the finding and will replace the supplier before {d}.
    """
  static let rectifyChinese = """
    责令企业于{d}前完成整改并书面报告。
    已下达整改通知书，整改期限至{d}。
    在{d}前停止销售该批产品，整改后复查。
    """
  static let warn = """
    A written warning was given and entered in the quality file.
    Warned; a second case within twelve months will be fined.
    """
  static let warnChinese = """
    给予书面警告，并记入质量档案。
    予以警告，十二个月内再犯将从重处理。
    """
  static let fine = """
    A fine of {m} yuan was imposed and the batch was withdrawn.
    The case was filed: goods worth {m} yuan, fined under the product quality law.
    """
  static let fineChinese = """
    依法处以罚款{m}元，责令召回该批产品。
    已立案查处，涉案货值{m}元。
    """
  static let seal = """
    {n} cartons were sealed on the spot pending a second test.
    The store was sealed and the machines were stopped.
    """
  static let sealChinese = """
    现场封存产品{n}箱，待复检后处理。
    对仓库和设备予以查封。
    """
  static let returned = """
    The consignment was refused and sent back to the country it came from.
    Import not admitted; the goods were returned by sea within the month.
    """
  static let returnedChinese = """
    该批进口货物不准入境，已作退运处理。
    """
  static let destroyed = """
    The goods were destroyed under supervision, with photographs on file.
    Import not admitted; {n} cartons were destroyed by burning.
    """
  static let destroyedChinese = """
    该批不合格进口产品已在监督下销毁。
    """
  static let pending = """
    The goods stay in the bonded store until the importer answers.
    No decision has been taken on the goods.
    """
  static let pendingChinese = """
    货物暂存保税仓库，尚未处理。
    """
  static let followUps = """
    Re-examination after note {f}: the points raised then were checked one by one.
    This visit follows up {f}.
    We came back to see what had been done since {f}.
    """
  static let followUpsChinese = """
    本次为{f}的复查，逐项核对整改情况。
    针对{f}所提问题进行跟踪检查。
    """
  static let mended = """
    The fault has been mended and new samples of the {p} passed.
    Rectification is complete; the notice was lifted.
    The new supplier's material tests clean, and the file has been set up.
    """
  static let mendedChinese = """
    问题已整改到位，重新抽样检验合格，予以销案。
    整改完成，质量档案已补齐。
    """
  static let remarks = """
    Photographs and the sampling sheet are on file.
    The enterprise exports part of its output and keeps separate stock for abroad.
    The same mould is used by a neighbour, who should be visited next.
    Workers could name the standard but had no copy of it.
    The manager asked for help with testing; the county laboratory will call.
    Samples were sealed, signed by both sides and sent to the provincial laboratory.
    A second sample was kept for arbitration.
    The wholesaler's invoices show {n} further customers.
    Batch {b} was not on the shelf any more.
    See the circular on special rectification, paragraph 3, for the deadline.
    The firm says the buyer supplies the label.
    The county office has been informed.
    Production capacity stated in the file looks too high for the floor space.
    The evidence collected covers licence {x}.
    """
  static let remarksChinese = """
    现场照片和抽样单已存档。
    样品经双方签字封样后送省级检验机构检验。
    该企业部分产品出口，内外销分开存放。
    批号{b}已无库存。
    已通报县质监局。
    企业申报的生产能力与厂房面积不符。
    已按专项整治要求收集许可证{x}的证据材料。
    经营者表示标签由客户提供。
    """
}
