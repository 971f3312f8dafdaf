/// Whether a name in ideographs and one in Latin letters say the same, by sound, by translation of its lines of business, or
/// both; and whether two names in Latin letters do, one by sound and one by translation.
enum NameSound {
  /// Words in Latin letters as one line of bytes, with the places where words begin.
  struct Letters {
    let bytes: [UInt8]
    /// `isBorder[i]`: a word begins or ends before byte `i`.
    let isBorder: [Bool]

    init(_ words: [String]) {
      var bytes: [UInt8] = []
      var borders: Set<Int> = [0]
      for word in words {
        bytes += NameVocabulary.singular(word).utf8
        borders.insert(bytes.count)
      }
      self.bytes = bytes
      isBorder = (0...bytes.count).map { borders.contains($0) }
    }

    func holds(_ text: some Collection<UInt8>, at place: Int) -> Bool {
      place + text.count <= bytes.count && bytes[place...].starts(with: text)
    }

    /// Whether whole words stand there.
    func holdsWords(_ text: some Collection<UInt8>, at place: Int) -> Bool {
      isBorder[place] && place + text.count <= bytes.count && isBorder[place + text.count] && holds(text, at: place)
    }
  }

  /// Characters with more than one reading in names, and the readings beside the first of the table.
  private static let otherReadings: [Unicode.Scalar: [String]] = {
    var found: [Unicode.Scalar: [String]] = [:]
    for entry
      in ("长chang,zhang 重chong,zhong 行hang,xing 乐le,yue 朝chao,zhao 都du,dou 盛sheng,cheng 单dan,shan 柏bai,bo 厦xia,sha "
      + "传chuan,zhuan 藏zang,cang 曲qu 车che,ju 解jie,xie 朴pu,piao 曾zeng,ceng 和he,huo 华hua 万wan 大da,dai 石shi,dan "
      + "会hui,kuai 调tiao,diao 降jiang,xiang 便bian,pian 银yin 藤teng 洁jie 翔xiang 隆long 熊xiong 尉wei,yu 逸yi 率shuai,lv "
      + "卡ka,qia 奇qi,ji 塞sai,se 叶ye,xie 仔zi,zai 沈shen,chen 合he,ge 参can,shen 茜qian,xi 莞guan,wan 圳zhen 俞yu,shu 氏shi,s"
      + " 佛fo,fu 泊bo,po 覃qin,tan 埔pu,bu 晟sheng,cheng 铅qian,yan 堡bao,pu,bu 六liu,lu 台tai 蚌beng,bang 亳bo 什shen,shi 谷gu,yu 贾jia,gu 露lu,lou 薄bo,bao 伯bo,bai 蔚wei,yu 区qu,ou 盖gai,ge 种zhong,chong 召zhao,shao 洗xi,xian 宿su,xiu 娜na,nuo 莎sha,suo 茄qie,jia 阿a,e 地di,de 着zhe,zhuo 给gei,ji 还huan,hai 将jiang,qiang 校xiao,jiao 角jiao,jue 觉jue,jiao 绿lv,lu 落luo,lao 模mo,mu 弄nong,long 屏ping,bing 强qiang,jiang 杉shan,sha 省sheng,xing 食shi,si 属shu,zhu 扎zha,za 轧zha,ya 琢zhuo,zuo 柜gui,ju 壳ke,qiao 钥yao,yue 秘mi,bi 粘zhan,nian 栅zha,shan 匙chi,shi 澄cheng,deng 侗dong,tong 番fan,pan 伽jia,qie,ga 咖ka,ga 浒hu,xu 荥xing,ying 歙she,xi 涡guo,wo 泌mi,bi 浚jun,xun 莘shen,xin 筠yun,jun 犍qian,jian 珲hui,hun 洮tao,yao 剪jian 削xiao,xue 饮yin 熨yun,yu 卷juan 缝feng 片pian 仇chou,qiu 那na 冼xian 朱zhu 查cha,zha 翟zhai,di 葛ge 隽jun,juan 汇hui 呈cheng 珀po,bo 帛bo 鹄hu,gu 见jian 轩xuan 恪ke,que 浙zhe 滇dian 瑞rui 锐rui 麒qi 旸yang 钜ju 昇sheng 祎yi")
      .split(separator: " ")
    {
      guard let first = entry.unicodeScalars.first else { continue }
      found[first] = entry.dropFirst().split(separator: ",").map(String.init)
    }
    return found
  }()

  static func readings(_ scalar: Unicode.Scalar) -> [[UInt8]] {
    let first = Pinyin.syllables(of: String(Character(scalar))).first ?? ""
    var all = [first] + (otherReadings[scalar] ?? [])
    for reading in all where reading.hasPrefix("lv") || reading.hasPrefix("nv") {
      let rest = reading.dropFirst(2)
      all += ["\(reading.prefix(1))u\(rest)", "\(reading.prefix(1))yu\(rest)", "\(reading.prefix(1))ue\(rest)"]
    }
    return Set(all.filter { !$0.isEmpty }).sorted().map { Array($0.utf8) }
  }

  /// Whether the ideographs can be read as the words. Cost: the product of the lengths, times the readings of a character.
  static func agree(_ ideographs: [Unicode.Scalar], _ words: [String], isPossessive: Bool = false) -> Bool {
    let letters = Letters(words)
    guard !ideographs.isEmpty, !letters.bytes.isEmpty else { return false }
    let width = letters.bytes.count + 1
    // open[i * width + j]: the first i characters can be read as the first j letters.
    var open = [Bool](repeating: false, count: (ideographs.count + 1) * width)
    open[0] = true
    for index in ideographs.indices {
      let scalar = ideographs[index]
      let readings = scalar.value < 0x80 ? [[UInt8(truncatingIfNeeded: scalar.value)]] : readings(scalar)
      let terms = (NameVocabulary.termsByFirst[scalar] ?? []).map { NameVocabulary.terms[$0] }
        .filter { ideographs[index...].starts(with: $0.ideographs) }
      for place in 0..<width where open[index * width + place] {
        if isPossessive, scalar == "氏" { open[(index + 1) * width + place] = true }
        for reading in readings where letters.holds(reading, at: place) {
          open[(index + 1) * width + place + reading.count] = true
        }
        for term in terms {
          let row = (index + term.ideographs.count) * width
          for surface in term.surfaces where letters.holdsWords(surface.utf8, at: place) {
            open[row + place + surface.utf8.count] = true
          }
        }
      }
    }
    return open[ideographs.count * width + width - 1]
  }

  /// Whether two names in Latin letters are one, where lines of business are in pinyin in one and in English in the other.
  /// Cost: the product of the lengths for the letters, and of the words with the vocabulary for the rest.
  static func agree(_ one: [String], _ other: [String]) -> Bool {
    let left = Letters(one)
    let right = Letters(other)
    let width = right.bytes.count + 1
    var steps: [Int: [(left: Int, right: Int)]] = [:]
    var hasSteps = false
    for (place, isBorder) in left.isBorder.enumerated() where isBorder {
      for (pinyin, english) in translations(left, at: place) {
        for start in right.bytes.indices where right.holds(pinyin, at: start) {
          steps[place * width + start, default: []].append((english, pinyin.count))
          hasSteps = true
        }
      }
    }
    for (place, isBorder) in right.isBorder.enumerated() where isBorder {
      for (pinyin, english) in translations(right, at: place) {
        for start in left.bytes.indices where left.holds(pinyin, at: start) {
          steps[start * width + place, default: []].append((pinyin.count, english))
          hasSteps = true
        }
      }
    }
    guard hasSteps else { return false }
    var open = [Bool](repeating: false, count: (left.bytes.count + 1) * width)
    open[0] = true
    for i in 0...left.bytes.count {
      for j in 0...right.bytes.count where open[i * width + j] {
        if i < left.bytes.count, j < right.bytes.count, left.bytes[i] == right.bytes[j] {
          open[(i + 1) * width + j + 1] = true
        }
        for step in steps[i * width + j] ?? [] { open[(i + step.left) * width + j + step.right] = true }
      }
    }
    return open[left.bytes.count * width + width - 1]
  }

  /// The pinyin of the terms whose English name stands at a place, and that name's length.
  private static func translations(_ letters: Letters, at place: Int) -> [(pinyin: [UInt8], english: Int)] {
    guard place < letters.bytes.count else { return [] }
    var found: [(pinyin: [UInt8], english: Int)] = []
    for end in (place + 1)...letters.bytes.count where letters.isBorder[end] && end - place <= longestSurface {
      let surface = String(decoding: letters.bytes[place..<end], as: UTF8.self)
      for term in termsBySurface[surface] ?? [] {
        let pinyin = Array(NameVocabulary.terms[term].pinyin.utf8)
        // One character's sound is in half of all names.
        if NameVocabulary.terms[term].ideographs.count > 1 || surface == "factory" {
          found.append((pinyin, end - place))
        }
      }
    }
    return found
  }

  private static let longestSurface = 32
  private static let termsBySurface: [String: [Int]] = {
    var found: [String: [Int]] = [:]
    for (number, term) in NameVocabulary.terms.enumerated() {
      for surface in term.surfaces.dropLast() { found[surface, default: []].append(number) }
    }
    return found
  }()
}
