/// Typed letters as syllables of Mandarin.
extension Pinyin {
  /// Ways of cutting that are returned at most: `xian`, `xi an`; names of six syllables have fewer than ten.
  public static let maximumSegmentations = 16
  /// Letters that are looked at: a name of twelve syllables has at most 72.
  static let maximumLetters = 96
  /// Steps of the search at most: far more than real names take; guards against letters made to be ambiguous.
  private static let maximumSteps = 4_096

  /// Every way of reading typed letters as syllables, those of fewer syllables first; empty when they are no pinyin.
  ///
  /// Tones may be typed as marks (`hóng`) or digits behind a syllable (`hong2`); ü as `ü`, `u`, `v` or `u:`. White space,
  /// apostrophes and hyphens end a syllable. Invariant: the syllables of each way, joined, are the letters.
  /// Cost: bounded by ``maximumSegmentations`` and a fixed number of steps.
  public static func segmentations(of typed: String) -> [[String]] {
    var ways: [[String]] = [[]]
    var letterCount = 0
    for run in letterRuns(typed) ?? [] {
      letterCount += run.count
      guard letterCount <= maximumLetters else { return [] }
      let cuts = segmentations(letters: run)
      if cuts.isEmpty { return [] }
      var next: [[String]] = []
      for way in ways {
        for cut in cuts where next.count < maximumSegmentations { next.append(way + cut) }
      }
      ways = next
    }
    return letterCount == 0 ? [] : ways
  }

  /// Whether letters can be read as syllables at all: lower-case ASCII, no spaces.
  static func isPinyin(_ letters: String) -> Bool {
    let bytes = Array(letters.utf8)
    guard !bytes.isEmpty, bytes.count <= maximumLetters else { return false }
    // reachable[i]: the first i letters are whole syllables.
    var reachable = [Bool](repeating: false, count: bytes.count + 1)
    reachable[0] = true
    for start in bytes.indices where reachable[start] {
      for length in 1...6 where start + length <= bytes.count && !reachable[start + length] {
        if isSyllable(bytes[start..<start + length]) { reachable[start + length] = true }
      }
    }
    return reachable[bytes.count]
  }

  /// Folded letters between what ends a syllable for sure; nil when something is no letter, tone or border.
  private static func letterRuns(_ typed: String) -> [[UInt8]]? {
    var runs: [[UInt8]] = []
    var run: [UInt8] = []
    func flush() {
      if !run.isEmpty { runs.append(run) }
      run = []
    }
    var previous: UInt8 = 0
    for scalar in typed.unicodeScalars {
      let code = scalar.value
      var bytes: [UInt8] = []
      if code < 0x80 {
        let byte = UInt8(truncatingIfNeeded: code)
        bytes = [byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte]
      } else if let form = UnicodeTables.folded(code) {
        bytes = Array(form)
      } else if code == 0x2019 || code == 0x2018 || code == 0x2010 || code == 0x2011 || scalar.properties.isWhitespace {
        bytes = [0x20]
      } else {
        return nil
      }
      for byte in bytes {
        switch byte {
        case 0x76 where previous == 0x6C || previous == 0x6E: run.append(0x75)
        case 0x3A where previous == 0x75: break
        case 0x61...0x7A: run.append(byte)
        case 0x30...0x35 where previous >= 0x61 && previous <= 0x7A: flush()
        case 0x20, 0x09, 0x27, 0x2D, 0x2E: flush()
        default: return nil
        }
        previous = byte
      }
    }
    flush()
    return runs
  }

  private static func segmentations(letters: [UInt8]) -> [[String]] {
    // ends[i]: letters i... can be read to the end; so that the search never enters a blind alley.
    var ends = [Bool](repeating: false, count: letters.count + 1)
    ends[letters.count] = true
    for start in letters.indices.reversed() {
      for length in 1...6 where start + length <= letters.count && ends[start + length] {
        if isSyllable(letters[start..<start + length]) { ends[start] = true }
      }
    }
    guard ends[0] else { return [] }
    var found: [[String]] = []
    var open: [(start: Int, way: [String])] = [(0, [])]
    var steps = 0
    while let (start, way) = open.popLast(), steps < maximumSteps, found.count < maximumSegmentations {
      steps += 1
      if start == letters.count {
        found.append(way)
        continue
      }
      // Longer syllables are pushed last, so tried first.
      for length in 1...6 where start + length <= letters.count && ends[start + length] {
        let syllable = letters[start..<start + length]
        if isSyllable(syllable) { open.append((start + length, way + [String(decoding: syllable, as: UTF8.self)])) }
      }
    }
    // The order of equal ones stays: longest first syllables.
    return found.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
  }

  private static func isSyllable(_ letters: ArraySlice<UInt8>) -> Bool {
    syllableSet.contains(letters.reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The syllables of the table, with u for v, up to six letters packed in a number. Interjections of single consonants
  /// (`m`, `n`, `ng`, `hm`) and readings of one rare character are left out: they would cut every word.
  private static let syllableSet: Set<UInt64> = {
    let rare: Set<String> = ["m", "n", "ng", "hm", "wong", "fiao", "cei", "kei", "zei", "nun", "rua", "lo", "yo", "ei"]
    var set: Set<UInt64> = []
    let pool = PinyinTable.pool
    let count = pool.utf8CodeUnitCount / 6
    for entry in 0..<count {
      let start = pool.utf8Start + entry * 6
      var letters: [UInt8] = []
      for offset in 0..<6 where start[offset] != 0x20 { letters.append(start[offset]) }
      let syllable = plain(String(decoding: letters, as: UTF8.self))
      if syllable.isEmpty || rare.contains(syllable) { continue }
      set.insert(syllable.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    }
    return set
  }()
}
