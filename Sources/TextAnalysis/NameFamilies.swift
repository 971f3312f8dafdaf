/// Words of names that are one in another form: `Ind.`, Industry, Industries and Industrial; `Hdwe` and Hardware.
enum NameFamilies {
  /// One line a family or several: forms of one word, folded, without plural. A form that may stand for two words is in both.
  private static let text = """
    industry industrial industries ind inds indus indust indl industrie industria industrias|electric electrical elec elect electr elektrik|electronic elec electron electro elektronik
    hardware hdwe hdware hdw hdwr hrdwr|aluminum alum alu alumin|appliance appl applc aplnc|manufacturing manufacturer manufacture mfg mfr mfrg manuf manufactory mnfg
    technology tech techn technic technical technologie|trading trade trdg trad|district dist distr|county cnty|product prod prdct prdt produit|garment gmt grmt garm|chemical chem chemistry
    packaging packing pack pkg packg|printing print prtg|accessory access accs acc|furniture furn furnit|ceramic ceram cer|stationery stat stny stationary|textile tex txtl textil|leather leath lthr|plastic plast plas|rubber rub rubb rbr
    jewelry jewellery jewelery jwlry jewel|international intl int internat|cosmetic cosm cosmet|pharmaceutical pharm pharma|agricultural agriculture agri agric|mechanical mech mach|machinery mach machine machy|company co comp
    compagnie cie comp|equipment equip eqpt eqp equipt|instrument instr inst|precision prec precis|optical opt optic|knitting knit|import imp|export exp|development dev devt develop|enterprise ent entp enterp|corporation corp|research res|institute inst|laboratory lab
    household hhld|stainless ss stnls|steel stl|lighting light ltg|glass gls|automotive auto automobile autom|component comp cmpnt|material mat matl mtl|environmental envir env enviro|medical med medic|biological bio biol|energy ener|engineering eng engg engr engng|scientific sci science|digital dig digi|general gen genl|national natl nat|brothers bros|gebruder gebr gebruders|hermanos hnos|societa soc|commercial comm comml commerce|department dept|association assoc assn|associates assocs assoc|distribution dist distr distributor distributing|wholesale whsl|supply sup supp|service serv svc|system sys|communication comm commun|communications comms|building bldg|construction constr const|factory fty fac fact facty|works wks work|center centre ctr|group grp gp groupe gruppe grupo gruppo|holding hldg|product production prod
    wood wooden|wool woolen woollen|biscuit bisc|beverage bev|furnishing furn|shoe shoemaking|fabrica fab fabr|fabrik fabr|comercial com comer|importadora imp|exportadora exp|produtos prod productos|quimica quim|metalurgica met metal|mecanica mec
    """

  private static let families: [String: Set<Int>] = {
    var found: [String: Set<Int>] = [:]
    for (number, family) in text.split(whereSeparator: { $0 == "|" || $0 == "\n" }).enumerated() {
      for word in family.split(separator: " ") {
        found[NameVocabulary.singular(String(word)), default: []].insert(number)
      }
    }
    return found
  }()

  /// Whether two words are forms of one.
  static func areOne(_ one: String, _ other: String) -> Bool {
    let (left, right) = (NameVocabulary.singular(one), NameVocabulary.singular(other))
    if left == right { return true }
    guard let all = families[left], let others = families[right] else { return false }
    return !all.isDisjoint(with: others)
  }

  /// Whether `short` is written for `full`, a word of the vocabulary: its letters in order, the first the same, few vowels:
  /// `prdts`, `txtls`, `gmts`. With a full stop, also its beginning: `ceram.`
  static func isContraction(_ short: String, of full: String, hasStop: Bool) -> Bool {
    guard short.utf8.count >= 3, short.utf8.count + 1 < full.utf8.count, short.utf8.first == full.utf8.first,
      !NameVocabulary.commonWords.contains(short)
    else { return false }
    if hasStop, full.hasPrefix(short) { return true }
    guard NameVocabulary.commonWords.contains(NameVocabulary.singular(full)) else { return false }
    guard short.utf8.count(where: { "aeiou".utf8.contains($0) }) <= (hasStop ? 2 : 1) else { return false }
    var rest = Array(short.utf8)[...]
    for byte in full.utf8 where byte == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  /// Whether two names are the same words but for their forms; at least one word is equal, and none of the others is a
  /// name's own. Cost: linear.
  static func agree(_ one: NameParts, _ other: NameParts) -> Bool {
    guard one.words.count == other.words.count, one.words.count > 1 else { return false }
    var equal = 0
    for (left, right) in zip(one.words, other.words) {
      if left == right || NameVocabulary.singular(left) == NameVocabulary.singular(right) {
        equal += 1
        continue
      }
      let isAbbreviatedElectronics =
        one.abbreviated.contains("elec") && left == "electric" && right.hasPrefix("electron")
        || other.abbreviated.contains("elec") && right == "electric" && left.hasPrefix("electron")
      guard
        areOne(left, right) || isAbbreviatedElectronics
          || isContraction(left, of: right, hasStop: one.abbreviated.contains(left))
          || isContraction(right, of: left, hasStop: other.abbreviated.contains(right))
      else { return false }
    }
    return equal > 0
  }
}
