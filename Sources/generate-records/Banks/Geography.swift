/// Provinces and cities of China with the leading digits of their administrative division code (GB/T 2260), and how much
/// of the industry sits there: the first places of the list are the great producers of the ten categories.
enum Geography {
  /// One city a line: code, province in English and Chinese, city in English and Chinese, weight.
  static let text = """
    4403 Guangdong 广东 Shenzhen 深圳 9
    4419 Guangdong 广东 Dongguan 东莞 9
    4406 Guangdong 广东 Foshan 佛山 9
    4401 Guangdong 广东 Guangzhou 广州 7
    4405 Guangdong 广东 Shantou 汕头 7
    4420 Guangdong 广东 Zhongshan 中山 4
    4407 Guangdong 广东 Jiangmen 江门 2
    3302 Zhejiang 浙江 Ningbo 宁波 6
    3303 Zhejiang 浙江 Wenzhou 温州 6
    3307 Zhejiang 浙江 Yiwu 义乌 6
    3301 Zhejiang 浙江 Hangzhou 杭州 4
    3310 Zhejiang 浙江 Taizhou 台州 3
    3304 Zhejiang 浙江 Jiaxing 嘉兴 3
    3205 Jiangsu 江苏 Suzhou 苏州 4
    3204 Jiangsu 江苏 Changzhou 常州 4
    3206 Jiangsu 江苏 Nantong 南通 3
    3210 Jiangsu 江苏 Yangzhou 扬州 4
    3201 Jiangsu 江苏 Nanjing 南京 2
    3502 Fujian 福建 Xiamen 厦门 3
    3505 Fujian 福建 Quanzhou 泉州 5
    3501 Fujian 福建 Fuzhou 福州 2
    3702 Shandong 山东 Qingdao 青岛 4
    3713 Shandong 山东 Linyi 临沂 4
    3701 Shandong 山东 Jinan 济南 2
    3101 Shanghai 上海 Shanghai 上海 5
    1101 Beijing 北京 Beijing 北京 2
    1201 Tianjin 天津 Tianjin 天津 2
    1310 Hebei 河北 Langfang 廊坊 3
    1306 Hebei 河北 Baoding 保定 2
    5101 Sichuan 四川 Chengdu 成都 3
    4201 Hubei 湖北 Wuhan 武汉 2
    4101 Henan 河南 Zhengzhou 郑州 2
    2102 Liaoning 辽宁 Dalian 大连 2
    2101 Liaoning 辽宁 Shenyang 沈阳 1
    3401 Anhui 安徽 Hefei 合肥 2
    4301 Hunan 湖南 Changsha 长沙 1
    3607 Jiangxi 江西 Ganzhou 赣州 2
    5001 Chongqing 重庆 Chongqing 重庆 1
    6101 Shaanxi 陕西 Xi'an 西安 1
    2301 Heilongjiang 黑龙江 Harbin 哈尔滨 1
    """
}
