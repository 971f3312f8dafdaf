#if LIBFUZZER
  #if canImport(Glibc)
    import Glibc
  #endif

  // Entry points for libFuzzer, which brings its own `main`: built by `.ci/fuzz`, with the address sanitizer. One program
  // serves all targets; `DOSSIER_FUZZ_TARGET` names the one to run.

  private let chosen: FuzzTarget? = getenv("DOSSIER_FUZZ_TARGET").flatMap { FuzzTarget.named(String(cString: $0)) }

  @_cdecl("LLVMFuzzerTestOneInput")
  public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let chosen else {
      print("DOSSIER_FUZZ_TARGET names none of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
      exit(2)
    }
    do throws(FuzzTarget.Broken) {
      // Inputs that are refused are not worth keeping for long, but a refusal far inside is: libFuzzer decides.
      _ = try chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
      print("broken claim: \(error.claim)")
      abort()
    }
    return 0
  }

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  /// What the package manager's own start-up calls.
  @_cdecl("dossier_fuzz_main")
  public func fuzzMain(_ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 {
    var count = count
    var words = words
    return withUnsafeMutablePointer(to: &words) { runDriver(&count, $0, testOneInput) }
  }
#endif
