import QualityRecords
import SearchEngine

/// The ranking profile of a command line: one of the built-in names, or the text of a file.
enum RankProfileFile {
  /// - Throws: `usage` for a name that is neither; `bad-rank-profile` with the line; what reading the file throws.
  static func profile(_ name: String) throws(QualityError) -> RankProfile {
    if let known = RankProfile.builtIn.first(where: { $0.name == name }) { return known }
    let names = RankProfile.builtIn.map(\.name)
    guard name.contains("/") || name.contains(".") else {
      let near = NearestWord.find(name, among: names).map { "did you mean '\($0)'? " } ?? ""
      throw QualityError(
        "usage", "there is no ranking profile '\(name)'",
        hint: near + "profiles are: \(names.joined(separator: ", ")), or the path of a file, as ./\(name)")
    }
    let text = try InputFile.text(name)
    do throws(RankProfileError) {
      return try RankProfile(name: name, parsing: text)
    } catch { throw QualityError("bad-rank-profile", "\(name), \(error)") }
  }
}
