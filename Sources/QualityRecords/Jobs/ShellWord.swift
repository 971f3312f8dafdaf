/// Words as a shell takes them.
public enum ShellWord {
  /// The word alone where that is safe, else in single quotes.
  public static func quoted(_ word: String) -> String {
    let isSafe = word.unicodeScalars.allSatisfy {
      $0.value >= 0x80
        ? $0.properties.isAlphabetic : $0.properties.isAlphabetic || "0123456789_-./:=,@%+".unicodeScalars.contains($0)
    }
    if isSafe, !word.isEmpty { return word }
    return "'" + word.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
