enum GoldenParses {
  struct Row { let input: String; let canonical: String; let codes: String }
  static let rows: [Row] = [Row(input: "a b", canonical: "a b", codes: "")]
}
