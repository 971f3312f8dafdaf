#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether the long forms of the tests are wanted: `DOSSIER_FULL=1`. Without it they run on samples.
enum Full {
  static var isOn: Bool { getenv("DOSSIER_FULL").map { String(cString: $0) == "1" } ?? false }

  /// A part of a long form, to be run in a process of its own: `DOSSIER_PART=3/16` is the fourth of sixteen.
  static var part: (number: Int, of: Int) {
    let words = getenv("DOSSIER_PART").map { String(cString: $0).split(separator: "/").compactMap { Int($0) } } ?? []
    guard words.count == 2, words[1] > 0, (0..<words[1]).contains(words[0]) else { return (0, 1) }
    return (words[0], words[1])
  }
}
