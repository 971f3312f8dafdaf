/// Findings of the five priority categories, written for this project. The line grammar is that of `FindingBank`.
enum FindingsPriority {
  static let text = """
    = furniture
    @V101 serious 1.8 6.4 1 GB 18584-2001
    # formaldehyde emission above the limit ({v} mg/L) | 甲醛释放量超标（{v} mg/L）
    + Formaldehyde emission from the {p} was {v} mg/L, against a limit of 1.5 mg/L in {s}.
    + The furniture sample gave off {v} mg/L of formaldehyde; {s} allows 1.5 mg/L at most.
    + Desiccator test of the drawer bottoms: formaldehyde {v} mg/L, well over the limit.
    * {p}的甲醛释放量为{v} mg/L，超过{s}规定的1.5 mg/L限量。
    * 抽取家具样品检验，甲醛释放量实测{v} mg/L，判定不合格。
    @V102 serious 95 420 0 GB 18584-2001
    # soluble lead in the finish above the limit ({v} mg/kg) | 漆膜可溶性铅超标（{v} mg/kg）
    + Soluble lead in the lacquer of the {p} reached {v} mg/kg (limit 90 mg/kg).
    + Scrapings of the coloured finish held {v} mg/kg of soluble lead, so the furniture fails {s}.
    * {p}表面漆膜可溶性铅含量{v} mg/kg，高于90 mg/kg的限量要求。
    @V103 moderate 14 19 1 GB/T 3324-1995
    # moisture content of timber out of range ({v} %) | 木材含水率不符合要求（{v}%）
    + The timber used for the {p} had a moisture content of {v} %, and two panels were already warped.
    + Moisture in the solid wood parts was {v} %; the drying kiln log had not been kept since the last visit.
    * 用于生产{p}的木材含水率为{v}%，部分板面已出现翘曲。
    @V104 moderate 2 9 0 GB/T 3324-1995
    # structure not stable under load, {n} pieces | 结构稳定性不合格（{n}件）
    + {n} pieces of the {p} tipped over in the stability test with the doors open.
    + Joints worked loose after the load cycle; screws had been driven into the bare edge of the board.
    * {p}在稳定性试验中倾翻，连接件松动，涉及{n}件。
    @V105 minor 1 5 0 GB 5296.6-2004
    # instructions for use missing or incomplete | 缺少使用说明
    + No instructions for use were packed with the {p}, and the emission class was not stated on the label.
    + The label gives neither the board type nor the coating, both of which {s} asks for.
    * {p}未附使用说明书，未标明甲醛限量等级。
    @V106 serious 3 12 0 GB 17927-1999
    # upholstery fails cigarette test | 软体家具阻燃试验不合格
    + The upholstered seat went on smouldering for {n} minutes after the cigarette test.
    + Cover fabric and foam of the {p} ignited in the smouldering test; the foam supplier is not registered.
    * 软体家具抗引燃特性试验不合格，阴燃持续{n}分钟。

    = toys
    @V201 critical 12 31 0 GB 6675-2003
    # small parts detached ({n} samples) | 小零件脱落（{n}件样品）
    + Small parts came off {n} samples of the {p} in the torque and tension tests; a choking hazard for infants.
    + The eyes of the {p} could be pulled out at {v} N, and fit wholly inside the small parts cylinder.
    + A squeaker loosened after the drop test and counts as a small part under {s}.
    * {p}在扭力和拉力测试中脱落小零件，{n}件样品存在窒息危险。
    * 玩具眼睛在{v} N拉力下脱落，可完全容入小零件试验器。
    @V202 serious 620 3900 0 GB 6675-2003
    # lead in the coating above the limit ({v} mg/kg) | 表面涂层铅含量超标（{v} mg/kg）
    + Total lead in the coating of the {p} was {v} mg/kg; the red and yellow paint came from one supplier.
    + Lead coating found: the paint layer tested at {v} mg/kg, several times the limit for toys.
    + XRF screening pointed to lead in the surface coating, and the laboratory confirmed {v} mg/kg.
    * {p}表面涂层铅含量为{v} mg/kg，远高于限量，红色和黄色油漆来自同一供应商。
    * 经实验室确认，玩具涂层重金属铅含量{v} mg/kg，判定不合格。
    @V203 serious 4 11 0 GB 6675-2003
    # filling burns faster than allowed | 填充料燃烧速度过快
    + Pile of the {p} burned at {v} cm/s when held to the flame; the filling was recycled fibre.
    + Flammability of the plush surface fails {s}: flash burning was seen on {n} samples.
    * 毛绒面料易燃性能不符合{s}要求，燃烧时出现表面闪燃。
    @V204 serious 2 8 0 GB 6675-2003
    # sharp edge or point accessible | 存在可触及锐利边缘或尖端
    + A sharp edge on the axle housing was accessible after the {p} had been dropped {n} times.
    + Broken needle found in the seam of the {p}; the needle control record had gaps on three days.
    * {p}跌落后露出锐利尖端，断针管理记录缺失三天。
    @V205 minor 1 6 0 GB 5296.5-2006
    # age warning missing on package | 包装缺少年龄警告标识
    + The age mark and the warning against use by children under three were missing on the package.
    + The warning is printed in letters of 2 mm only and in English alone, against {s}.
    * 包装未标注适用年龄及警示语，不符合{s}。
    @V206 critical 12 35 1 GB 6675-2003
    # phthalates in soft plastic ({v} %) | 软塑料邻苯二甲酸酯超标（{v}%）
    + Soft PVC limbs of the {p} held {v} % phthalates by weight.
    + The softener in the bath duck and the {p} was DEHP at {v} %; the exporter could not name its source.
    * 软质塑料部件邻苯二甲酸酯含量达{v}%，企业无法说明增塑剂来源。
    @V207 moderate 85 97 0 GB 19865-2005
    # battery box overheats ({v} °C) | 电池盒温升超标
    + The battery compartment of the {p} reached {v} °C in the locked motor test.
    + Batteries could be taken out without a tool, and the cells heated when fitted the wrong way round.
    * 电动玩具堵转试验中电池盒温度达{v}℃，电池盖无需工具即可打开。

    = clothes
    @V301 serious 32 260 0 GB 18401-2003
    # banned azo dye found ({v} mg/kg) | 检出可分解芳香胺染料（{v} mg/kg）
    + An azo dye that releases banned aromatic amines was found in the {p}: {v} mg/kg of benzidine.
    + The lining of the {p} was dyed with a forbidden azo dye, {v} mg/kg in the laboratory's report.
    * {p}检出可分解致癌芳香胺染料，含量{v} mg/kg，属禁用偶氮染料。
    @V302 serious 82 390 0 GB 18401-2003
    # formaldehyde content of fabric ({v} mg/kg) | 面料甲醛含量超标（{v} mg/kg）
    + Formaldehyde in the fabric of the {p} was {v} mg/kg; class B allows 75 mg/kg next to the skin.
    + Anti-crease finish left {v} mg/kg of formaldehyde in the shirts.
    * {p}面料甲醛含量{v} mg/kg，不符合直接接触皮肤类产品要求。
    @V303 minor 2 3 0 GB 18401-2003
    # colour fastness below grade 3 | 色牢度低于3级
    + Colour fastness to perspiration was grade {n}, and the dark panels bled onto the white trim.
    + Rubbing left colour on the cloth: fastness grade 2, where 3 is the least allowed.
    * {p}耐汗渍色牢度仅2级，深色面料沾色明显。
    @V304 moderate 22 41 0 GB/T 29862
    # fibre content differs from label ({v} %) | 纤维含量与标识不符
    + The label says pure cotton; the laboratory found {v} % polyester.
    + Fibre content of the {p} is off by {v} points from what is declared.
    * {p}标称纯棉，实测聚酯纤维含量{v}%，纤维含量与明示不符。
    @V305 moderate 8 10 1 GB 18401-2003
    # pH value of fabric out of range ({v}) | 面料pH值超标（{v}）
    + The pH of the water extract was {v}, above the range of 4.0 to 7.5.
    * {p}水萃取液pH值为{v}，超出规定范围。
    @V306 serious 14 36 0 FZ/T 81014
    # cords at hood of children's wear | 童装帽口绳带过长
    + Hood cords of the {p} ended free at {v} cm, which is not allowed in clothes for small children.
    + Metal rivets of the children's jackets released nickel, and two zip pulls broke off.
    * 童装风帽绳带自由端长{v} cm，存在勒颈风险。

    = paint and coating
    @V401 serious 240 790 0 GB 18582-2001
    # VOC above the limit ({v} g/L) | 挥发性有机化合物超标（{v} g/L）
    + VOC content of the {p} was {v} g/L; {s} permits 200 g/L for interior wall paint.
    + The paint smells strongly and its volatile organic compounds came to {v} g/L in the check test.
    * {p}挥发性有机化合物（VOC）含量{v} g/L，超过200 g/L的限量。
    @V402 critical 130 2600 0 GB 18581-2001
    # soluble lead in paint above the limit ({v} mg/kg) | 涂料可溶性铅超标（{v} mg/kg）
    + Soluble lead in the {p} was {v} mg/kg (limit 90); chrome yellow pigment lay open in the mixing room.
    + Lead in the coating again: {v} mg/kg, the same pigment lot as at the last visit.
    * {p}可溶性铅含量{v} mg/kg，调色车间发现铅铬黄颜料。
    @V403 serious 1 6 1 GB 18581-2001
    # benzene in solvent above the limit ({v} %) | 苯含量超标（{v}%）
    + Benzene made up {v} % of the thinner, where 0.5 % is the limit.
    + The thinner sold with the {p} is industrial benzene, relabelled by hand.
    * 稀释剂苯含量{v}%，超过0.5%的限量，标签为手工更换。
    @V404 moderate 2 7 1 GB 18581-2001
    # free TDI in hardener above the limit ({v} %) | 固化剂游离TDI超标（{v}%）
    + Free TDI in the hardener was {v} % against 0.7 %.
    * 聚氨酯固化剂中游离甲苯二异氰酸酯（TDI）含量{v}%。
    @V405 minor 1 4 0 GB/T 9750-1998
    # production date and shelf life not marked | 未标生产日期和保质期
    + Tins of the {p} bore neither production date nor shelf life, and the mixing ratio was torn off.
    + {n} drums were marked with the brand of another maker.
    * 包装桶未标注生产日期、保质期及配比说明，共{n}桶。
    @V406 moderate 180 460 0 GB 18582-2001
    # free formaldehyde in wall paint ({v} mg/kg) | 内墙涂料游离甲醛超标（{v} mg/kg）
    + Free formaldehyde in the wall paint was {v} mg/kg, twice what the maker declares and over the limit.
    * 内墙涂料游离甲醛{v} mg/kg，超过100 mg/kg的限量。

    = real-like decorations
    @V501 serious 3 14 0 GB 8624-2006
    # artificial flowers keep burning ({v} s) | 仿真花离火后持续燃烧（{v}秒）
    + The artificial flowers went on burning for {v} s after the flame was taken away and dripped on the cotton.
    + Real-like decorations hung in the show room would feed a fire: the {p} failed the vertical burning test.
    * 仿真花离开火源后继续燃烧{v}秒并产生滴落物，防火性能不合格。
    @V502 serious 350 8200 0 GB/T 19719-2005
    # lead and cadmium in alloy ({v} mg/kg) | 合金饰品铅镉超标（{v} mg/kg）
    + The alloy of the {p} held {v} mg/kg of lead, and traces of cadmium were found in the solder.
    + Cheap castings: lead {v} mg/kg in the pendant of the imitation jewellery.
    * {p}合金部件铅含量{v} mg/kg，焊料中检出镉。
    @V503 moderate 1 4 1 GB/T 19719-2005
    # nickel release above the limit ({v} µg/cm² a week) | 镍释放量超标
    + Nickel release of the earring posts was {v} µg/cm² a week, above what skin contact allows.
    * 耳针镍释放量为每周{v} µg/cm²，超过接触皮肤产品限量。
    @V504 moderate 110 260 0 GB 18401-2003
    # formaldehyde in silk petals ({v} mg/kg) | 绢花花瓣甲醛超标（{v} mg/kg）
    + Stiffener in the silk petals left formaldehyde of {v} mg/kg.
    * 绢花花瓣硬挺剂残留甲醛{v} mg/kg。
    @V505 minor 2 9 0 GB 5296.1-1997
    # maker and material not stated | 未标注厂名和材质
    + The {p} are sold loose, with no maker, no address and no material on the tag.
    * {p}散装销售，无厂名厂址，未标明材质。
    @V506 serious 46 71 0 GB 7000.1-2002
    # light chain with unsafe wiring | 装饰灯串接线不安全
    + The light chain of the artificial tree has bare joints; surface temperature {v} °C at the bulbs.
    * 仿真圣诞树灯串接头裸露，灯泡表面温度{v}℃。

    """
}
