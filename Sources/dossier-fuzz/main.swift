#if !LIBFUZZER
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #elseif canImport(Darwin)
    import Darwin
  #endif

  exit(FuzzCommand(Array(CommandLine.arguments.dropFirst())).run())
#endif
