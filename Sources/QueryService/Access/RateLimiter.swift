import Synchronization

/// How often one address and one token may ask: a bucket each, that fills at a rate and holds a burst.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var updated: ContinuousClock.Instant
  }

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[String: Bucket]>([:])

  /// Buckets at one time. One that is full again says nothing and is dropped.
  private static let mostBuckets = 20_000

  /// - Parameter rate: requests a second; 0: any number.
  init(rate: Int, burst: Int) {
    self.rate = Double(rate)
    self.burst = Double(burst)
  }

  /// Whether one more request may come; takes it off every bucket if so.
  /// - Returns: nil if it may; else the seconds after which it may.
  func delay(_ keys: [String], now: ContinuousClock.Instant = .now) -> Int? {
    guard rate > 0 else { return nil }
    return buckets.withLock { buckets in
      if buckets.count >= Self.mostBuckets { buckets = buckets.filter { refilled($0.value, now).tokens < burst } }
      var filled: [(String, Bucket)] = []
      var worst: Double?
      for key in keys {
        let bucket = refilled(buckets[key] ?? Bucket(tokens: burst, updated: now), now)
        if bucket.tokens < 1 { worst = max(worst ?? 0, (1 - bucket.tokens) / rate) }
        filled.append((key, bucket))
      }
      for (key, var bucket) in filled {
        if worst == nil { bucket.tokens -= 1 }
        buckets[key] = bucket
      }
      return worst.map { max(1, Int($0.rounded(.up))) }
    }
  }

  private func refilled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Bucket {
    let elapsed = now - bucket.updated
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return Bucket(tokens: min(burst, bucket.tokens + max(0, seconds) * rate), updated: now)
  }
}
