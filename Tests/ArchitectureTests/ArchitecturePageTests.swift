import Testing

/// The map in ARCHITECTURE.md and the country it shows.
struct ArchitecturePageTests {
  @Test func everyFolderIsOnTheMap() throws {
    let page = try ProjectFiles.text("ARCHITECTURE.md")
    for folder in ProjectFiles.folders("Sources") where !folder.hasSuffix("/include") {
      #expect(page.contains("`\(folder)/`"), "ARCHITECTURE.md does not name `\(folder)/`")
    }
  }

  @Test func everyTargetIsInTheGraph() throws {
    let page = try ProjectFiles.text("ARCHITECTURE.md")
    let package = SwiftPackageText(try ProjectFiles.text("Package.swift"))
    for (target, dependencies) in package.dependencies {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(target)` |") }
      guard let row else {
        Issue.record("ARCHITECTURE.md has no row for \(target)")
        continue
      }
      for dependency in dependencies {
        #expect(row.contains("`\(dependency)`"), "the row of \(target) lacks \(dependency)")
      }
    }
  }

  @Test func theLayersAreGivenInTheirOrder() throws {
    let page = try ProjectFiles.text("ARCHITECTURE.md")
    #expect(page.contains(EngineLayers.order.joined(separator: " → ")))
    for layer in EngineLayers.order {
      #expect(page.contains("`Sources/SearchEngine/\(layer)/`"), "no word on \(layer)")
    }
  }

  @Test(arguments: [
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "index/README.md", "seeds/README.md",
  ])
  func linksLeadSomewhere(page: String) throws {
    let folder = page.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for link in Self.links(try ProjectFiles.text(page)) {
      let path = Self.resolve(folder + link)
      #expect(ProjectFiles.exists(path), "\(page) links \(link), which is not there")
    }
  }

  @Test func linksOfTheDocumentationLeadSomewhere() throws {
    for page in ProjectFiles.entries("Sources") where page.hasSuffix(".md") {
      let folder = page.split(separator: "/").dropLast().joined(separator: "/") + "/"
      for link in Self.links(try ProjectFiles.text(page)) {
        #expect(ProjectFiles.exists(Self.resolve(folder + link)), "\(page) links \(link), which is not there")
      }
    }
  }

  @Test func theTwoCommandsOfTheReadmeAreThere() throws {
    let page = try ProjectFiles.text("README.md")
    #expect(page.contains("swift run -c release dossier search \"formaldehyde furniture\""))
    #expect(page.contains("swift test"))
    let script = try ProjectFiles.text(".ci/run")
    let commands = script.split(separator: "\n").filter { $0.hasPrefix("swift ") }
    #expect(commands.first == "swift test", ".ci/run does not begin with the README's way of testing")
  }

  @Test func everyDecisionIsInTheIndex() throws {
    let folder = "Sources/SearchEngine/SearchEngine.docc/Decisions"
    let index = try ProjectFiles.text(folder + "/README.md")
    for path in ProjectFiles.entries(folder) where !path.hasSuffix("README.md") {
      let name = path.split(separator: "/").last ?? ""
      #expect(index.contains("(\(name))"), "Decisions/README.md does not list \(name)")
    }
  }

  /// The third column of the glossary names our types.
  @Test func theGlossaryNamesTypesThatExist() throws {
    let declared = Set(ProjectFiles.sources.flatMap { SwiftText.allTypes($0.code) })
    let page = try ProjectFiles.text("Sources/SearchEngine/SearchEngine.docc/Glossary.md")
    var count = 0
    for row in page.split(separator: "\n") where row.hasPrefix("| ") {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count > 4 else { continue }
      let words = cells[3].split(separator: "`", omittingEmptySubsequences: false)
      for index in words.indices where index % 2 == 1 {
        let type = words[index].prefix { $0 != "." }
        guard type.first?.isUppercase == true, !type.hasPrefix("UInt") else { continue }
        count += 1
        #expect(declared.contains(String(type)), "the glossary names \(type), which nobody declares")
      }
    }
    #expect(count > 40)
  }

  /// Targets of `[text](target)` that are paths: no addresses, no places inside a page.
  static func links(_ text: String) -> [String] {
    text.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
      guard let end = rest.firstIndex(of: ")") else { return nil }
      let target = rest[..<end].prefix { $0 != "#" }
      guard !target.isEmpty, !target.contains("://"), !target.contains(" "), !target.hasPrefix("mailto:") else {
        return nil
      }
      return String(target)
    }
  }

  /// A path without its `..` and `.` parts.
  static func resolve(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
