/// Syllables and words of which names of enterprises, streets and inspectors are made; every name is invented.
enum NameParts {
  /// A character and its pinyin, as brands of Chinese firms use them.
  static let brand = """
    宏 hong 达 da 华 hua 兴 xing 盛 sheng 金 jin 龙 long 永 yong 利 li 丰 feng 泰 tai 顺 shun 安 an 美 mei 佳 jia 新 xin
    东 dong 海 hai 天 tian 瑞 rui 祥 xiang 福 fu 德 de 信 xin 诚 cheng 康 kang 长 chang 源 yuan 茂 mao 昌 chang 振 zhen 光 guang
    明 ming 星 xing 万 wan 恒 heng 富 fu 联 lian 友 you 嘉 jia 乐 le 大 da 和 he 宝 bao 百 bai 晨 chen 辉 hui 景 jing 凯 kai
    """
  static let street = """
    Xinhua 新华 Renmin 人民 Jianshe 建设 Gongye 工业 Zhongshan 中山 Heping 和平 Fumin 富民 Keji 科技 Donghuan 东环 Nanhuan 南环
    Xingye 兴业 Chuangye 创业 Wenhua 文化 Jiefang 解放 Guangming 光明 Changjiang 长江
    """
  static let surname = "Chen Li Wang Zhang Liu Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Lin Guo He Gao Luo"
  static let given = "Wei Fang Jun Min Qiang Lei Yan Bo Hui Ting Peng Jing Hao Xia Ping Rong Kun Yu Lan Ning"
}
