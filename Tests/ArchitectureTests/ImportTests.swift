import Testing

/// Arrows of the target graph, held against the sources and against Package.swift.
struct ImportTests {
  @Test func everyTargetHasARule() {
    for target in Set(ProjectFiles.sources.map(\.target)).sorted() {
      #expect(ImportRules.allowed[target] != nil, "no import rule for target \(target)")
    }
  }

  @Test func filesImportOnlyWhatTheGraphAllows() {
    let ours = Set(ImportRules.allowed.keys)
    for file in ProjectFiles.sources {
      let allowed = ImportRules.allowed[file.target] ?? []
      for module in SwiftText.imports(file.code).sorted() {
        if ours.contains(module) {
          #expect(allowed.contains(module), "\(file.path) imports \(module), which \(file.target) may not know")
        } else if module == "FoundationEssentials" {
          #expect(ImportRules.foundationEssentials.contains(file.target), "\(file.path) imports \(module)")
        } else {
          #expect(ImportRules.system.contains(module), "\(file.path) imports \(module), which is not of this project")
        }
      }
    }
  }

  @Test func packageDeclaresTheSameGraph() throws {
    let package = SwiftPackageText(try ProjectFiles.text("Package.swift"))
    #expect(!package.dependencies.isEmpty)
    for (target, dependencies) in package.dependencies {
      let allowed = ImportRules.allowed[target] ?? []
      #expect(dependencies.isSubset(of: allowed), "Package.swift gives \(target) \(dependencies.subtracting(allowed))")
    }
    let folders = Set(ProjectFiles.sources.map(\.target))
    #expect(folders.isSubset(of: package.dependencies.keys), "targets without an entry in Package.swift")
  }

  @Test func noPackageIsDependedUpon() throws {
    let text = try ProjectFiles.text("Package.swift")
    #expect(!text.contains(".package("))
    #expect(text.contains("dependencies: []"))
    for flag in ["unsafeFlags", "-Ounchecked"] { #expect(!text.contains(flag), "Package.swift has \(flag)") }
  }

  @Test func onlyStorageCallsTheSystemForTheIndexesFiles() {
    for file in ProjectFiles.sources where ImportRules.withoutFiles.contains(file.target) {
      for line in file.lines {
        for call in ImportRules.fileCalls where SwiftText.calls(call, in: line) {
          Issue.record("\(file.path) calls \(call): an index's files are opened by Storage alone")
        }
      }
    }
  }
}
