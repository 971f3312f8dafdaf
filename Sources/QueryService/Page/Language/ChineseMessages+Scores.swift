extension ChineseMessages {
  /// How a score came about: labels of the tree and names of its numbers.
  static let scores: StaticString = """
    sum of words and pairs ⇒ 各词与词对之和
    its own words and pairs ⇒ 本记录的词与词对
    records most like it ⇒ 最相似的记录
    place among the first {0} ⇒ 在前 {0} 条中的位次
    word '{0}' ⇒ 词“{0}”
    pair '{0}' ⇒ 词对“{0}”
    similar to '{0}' ⇒ 与“{0}”相似
    profile '{0}' ⇒ 排序方案“{0}”
    frequency ⇒ 词频
    boost ⇒ 加权
    idf ⇒ 逆文档频率
    smaller idf ⇒ 较小的逆文档频率
    documents with it ⇒ 含此词的记录数
    documents ⇒ 记录总数
    length ⇒ 长度
    average length ⇒ 平均长度
    K ⇒ 饱和值
    scale ⇒ 比例
    share ⇒ 占比
    ordered ⇒ 依序
    near ⇒ 邻近
    times in order ⇒ 依序次数
    times near ⇒ 邻近次数
    weight ⇒ 权重
    weight in order ⇒ 依序权重
    weight near ⇒ 邻近权重
    relevance ⇒ 相关度
    recency ⇒ 新近度
    severity ⇒ 严重程度
    similarity ⇒ 相似度
    its own score ⇒ 其自身得分
    root of the mean square ⇒ 均方根
    """
}
