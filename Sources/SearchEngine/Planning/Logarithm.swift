#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// ln x of the C library.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
