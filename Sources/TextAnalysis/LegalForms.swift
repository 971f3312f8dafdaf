/// Legal forms of companies and how they are taken off a name: never evidence that two names are one.
///
/// Sources: the registers' own lists of forms (ISO 20275 lists them by country); spellings as they occur in names.
enum LegalForms {
  /// Whole words that are a form or a part of one when they end a name: of China, Hong Kong, Taiwan, Japan, Korea,
  /// Singapore, Malaysia, Thailand, Vietnam, Indonesia, India, Australia, the United Kingdom, the United States, Canada,
  /// Germany, Austria, Switzerland, France, Belgium, the Netherlands, Italy, Spain, Portugal, Brazil, Mexico, the Nordic
  /// and Baltic countries, Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, Slovenia, Croatia, Serbia, Russia,
  /// Ukraine, Greece, Turkey and the Gulf.
  static let words = Set(
    ("co company companies corp corporation inc incorporated ltd limited llc llp lllp lp plc pllc pc coltd ltdco "
      + "gmbh mbh ag kg kgaa ohg ug gbr ek ev eg se sa sas sasu sarl sarlu srl srls spa snc sca scs eurl sc cie "
      + "bv nv bvba cv vof cvba ab hb kb oy oyj ky as asa ans aps ivs is ehf hf sia uab oue "
      + "sl slu sau slne sll scp lda ltda limitada eireli epp eirl sapi rl dec "
      + "pty pte pvt private proprietary sdn bhd berhad sendirian kk yk gk kft zrt nyrt bt "
      + "sro vos doo dd ad eood ood ead jsc pjsc ojsc cjsc ooo oao zao pao tov tdv tnhh mtv tbk pt "
      + "sti as ltdsti fze fzc fzco fzllc sae wll bsc qsc saog saoc psc pcl public ae epe ike oe sae "
      + "ulc ltee limitee cic unlimited partnership "
      + "aktiengesellschaft aktiebolag osakeyhtio aksjeselskap aktieselskab anpartsselskab "
      + "joint stock liability incorporation haftungsbeschrankt beschrankt "
      + "kommanditgesellschaft handelsgesellschaft gesmbh handelsbolag kommanditbolag aktsiaselts osauhing "
      + "kommandiittiyhtio ou jdoo sagl cc sal sll gongsi youxiangongsi")
      .split(separator: " ").map(String.init))

  /// Parts of a form that are words of their own, too: taken off only behind or before another part.
  static let dependent: Set<String> = [
    "joint", "stock", "liability", "public", "private", "partnership", "dec", "rl", "as", "is", "se", "ad", "ae", "oe",
    "ek", "ev", "eg", "ou", "cc", "sal", "pc", "bt", "dd", "sc", "cv", "hb", "kb", "ky", "hf", "pt", "unlimited",
    "proprietary",
  ]

  /// Forms of several words at the end of a name, the longest first.
  static let phrases: [[String]] = [
    "limited liability company", "limited liability partnership", "public limited company", "public company limited",
    "joint stock company", "open joint stock company", "closed joint stock company", "limited partnership",
    "private limited", "proprietary limited", "sendirian berhad", "kabushiki kaisha", "yugen kaisha", "godo kaisha",
    "gesellschaft mit beschrankter haftung", "gesellschaft mbh", "societe anonyme", "societe a responsabilite limitee",
    "societe par actions simplifiee", "sociedad anonima", "sociedad anonima de capital variable", "sociedad limitada",
    "sociedad de responsabilidad limitada", "sociedade anonima", "sociedade limitada", "societa per azioni",
    "societa a responsabilita limitata", "naamloze vennootschap", "besloten vennootschap", "spolka akcyjna",
    "spolka z ograniczona odpowiedzialnoscia", "spolka z oo", "sp z oo", "sp z o o", "spolka z o o", "sp k", "sp j",
    "akciova spolecnost", "spolecnost s rucenim omezenym", "anonim sirketi", "limited sirketi", "ltd sti", "a s", "a o",
    "s a de c v", "sa de cv", "s de rl de cv", "s de r l de c v", "s r o", "d o o", "d d", "s p a", "s r l", "s r l s",
    "s a", "s a s", "s a r l", "s n c", "s c a", "s l", "s l u", "b v", "n v", "a g", "k g", "o y", "a b", "a s a",
    "l l c", "l l p", "l p", "p l c", "p c", "g m b h", "e k", "e v", "e g", "u g", "s e", "k k", "y k", "p t", "t b k",
    "w l l", "b s c", "fz llc", "san ve tic", "sanayi ve ticaret", "san ve tic as", "z o o", "i n c", "l t d", "c o",
    "c v", "p l l c", "l t d a", "s c", "e o o d", "o o d", "a d", "a e", "e p e", "cong ty tnhh", "one member",
    "offene handelsgesellschaft", "eingetragener kaufmann", "eingetragene kauffrau", "ges m b h",
    "gesellschaft m b h", "korlatolt felelossegu tarsasag", "zartkoruen mukodo reszvenytarsasag",
    "nyilvanosan mukodo reszvenytarsasag", "beteti tarsasag", "spol s r o", "spol s ro", "k s", "v o s", "j d o o",
    "drustvo s ogranicenom odgovornoscu", "drustvo sa ogranicenom odgovornoscu", "societate cu raspundere limitata",
    "uzdaroji akcine bendrove", "sabiedriba ar ierobezotu atbildibu", "spolka jawna", "spolka komandytowa",
    "spolka cywilna", "sp zoo", "julkinen osakeyhtio", "besloten vennootschap met beperkte aansprakelijkheid",
    "vennootschap onder firma", "commanditaire vennootschap", "societe en nom collectif",
    "societe par actions simplifiee unipersonnelle", "societe cooperative", "sociedade unipessoal",
    "sociedad cooperativa", "societa cooperativa", "societa in nome collettivo", "s coop", "soc coop", "ltda me",
    "ltda epp", "perseroan terbatas", "san tic", "ticaret", "sanayi", "kabushiki gaisha", "yugen gaisha",
    "godo gaisha", "jusik hoesa", "chusik hoesa", "yuhan hoesa", "gong si", "gufen youxian gongsi",
    "gufen gongsi", "youxian zeren gongsi", "zeren youxian gongsi", "youxian gongsi", "you xian gongsi",
    "youxian gong si", "you xian gong si", "you xian ze ren gong si", "gu fen you xian gong si",
    "общество с ограниченной ответственностью", "закрытое акционерное общество", "открытое акционерное общество",
    "публичное акционерное общество", "непубличное акционерное общество", "акционерное общество",
    "товариство з обмеженою відповідальністю", "приватне акціонерне товариство", "дружество с ограничена отговорност",
    "друштво са ограниченом одговорношћу", "α ε", "ε π ε", "ο ε", "ι κ ε", "בע מ", "ذ م م", "ش م م", "ش م ك",
  ].map(folded).sorted { $0.count > $1.count }

  /// The phrases by their last word, the longest first.
  private static let phrasesByEnd = Dictionary(grouping: phrases) { $0.last ?? "" }

  /// A form as the words of a key: folded as names are.
  private static func folded(_ form: String) -> [String] {
    String(decoding: Folding.folded(form), as: UTF8.self).split(separator: " ").map(String.init)
  }

  /// Forms of one or several words at the beginning of a name.
  static let openings: [[String]] = [
    "pt", "ooo", "oao", "zao", "pao", "tov", "uab", "sia", "sarl", "societe anonyme", "societe", "firma", "m s", "sdn",
    "cong ty tnhh mtv", "cong ty tnhh", "cong ty co phan", "cong ty", "ooo kompaniya", "obshchestvo", "fa",
    "ооо", "оао", "зао", "пао", "ао", "ип", "тов", "messrs", "ste", "cty tnhh mtv", "cty tnhh", "cty co phan", "cty cp",
    "cty", "perseroan terbatas", "тоо", "одо", "сооо", "чуп", "пат", "прат", "фоп", "нао", "شركة",
    "общество с ограниченной ответственностью", "закрытое акционерное общество", "открытое акционерное общество",
    "публичное акционерное общество", "непубличное акционерное общество", "акционерное общество",
    "индивидуальный предприниматель", "товариство з обмеженою відповідальністю", "приватне акціонерне товариство",
    "товарищество с ограниченной ответственностью",
  ].map(folded).sorted { $0.count > $1.count }

  /// Cyrillic and other words of a form at the end.
  static let otherEnds: Set<String> = [
    "ооо", "оао", "зао", "пао", "ао", "тов", "еоод", "оод", "ад", "дд", "доо", "αε", "επε",
  ]

  /// Longest first. A branch (分公司), a head office (总公司), a group (集团) and a works (厂) are part of the name.
  static let ideographs = [
    "股份有限责任公司", "一人有限责任公司", "有限责任公司", "股份有限公司", "责任有限公司", "无限责任公司", "股份合作公司", "有限合伙企业",
    "株式会社", "有限会社", "合同会社", "合资会社", "合名会社", "股份公司", "有限公司", "责任公司", "公司",
    "주식회사", "유한회사", "유한책임회사", "(주)", "㈜",
  ]
  /// At the beginning.
  static let ideographOpenings = ["株式会社", "有限会社", "合同会社", "주식회사", "유한회사"]

  /// In brackets: a form, no place and no branch.
  static let inBrackets: Set<String> = [
    "有限合伙", "普通合伙", "特殊普通合伙", "个人独资", "个体工商户", "个体", "合伙企业", "有限公司", "private", "pvt", "株", "有", "주",
    "一人有限公司", "自然人独资", "自然人投资或控股", "中外合资", "中外合作", "外商独资", "外资", "独资", "合资", "法人独资", "上市", "非上市",
    "股份", "haftungsbeschrankt", "pty", "pte", "sdn", "m", "proprietary", "public", "ltd", "limited", "llc", "inc", "co",
    "limited liability company", "joint venture", "jv", "wfoe", "sole proprietorship", "p", "publ",
  ]

  /// Joining words of no weight.
  static let small: Set<String> = [
    "the", "and", "of", "und", "et", "y", "e", "og", "och", "en", "i", "for", "de", "la", "le", "del", "di", "do", "da",
  ]
  /// Those of them that are dropped from keys: the others are parts of other names.
  static let joining: Set<String> = ["the", "and", "of", "und", "et"]

  /// Typing errors of forms that are common enough to be forms.
  static let misspelled: Set<String> = [
    "ldt", "lmt", "lmtd", "limted", "limtied", "lmited", "limitd", "limitied", "comapny", "compnay", "companny",
    "compay",
    "conpany", "copmany", "corportation", "corporaton", "incoporated", "incorperated", "gmhb", "gmbb", "itd", "lt",
  ]
}

extension LegalForms {
  /// Takes the forms off both ends and, where something follows that is no form, out of the middle; as long as a word
  /// remains. Cost: linear in the words.
  static func drop(from words: inout [String]) {
    dropEnd(&words)
    dropOpening(&words)
    dropMiddle(&words)
    // What an opening or a middle leaves may end in a form again.
    dropEnd(&words)
  }

  static func dropEnd(_ words: inout [String]) {
    var dropped = false
    next: while words.count > 1, let last = words.last {
      let phrase =
        phrasesByEnd[last]?.first { $0.count < words.count && words.suffix($0.count).elementsEqual($0) }?.count ?? 0
      // `S.A.E.`, letter by letter: more than the `A.E.` in it.
      let letters = words.reversed().prefix { $0.utf8.count == 1 }.count
      let joined =
        (2...5).reversed().first { count in
          count <= letters && count < words.count && self.words.contains(words.suffix(count).joined())
        } ?? 0
      if max(phrase, joined) > 0 {
        words.removeLast(max(phrase, joined))
        dropped = true
        continue next
      }
      if last == "and" || last == "cie" || otherEnds.contains(last) || misspelled.contains(last) && dropped == false {
        words.removeLast()
        dropped = dropped || last != "and"
        continue
      }
      if self.words.contains(last) || misspelled.contains(last) {
        // `AS`, `public`, `joint` say nothing alone; behind other words they are a form all the same when two letters.
        if dependent.contains(last), last.utf8.count > 2, !dropped { return }
        words.removeLast()
        dropped = true
        continue
      }
      return
    }
  }

  private static func dropOpening(_ words: inout [String]) {
    for opening in openings where opening.count < words.count && words.starts(with: opening) {
      words.removeFirst(opening.count)
      return
    }
    // `AB Volvo`, `NV Bekaert`, `SA Cockerill`: a form in front, when the name goes on with a word of some length.
    if (2...3).contains(words.count), ["ab", "nv", "sa", "ag", "cv", "sc", "kg", "oy", "as"].contains(words[0]),
      words[1].utf8.count > 3
    {
      words.removeFirst()
    }
  }

  private static let strong: Set<String> = [
    "ltd", "limited", "inc", "incorporated", "llc", "gmbh", "plc", "coltd", "corp",
  ]

  /// `Hongda Toys Co., Ltd. Shenzhen Branch`: without `Co., Ltd.`
  private static func dropMiddle(_ words: inout [String]) {
    var kept: [String] = []
    for word in words {
      if !kept.isEmpty, strong.contains(word) {
        if kept.count > 1, kept.last == "co" || kept.last == "company" { kept.removeLast() }
        continue
      }
      kept.append(word)
    }
    if kept.count > 0 { words = kept }
  }

  /// Takes ideographic forms off a run of ideographs: the longest at its end, one in front, and those before a branch.
  static func dropIdeographs(_ text: String) -> String {
    var text = text
    for form in ideographOpenings where text.hasPrefix(form) && text.count > form.count {
      text.removeFirst(form.count)
      break
    }
    for form in ideographs where text.hasSuffix(form) {
      let rest = String(text.dropLast(form.count))
      if form == "公司", let before = rest.last, "分总子母".contains(before) { break }
      text = rest
      break
    }
    // In front of a branch, an office or a works of the company.
    for form in ideographs.dropLast(7) where form.count > 2 {
      if let range = range(of: form, in: text), range.lowerBound > 0 {
        var characters = Array(text)
        characters.removeSubrange(range)
        text = String(characters)
        break
      }
    }
    return text
  }

  private static func range(of part: String, in text: String) -> Range<Int>? {
    let part = Array(part)
    let text = Array(text)
    guard text.count >= part.count else { return nil }
    for start in 0...(text.count - part.count) where text[start..<start + part.count].elementsEqual(part) {
      return start..<start + part.count
    }
    return nil
  }
}
