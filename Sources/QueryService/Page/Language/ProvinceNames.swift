/// The names of provinces, regions and municipalities in both languages, as records and people write them (GB/T 2260 and its
/// usual romanisation, without what the name of a province ends in).
enum ProvinceNames {
  private static let pairs: [(english: String, chinese: String)] = [
    ("Beijing", "北京"), ("Tianjin", "天津"), ("Hebei", "河北"), ("Shanxi", "山西"), ("Inner Mongolia", "内蒙古"),
    ("Liaoning", "辽宁"), ("Jilin", "吉林"), ("Heilongjiang", "黑龙江"), ("Shanghai", "上海"), ("Jiangsu", "江苏"),
    ("Zhejiang", "浙江"), ("Anhui", "安徽"), ("Fujian", "福建"), ("Jiangxi", "江西"), ("Shandong", "山东"),
    ("Henan", "河南"), ("Hubei", "湖北"), ("Hunan", "湖南"), ("Guangdong", "广东"), ("Guangxi", "广西"),
    ("Hainan", "海南"), ("Chongqing", "重庆"), ("Sichuan", "四川"), ("Guizhou", "贵州"), ("Yunnan", "云南"),
    ("Tibet", "西藏"), ("Shaanxi", "陕西"), ("Gansu", "甘肃"), ("Qinghai", "青海"), ("Ningxia", "宁夏"),
    ("Xinjiang", "新疆"), ("Taiwan", "台湾"), ("Hong Kong", "香港"), ("Macao", "澳门"),
  ]
  private static let chinese = Dictionary(uniqueKeysWithValues: pairs.map { ($0.english, $0.chinese) })
  private static let english = Dictionary(uniqueKeysWithValues: pairs.map { ($0.chinese, $0.english) })
  /// What full names end in.
  private static let endings = ["特别行政区", "维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "省", "市"]

  /// The name of a province in a language; nil where it is none, or is written in that language already.
  static func name(_ text: String, in language: PageLanguage) -> String? {
    if language == .chinese { return chinese[text] }
    let ending = endings.first { text.hasSuffix($0) }
    return english[ending.map { String(text.dropLast($0.count)) } ?? text]
  }
}
