extension Unmanaged {
  /// What `body` returns of the object, or throws, without counting a reference.
  ///
  /// SAFETY (caller's proof): something else keeps the object until this returns.
  @inline(__always)
  func borrowed<Result>(_ body: (Instance) throws(IndexError) -> Result) throws(IndexError) -> Result {
    let result = _withUnsafeGuaranteedRef { (instance) -> Swift.Result<Result, IndexError> in
      do throws(IndexError) { return .success(try body(instance)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}
