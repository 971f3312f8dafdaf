/// Findings of the five categories of the second batch, and those that any category may have. Written for this project;
/// the line grammar is that of `FindingBank`.
enum FindingsSecond {
  static let text = """
    = auto accessories
    @V601 critical 2 4 1 GB 5763-1998
    # friction of brake pads falls with heat (0.{n}) | 制动衬片高温摩擦系数不合格
    + Brake pads lost grip when hot: the coefficient of friction dropped to 0.1{n} at 300 °C.
    + Cracks ran through the lining of {n} brake pads after the shear test; the press log had been rewritten.
    * {p}在300℃时摩擦系数降至0.1{n}，制动衬片出现裂纹。
    @V602 serious 3 15 0 GB 9656-2003
    # safety glass breaks into long splinters | 安全玻璃碎片状态不合格
    + Fragments of the side window were up to {v} cm long in the fragmentation test.
    + The CCC mark on the {p} had been copied; the certificate number belongs to another factory.
    * 侧窗玻璃碎片长度达{v} cm，CCC标志系冒用他人证书。
    @V603 serious 105 240 0 GB 8410-2006
    # seat cover burns too fast ({v} mm/min) | 座椅面料燃烧速度超标（{v} mm/min）
    + The seat cover burned at {v} mm/min; {s} allows 100 mm/min for the interior of vehicles.
    * 汽车座套燃烧速度{v} mm/min，超过100 mm/min。
    @V604 serious 2 6 0 GB 14166-2003
    # seat belt webbing tears below the load | 安全带织带强度不足
    + {n} of the belts parted below the required load after the abrasion test.
    * {n}条安全带织带磨损后断裂强度低于要求。
    @V605 minor 1 5 0 GB/T 2828
    # recycled parts sold as new | 旧件翻新冒充新品
    + Worn {p} had been cleaned, painted and boxed as new.
    * 发现旧件翻新后重新包装，冒充新品销售。
    @V606 moderate 4 12 0 GB 1796-1996
    # filter element bypass opens early | 滤清器旁通阀开启压力偏低
    + The bypass of the oil filter opened early on {n} samples, letting grit through.
    * 机油滤清器旁通阀开启压力偏低，{n}件样品不合格。

    = products with wadding fiber
    @V701 critical 2 9 0 GB 18383-2006
    # medical or waste fibre used as wadding | 使用医用或废旧纤维作填充物
    + Wadding of the {p} was shredded waste clothing, still carrying dyed thread and buttons.
    + Dirty recycled fibre was found in {n} bales; bleach had been used to hide its colour.
    + Blood-stained gauze turned up in the filling of the quilts, and the store was sealed at once.
    * {p}填充物为废旧衣物开花料，夹杂纽扣和染色线头。
    * 絮棉中发现医疗废弃纱布，当场封存{n}包。
    @V702 serious 5 19 0 GB 18383-2006
    # short fibre content above the limit ({v} %) | 短纤维含量超标（{v}%）
    + Short fibre content of the wadding was {v} %, and the maker calls it first grade.
    * 絮用纤维短纤维含量{v}%，与标称等级不符。
    @V703 serious 7 22 0 GB 18383-2006
    # flammability of wadding | 絮用纤维易燃
    + Flammability of the wadding fiber is high: the {p} caught fire {v} s after the match test.
    + The wadding burns with a running flame because it was sprayed with solvent glue.
    * {p}絮用纤维{v}秒内被引燃，阻燃性能不合格。
    @V704 moderate 1 4 1 GB 18383-2006
    # impurities in wadding ({v} %) | 杂质含量超标（{v}%）
    + Impurities made up {v} % of the filling, mostly seed coat and dust.
    * 填充物杂质含量{v}%，以棉籽壳和灰尘为主。
    @V705 minor 1 6 0 GB 18383-2006
    # filling not declared on label | 标识未注明填充物
    + The label of the {p} does not name the filling or its weight.
    * {p}标识未注明填充物名称和重量。
    @V706 serious 110 330 0 GB 18401-2003
    # formaldehyde in the cover ({v} mg/kg) | 面套甲醛超标（{v} mg/kg）
    + Formaldehyde in the cover cloth of the {p} was {v} mg/kg.
    * {p}面套甲醛含量{v} mg/kg，不合格。

    = artificial board
    @V801 serious 2 14 1 GB 18580-2001
    # formaldehyde emission of board ({v} mg/L) | 人造板甲醛释放量超标（{v} mg/L）
    + Formaldehyde emission of the {p} was {v} mg/L by the desiccator, so it is not even class E2.
    + Urea-formaldehyde glue was mixed at the wrong ratio; the board gave off {v} mg/L.
    + The furniture plants that buy this {p} must be told: formaldehyde {v} mg/L.
    * {p}甲醛释放量{v} mg/L，达不到E1级要求。
    * 脲醛树脂胶配比失当，板材甲醛释放量达{v} mg/L。
    @V802 moderate 7 12 1 GB/T 4897-2003
    # bending strength below the standard ({v} MPa) | 静曲强度不合格（{v} MPa）
    + Bending strength of the {p} was {v} MPa; boards broke in stacking.
    * {p}静曲强度{v} MPa，低于标准要求。
    @V803 moderate 12 31 0 GB/T 4897-2003
    # swelling in water ({v} %) | 吸水厚度膨胀率超标（{v}%）
    + Thickness swelling after soaking came to {v} %.
    * 吸水厚度膨胀率{v}%，超过限值。
    @V804 serious 1 3 0 GB/T 9846-2004
    # bonding strength, layers part after boiling | 胶合强度不合格
    + Layers of the plywood parted after boiling; bonding failed on {n} of the test pieces.
    * 胶合板水煮后开胶，{n}块试件胶合强度不合格。
    @V805 minor 1 5 0 GB 18580-2001
    # emission class not marked | 未标明甲醛释放等级
    + The {p} leaves the plant without the mark of its emission class.
    * 出厂{p}未标注甲醛释放限量等级（E1/E2）。

    = decorating materials
    @V901 serious 130 400 0 GB 18585-2001
    # formaldehyde in wallpaper ({v} mg/kg) | 壁纸甲醛超标（{v} mg/kg）
    + Formaldehyde in the wallpaper came to {v} mg/kg; the limit is 120.
    * 壁纸甲醛含量{v} mg/kg，超过120 mg/kg。
    @V902 serious 1 3 1 GB 6566-2001
    # radioactivity index of tiles ({v}) | 瓷砖放射性指数超标（{v}）
    + The outer exposure index of the {p} was {v}: not for use inside homes.
    * {p}外照射指数为{v}，不得用于室内装修。
    @V903 serious 1 4 0 GB 18583-2001
    # toluene in adhesive above the limit | 胶粘剂甲苯超标
    + The contact adhesive held {v} times the toluene allowed, and workers had no ventilation.
    * 胶粘剂中甲苯和二甲苯超过限量{v}倍，车间通风不足。
    @V904 moderate 6 21 0 GB 18586-2001
    # vinyl chloride residue in flooring ({v} mg/kg) | 卷材地板氯乙烯残留超标
    + PVC flooring kept {v} mg/kg of vinyl chloride monomer.
    * 聚氯乙烯卷材地板氯乙烯单体残留{v} mg/kg。
    @V905 moderate 3 8 0 GB/T 18102-2000
    # laminate floor wears through early | 强化地板耐磨转数不足
    + The wear layer of the laminate floor was gone after {v} thousand turns.
    * 强化木地板耐磨转数仅{v}000转。
    @V906 critical 2 8 0 GB 50222-95
    # decorating panel feeds fire | 装饰板防火等级不符
    + The foam core of the {p} burned through in {v} minutes, though sold as flame retardant.
    * {p}标称阻燃，实际{v}分钟烧穿，防火等级不符。

    = washing products
    @V1001 moderate 2 9 1 GB/T 13171-2004
    # phosphate in powder sold as phosphate-free ({v} %) | 无磷洗衣粉检出磷酸盐（{v}%）
    + Detergent marked phosphate-free contained {v} % phosphates.
    + Total phosphate of the {p} was {v} %, which the bag denies.
    * 标称无磷的{p}检出总五氧化二磷{v}%。
    @V1002 serious 1 6 0 GB 9985-2000
    # methanol and arsenic in dish liquid | 餐具洗涤剂甲醇超标
    + The dish liquid held methanol at {v} mg/g and may not touch tableware.
    * 餐具洗涤剂甲醇含量{v} mg/g，不符合{s}。
    @V1003 moderate 6 13 0 GB/T 13171-2004
    # active matter below the label ({v} %) | 总活性物含量不足（{v}%）
    + Active matter in the {p} was {v} %, half of what is printed.
    * {p}总活性物含量仅{v}%，约为标示值的一半。
    @V1004 serious 200 9000 0 GB 19877.1-2005
    # bacteria count above the limit ({v} CFU/mL) | 菌落总数超标（{v} CFU/mL）
    + Bacteria count of the hand wash was {v} CFU/mL; the water tank had not been cleaned.
    * 洗手液菌落总数{v} CFU/mL，水箱未定期清洗。
    @V1005 minor 11 12 1 GB/T 13171-2004
    # pH of solution above the limit ({v}) | pH值超标（{v}）
    + The pH of a 0.1 % solution was {v}; rough on hands.
    * 0.1%溶液pH值{v}，刺激性偏强。
    @V1006 minor 4 17 0 JJF 1070-2005
    # net content short ({v} %) | 净含量不足（短缺{v}%）
    + Bags weighed {v} % less than printed.
    * 定量包装净含量短缺{v}%。

    = general
    @V001 minor 1 8 0 GB 5296.1-1997
    # label incomplete | 标识不全
    + The label of the {p} lacks the address of the maker.
    + Maker's address and standard number are missing on {n} packages.
    * {p}标识不全，缺少厂址和执行标准号。
    @V002 serious 1 3 0 XK
    # made without a production licence | 无生产许可证生产
    + The {p} was made without a valid production licence; the one shown covers another product.
    + Licence {x} is printed on the package, yet it had lapsed before the batch was made.
    * 企业未取得{p}生产许可证，擅自组织生产。
    @V003 minor 2 7 0 AQ
    # incoming material register not kept | 未建立进货查验记录
    + The register of incoming materials stops {n} months before the visit.
    + No quality file could be shown for the {p}, and suppliers are known by nickname only.
    * 原材料进货查验记录缺失{n}个月，质量档案不完整。
    @V004 moderate 1 2 0 CCC
    # certification mark misused | 冒用认证标志
    + The CCC mark is printed on goods for which no certificate was issued.
    * {p}未获强制性产品认证而加施CCC标志。
    @V005 moderate 2 14 0 AQ
    # batch not traceable | 批次无法追溯
    + Batch numbers are given by the buyer, so {n} pallets could not be traced to a production day.
    * 产品批次无法追溯，涉及{n}个托盘。
    @V006 minor 3 26 0 JJG
    # measuring instruments out of calibration | 计量器具超期未检
    + {n} gauges in the test room were past their calibration date.
    * 检验室{n}件计量器具超过检定有效期。
    @V007 moderate 1 3 0 AQ
    # outgoing inspection skipped | 未进行出厂检验
    + Goods left without outgoing inspection; the certificate of conformity is a photocopy.
    + The inspector named on the certificates left the firm {n} months ago.
    * 产品未经出厂检验即放行，合格证为复印件。

    """
}
