extension ChineseMessages {
  /// What is said of a query as it was typed: dates, repairs, notes, patterns, fields. `=` begins a word that fills holes.
  static let queries: StaticString = #"""
    write 2007, 2007-Q3, 2007-03 or 2007-03-14 ⇒ 请写成 2007、2007-Q3、2007-03 或 2007-03-14
    {0} is not a date ⇒ {0} 不是日期
    {0} is not a quarter ⇒ {0} 不是季度
    write 2007-Q3 ⇒ 请写成 2007-Q3
    quarter {0}; a year has four ⇒ 第 {0} 季度不存在：一年只有四个季度
    write 2007-Q1 to 2007-Q4 ⇒ 请写成 2007-Q1 至 2007-Q4
    {0} has two readings ⇒ {0} 有两种读法
    {0} has no year of four digits ⇒ {0} 缺少四位数的年份
    a month without a year of four digits ⇒ 月份缺少四位数的年份
    not a date ⇒ 不是日期
    there is no year 0 ⇒ 没有公元 0 年
    month {0}; a year has twelve ⇒ 第 {0} 月不存在：一年只有十二个月
    did you mean {0}-{1} or {2}-12? ⇒ 是否指 {0}-{1} 或 {2}-12？
    day {0}; {1}-{2} has {3} ⇒ 没有第 {0} 日：{1}-{2} 共 {3} 天
    did you mean {0}-{1}-{2}? ⇒ 是否指 {0}-{1}-{2}？
    nothing was asked ⇒ 没有输入查询内容
    type a word, or * for every record ⇒ 请输入词语，或用 * 查看全部记录
    the question mark at the end is read as punctuation ⇒ 末尾的问号按标点处理
    write ({0}) to let it stand for one letter ⇒ 写成 ({0}) 则代表一个字母
    words side by side and AND bind before OR: read as {0} ⇒ 并列的词和 AND 先于 OR 结合，理解为 {0}
    say otherwise with parentheses ⇒ 如非此意，请加括号
    this parenthesis closes nothing; left out ⇒ 多余的右括号，已略去
    leave it out, or open one before it ⇒ 请删去，或在前面补上左括号
    several signs before one word; the last one counts ⇒ 一个词前有多个符号，以最后一个为准
    write one + or one - ⇒ 只写一个 + 或 -
    ! read as - ⇒ ! 理解为 -
    write - or NOT to leave something out ⇒ 排除请用 - 或 NOT
    empty parentheses left out ⇒ 空括号，已略去
    put a date in ⇒ 请填入日期
    the dates run backwards; turned round ⇒ 日期前后颠倒，已调换
    write date:{0}..{1} ⇒ 请写成 date:{0}..{1}
    no day lies between these dates ⇒ 这两个日期之间没有任何一天
    write [a TO b] to have the dates themselves inside ⇒ 写成 [a TO b] 则包含两端的日期
    no day lies beyond this date ⇒ 此日期之后没有任何一天
    {0} is not a length of time ⇒ {0} 不是时间长度
    write a number and d, w, m, q or y: last:90d, last:12m ⇒ 请写数字加 d、w、m、q 或 y，如 last:90d、last:12m
    last:{0} is {1} to {2} ⇒ last:{0} 即 {1} 至 {2}
    saved searches keep these dates ⇒ 已保存的检索沿用这些日期
    {0}: has no value; searched as the word {1} ⇒ {0}: 后面没有值，按词语 {1} 检索
    write {0}:value, or quote the word ⇒ 请写成 {0}:值，或给词语加引号
    space after {0}: left out ⇒ {0}: 后的空格已略去
    write {0}:value, or leave the colon out ⇒ 请写成 {0}:值，或去掉冒号
    put a value in ⇒ 请填入值
    the range runs backwards; turned round ⇒ 范围前后颠倒，已调换
    the range is not complete; read as far as it goes ⇒ 范围不完整，按已写部分理解
    write [a TO b], with * for an open end ⇒ 请写成 [a TO b]，不限的一端用 *
    full-width {0} read as {1} ⇒ 全角 {0} 理解为 {1}
    type {0} ⇒ 请输入 {0}
    {0} read as {1} (…) ⇒ {0} 理解为 {1} (…)
    {0} read as {1} ⇒ {0} 理解为 {1}
    read as {0} ⇒ 理解为 {0}
    write {0} ⇒ 请写成 {0}
    {0} has nothing {1} it; left out ⇒ {0} {1}没有内容，已略去
    =before ⇒ 之前
    =after ⇒ 之后
    put something on both sides, or quote it: "{0}" ⇒ 请在两侧填入内容，或加引号："{0}"
    {0} stands alone; left out ⇒ {0} 孤立存在，已略去
    join it to a word, or leave it out ⇒ 请与词语相连，或删去
    {0} inside NEAR left out ⇒ NEAR 中的 {0} 已略去
    leave words out of the whole query: a NEAR/5 b -c ⇒ 请在整个查询上排除：a NEAR/5 b -c
    the distance of {0} is 1 to {1}; taken as {2} ⇒ {0} 的距离为 1 至 {1}，按 {2} 处理
    {0} without a distance; taken as {1}/{2} ⇒ {0} 没有写距离，按 {1}/{2} 处理
    {0} before a number is not searched, the number is ⇒ 编号前的 {0} 不检索，只检索编号
    quote it to search for both: "{0} …" ⇒ 加引号则一并检索："{0} …"
    this may mean paragraph {0}; it was searched as text ⇒ 可能指第 {0} 段；已按文字检索
    paragraph(n:{0} …) searches paragraph {1} alone; ID#p{2} shows it ⇒ paragraph(n:{0} …) 只检索第 {1} 段；ID#p{2} 可直接查看
    this quote closes nothing; left out ⇒ 多余的引号，已略去
    quote both ends of a phrase ⇒ 短语两端都要加引号
    ~ after a phrase read as {0} ⇒ 短语后的 ~ 理解为 {0}
    empty quotes left out ⇒ 空引号，已略去
    quote one word or more ⇒ 引号内请写至少一个词
    quote opened here is not closed; searched as {0} ⇒ 此处的引号没有闭合，按 {0} 检索
    add a quote where the phrase ends ⇒ 请在短语末尾补上引号
    {0}…{1} read as "…" ⇒ {0}…{1} 理解为 "…"
    type plain double quotes ⇒ 请用半角双引号
    several boosts on one word; the last counts ⇒ 一个词有多个权重，以最后一个为准
    write one: a^2 ⇒ 只写一个：a^2
    boosts go from 0.01 to 100; taken as {0} ⇒ 权重范围为 0.01 至 100，按 {0} 处理
    write a factor from 0.01 to 100 ⇒ 请写 0.01 至 100 之间的数
    put something in, or leave them out ⇒ 请填入内容，或删去
    this parenthesis is not closed; closed at the end ⇒ 括号没有闭合，已在末尾补上
    add ) where it ends ⇒ 请在结束处补上 )
    the pattern has {0} characters; at most {1} are read ⇒ 模式有 {0} 个字符，最多 {1} 个
    use a shorter pattern, or several joined by OR ⇒ 请缩短，或用 OR 连接多个模式
    *:* read as * ⇒ *:* 理解为 *
    fuzzy distances are 1 and 2, on plain words; read as {0} ⇒ 模糊距离只有 1 和 2，且只用于普通词语；理解为 {0}
    write word~1 or word~2 ⇒ 请写成 词~1 或 词~2
    % read as *: {0} ⇒ % 理解为 *：{0}
    {0}() has nothing in it; searched as the word {1} ⇒ {0}() 内没有内容，按词语 {1} 检索
    write {0}(…) with what to look for ⇒ 请写成 {0}(…)，括号内写检索内容
    {0} ({1}: …) read as {2}({3}: …) ⇒ {0} ({1}: …) 理解为 {2}({3}: …)
    write {0}({1}: …), without the space ⇒ 请写成 {0}({1}: …)，中间不留空格
    {0}( needs the kind of record first ⇒ {0}( 后须先写记录类别
    write {0}(inspection: …), {1}(enterprise: …) or {2}(directive: …) ⇒ 请写成 {0}(inspection: …)、{1}(enterprise: …) 或 {2}(directive: …)
    no colon after {0}; {1} read as the kind of record ⇒ {0} 后缺少冒号；{1} 理解为记录类别
    the query has {0} bytes; at most {1} are read ⇒ 查询有 {0} 字节，最多 {1} 字节
    search for fewer words, or a phrase out of the text ⇒ 请减少词语，或只检索文中的一个短语
    parentheses and NOT nest deeper than {0} ⇒ 括号和 NOT 嵌套超过 {0} 层
    leave out parentheses that change nothing ⇒ 请去掉不起作用的括号
    the query has more than {0} clauses ⇒ 查询条件超过 {0} 个
    split it into several queries ⇒ 请分成几次查询
    {0} stands inside a field, SAME or an item ⇒ {0} 写在了字段、SAME 或条目之内
    put it beside them ⇒ 请写在它们旁边
    no records of kind '{0}' ⇒ 没有“{0}”类记录
    kinds are: {0} ⇒ 类别有：{0}
    records of kind '{0}' belong to no other and none belong to them ⇒ “{0}”类记录与其他类别没有从属关系
    no field '{0}' in the kinds searched ⇒ 所检索的类别没有字段“{0}”
    fields are: {0}; put the word in quotes to search for the text itself ⇒ 字段有：{0}；要检索文字本身请加引号
    did you mean '{0}'? fields are: {1}; put the word in quotes to search for the text itself ⇒ 是否指“{0}”？字段有：{1}；要检索文字本身请加引号
    fields are: {0} ⇒ 字段有：{0}
    no list '{0}' in the kinds searched ⇒ 所检索的类别没有列表“{0}”
    lists are: {0} ⇒ 列表有：{0}
    expected yes or no, found '{0}' ⇒ 应为是或否，写的是“{0}”
    write true or false ⇒ 请写 true 或 false
    expected one of {0}, found '{1}' ⇒ 应为 {0} 之一，写的是“{1}”
    did you mean '{0}'? {1} ⇒ 是否指“{0}”？{1}
    did you mean '{0}'? ⇒ 是否指“{0}”？
    write one of them, or >={0} for any ⇒ 请写其中之一；>={0} 表示任一等级
    expected a number, found '{0}' ⇒ 应为数字，写的是“{0}”
    '{0}' has no order to take a range of ⇒ “{0}”没有次序，不能取范围
    '{0}': distance {1} instead of {2}: words of less than {3} letters are too short for more ⇒ “{0}”：距离取 {1}，而非 {2}：少于 {3} 个字母的词过短
    '{0}': taken as it is: it is too short or too long for fuzzy neighbours ⇒ “{0}”按原样检索：过短或过长，不作模糊匹配
    '{0}': taken as it is: codes, numbers and runs of characters are never fuzzed ⇒ “{0}”按原样检索：编号、数字和连写的汉字不作模糊匹配
    {0} is part of the query language, but not evaluated yet ⇒ {0} 属于查询语言，但尚不支持
    use words, phrases, prefixes, fields and ranges ⇒ 请用词语、短语、前缀、字段和范围
    NEAR takes at most {0} words or phrases, found {1} ⇒ NEAR 最多 {0} 个词或短语，写了 {1} 个
    split it into several ⇒ 请分成几个
    NEAR takes words, phrases, patterns and OR between them ⇒ NEAR 中只能写词语、短语、模式及其间的 OR
    put other clauses beside NEAR ⇒ 其他条件请写在 NEAR 旁边
    the OR inside NEAR makes more than {0} combinations ⇒ NEAR 中的 OR 组合超过 {0} 种
    use fewer words in each OR ⇒ 请减少每个 OR 中的词
    the pattern needs more than {0} states or {1} MB ⇒ 模式过于复杂：超过 {0} 个状态或 {1} MB
    use fewer repetitions, or a prefix ⇒ 请减少重复，或用前缀
    the regular expression has {0} ⇒ 正则表达式有误：{0}
    the regular expression has {0} (character {1} of the pattern) ⇒ 正则表达式第 {1} 个字符处有误：{0}
    a pattern that begins with * reads every word of the index, and is off by default ⇒ 以 * 开头的模式要读遍索引中所有词，默认不允许
    begin with a letter, or allow leading stars ⇒ 请以文字开头
    a pattern has at most {0} characters, found {1} ⇒ 模式最多 {0} 个字符，写了 {1} 个
    an open group ⇒ 括号没有闭合
    an open class ⇒ 方括号没有闭合
    close it, or write \( for the character ⇒ 请补上，或写 \( 表示该字符
    close it with ], or write \[ ⇒ 请用 ] 闭合，或写 \[
    a ) that closes nothing ⇒ 多余的 )
    write \) for the character ⇒ 请写 \) 表示该字符
    a repetition of nothing ⇒ 重复符号前没有内容
    a repetition of a repetition ⇒ 重复叠加重复
    a repetition of more than {0} ⇒ 重复超过 {0} 次
    put the inner one in parentheses ⇒ 请将内层加括号
    write {2,5} ⇒ 请写成 {2,5}
    the cursor belongs to another query or an earlier commit ⇒ 翻页标记属于另一个查询或较早的提交
    the cursor is none of this index ⇒ 翻页标记不属于此索引
    search again without it ⇒ 请从首页重新检索
    """#
}
