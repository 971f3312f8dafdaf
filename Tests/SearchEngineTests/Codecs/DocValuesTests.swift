import Storage
import Testing

@testable import SearchEngine

@Suite("Doc values") struct DocValuesTests {
  static func fixture(
    _ documentCount: Int, _ add: (DocValuesWriter) throws(IndexError) -> Void
  ) throws -> CodecFixture {
    try CodecFixture(.docValues) { (fileSystem, name, identity) throws(IndexError) in
      let writer = try DocValuesWriter(
        fileSystem, name: name, identity: identity, documentCount: UInt32(documentCount))
      try add(writer)
      return try writer.finish()
    }
  }

  /// Columns of numbers that differ in span and in what is missing.
  static let shapes: [@Sendable (Int, inout SeededGenerator) -> Int64?] = [
    { place, _ in Int64(place) },
    { _, _ in nil },
    { _, _ in 42 },
    { place, _ in place % 3 == 0 ? nil : -7 },
    { _, random in Int64.random(in: .min...(.max), using: &random) },
    { place, _ in place % 2 == 0 ? .min : .max },
    { place, random in place % 10 == 0 ? Int64.random(in: -1000...1000, using: &random) : nil },
    { place, random in place < 5000 ? nil : Int64.random(in: 0...255, using: &random) },
    { _, random in Int64.random(in: 0...(1 << 55), using: &random) },
    { _, random in Int64.random(in: 0...(1 << 56), using: &random) },
    { _, random in Int64.random(in: 13_000...14_000, using: &random) },
    { _, random in Bool.random(using: &random) ? 0 : 1 },
  ]

  static func check(_ column: IntegerColumn, _ expected: [Int64?]) throws {
    for (document, value) in expected.enumerated() { #expect(try column.value(of: UInt32(document)) == value) }
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: 4096)
    let presence = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
    defer {
      values.deallocate()
      presence.deallocate()
    }
    #expect(column.windowCount == (expected.count + 4095) / 4096)
    for window in 0..<column.windowCount {
      let own = Array(expected[window * 4096..<min(window * 4096 + 4096, expected.count)])
      #expect(try column.decode(window: window, into: values, presence: presence) == own.count)
      for place in 0..<4096 {
        let isPresent = presence[place / 64] >> UInt64(place % 64) & 1 == 1
        let found: Int64? = isPresent ? values[place] : nil
        #expect(found == (place < own.count ? own[place] : nil))
      }
      let present = own.compactMap { $0 }
      let zone = Zone(minimum: present.min() ?? .max, maximum: present.max() ?? .min, present: present.count)
      #expect(try column.zone(window) == zone)
    }
    #expect(throws: IndexError.self) { try column.value(of: UInt32(expected.count)) }
    #expect(throws: IndexError.self) { try column.zone(column.windowCount) }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 4096, 4097, 9000], 0..<shapes.count)
  func keepsNumbers(count: Int, shape: Int) throws {
    var random = SeededGenerator(UInt64(count * 100 + shape))
    let expected = (0..<count).map { Self.shapes[shape]($0, &random) }
    let builder = IntegerColumnBuilder("date")
    for (document, value) in expected.enumerated() {
      guard let value else { continue }
      #expect(builder.append(UInt32(document), value))
      #expect(!builder.append(UInt32(document), 5))
    }
    let fixture = try Self.fixture(count) { (writer) throws(IndexError) in
      try writer.add(builder)
      try writer.addIntegerColumn("again") { (document) throws(IndexError) in expected[Int(document)] }
    }
    let reader = try DocValuesReader(file: fixture.open())
    try reader.verifyStructure()
    #expect(reader.integerColumnNames == ["again", "date"])
    #expect(reader.integerColumn("due") == nil && reader.ordinalColumn("date") == nil)
    try Self.check(try #require(reader.integerColumn("date")), expected)
    try Self.check(try #require(reader.integerColumn("again")), expected)
  }

  static func builder(_ name: String, _ values: [[String]]) throws(IndexError) -> OrdinalColumnBuilder {
    let builder = OrdinalColumnBuilder(name)
    for (document, own) in values.enumerated() {
      for value in own {
        try value.bytes.withBytes { (bytes) throws(IndexError) in try builder.append(UInt32(document), bytes) }
      }
    }
    return builder
  }

  /// Values of documents: how many each has, and from how many.
  static func random(_ count: Int, most: Int, of distinct: Int, seed: UInt64) -> [[String]] {
    var random = SeededGenerator(seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...most, using: &random)).map { _ in
        let number = Int.random(in: 0..<distinct, using: &random)
        return ["", "湖南", "GB 6675-", "province of "][number % 4] + String(number)
      }
    }
  }

  static func check(_ column: OrdinalColumn, _ values: [[String]]) throws {
    let sorted = Set(values.joined()).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let ordinals = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, UInt32($0.offset)) })
    #expect(column.valueCount == sorted.count)
    for (ordinal, value) in sorted.enumerated() {
      #expect(try column.value(UInt32(ordinal)) == value)
      #expect(try column.ordinal(of: value) == UInt32(ordinal))
      let after = value + "!"
      let expected = sorted.firstIndex { !$0.utf8.lexicographicallyPrecedes(after.utf8) } ?? sorted.count
      #expect(try column.firstOrdinal(atLeast: after) == UInt32(expected))
    }
    #expect(try column.firstOrdinal(atLeast: "") == 0)
    #expect(try column.ordinal(of: "no such value") == nil)
    #expect(throws: IndexError.self) { try column.value(UInt32(sorted.count)) }
    let expected = values.map { Set($0).compactMap { ordinals[$0] }.sorted() }
    var own: [UInt32] = []
    for (document, wanted) in expected.enumerated() {
      try column.ordinals(of: UInt32(document), into: &own)
      #expect(own == wanted)
      #expect(try column.ordinal(of: UInt32(document)) == wanted.first)
    }
    #expect(throws: IndexError.self) { try column.ordinals(of: UInt32(values.count), into: &own) }
    let firsts = UnsafeMutablePointer<UInt32>.allocate(capacity: 4097)
    let presence = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
    defer {
      firsts.deallocate()
      presence.deallocate()
    }
    #expect(column.windowCount == (values.count + 4095) / 4096)
    for window in 0..<column.windowCount {
      let wanted = Array(expected[window * 4096..<min(window * 4096 + 4096, expected.count)])
      #expect(try column.decode(window: window, into: firsts, presence: presence) == wanted.count)
      for (place, numbers) in wanted.enumerated() {
        let isPresent = presence[place / 64] >> UInt64(place % 64) & 1 == 1
        #expect((isPresent ? firsts[place] : nil) == numbers.first)
      }
      #expect(try column.decode(window: window, starts: firsts, ordinals: &own) == wanted.count)
      for (place, numbers) in wanted.enumerated() {
        #expect(Array(own[Int(firsts[place])..<Int(firsts[place + 1])]) == numbers)
      }
      let all = wanted.joined().map { Int64($0) }
      let zone = Zone(
        minimum: all.min() ?? .max, maximum: all.max() ?? .min, present: wanted.filter { !$0.isEmpty }.count)
      #expect(try column.zone(window) == zone)
    }
  }

  @Test(arguments: [
    (0, 1, 1), (1, 1, 1), (10, 0, 1), (5000, 1, 3), (5000, 1, 4000), (4096, 1, 1), (0, 3, 1), (100, 3, 5),
    (5000, 4, 700), (8193, 2, 40),
  ])
  func keepsValues(count: Int, most: Int, distinct: Int) throws {
    let values = Self.random(count, most: most, of: distinct, seed: UInt64(count * 10 + most))
    let fixture = try Self.fixture(count) { (writer) throws(IndexError) in
      try writer.add(try Self.builder("bureau", values))
    }
    let reader = try DocValuesReader(file: fixture.open())
    try reader.verifyStructure()
    let column = try #require(reader.ordinalColumn("bureau"))
    #expect(column.isMultiValued == values.contains { Set($0).count > 1 })
    try Self.check(column, values)
  }

  @Test func mergesDictionaryByDictionary() throws {
    let first = Self.random(700, most: 2, of: 90, seed: 1)
    let second = Self.random(300, most: 1, of: 50, seed: 2)
    let columns = try [first, second].map { values in
      let fixture = try Self.fixture(values.count) { (writer) throws(IndexError) in
        try writer.add(try Self.builder("x", values))
      }
      return try #require(try DocValuesReader(file: fixture.open()).ordinalColumn("x"))
    }
    let merged = try Self.fixture(1000) { (writer) throws(IndexError) in
      let column = try writer.beginOrdinalColumn("x", isMultiValued: true)
      var cursors = columns.map { $0.values.cursor() }
      var isOpen = [try cursors[0].next(), try cursors[1].next()]
      var maps: [[UInt32]] = [[], []]
      var next: UInt32 = 0
      while isOpen[0] || isOpen[1] {
        let candidates = [0, 1].filter { isOpen[$0] }.map { cursors[$0].value }
        guard let least = candidates.min(by: { $0.lexicographicallyPrecedes($1) }) else { break }
        try least.withBytes { (bytes) throws(IndexError) in try column.add(value: bytes) }
        for side in [0, 1] where isOpen[side] && cursors[side].value == least {
          maps[side].append(next)
          isOpen[side] = try cursors[side].next()
        }
        next += 1
      }
      var own: [UInt32] = []
      for side in [0, 1] {
        for document in 0..<columns[side].documentCount {
          try columns[side].ordinals(of: UInt32(document), into: &own)
          try column.add(ordinals: own.map { maps[side][Int($0)] })
        }
      }
      try column.finish()
    }
    let reader = try DocValuesReader(file: merged.open())
    try reader.verifyStructure()
    try Self.check(try #require(reader.ordinalColumn("x")), first + second)
  }

  /// A small file with a column of each kind.
  static func mixed(_ count: Int) throws -> CodecFixture {
    var random = SeededGenerator(5)
    let numbers = (0..<count).map { shapes[6]($0, &random) }
    return try fixture(count) { (writer) throws(IndexError) in
      try writer.addIntegerColumn("n") { (document) throws(IndexError) in numbers[Int(document)] }
      try writer.addIntegerColumn("d") { (document) throws(IndexError) in Int64(document) * 3 }
      try writer.add(try builder("s", Self.random(count, most: 1, of: 40, seed: 6)))
      try writer.add(try builder("m", Self.random(count, most: 3, of: 25, seed: 7)))
    }
  }

  static func use(_ file: IndexFile) throws(IndexError) {
    let reader = try DocValuesReader(file: file)
    let numbers = UnsafeMutablePointer<Int64>.allocate(capacity: 4096)
    let ordinals = UnsafeMutablePointer<UInt32>.allocate(capacity: 4097)
    let presence = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
    defer {
      numbers.deallocate()
      ordinals.deallocate()
      presence.deallocate()
    }
    var own: [UInt32] = []
    for name in reader.integerColumnNames {
      guard let column = reader.integerColumn(name) else { continue }
      _ = try? column.decode(window: 0, into: numbers, presence: presence)
      for document: UInt32 in [0, 63, 99, .max] { _ = try? column.value(of: document) }
    }
    for name in reader.ordinalColumnNames {
      guard let column = reader.ordinalColumn(name) else { continue }
      let count = column.valueCount
      if let found = try? column.decode(window: 0, into: ordinals, presence: presence) {
        for place in 0..<found where presence[place / 64] >> UInt64(place % 64) & 1 == 1 {
          #expect(Int(ordinals[place]) < count)
        }
      }
      if (try? column.decode(window: 0, starts: ordinals, ordinals: &own)) != nil {
        #expect(own.allSatisfy { Int($0) < count })
      }
      for document: UInt32 in [0, 63, 99, .max] { _ = try? column.ordinals(of: document, into: &own) }
      for ordinal: UInt32 in [0, 17, .max] { _ = try? column.value(ordinal) }
      _ = try? column.ordinal(of: "GB 6675-14")
    }
    try reader.verifyStructure()
  }

  @Test func noticesEveryChangedByte() throws {
    try Self.mixed(20).expectEveryByteIsGuarded { (file) throws(IndexError) in try Self.use(file) }
  }

  @Test func survivesWhatIsSealedAfterDamage() throws {
    let refused = try Self.mixed(100).mutate(cases: 8000, seed: 121) { (file) throws(IndexError) in
      try Self.use(file)
    }
    #expect(refused > 1000)
  }
}
