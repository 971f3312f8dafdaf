#if !LIBFUZZER
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #elseif canImport(Darwin)
    import Darwin
  #endif

  /// The tool with its own driver. Under libFuzzer its place is taken by `LibFuzzer.swift`.
  @main
  struct FuzzProgram {
    static func main() { exit(FuzzCommand(Array(CommandLine.arguments.dropFirst())).run()) }
  }
#endif
