#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

exit(FaultsCommand(Array(CommandLine.arguments.dropFirst())).run())
