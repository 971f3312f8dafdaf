/// Places that names of companies carry: those of China, which stand in front of a name, behind it or in brackets, and
/// countries.
enum NamePlaces {
  struct Place {
    /// Names in ideographs, without 省, 市, 县.
    let ideographs: String
    /// Names in Latin letters, folded, words joined.
    let latin: [String]
    /// The place that it lies in; nil for countries and provinces.
    let within: Int?
  }

  /// One line a province: its name, then its cities. Names in Latin letters follow behind `=` where they
  /// are not the pinyin alone: other readings, and those of the old postal map (Tsingtao, Soochow, Canton).
  private static let text = """
    北京=beijing,peking
    上海
    天津=tianjin,tientsin
    重庆=chongqing,chungking
    广东=guangdong,canton,kwangtung:广州=guangzhou,canton,kwangchow 深圳 珠海 汕头=shantou,swatow 佛山 韶关 湛江 肇庆 江门=jiangmen,kongmoon 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 顺德 南海 番禺 澄海 普宁 增城
    浙江=zhejiang,chekiang:杭州=hangzhou,hangchow 宁波=ningbo,ningpo 温州=wenzhou,wenchow 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 永康 东阳 温岭 海宁 诸暨 乐清=yueqing,leqing 瑞安 平湖
    江苏=jiangsu,kiangsu:南京=nanjing,nanking 无锡=wuxi,wusih 徐州=xuzhou,suchow 常州 苏州=suzhou,soochow 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁=suqian 昆山 常熟 张家港 江阴 宜兴 太仓
    福建=fujian,fukien:福州=fuzhou,foochow 厦门=xiamen,amoy 莆田 三明 泉州=quanzhou,chuanchow 漳州=zhangzhou,changchow 南平 龙岩 宁德 晋江 石狮 南安
    山东=shandong,shantung:济南=jinan,tsinan 青岛=qingdao,tsingtao 淄博 枣庄 东营 烟台=yantai,chefoo 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 莱芜
    河北=hebei,hopei,hopeh:石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
    河南=henan,honan:郑州=zhengzhou,chengchow 开封=kaifeng 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河=luohe 三门峡 南阳 商丘 信阳 周口 驻马店
    湖北=hubei,hupei,hupeh:武汉=wuhan,hankow,hankou 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州
    湖南:长沙=changsha 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
    江西=jiangxi,kiangsi:南昌 景德镇 萍乡 九江=jiujiang,kiukiang 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
    安徽=anhui,anhwei:合肥 芜湖 蚌埠=bengbu 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安=luan 亳州=bozhou 池州 宣城
    四川=sichuan,szechuan,szechwan:成都=chengdu,chengtu 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山=leshan 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
    陕西=shaanxi,shanxi,shensi:西安=xian,sian 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
    山西=shanxi:太原 大同 阳泉 长治=changzhi 晋城 朔州 晋中 运城 忻州 临汾 吕梁
    辽宁=liaoning:沈阳=shenyang,mukden 大连=dalian,dairen 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳=chaoyang 葫芦岛
    吉林=jilin,kirin:长春=changchun 四平 辽源 通化 白山 松原 白城 延边
    黑龙江=heilongjiang,heilungkiang:哈尔滨=harbin,haerbin 齐齐哈尔=qiqihar,qiqihaer 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化
    广西=guangxi,kwangsi:南宁 柳州 桂林=guilin,kweilin 梧州 北海 防城港 钦州 贵港 玉林
    云南:昆明=kunming 曲靖 玉溪 保山 昭通 丽江 大理
    贵州=guizhou,kweichow:贵阳=guiyang,kweiyang 六盘水 遵义 安顺 毕节 铜仁
    海南:海口 三亚
    甘肃=gansu,kansu:兰州 嘉峪关 金昌 白银 天水 武威 张掖 酒泉
    青海:西宁
    宁夏:银川
    新疆=xinjiang,sinkiang:乌鲁木齐=urumqi,wulumuqi 克拉玛依
    内蒙古=innermongolia,neimenggu:呼和浩特=hohhot,huhehaote 包头 赤峰 鄂尔多斯=ordos,eerduosi
    西藏=tibet,xizang:拉萨=lhasa,lasa
    香港=hongkong,hk,xianggang
    澳门=macau,macao,aomen
    台湾=taiwan:台北=taipei,taibei 高雄=kaohsiung,gaoxiong 台中=taichung,taizhong 台南=tainan 桃园=taoyuan 新竹=hsinchu,xinzhu 基隆=keelung,jilong 新北=newtaipei,xinbei
    中国=china,prc,zhongguo
    美国=usa,us,america,unitedstates
    英国=uk,unitedkingdom,britain,greatbritain
    德国=germany,deutschland
    法国=france
    日本=japan
    韩国=korea,southkorea
    印度=india
    越南=vietnam
    泰国=thailand
    新加坡=singapore
    马来西亚=malaysia
    印度尼西亚=indonesia
    菲律宾=philippines
    澳大利亚=australia
    加拿大=canada
    意大利=italy,italia
    西班牙=spain,espana
    荷兰=netherlands,holland
    波兰=poland,polska
    俄罗斯=russia
    土耳其=turkey,turkiye
    巴西=brazil,brasil
    墨西哥=mexico
    瑞士=switzerland,suisse,schweiz
    瑞典=sweden,sverige
    比利时=belgium
    奥地利=austria
    葡萄牙=portugal
    柬埔寨=cambodia
    缅甸=myanmar
    孟加拉国=bangladesh
    巴基斯坦=pakistan
    亚洲=asia
    欧洲=europe
    亚太=asiapacific
    """

  static let places: [Place] = {
    var found: [Place] = []
    func add(_ entry: Substring, within: Int?) {
      let parts = entry.split(separator: "=", maxSplits: 1)
      guard let name = parts.first else { return }
      let latin = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : [Pinyin.key(of: String(name))]
      found.append(Place(ideographs: String(name), latin: latin, within: within))
    }
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard let province = parts.first else { continue }
      let place = found.count
      add(province, within: nil)
      if parts.count == 2 { for city in parts[1].split(separator: " ") { add(city, within: place) } }
    }
    return found
  }()

  /// Places by their ideographs.
  static let byIdeographs: [String: Int] = {
    var found: [String: Int] = [:]
    for (number, place) in places.enumerated() where found[place.ideographs] == nil { found[place.ideographs] = number }
    return found
  }()

  /// Places by their names in Latin letters; several places may share one.
  static let byLatin: [String: Set<Int>] = {
    var found: [String: Set<Int>] = [:]
    for (number, place) in places.enumerated() { for name in place.latin { found[name, default: []].insert(number) } }
    return found
  }()

  /// ``byLatin`` and names that the first readings of the characters do not give: for comparison. Keys of an index know
  /// ``byLatin`` alone, so that they stay as they were written.
  static let byAnyLatin: [String: Set<Int>] = {
    var found = byLatin
    for (latin, ideographs) in others {
      if let place = byIdeographs[ideographs] { found[latin, default: []].insert(place) }
    }
    return found
  }()

  private static let others = [
    ("foshan", "佛山"), ("panyu", "番禺"), ("lvliang", "吕梁"), ("lyuliang", "吕梁"), ("karamay", "克拉玛依"),
    ("erdos", "鄂尔多斯"), ("huhehot", "呼和浩特"), ("huhhot", "呼和浩特"), ("tsitsihar", "齐齐哈尔"),
  ]

  /// The name of a place in Latin letters, as it is written most.
  static func latinName(_ number: Int) -> String {
    guard places.indices.contains(number) else { return "" }
    let place = places[number]
    return others.first { $0.1 == place.ideographs }.map(\.0) ?? place.latin.first ?? ""
  }

  /// Whether a place's pinyin has ü: 吕梁, not 泸州.
  static func hasUmlaut(_ number: Int) -> Bool {
    Pinyin.syllables(of: places[number].ideographs).contains { $0.hasPrefix("lv") || $0.hasPrefix("nv") }
  }

  /// Words of a place in Latin letters at most: `united arab emirates`.
  static let longestLatin = 3
  /// Characters of a place in ideographs: 印度尼西亚.
  static let ideographCounts = 2...5
}
