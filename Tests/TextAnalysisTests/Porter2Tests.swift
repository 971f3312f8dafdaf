import Testing

import TextAnalysis

@Suite struct Porter2Tests {
  @Test func everyLineOfTheSnowballVocabulary() {
    guard let words = OutsideData.lines("snowball_english/voc.txt"),
      let stems = OutsideData.lines("snowball_english/output.txt")
    else { return }
    #expect(words.count == stems.count && words.count == 42_649)
    let stemmer = Porter2()
    var wrong = 0
    for (word, stem) in zip(words, stems) where stemmer.stem(String(word)) != stem {
      wrong += 1
      if wrong <= 40 { print("\(word): \(stemmer.stem(String(word))), expected \(stem)") }
    }
    #expect(wrong == 0)
  }

  /// Our own table: every step, the lists, short words, apostrophes. `word:stem`.
  private static let cases = """
    inspection:inspect inspections:inspect inspected:inspect inspecting:inspect inspector:inspector \
    furniture:furnitur formaldehyde:formaldehyd rectification:rectif rectified:rectifi rectify:rectifi \
    quality:qualiti qualities:qualiti enterprises:enterpris enterprise:enterpris products:product \
    production:product productive:product producing:produc violations:violat violated:violat violating:violat \
    violation:violat directive:direct directives:direct notices:notic noticed:notic conference:confer \
    conferences:confer licence:licenc licences:licenc licensing:licens certification:certif certified:certifi \
    certificates:certif supervision:supervis supervised:supervis supervisory:supervisori \
    manufacturing:manufactur manufacturer:manufactur manufactured:manufactur hopping:hop hoped:hope hoping:hope \
    hopeful:hope hopefulness:hope caresses:caress flies:fli dies:die mules:mule denied:deni died:die agreed:agre \
    owned:own humbled:humbl sized:size meeting:meet stating:state siezed:siez itemization:item \
    traditional:tradit reference:refer colonizer:colon plotted:plot skies:sky sky:sky skis:ski dying:die \
    lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl news:news howe:howe \
    atlas:atlas cosmos:cosmos bias:bias andes:andes inning:inning innings:inning outing:outing outings:outing \
    canning:canning cannings:canning herring:herring herrings:herring earring:earring earrings:earring \
    proceed:proceed proceeded:proceed exceed:exceed exceeding:exceed succeed:succeed succeeds:succeed \
    generate:generat generates:generat generically:generic generic:generic communism:communism \
    communication:communic arsenal:arsenal arsenic:arsenic national:nation nationality:nation rational:ration \
    relational:relat conditional:condit conditionally:condit valency:valenc hesitancy:hesit digitizer:digit \
    conformably:conform radically:radic differently:differ vilely:vile analogously:analog vietnamization:vietnam \
    predication:predic operator:oper feudalism:feudal decisiveness:decis callousness:callous formality:formal \
    sensitivity:sensit sensibility:sensibl triplicate:triplic formative:format formalize:formal \
    electrical:electr goodness:good revival:reviv allowance:allow inference:infer airliner:airlin \
    gyroscopic:gyroscop adjustable:adjust defensible:defens irritant:irrit replacement:replac adjustment:adjust \
    dependent:depend adoption:adopt homologous:homolog activate:activ angularity:angular effective:effect \
    probate:probat rate:rate cease:ceas controlling:control rolled:roll youth:youth boyish:boyish saying:say \
    toys:toy toy:toy children's:children dogs':dog gas:gas this:this kiwis:kiwi ties:tie cries:cri by:by say:say \
    enjoy:enjoy cry:cri biology:biolog biologist:biolog geologists:geolog theologian:theologian bled:bled \
    red:red sing:sing feed:feed beds:bed shed:shed aged:age egg:egg eggs:egg added:add odd:odd off:off offed:off \
    ebb:ebb wedded:wed past:past pasted:paste universe:univers university:universiti organization:organiz \
    emergency:emergenc internal:internal later:later lateral:lateral emerged:emerg interest:interest organ:organ
    """

  @Test func ownTable() {
    let stemmer = Porter2()
    let cases = Self.cases.split(separator: " ")
    #expect(cases.count >= 120)
    for each in cases {
      let parts = each.split(separator: ":")
      #expect(stemmer.stem(String(parts[0])) == parts[1], "\(parts[0])")
    }
  }

  @Test func whatIsNoEnglishWordComesBack() {
    for text in ["", "a", "by", "6675", "质量", "naïves", "Upper", "x86s", "'", "''"] {
      #expect(Porter2().stem(text) == text)
    }
  }

  @Test func arbitraryLettersNeverGrow() {
    let seed: UInt64 = 2001
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let letters = Array("aeiouysdnglt'cb".utf8)
    for _ in 0..<20_000 {
      let word = (0..<Int.random(in: 0...14, using: &random)).map { _ in letters.randomElement(using: &random) ?? 97 }
      let stem = Porter2().stem(String(decoding: word, as: UTF8.self))
      #expect(stem.utf8.count <= word.count)
    }
  }
}
