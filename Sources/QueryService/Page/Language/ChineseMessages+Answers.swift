extension ChineseMessages {
  /// What is said of an answer: how it was widened, cut or counted, what was searched, why a record is none.
  static let answers: StaticString = #"""
    a percent sign that two hexadecimal digits do not follow ⇒ 百分号后面缺少两位十六进制数字
    an encoded NUL in the request target ⇒ 地址中含有空字符
    the request target is not UTF-8 once decoded ⇒ 地址解码后不是 UTF-8 文本
    the request target holds a character that it may not hold ⇒ 地址中含有不允许的字符
    more than {0} parameters ⇒ 参数超过 {0} 个
    the time allowed ran out: the answer is partial ⇒ 已超时，结果不完整
    the time allowed ran out before the answer was whole ⇒ 未得出完整结果即已超时
    the time allowed ran out ⇒ 已超时
    ask for less: narrow it by a query ⇒ 请加条件缩小范围
    ask for fewer hits ⇒ 请减少每页条数
    nobody waits for the answer any more ⇒ 请求方已断开
    '{0}': more than {1} words share its stem; the first of them in byte order were taken, and the word as typed ⇒ “{0}”：同词干的词超过 {1} 个，只取按字节次序在前的和所输入的词
    '{0}': the walk over the dictionary was cut; how many terms it stands for is not known ⇒ “{0}”：词典查找中止，所代表的词数不详
    '{0}' stands for more words than were taken: the pattern is too costly to follow to its end ⇒ “{0}”代表的词多于所取：模式过于复杂，未能查完
    '{0}': expanded {1} of {2} terms, the nearest and most frequent ⇒ “{0}”：共 {2} 个词，取最接近且最常见的 {1} 个
    '{0}': expanded {1} of {2} terms, the first in byte order ⇒ “{0}”：共 {2} 个词，取按字节次序在前的 {1} 个
    all open words of a query together stand for {0} at most ⇒ 一个查询中所有待展开的词合计最多 {0} 个
    nothing holds the run of characters as a whole: these hold each of its pairs ⇒ 没有记录包含整串文字；以下记录包含其中每个双字
    no record holds all {0} words: these hold {1} of them or more, those with most first ⇒ 没有记录包含全部 {0} 个词；以下记录至少包含 {1} 个，多者在前
    '{0}' also as the name of {1} ({2} of kind {3}) ⇒ “{0}”另按名称匹配：{1}（{3} {2} 家）
    '{0}' also as the name of {1} ({2} of kind {3}): {4} more {5} ⇒ “{0}”另按名称匹配：{1}（{3} {2} 家），另增 {4} 条记录
    '{0}' also as pinyin of {1} ({2} of kind {3}) ⇒ “{0}”另按拼音匹配：{1}（{3} {2} 家）
    '{0}' also as pinyin of {1} ({2} of kind {3}): {4} more {5} ⇒ “{0}”另按拼音匹配：{1}（{3} {2} 家），另增 {4} 条记录
    '{0}' also as {1} ({2} name) ⇒ “{0}”另按词表匹配：{1}（{2} 个）
    '{0}' also as {1} ({2} names) ⇒ “{0}”另按词表匹配：{1}（{2} 个）
    '{0}' also as {1} ({2} names, the first of more) ⇒ “{0}”另按词表匹配：{1}（取前 {2} 个）
    '{0}' also as {1} ({2} name): {3} more {4} ⇒ “{0}”另按词表匹配：{1}（{2} 个），另增 {3} 条记录
    '{0}' also as {1} ({2} names): {3} more {4} ⇒ “{0}”另按词表匹配：{1}（{2} 个），另增 {3} 条记录
    '{0}' also as {1} ({2} names, the first of more): {3} more {4} ⇒ “{0}”另按词表匹配：{1}（取前 {2} 个），另增 {3} 条记录
    '{0}' also as {1} ({2} name): together {3} more {4} ⇒ “{0}”另按词表匹配：{1}（{2} 个），合计另增 {3} 条记录
    '{0}' also as {1} ({2} names): together {3} more {4} ⇒ “{0}”另按词表匹配：{1}（{2} 个），合计另增 {3} 条记录
    '{0}' also as {1} ({2} names, the first of more): together {3} more {4} ⇒ “{0}”另按词表匹配：{1}（取前 {2} 个），合计另增 {3} 条记录
    '{0}' also as the name of {1} ({2} of kind {3}): together {4} more {5} ⇒ “{0}”另按名称匹配：{1}（{3} {2} 家），合计另增 {4} 条记录
    '{0}' also as pinyin of {1} ({2} of kind {3}): together {4} more {5} ⇒ “{0}”另按拼音匹配：{1}（{3} {2} 家），合计另增 {4} 条记录
    {0} more possibly: whether the dates of their records fall into what was asked is not known ⇒ 另有 {0} 条可能符合：其日期是否在所问范围内不得而知
    '{0}' is no date that could be counted by {1} ⇒ “{0}”不是可按 {1} 计数的日期
    dates are: {0} ⇒ 日期字段有：{0}
    '{0}' is a date: it is counted by a span ⇒ “{0}”是日期，须按时段计数
    records cannot be counted by '{0}' ⇒ 不能按“{0}”计数
    no field '{0}' in the kinds searched that answers could be {1} ⇒ 所检索的类别没有可用于{1}的字段“{0}”
    '{0}' is {1}: answers cannot be {2} it ⇒ “{0}”是{1}，结果不能用它{2}
    =sorted by ⇒ 排序
    =collapsed by ⇒ 归并
    =counted by ⇒ 计数
    =running text ⇒ 正文
    =a date ⇒ 日期
    =a number ⇒ 数字
    =before it ⇒ 之前
    =enterprise ⇒ 企业
    =inspection ⇒ 检查记录
    =directive ⇒ 文件
    =passage ⇒ 段落
    =paragraph ⇒ 段落
    =sentence ⇒ 句子
    =violation ⇒ 违规
    =violations ⇒ 违规
    =product ⇒ 产品
    =products ⇒ 产品
    =inspections ⇒ 检查记录
    =directives ⇒ 文件
    =enterprises ⇒ 企业
    =no record ⇒ 没有记录
    =quarter ⇒ 季度
    =month ⇒ 月
    =year ⇒ 年
    =day ⇒ 日
    fields are: kind, {0} ⇒ 字段有：kind、{0}
    {0} finds every year of it: {1} ⇒ {0} 匹配其各年版本：{1}
    no record holds {0}; codes are never fuzzed ⇒ 没有记录包含 {0}；编号不作模糊匹配
    no record holds {0} ⇒ 没有记录包含 {0}
    codes are never fuzzed ⇒ 编号不作模糊匹配
    one code begins so: {0} ⇒ 有一个编号以此开头：{0}
    one code begins with {0}: {1} ⇒ 有一个编号以 {0} 开头：{1}
    these begin so: {0} ⇒ 以此开头的编号：{0}
    these begin with {0}: {1} ⇒ 以 {0} 开头的编号：{1}
    did you mean '{0}' for '{1}'? {2} found ⇒ “{1}”是否应为“{0}”？可找到 {2} 条
    did you mean '{0}' for '{1}'? {2} found, in {3} of {4} paragraphs ⇒ “{1}”是否应为“{0}”？可找到 {2} 条，见于 {4} 段中的 {3} 段
    without '{0}': {1} found ⇒ 去掉“{0}”：可找到 {1} 条
    fuzzy words would find {0} ⇒ 模糊匹配可找到 {0} 条
    '{0}' stands in {1} ⇒ “{0}”见于 {1}
    no {0} '{1}' ⇒ 没有值为“{1}”的 {0}
    nearest: {0} ⇒ 最接近的：{0}
    there are: {0} ⇒ 现有：{0}
    '{0}' is the name of several enterprises: {1} ⇒ “{0}”是多家企业的名称：{1}
    write the id into the note ⇒ 请在记录中写明编号
    write the id into the notes ⇒ 请在记录中写明编号
    limit is 0 to {0}, not {1} ⇒ 每页条数为 0 至 {0}，不能是 {1}
    go on by the cursor of the answer ⇒ 请用下一页继续
    there is no rung '{0}' ⇒ 没有匹配方式“{0}”
    rungs are: {0} ⇒ 匹配方式有：{0}
    there is no kind '{0}' ⇒ 没有类别“{0}”
    expected 'asc' or 'desc' behind the colon, found '{0}' ⇒ 冒号后应为 asc 或 desc，写的是“{0}”
    searched {0} ⇒ 已检索 {0}
    searched {0} of kind {1} ⇒ 已检索：{1} {0} 条
    searched {0} of kind {1}, {2} of kind {3} ⇒ 已检索：{1} {0} 条，{3} {2} 条
    searched {0} of kind {1}, {2} of kind {3}, {4} of kind {5} ⇒ 已检索：{1} {0} 条，{3} {2} 条，{5} {4} 条
    all fields that hold text ⇒ 全部文字字段
    fields asked by name: {0} ⇒ 指定字段：{0}
    all text for other words ⇒ 其他词检索全部文字
    names, aliases and former names of enterprises ⇒ 企业的名称、别名和曾用名
    rows that were rejected when the index was filled are not in it ⇒ 建立索引时被拒收的行不在其中
    dates of kind {0} {1} to {2} ⇒ {0}日期：{1} 至 {2}
    dates of kind {0} {1} to {2}, {3} undated ⇒ {0}日期：{1} 至 {2}，{3} 条无日期
    known gap: {0} names of enterprises in notes mean no enterprise, or several ⇒ 已知缺口：检查记录中有 {0} 个企业名称对应不到企业，或对应多家
    {0} matching record belongs to no enterprise: the name is that of none, or of several ⇒ {0} 条匹配的记录不属于任何企业：其名称对应不到企业，或对应多家
    {0} matching records belong to no enterprise: the name is that of none, or of several ⇒ {0} 条匹配的记录不属于任何企业：其名称对应不到企业，或对应多家
    enterprises are not sorted by '{0}' ⇒ 企业不能按“{0}”排序
    sort is: {0} ⇒ 排序方式有：{0}
    enterprises cannot be counted by '{0}' ⇒ 企业不能按“{0}”计数
    per is 1 to {0}, not {1} ⇒ per 为 1 至 {0}，不能是 {1}
    read as one name: {0} ⇒ 按一个名称理解：{0}
    no enterprise on record is called '{0}' ⇒ 没有名为“{0}”的企业
    1 note not counted: '{0}' is the name of several enterprises: {1} ⇒ 1 条检查记录未计入：“{0}”是多家企业的名称：{1}
    {0} notes not counted: '{1}' is the name of several enterprises: {2} ⇒ {0} 条检查记录未计入：“{1}”是多家企业的名称：{2}
    {0} duties are more than a table of {1} lines holds ⇒ {0} 项超过表格上限 {1} 行
    open one group, and take its table ⇒ 请打开某一组，下载该组的表格
    {0} events are in no bar of the timeline: {1} ⇒ {0} 个事件未画入时间轴：{1}
    too many for one {0} each: drawn by {1} ⇒ 时间跨度过长，不按{0}而按{1}绘制
    by the dates in the records: what carries no date (status, products, place) is as it is on record now ⇒ 以记录中的日期为准；无日期的内容（状态、产品、地点）为目前登记的情况
    expected a length of time such as 12m, 90d, 6w or 1y, found '{0}' ⇒ 应为时间长度，如 12m、90d、6w 或 1y，写的是“{0}”
    m is months, d days, w weeks, y years ⇒ m 为月，d 为日，w 为周，y 为年
    nothing lies between since and the end ⇒ 起止日期之间没有内容
    since must not be after until or as-of ⇒ 起始日期不能晚于截止日期
    {0}: '{1}' has no year ⇒ {0}：“{1}”没有年份
    there is no target {0} ⇒ 没有第 {0} 项目标
    targets are: {0} ⇒ 目标有：{0}
    no target can be split by '{0}' ⇒ 没有可按“{0}”拆分的目标
    province, bureau and category can be; so can other fields with whole values ⇒ 可按 province、bureau、category 及其他整值字段拆分
    target {0}: what is done has no date, so the day asked for changes nothing ⇒ 第 {0} 项目标：完成情况没有日期，指定日期不影响结果
    target {0} counts by no field '{1}' ⇒ 第 {0} 项目标不能按字段“{1}”计数
    no directive has the id '{0}' ⇒ 没有编号为“{0}”的文件
    no record has the id '{0}' ⇒ 没有编号为“{0}”的记录
    no enterprise has the id '{0}' ⇒ 没有编号为“{0}”的企业
    {0} records have the id '{1}' ⇒ 有 {0} 条记录的编号为“{1}”
    '{0}' is taken as a place: {1} ⇒ “{0}”按位置理解：{1}
    in quotes it is searched as text: "{0}" ⇒ 加引号则按文字检索："{0}"
    no paragraph stands at such a place: searched as text ⇒ 没有这样的位置，已按文字检索
    {0} has {1} {2}, none of them number {3} ⇒ {0} 有 {1} 个{2}，没有第 {3} 个
    '{0}' names a directive, not a paragraph of it ⇒ “{0}”是整份文件，不是其中的段落
    '{0}' names no paragraph of a directive ⇒ “{0}”不是文件中的段落
    no directive has the id or title in '{0}' ⇒ 没有编号或标题为“{0}”的文件
    dates are not counted by '{0}' ⇒ 日期不能按“{0}”计数
    spans are: {0} ⇒ 时段有：{0}
    {0} has no column '{1}' ⇒ {0}没有“{1}”列
    =the list ⇒ 清单
    the file is empty ⇒ 文件是空的
    its columns are: {0} ⇒ 其列有：{0}
    the list has {0} bytes, more than {1} ⇒ 清单有 {0} 字节，超过 {1} 字节
    1 rectification without a due date, not settled: never overdue, not listed ⇒ 1 项整改没有期限且未了结：不算逾期，未列出
    {0} rectifications without a due date, not settled: never overdue, not listed ⇒ {0} 项整改没有期限且未了结：不算逾期，未列出
    targets are not counted: {0} ⇒ 目标未计：{0}
    the quotation has {0} bytes; at most {1} are compared ⇒ 引文有 {0} 字节，最多比对 {1} 字节
    the quotation has {0} words; at most {1} are compared ⇒ 引文有 {0} 个词，最多比对 {1} 个
    check it paragraph by paragraph ⇒ 请逐段核对
    a quotation needs words ⇒ 引文中须有文字
    trace needs a code, a batch or a product, and a limit of 0 to 1,000 ⇒ 追溯需要编号、批次或产品，条数为 0 至 1,000
    no quality file and no note has the code '{0}': taken for a product ⇒ 质量档案和检查记录中都没有编号“{0}”，按产品处理
    several enterprises have this code: {0} ⇒ 多家企业有此编号：{0}
    the query asks for nothing ⇒ 查询没有内容
    each clause holds by itself, but not all of them together ⇒ 各条件分别成立，但不能同时成立
    each part holds by itself, but not all of them together ⇒ 各部分分别成立，但不能同时成立
    the record matches: hit {0} of {1} ⇒ 记录匹配：{1} 条中的第 {0} 条
    the record matches, behind the first {0} of {1} hits ⇒ 记录匹配，排在 {1} 条的前 {0} 条之后
    nearest '{0}' ({1}) in {2} ⇒ 最接近“{0}”（{1}），在 {2}
    no '{0}' in this spelling ⇒ 没有写法为“{0}”的词
    no '{0}' ⇒ 没有“{0}”
    no word begins with '{0}' ⇒ 没有以“{0}”开头的词
    no word is like '{0}' ⇒ 没有与“{0}”相符的词
    no word is matched by /{0}/ ⇒ 没有与 /{0}/ 相符的词
    no word within {0} edits of '{1}' ⇒ 没有与“{1}”相差 {0} 处以内的词
    all of it stands in the record, but not in one and the same {0} ⇒ 记录中都有，但不在同一个{0}中
    it asks for nothing that the record has ⇒ 所问内容记录中都没有
    all its words stand in the record, but in different fields or paragraphs ⇒ 词语记录中都有，但在不同的字段或段落
    all its words stand in the record, but not one behind the other; nearest '{0}' ⇒ 词语记录中都有，但不相连；最接近“{0}”
    its parts stand in the record, but not near each other ⇒ 各部分记录中都有，但不相近
    its parts stand in different fields or paragraphs ⇒ 各部分在不同的字段或段落
    its parts stand near each other, but in another order; nearest '{0}' ⇒ 各部分相近，但次序不同；最接近“{0}”
    distance {0}, asked {1}; nearest '{2}' ⇒ 距离 {0}，要求 {1}；最接近“{2}”
    distance {0} ⇒ 距离 {0}
    all of it stands in one paragraph, but not in one sentence ⇒ 都在同一段，但不在同一句
    all of it stands in the record, but not in one {0} ⇒ 记录中都有，但不在同一{0}中
    none of the {0} alternatives holds; {1} ⇒ {0} 个备选条件都不成立；{1}
    none of the {0} alternatives holds ⇒ {0} 个备选条件都不成立
    the record holds '{0}', which is excluded ⇒ 记录包含已排除的“{0}”
    without {0} ⇒ 去掉 {0}
    the record has no {0} ⇒ 记录没有 {0}
    the record has no {0}, but '{1}' stands elsewhere in it ⇒ 记录没有 {0}，但“{1}”见于别处
    '{0}' stands in the record, but not in {1}, which is: {2} ⇒ “{0}”见于记录，但不在 {1} 中；该字段为：{2}
    {0} is {1}, not {2} ⇒ {0} 是 {1}，不是 {2}
    {0} is {1}, which is outside what was asked ⇒ {0} 是 {1}，不在所问范围内
    the record is undated ⇒ 记录没有日期
    dated {0}: the year is not known ⇒ 日期为 {0}，年份不详
    dated {0}, asked {1}: {2} days too early ⇒ 日期为 {0}，要求 {1}：早 {2} 天
    dated {0}, asked {1}: {2} days too late ⇒ 日期为 {0}，要求 {1}：晚 {2} 天
    dated {0}, asked {1}: {2} day too early ⇒ 日期为 {0}，要求 {1}：早 {2} 天
    dated {0}, asked {1}: {2} day too late ⇒ 日期为 {0}，要求 {1}：晚 {2} 天
    dated {0}, asked {1}: not wholly inside what was asked ⇒ 日期为 {0}，要求 {1}：不完全在所问范围内
    it has no {0} ⇒ 没有{0}
    it has {0} {1}, none of which matches '{2}' ⇒ 有 {0} 个{1}，都不符合“{2}”
    the record belongs to no {0} ⇒ 记录不属于任何{0}
    it belongs to {0}, which does not match '{1}' ⇒ 属于 {0}，而后者不符合“{1}”
    it has {0} such {1}: {2} ⇒ 有 {0} 条这样的{1}：{2}
    =in another field ⇒ 在另一字段
    =other value ⇒ 另一个值
    =outside the range ⇒ 不在范围内
    =year not stated ⇒ 年份不详
    =none at all ⇒ 完全没有
    =a record that does not match ⇒ 一条不匹配的记录
    =the record that decides ⇒ 起决定作用的记录
    =in different places ⇒ 在不同的位置
    =not adjacent ⇒ 不相连
    =other order ⇒ 次序不同
    =in one paragraph ⇒ 在同一段
    =excluded ⇒ 已排除
    =code that begins so ⇒ 以此开头的编号
    =code that begins alike ⇒ 开头相近的编号
    =the code itself: codes are never fuzzed ⇒ 编号本身：编号不作模糊匹配
    =word that begins alike ⇒ 开头相近的词
    =part of the run ⇒ 其中一部分
    spelling at distance {0} ⇒ 拼写相差 {0}
    rung fuzzy: {0} ⇒ 模糊匹配：{0}
    rung stem: {0} without = or quotes ⇒ 词干匹配：{0}，不加 = 或引号
    rung thesaurus, or {0} itself ⇒ 词表匹配，或直接用 {0}
    thesaurus: {0} ⇒ 词表：{0}
    {0} itself ⇒ {0} 本身
    paragraph {0} ⇒ 第 {0} 段
    there is no collection '{0}' that may be read ⇒ 没有可查阅的集合“{0}”
    collections are: {0} ⇒ 集合有：{0}
    """#
}
