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
}
