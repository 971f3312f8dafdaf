/// A2 and A7: real disks that are cut off or full. Both need root, for mounting.
struct DiskRuns {
  let directory: String

  /// Fills a small file system until a commit fails, looks what stands, frees the room, and goes on.
  func fullDisks(rounds: Int, seed: UInt64) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var random = Sequence64(state: seed)
    // Long texts: an index that fits fills no disk, and shows nothing.
    let words = 2_400
    let script = FaultScript(seed: 11, commits: 30, words: words)
    let mount = "\(directory)/full"
    _ = Child.run("mkdir", "-p", mount)
    for round in 0..<rounds where figures.failures.count < 10 {
      // The script needs some 2 MB with merges: from too small for a first commit to nearly enough.
      let kilobytes = 256 + random.below(2_300)
      guard Child.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", mount) else {
        figures.failures.append("tmpfs cannot be mounted")
        break
      }
      SmallFiles.fill("\(mount)/ballast", bytes: kilobytes * 1024 / 4)
      figures.runs += 1
      if let child = Child(["work", "\(mount)/index", "11", "30", "\(words)"]) {
        let end = child.wait()
        if end == .exited(3) { figures.fired += 1 }
        if end != .exited(3), end != .exited(0) { figures.failures.append("round \(round), \(kilobytes) kB: \(end)") }
        SmallFiles.remove("\(mount)/ballast")
        if end == .exited(3),
          let problem = Judge(script: script).problem(
            "\(mount)/index", acknowledged: child.acknowledged, isDeep: true),
          // A quarter of a disk that holds not even one commit is not room enough for another.
          !(problem.contains("No space") && kilobytes < 600)
        {
          figures.failures.append("round \(round), \(kilobytes) kB: \(problem)")
        }
      }
      _ = Child.run("umount", mount)
    }
    return figures
  }

  /// Cuts the power of an ext4 or XFS in a file while the script runs in it, mounts it again, and looks what is there.
  func powerCuts(rounds: Int, kind: String, seed: UInt64) -> KillRuns.Figures {
    var figures = KillRuns.Figures()
    var random = Sequence64(state: seed)
    let script = FaultScript(seed: 13, commits: 40)
    let image = "\(directory)/disk.img"
    let mount = "\(directory)/disk"
    _ = Child.run("mkdir", "-p", mount)
    _ = Child.run("rm", "-f", image)
    // XFS takes no less than 300 MB; the file is sparse.
    guard Child.run("truncate", "-s", kind == "xfs" ? "320M" : "64M", image),
      Child.run("mkfs.\(kind)", kind == "xfs" ? "-f" : "-F", "-q", image)
    else {
      figures.failures.append("no \(kind) can be made")
      return figures
    }
    for round in 0..<rounds where figures.failures.count < 10 {
      guard Child.run("mount", "-o", "loop", image, mount) else {
        figures.failures.append("\(kind) cannot be mounted")
        break
      }
      _ = Child.run("rm", "-rf", "\(mount)/index")
      _ = Child.run("sync", "-f", mount)
      guard let child = Child(["work", "\(mount)/index", "13", "40"]) else { break }
      // At any moment of any commit.
      child.read(untilAcknowledged: UInt64(random.below(20)))
      SmallFiles.pause(milliseconds: random.below(30))
      let isCut = SmallFiles.cutPower(mount)
      child.kill()
      _ = child.wait()
      guard isCut, Child.run("umount", mount), Child.run("mount", "-o", "loop", image, mount) else {
        figures.failures.append("round \(round): the power cannot be cut on \(kind)")
        _ = Child.run("umount", mount)
        break
      }
      figures.runs += 1
      if child.acknowledged > 0 { figures.fired += 1 }
      if let problem = Judge(script: script).problem(
        "\(mount)/index", acknowledged: child.acknowledged, isDeep: round % 10 == 0)
      {
        figures.failures.append("round \(round), \(kind): \(problem)")
      }
      _ = Child.run("umount", mount)
    }
    return figures
  }
}
