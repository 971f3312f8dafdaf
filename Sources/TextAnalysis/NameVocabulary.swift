/// What names of companies are made of beside their own word: lines of business, kinds of works, places. In Chinese, English
/// and pinyin, so that 宏达玩具, Hongda Toys and Hongda Wanju are seen to be one name; and abbreviations.
enum NameVocabulary {
  /// One line a term: ideographs, `=`, its English names parted by commas. Its pinyin is a name, too.
  private static let termText = """
    玩具=toy,toys|家具=furniture|家私=furniture|家居=home,homeware,household,home furnishing|灯饰=lighting,lamp,lights|照明=lighting,illumination
    灯具=lighting,lamp,lamps,lights|服装=garment,clothing,apparel,clothes,fashion|服饰=garment,clothing,apparel,fashion,dress,dresses
    制衣=garment,clothing,apparel|时装=fashion|针织=knitting,knitwear,knit|纺织=textile|纺织品=textile|毛织=knitting,woolen,knitwear
    鞋业=shoe,shoes,footwear|鞋=shoe,footwear|皮具=leather,leather goods,leatherware|皮革=leather|箱包=bag,bags,luggage,case and bag,suitcase|手袋=handbag,bag
    电子=electronic|电器=electric appliance,electrical appliance,electric,electrical,appliance|电气=electric,electrical|电力=electric power,power,electricity
    电机=motor,electric motor,electrical machinery|电线=wire,electric wire|电缆=cable|线缆=cable,wire cable|电池=battery|电源=power supply,power|电路=circuit|电脑=computer
    计算机=computer|软件=software|网络=network|信息=information|通信=communication,telecommunication,telecom|通讯=communication,telecommunication,telecom
    科技=technology,science technology,sci tech,scitech,hi tech|技术=technology|高新=high tech|智能=intelligent,smart,intelligence
    机械=machinery,machine,mechanical|机电=mechanical electrical,electromechanical,electrical machinery,machinery electric|机床=machine tool|设备=equipment|器材=equipment,apparatus
    仪器=instrument|仪表=instrument,meter|工具=tool|刀具=cutlery,cutting tool,knife,knives|五金=hardware,metal|金属=metal|金属制品=metal product,metalwork,metal
    钢铁=iron steel,steel,iron|钢=steel|不锈钢=stainless steel|铝业=aluminum,aluminum industry|铝材=aluminum|铜业=copper|模具=mold,tooling|铸造=foundry,casting
    塑料=plastic|塑胶=plastic,plastic rubber|塑料制品=plastic product,plastic|橡胶=rubber|橡塑=rubber plastic|化工=chemical,chemical industry,chem|化学=chemical,chemistry
    涂料=paint,coating|油漆=paint|油墨=ink|颜料=pigment|染料=dye,dyestuff|胶粘=adhesive|日化=daily chemical|日用品=commodity,daily necessity,daily use
    洗涤=washing,detergent|洗涤用品=washing product,detergent|清洁=cleaning|化妆品=cosmetic|包装=packaging,packing,package|印刷=printing|彩印=color printing
    纸业=paper|造纸=paper making,papermaking,paper|纸品=paper product,paper|文具=stationery|礼品=gift|工艺品=art craft,craft,handicraft|工艺=art craft,craft,handicraft
    饰品=ornament,decoration,accessory,jewelry,decorations|首饰=jewelry|珠宝=jewelry,jewel|钟表=clock watch,watch clock,watch|眼镜=glasses,optical,eyewear|光学=optical,optics|光电=photoelectric,optoelectronic,opto electronic,photoelectron
    汽车=auto,automobile,automotive,car,motor|汽车配件=auto part,auto accessory,automobile part,automobile fitting,auto fitting,car accessory|汽配=auto part,auto accessory|汽车用品=auto accessory,car accessory,auto supply
    配件=part,accessory,fitting|零部件=part,component,spare part|零件=part,component|摩托车=motorcycle|自行车=bicycle,bike|车辆=vehicle|轮胎=tire|轴承=bearing|阀门=valve|泵业=pump|水泵=pump,water pump|紧固件=fastener
    建材=building material,construction material|建筑材料=building material|建筑=construction,architecture,building|装饰=decoration,decorating|装修=decoration|装饰材料=decoration material,decorative material,decorating material
    陶瓷=ceramic,porcelain|瓷砖=tile,ceramic tile|卫浴=sanitary ware,bathroom,sanitary|洁具=sanitary ware|玻璃=glass|石材=stone|水泥=cement|木业=wood,timber,wood industry|木制品=wood product,wooden product
    人造板=artificial board,wood based panel|板业=board,panel|板材=board,panel|胶合板=plywood|地板=floor,flooring|门业=door|门窗=door window,window door|橱柜=cabinet,kitchen cabinet
    积木=building block,toy brick|毛绒=plush|毛绒玩具=plush toy,stuffed toy|童车=baby carriage,stroller,children vehicle|婴童=baby,infant|儿童用品=children product|母婴=mother baby
    家纺=home textile|床上用品=bedding|絮棉=wadding|棉业=cotton|羽绒=down,feather down|被服=quilt|床垫=mattress|无纺布=nonwoven,non woven|纤维=fiber|化纤=chemical fiber
    食品=food,foodstuff|饮料=beverage,drink|乳业=dairy|茶业=tea|茶叶=tea|酒业=wine,liquor,distillery|粮油=grain oil,cereal oil|水产=aquatic product,aquatic,seafood|肉类=meat|制药=pharmaceutical,pharmacy|药业=pharmaceutical,medicine,pharmacy
    医药=medicine,pharmaceutical,medical|医疗=medical|医疗器械=medical instrument,medical device,medical apparatus,medical equipment|生物=biological,biotech,biotechnology,biology,bio|生物科技=biotechnology,bio technology,biotech|环保=environmental protection,environmental,environment|新能源=new energy|能源=energy|太阳能=solar,solar energy|新材料=new material,advanced material|材料=material
    农业=agriculture,agricultural|农产品=agricultural product|种业=seed|饲料=feed|化肥=fertilizer|石油=petroleum,oil|石化=petrochemical|矿业=mining|煤业=coal|燃气=gas
    贸易=trading,trade|商贸=trading,trade,commerce,business trade|进出口=import export|国际=international|国际贸易=international trade,international trading|外贸=foreign trade|实业=industry,industrial,enterprise|工业=industry,industrial|工贸=industry trade,industry trading,industrial trading,industrial trade|企业=enterprise
    投资=investment|控股=holding|发展=development|开发=development|管理=management|咨询=consulting,consultancy,consultant|服务=service|工程=engineering,project|设计=design|文化=culture,cultural|传媒=media|传播=communication|广告=advertising,advertisement|物流=logistic|运输=transport,transportation|航空=aviation,airline|船舶=ship,shipping,shipbuilding|物业=property|房地产=real estate|地产=real estate,property|酒店=hotel|旅游=travel,tourism|教育=education|保险=insurance|银行=bank|证券=securities|供应链=supply chain|电子商务=ecommerce,e commerce,electronic commerce|商务=business,commerce
    制造=manufacturing,manufacture|制品=product|用品=product,article,supply,goods|产品=product|加工=processing|生产=production|集团=group|厂=factory,works,plant,mill|工厂=factory,works,plant|制造厂=manufacturing factory,manufactory,manufacturing plant,factory|制品厂=product factory,factory|加工厂=processing factory,processing plant|分公司=branch,branch company,branch office|分厂=branch factory|总公司=head office,general company,corporation|总厂=general factory|研究所=research institute,institute|研究院=research institute,institute|中心=center|商店=store,shop|商行=trading,firm|超市=supermarket|商场=mall,department store|办事处=office,representative office,liaison office|行=firm|店=store,shop|社=press,agency,cooperative|合作社=cooperative|公社=commune|联合=united,union|股份=share|兄弟=brother|父子=father son
    """

  /// Words that names of companies are translated by, too: part of their own word, no line of business.
  private static let ownText = """
    东方=oriental,orient,eastern,east|长城=great wall|阳光=sunshine,sunlight|长江=yangtze,yangtze river|黄河=yellow river|珠江=pearl river|明珠=pearl|红星=red star|金星=golden star,venus|三星=three star|五星=five star|七星=seven star|巨人=giant|希望=hope|新希望=new hope|世纪=century|新世纪=new century|未来=future|太阳=sun|月亮=moon|星=star|龙=dragon|金龙=golden dragon|飞龙=flying dragon|凤凰=phoenix|熊猫=panda|雄鹰=eagle|鹰=eagle|狮=lion|金狮=golden lion|虎=tiger|白云=white cloud,baiyun|友谊=friendship|和平=peace|光明=bright,brightness|幸福=happiness|彩虹=rainbow|大地=earth|海洋=ocean|蓝天=blue sky|绿色=green|春天=spring|新时代=new era|时代=times,era|先锋=pioneer|先进=advanced|未来=future|天使=angel|王子=prince|皇冠=crown|钻石=diamond|水晶=crystal|玫瑰=rose|向日葵=sunflower|樱花=sakura,cherry blossom|小天鹅=little swan|天鹅=swan|海豚=dolphin|蝴蝶=butterfly|快乐=happy,joy|美好=wonderful
    """

  struct Term {
    let ideographs: [Unicode.Scalar]
    /// English names and the pinyin, as words of keys are: folded, abbreviations written out, without plural.
    let surfaces: [String]
    /// The last of ``surfaces``.
    let pinyin: String
    /// Part of names' own words: 长城, 金龙.
    let isOwn: Bool
  }

  private static func entries(_ text: String) -> [Substring] {
    text.split(whereSeparator: { $0 == "|" || $0 == "\n" })
  }

  static let terms: [Term] = {
    var found: [Term] = []
    for (entry, isOwn) in entries(termText + "\n" + NameProducts.text).map({ ($0, false) })
      + entries(ownText).map({ ($0, true) })
    {
      let parts = entry.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = parts[0].filter { !$0.isWhitespace }
      var surfaces: [String] = []
      for english in parts[1].split(separator: ",") {
        let surface = english.split(separator: " ").filter { $0 != "and" }.map { singular(canonical(String($0))) }
          .joined()
        if !surfaces.contains(surface) { surfaces.append(surface) }
        // 纸业: paper, paper industry.
        if name.count > 1, name.last == "业", !surface.hasSuffix("industry") { surfaces.append(surface + "industry") }
      }
      let pinyin = Pinyin.key(of: name)
      found.append(
        Term(
          ideographs: Array(name.unicodeScalars), surfaces: surfaces + [pinyin], pinyin: pinyin, isOwn: isOwn))
    }
    return found
  }()

  /// Whether a text is nothing but lines of business, of two characters or more each, and then 厂 or nothing.
  static func isBusiness(_ text: ArraySlice<Character>) -> Bool {
    var rest = Array(text.flatMap { Array($0.unicodeScalars) })[...]
    if rest.last == "厂" { rest.removeLast() }
    guard !rest.isEmpty else { return false }
    while let first = rest.first {
      let lengths = (termsByFirst[first] ?? []).filter { place in
        !terms[place].isOwn && terms[place].ideographs.count > 1 && rest.starts(with: terms[place].ideographs)
      }.map { terms[$0].ideographs.count }
      guard let longest = lengths.max() else { return false }
      rest.removeFirst(longest)
    }
    return true
  }

  /// Whether a text ends in a line of business of more characters than `count`.
  static func hasTerm(endingIn text: [Character], longerThan count: Int) -> Bool {
    let tail = Array(text.suffix(count + 2).flatMap { Array($0.unicodeScalars) })
    return tail.indices.contains { start in
      (termsByFirst[tail[start]] ?? []).contains {
        let term = terms[$0]
        return !term.isOwn && term.ideographs.count > count && tail[start...].elementsEqual(term.ideographs)
      }
    }
  }

  /// Places of terms by their first character.
  static let termsByFirst: [Unicode.Scalar: [Int]] = {
    var found: [Unicode.Scalar: [Int]] = [:]
    for (place, term) in terms.enumerated() {
      if let first = term.ideographs.first { found[first, default: []].append(place) }
    }
    return found
  }()

  /// Words of lines of business and the like: long ones are typed wrongly, and are never what tells two companies apart by
  /// one letter.
  static let commonWords: Set<String> = {
    var words = Set(
      ("company limited corporation incorporated international manufacturing manufacturer enterprises industries brothers "
        + "holdings partners associates solutions systems services national general universal american european global "
        + "pacific atlantic").split(separator: " ").map { singular(String($0)) })
    for entry in (termText + "\n" + NameProducts.text).split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
      for english in entry.split(separator: "=").last?.split(whereSeparator: { $0 == "," || $0 == " " }) ?? [] {
        words.insert(singular(canonical(String(english))))
      }
    }
    return words.filter { $0.utf8.count > 2 }
  }()

  // MARK: Words

  private static let abbreviationText = """
    intl international|internat international|internatl international|mfg manufacturing|mfr manufacturer|mfrs manufacturer|manuf manufacturing|manufac manufacturing|manufg manufacturing|manufacture manufacturing
    tech technology|techn technology|technol technology|technologies technology|bros brothers|ind industry|inds industry|indus industry|indust industry|indl industrial|industries industry|elec electric|elect electric|electr electric
    mach machinery|machy machinery|chem chemical|dev development|devt development|imp import|exp export|impexp importexport|eng engineering|engg engineering|engr engineering|engrg engineering|assoc associates|assocs associates|assn association
    natl national|nat national|dept department|ctr center|cntr center|svc service|svcs service|serv service|sys system|prod product|prods product|prdts product|grp group|gp group|hldgs holding|hldg holding|lab laboratory|labs laboratory|equip equipment|eqpt equipment|pharm pharmaceutical|pharma pharmaceutical|univ university|mgmt management|mgt management|mkt market|mktg marketing|furn furniture|sci science|matl material|matls material|constr construction|bldg building|bldgs building|distr distribution|transp transport|comms communication|telecomm telecom|info information|inst institute|invest investment|inv investment|ent enterprise|ents enterprise|enterpr enterprise|hosp hospital|agri agriculture|agric agriculture|amer american|accs accessory|instr instrument|pkg packaging|packg packaging|fty factory|fac factory|wks works|hdwr hardware|hdw hardware|plast plastic|prov province|trdg trading|tdg trading|adv advanced|envir environmentalal|jewellery jewelry|jewelery jewelry|colour color|fibre fiber|centre center|aluminium aluminum|mould mold|moulds mold|moulding molding|grey gray|tyre tire|tyres tire|organisation organization|labour labor|harbour harbor|woollen woolen|catalogue catalog|theatre theater|plough plow|sulphur sulfur|draught draft|cheque check|metre meter|litre liter|defence defense|licence license|programme program|armour armor|vapour vapor|flavour flavor
    """

  private static let abbreviations: [String: String] = {
    var table: [String: String] = [:]
    for entry in abbreviationText.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
      let words = entry.split(separator: " ").map(String.init)
      if words.count == 2, table[words[0]] == nil { table[words[0]] = words[1] }
    }
    return table
  }()

  /// A folded word with its abbreviation written out and in one spelling.
  static func canonical(_ word: String) -> String {
    if let full = abbreviations[word] { return full }
    // Compounds: `fibreboard`, `watercolours`.
    for (british, american) in compounds where word.utf8.count > british.utf8.count {
      if word.hasPrefix(british) { return american + word.dropFirst(british.utf8.count) }
      if word.hasSuffix(british) { return word.dropLast(british.utf8.count) + american }
    }
    return word
  }

  private static let compounds = [
    ("fibre", "fiber"), ("colour", "color"), ("colours", "colors"), ("aluminium", "aluminum"), ("woollen", "woolen"),
    ("centre", "center"),
  ]

  /// A word without its plural: `toys` toy, `batteries` battery, `boxes` box; short words, `ss`, `us`, `is` stay.
  static func singular(_ word: String) -> String {
    let bytes = Array(word.utf8)
    guard bytes.count >= 4, bytes[bytes.count - 1] == 0x73 else { return word }
    let before = bytes[bytes.count - 2]
    if before == 0x73 || before == 0x75 || before == 0x69 { return word }
    func text(_ count: Int) -> String { String(decoding: bytes[..<count], as: UTF8.self) }
    if word.hasSuffix("ies"), bytes.count > 4 { return text(bytes.count - 3) + "y" }
    if word.hasSuffix("shes") || word.hasSuffix("ches") || word.hasSuffix("xes") || word.hasSuffix("sses") {
      return text(bytes.count - 2)
    }
    return text(bytes.count - 1)
  }
}
