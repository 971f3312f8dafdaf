import SearchEngine

/// A8 and A9: several processes over one index.
struct SharedRuns {
  let directory: String

  /// Processes that all want to write at once: one at a time does, the others are refused at once, and a lock whose holder
  /// was killed keeps nobody out.
  func races(rounds: Int, processes: Int, seed: UInt64) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var random = Sequence64(state: seed)
    let place = "\(directory)/race"
    let marker = "\(directory)/holder"
    _ = Child.run("rm", "-rf", place, marker)
    for round in 0..<rounds where figures.failures.count < 10 {
      let children = (0..<processes).compactMap { _ in Child(["hold", place, marker]) }
      // In every other round the holder is killed with the lock in its hands.
      if round % 2 == 1, let victim = children.randomElement() {
        SmallFiles.pause(milliseconds: random.below(15))
        victim.kill()
      }
      var holders = 0
      for child in children {
        switch child.wait() {
        case .exited(0): holders += 1
        case .exited(5), .signalled(9): break
        case let end: figures.failures.append("round \(round): \(end), 9 is a second holder")
        }
      }
      figures.runs += 1
      figures.fired += holders
      // Whoever comes now must get the lock, whatever became of those before.
      if let next = Child(["hold", place, marker]), next.wait() != .exited(0) {
        figures.failures.append("round \(round): the lock is held by nobody and cannot be had")
      }
    }
    return figures
  }

  /// Takes the writer's lock, if it can be had at once, and holds it for a moment. 0: held; 5: refused; 9: somebody else
  /// held it, too.
  static func hold(_ place: String, marker: String) -> Int32 {
    do throws(IndexError) {
      let writer = try IndexDirectory.writer(
        path: place, schemas: FaultScript.schemas, options: FaultScript.options, create: true)
      guard let held = SmallFiles.lock(marker) else { return 9 }
      SmallFiles.pause(milliseconds: 3)
      SmallFiles.unlock(held)
      withExtendedLifetime(writer) {}
      return 0
    } catch { return error.remedy == .wait ? 5 : 3 }
  }

  /// Readers while a writer commits, merges and removes garbage: what a reader has opened does not change, and is the commit
  /// that it says it is.
  func readers(seconds: Int, count: Int) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    let place = "\(directory)/shared"
    _ = Child.run("rm", "-rf", place)
    guard let writer = Child(["write", place, "\(seconds)"]) else { return figures }
    let children = (0..<count).compactMap { number in Child(["read", place, "\(seconds)", "\(number)"]) }
    for child in children {
      let end = child.wait(seconds: Double(seconds) + 30)
      figures.runs += Int(child.output.split(separator: "\n").last?.split(separator: " ").first ?? "") ?? 0
      if end != .exited(0) { figures.failures.append("reader: \(end) \(child.output.suffix(400))") }
    }
    let end = writer.wait(seconds: Double(seconds) + 30)
    figures.fired = Int(writer.acknowledged)
    if end != .exited(0) { figures.failures.append("writer: \(end) \(writer.output.suffix(200))") }
    return figures
  }

  /// Commits of the script that writer and readers share.
  static let sharedCommits = 4_000

  /// Commits until the time is up, no faster than the script lasts.
  static func write(_ place: String, seconds: Int) -> Int32 {
    let script = FaultScript(seed: 17, commits: sharedCommits)
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    var isOver = false
    do throws(IndexError) {
      try script.run(place) { generation in
        if generation % 50 == 0 { print("ack \(generation)") }
        // To the end: readers alone show nothing.
        let due = start + .milliseconds(seconds * 1_000 * Int(generation) / sharedCommits)
        while ContinuousClock.now < due { SmallFiles.pause(milliseconds: 1) }
        if ContinuousClock.now > end, !isOver {
          isOver = true
          print("ack \(generation)")
          FaultsCommand.end(0)
        }
      }
      return 0
    } catch {
      print("writer: \(error)")
      return 3
    }
  }

  /// Opens, waits a little, reads, again and again until the time is up.
  static func read(_ place: String, seconds: Int, seed: UInt64) -> Int32 {
    let script = FaultScript(seed: 17, commits: sharedCommits)
    var random = Sequence64(state: seed)
    let end = ContinuousClock.now + .seconds(seconds)
    var reads = 0
    var last: UInt64 = 0
    while ContinuousClock.now < end {
      do throws(IndexError) {
        let snapshot = try IndexDirectory.open(path: place)
        guard snapshot.generation >= last else {
          print("commit \(snapshot.generation) after \(last)")
          return 1
        }
        last = snapshot.generation
        for _ in 0..<2 {
          SmallFiles.pause(milliseconds: random.below(20))
          guard try FaultScript.records(snapshot) == script.contents[Int(last)] else {
            print("commit \(last) has other records")
            return 1
          }
          reads += 1
        }
      } catch {
        // Before the first commit there is nothing to open.
        guard case .missing = error, last == 0 else {
          print("after commit \(last): \(error)")
          return 1
        }
        SmallFiles.pause(milliseconds: 5)
      }
    }
    print("\(reads) reads, last commit \(last)")
    return 0
  }
}
