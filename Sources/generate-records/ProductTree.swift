/// The product tree as the thesaurus file of a collection.
enum ProductTree {
  static func text(_ bank: Bank) -> String {
    var text = """
      # Product tree and terms of the sample collection. One term a line, narrower terms indented by two blanks under
      # the wider one; names of the same thing, in any language, are parted by " = ". Lines with # are remarks.

      products = 产品

      """
    for category in bank.categories {
      text += "  \(category.name) = \(category.chineseName)\(also(category))\n"
      for product in category.products {
        text += "    " + ([product.name, product.chineseName] + product.synonyms).joined(separator: " = ") + "\n"
      }
    }
    return text + terms
  }

  /// What is found in products, in both languages.
  private static let terms = """

    hazards = 危害
      formaldehyde = 甲醛 = methanal
      heavy metal = 重金属
        lead = 铅
        cadmium = 镉
        nickel = 镍
      small parts = 小零件
      flammability = 阻燃性 = 易燃
      volatile organic compounds = VOC = 挥发性有机化合物
      azo dye = 偶氮染料 = 芳香胺染料
      phthalates = 邻苯二甲酸酯 = 增塑剂
      phosphates = 磷酸盐 = phosphate
      benzene = 苯
    supervision = 监督管理
      quality file = 质量档案 = quality record
      rectification = 整改 = 整治
      re-examination = 复查 = follow-up
      selective examination = 监督抽查
      production licence = 生产许可证 = production license
      colour fastness = 色牢度 = color fastness
      guarantee = 承诺书
      production capacity = 生产能力

    """

  /// Second names of whole categories, as notes and directives use them.
  private static func also(_ category: Category) -> String {
    switch category.number {
    case 1: " = furnishings = 傢具"
    case 2: " = playthings"
    case 3: " = garments = clothing = apparel = 成衣"
    case 4: " = paints and coatings = paint = coating = 油漆"
    case 5: " = real-like decoration = imitation decorations = 仿真装饰品"
    case 6: " = auto parts = car accessories = 汽车用品 = 汽配"
    case 7: " = products with wadding fibre = wadding = bedding = 絮棉制品"
    case 8: " = wood-based panel = artificial boards = 木质板材"
    case 9: " = decoration materials = building decoration = 装修材料"
    default: " = detergents = cleaning products = 洗涤剂"
    }
  }
}
