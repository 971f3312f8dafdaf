/// One step of a score. When it has parts, `value` is their sum; otherwise the details are the numbers that it comes from: of
/// a word, share · boost · idf · scale · frequency / (frequency + K).
public struct Explanation: Sendable {
  public var value: Double
  public var label: String
  /// The numbers that `value` comes from.
  public var details: [(name: String, value: Double)]
  public var parts: [Explanation]

  public init(value: Double, label: String, details: [(name: String, value: Double)], parts: [Explanation] = []) {
    self.value = value
    self.label = label
    self.details = details
    self.parts = parts
  }
}
