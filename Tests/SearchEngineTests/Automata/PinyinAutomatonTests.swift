import Testing
import TextAnalysis

@testable import SearchEngine

/// What is typed in letters against names read aloud.
@Suite struct PinyinAutomatonTests {
  private func accepts(_ typed: String, _ name: String) -> Bool {
    guard let automaton = PinyinAutomaton(typed) else { return false }
    var state = automaton.start
    var areLive = true
    for byte in Folding.folded(name) {
      guard let next = automaton.next(state, byte) else { return false }
      areLive = areLive && automaton.firstLive(state, from: Int(byte)) == byte
      state = next
    }
    let isAccepted = automaton.isAccepting(state)
    // Every byte on the way to what is accepted is live: no walk passes it by.
    if isAccepted { #expect(areLive, "\(typed) \(name)") }
    return isAccepted
  }

  @Test("S2: the beginning of a reading, whole or cut inside a syllable, and initials")
  func readings() {
    for typed in [
      "h", "hong", "hongd", "hongda", "hong da", "hóng dá", "hongdawan", "hongdawanju", "hd", "hdwj", "hdw",
    ] {
      #expect(accepts(typed, "宏达玩具"), "\(typed)")
      #expect(accepts(typed, "宏达玩具厂"), "\(typed)")
    }
    for typed in ["hongx", "da", "hongdawanjux", "hdx", "x", "wanju"] { #expect(!accepts(typed, "宏达玩具"), "\(typed)") }
    #expect(accepts("shenzhenshihongda", "深圳市宏达玩具"))
    #expect(accepts("hongda", "宏达（深圳）玩具"))
    #expect(accepts("hongdaabc", "宏达 ABC 玩具"))
    #expect(accepts("hong", "hongda toys"))
    #expect(PinyinAutomaton("") == nil)
    #expect(PinyinAutomaton("玩具 7") == nil)
    #expect(PinyinAutomaton(String(repeating: "a", count: 61)) == nil)
  }

  @Test("S2: equal to a comparison of keys on random names")
  func againstKeys() {
    let characters = Array("宏达玩具深圳市华新利安康泰丰")
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<3_000 {
      let name = String((0..<(1 + random(5))).map { _ in characters[random(characters.count)] })
      let other = String((0..<(1 + random(3))).map { _ in characters[random(characters.count)] })
      let key = Pinyin.key(of: other)
      let typed = String(key.prefix(1 + random(key.count)))
      // By syllables: cut at any letter. A longer syllable may begin as a shorter one does, so keys may agree by chance
      // across syllables; the automaton goes by whole syllables but for the last.
      let initials = Pinyin.syllables(of: name).compactMap(\.first)
      let isInitials = typed.count > 1 && Array(typed).elementsEqual(initials.prefix(typed.count))
      let bySyllables = Pinyin.key(of: name).hasPrefix(typed)
      #expect(accepts(typed, name) == (bySyllables || isInitials), "\(typed) \(name)")
    }
  }
}
