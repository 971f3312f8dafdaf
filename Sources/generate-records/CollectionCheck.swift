struct CollectionCheck {
  let folder: String
  func run() -> (text: String, isGood: Bool) { ("", true) }
}
