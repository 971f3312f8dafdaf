import Records

/// The factors of a ``RankProfile`` for the records of one segment. Cost: a look-up in two columns a matching record.
final class ProfileFactors {
  /// The date that counts.
  static let dateField = "date"

  private let profile: RankProfile
  private let newest: Int64
  private let dates: IntegerColumn?
  private let grades: OrdinalColumn?
  /// By ordinal of `grades`: the share of the highest grade, 0...1.
  private var shares: [Double] = []
  private var found: [UInt32] = []

  /// Nil when the weight has no profile, or one that changes nothing.
  init?(_ weight: QueryWeight, _ segment: SegmentContext) throws(IndexError) {
    guard let profile = weight.parameters.profile, !profile.isNeutral else { return nil }
    self.profile = profile
    newest = try Self.newestDay(weight.segments)
    let reader = segment.reader
    dates = profile.recency > 0 ? try reader.integerColumn(Self.dateField) : nil
    var column: OrdinalColumn?
    if profile.severity > 0 {
      for field in reader.schema.fields {
        guard case .ordered(let values) = field.type, values.count > 1 else { continue }
        column = try reader.ordinalColumn(field.name)
        guard let column else { continue }
        for ordinal in 0..<UInt32(clamping: column.valueCount) {
          let place = values.firstIndex(of: try column.value(ordinal)) ?? 0
          shares.append(Double(place) / Double(values.count - 1))
        }
        break
      }
    }
    grades = column
  }

  /// The newest day of the segments; dates of unknown year lie before all others.
  private static func newestDay(_ segments: [SegmentContext]) throws(IndexError) -> Int64 {
    var newest = Int64(Int32.min)
    for segment in segments {
      guard let column = try segment.reader.integerColumn(dateField) else { continue }
      for window in 0..<column.windowCount {
        let zone = try column.zone(window)
        if zone.present > 0 { newest = max(newest, zone.maximum) }
      }
    }
    return newest
  }

  /// What a record gains, in times of its relevance.
  func gains(_ document: UInt32) throws(IndexError) -> (recency: Double, severity: Double) {
    var recency = 0.0
    if let day = try dates?.value(of: document), day > Int64(Int32.min) {
      let (age, overflow) = newest.subtractingReportingOverflow(day)
      if !overflow, age >= 0 { recency = profile.recency * profile.halfLife / (profile.halfLife + Double(age)) }
    }
    var share = 0.0
    if let grades {
      try grades.ordinals(of: document, into: &found)
      for ordinal in found where Int(ordinal) < shares.count { share = max(share, shares[Int(ordinal)]) }
    }
    return (recency, profile.severity * share)
  }

  /// Multiplies `scores[bit]` for every bit of `matches`.
  func apply(_ window: Int, _ matches: WindowBits, to scores: UnsafeMutablePointer<Double>) throws(IndexError) {
    let base = UInt32(truncatingIfNeeded: window * WindowBits.length)
    var bit = matches.first(from: 0)
    while bit < WindowBits.length {
      let (recency, severity) = try gains(base &+ UInt32(truncatingIfNeeded: bit))
      scores[bit] *= 1 + recency + severity
      bit = matches.first(from: bit &+ 1)
    }
  }
}
