extension BuiltIn {
  /// The ten categories and what belongs to them, English and Chinese. One term a line, narrower terms indented by two
  /// blanks under the wider one; names of one thing are parted by ` = `.
  public static let thesaurus = """
    products = 产品
      furniture = 家具 = furnishings = 傢具
        wooden bed = 木床 = timber bed
        wardrobe = 衣柜 = closet = 衣橱
        office desk = 办公桌 = writing table
        dining table = 餐桌
        upholstered sofa = 软体沙发 = sofa = couch = 沙发
        children's bunk bed = 儿童双层床 = bunk bed
        kitchen cabinet = 橱柜
        bookcase = 书柜 = bookshelf = 书架
      toys = 玩具 = playthings
        plush toy = 毛绒玩具 = stuffed toy = soft toy = 填充玩具 = 布绒玩具
        wooden toy = 木制玩具 = timber toy
        electric toy car = 电动玩具车 = battery toy car = 电动玩具
        plastic doll = 塑料娃娃 = doll = 玩偶
        building blocks = 积木 = toy bricks
        baby rattle = 婴儿摇铃 = rattle = 摇铃
        ride-on car = 童车 = children's vehicle
        balloon = 气球 = toy balloon
      clothes = 服装 = garments = clothing = apparel = 成衣
        children's jacket = 儿童夹克 = kids' jacket = 童装外套
        infant bodysuit = 婴儿连体衣 = baby romper
        cotton shirt = 棉衬衫
        knitted sweater = 针织毛衣 = pullover = 毛衫
        denim trousers = 牛仔裤 = jeans
        school uniform = 校服
        silk dress = 真丝连衣裙
      paint and coating = 涂料 = paints and coatings = paint = coating = 油漆
        interior wall paint = 内墙涂料 = emulsion paint = 乳胶漆
        wood lacquer = 木器漆 = wood varnish = 溶剂型木器涂料
        polyurethane coating = 聚氨酯涂料 = PU coating
        toy paint = 玩具漆 = coating for toys
        anti-rust primer = 防锈底漆
        powder coating = 粉末涂料
      real-like decorations = 仿真饰品 = real-like decoration = imitation decorations = 仿真装饰品
        artificial flowers = 仿真花 = silk flowers = 绢花 = 人造花
        imitation necklace = 仿真项链 = costume jewellery = imitation jewellery = 仿真首饰
        alloy earrings = 合金耳环
        artificial Christmas tree = 仿真圣诞树
        imitation fruit = 仿真水果
        hair ornament = 发饰
      auto accessories = 汽车配件 = auto parts = car accessories = 汽车用品 = 汽配
        brake pads = 制动衬片 = brake lining = 刹车片
        laminated windscreen = 夹层挡风玻璃 = safety glass = 汽车安全玻璃
        seat cover = 汽车座套
        seat belt = 汽车安全带 = safety belt
        oil filter = 机油滤清器
        child restraint = 儿童安全座椅 = child seat
      products with wadding fiber = 絮用纤维制品 = products with wadding fibre = wadding = bedding = 絮棉制品
        cotton quilt = 棉被 = duvet = 被子
        polyester pillow = 化纤枕头 = pillow = 枕头
        mattress = 床垫 = sprung mattress
        padded coat = 棉衣 = quilted coat = 棉袄
        cushion = 靠垫
        sleeping bag = 睡袋
      artificial board = 人造板 = wood-based panel = artificial boards = 木质板材
        plywood = 胶合板
        particle board = 刨花板 = chipboard
        medium density fibreboard = 中密度纤维板 = MDF = fibreboard = 密度板
        blockboard = 细木工板 = 大芯板
        laminate flooring board = 强化地板基材
      decorating materials = 装饰装修材料 = decoration materials = building decoration = 装修材料
        wallpaper = 壁纸 = wall covering = 墙纸
        ceramic tile = 瓷砖 = floor tile
        contact adhesive = 胶粘剂 = glue = 胶水
        PVC flooring = 聚氯乙烯卷材地板 = vinyl flooring
        aluminium-plastic panel = 铝塑板
        granite slab = 花岗石板材 = natural stone
      washing products = 洗涤用品 = detergents = cleaning products = 洗涤剂
        washing powder = 洗衣粉 = laundry detergent = detergent
        dish liquid = 餐具洗涤剂 = washing-up liquid = 洗洁精
        liquid soap = 洗手液 = hand wash
        laundry soap = 洗衣皂
        fabric softener = 衣物柔顺剂
        glass cleaner = 玻璃清洁剂

    """
}
