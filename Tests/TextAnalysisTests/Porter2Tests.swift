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
}
