/// Titles and paragraphs of generated directives, written for this project. Slots: `{p}` a category, `{c}` a place, `{d}` a
/// date, `{n}` a number, `{s}` a standard, `{f}` another directive.
enum DirectiveBank {
  static let titles = """
    Notice on the special rectification of {p}
    Circular on quality files of enterprises that make {p}
    Notice on selective examination of {p}
    Opinions on the tracing of {p} from materials to after-sale service
    Notice on the return and destruction of unqualified imports of {p}
    Circular on production licences and certification of {p}
    Report of the working meeting on {p} held in {c}
    Measures for the supervision of small workshops making {p}
    """
  static let titlesChinese = """
    关于开展{p}专项整治的通知
    关于建立{p}生产企业质量档案的通知
    关于对{p}实施监督抽查的通告
    关于加强进口{p}检验监管的意见
    {p}生产许可证管理办法
    """
  static let paragraphs = """
    Bureaus shall make a list of every enterprise that makes {p} in their area before {d}, and open a quality file for each.
    A quality file holds the licence, the test reports of the last two years, the list of suppliers and every inspection note.
    Enterprises that already have a file are to be re-examined; the inspector signs the file on the spot.
    For products under a production licence or compulsory certification, evidence is collected piece by piece and kept for {n} years.
    A product licensed since March is to be drawn for selective examination at least once before the end of October.
    Exporters sign the guarantee of product quality and safety, and a copy goes to the inspection and quarantine bureau at the port.
    Production capacity of exporters is checked against floor space, machines and workers, and ratified by two inspectors.
    Imports that fail the safety tests are returned or destroyed; a photograph and the seal numbers are put on file.
    Sampling follows {s}; the enterprise keeps one sealed sample for arbitration.
    Where formaldehyde, lead or other heavy metals are above the limit, the batch is sealed before the report is written.
    Whoever finds the same fault a second time within twelve months reports it to the province within {n} days.
    Rectification notices name the paragraph that was broken, the deadline and the person who answers for it.
    Statistics are sent in on the fifth day of each month, by county and by category.
    Small workshops in {c} that cannot test for themselves may use the county laboratory at cost.
    This notice replaces {f}, paragraphs 2 and 3 of which remain in force until {d}.
    The chain of supervision runs through design, materials, production, sale, export and after-sale service; no link is left out.
    Newspapers and the bureau's own page shall carry the results, the good as well as the bad.
    Those who warn an enterprise ahead of a visit are held responsible.
    Help comes before punishment for firms that report a fault themselves.
    Labels of {p} name the maker, the address, the standard and, where there is one, the licence number.
    Laboratories compare their results on {p} twice a year; a difference of more than {n} percent is explained in writing.
    """
  static let paragraphsChinese = """
    各级质监部门应于{d}前摸清辖区内{p}生产企业底数，逐家建立质量档案。
    质量档案应包括生产许可证、近两年检验报告、供应商名录及历次检查记录。
    对已建档企业进行复查，复查结果由检查人员当场签字确认。
    实施生产许可证或强制性产品认证管理的产品，应逐一收集证据材料，保存{n}年。
    新获证产品至少进行一次监督抽查。
    出口企业应签订产品质量安全承诺书，并报口岸检验检疫机构备案。
    不合格进口产品一律退运或者销毁，并留存影像资料。
    十二个月内再次发现同类问题的，应在{n}日内上报省局。
    抽样依据{s}进行，企业留存备份样品。
    甲醛、铅等有害物质超标的，应先行封存该批产品。
    整改通知书应载明违反条款、整改期限和责任人。
    每月五日前按县、按产品类别上报统计数据。
    加强从设计、原料进厂、生产加工、销售、出口到售后服务的全过程监管。
    """
  static let issuers = """
    General Administration of Quality Supervision, Inspection and Quarantine
    Standardization Administration
    Certification and Accreditation Administration
    Guangdong Bureau of Quality and Technical Supervision
    Zhejiang Bureau of Quality and Technical Supervision
    Jiangsu Bureau of Quality and Technical Supervision
    Fujian Entry-Exit Inspection and Quarantine Bureau
    Shandong Bureau of Quality and Technical Supervision
    """
}
