// swift-tools-version: 6.1
import PackageDescription

/// Settings of every Swift target: existentials are spelled `any`, and a member may be used only where its module is imported.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tool(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

// Arrows point to what may be imported; the leaves import nothing of ours. ARCHITECTURE.md draws this graph,
// and ArchitectureTests compares the two.
let package = Package(
  name: "dossier",
  products: [
    .library(name: "SearchEngine", targets: ["SearchEngine"]),
    .executable(name: "dossier", targets: ["dossier"]),
    .executable(name: "dossier-bench", targets: ["dossier-bench"]),
  ],
  dependencies: [],
  targets: [
    .target(name: "CKernels"),
    library("Storage", ["CKernels"]),
    library("BitPacking"),
    library("TextAnalysis"),
    library("JSONText"),
    library("Digests"),
    library("QueryLanguage"),
    .systemLibrary(name: "CLinux"),
    library("HTTPServer", ["CLinux"]),
    library("Evaluation"),
    library("Records", ["JSONText"]),
    library(
      "SearchEngine",
      ["Storage", "BitPacking", "TextAnalysis", "Records", "QueryLanguage", "JSONText", "Digests", "CKernels"]),
    library("QualityRecords", ["SearchEngine", "Records", "QueryLanguage", "JSONText", "Digests", "Evaluation"]),
    library("QueryService", ["QualityRecords", "SearchEngine", "Records", "HTTPServer", "JSONText", "Digests"]),
    tool(
      "dossier",
      [
        "QualityRecords", "SearchEngine", "QueryService", "HTTPServer", "Storage", "TextAnalysis", "Evaluation",
        "Records", "QueryLanguage", "JSONText",
      ]),
    tool(
      "dossier-bench",
      [
        "SearchEngine", "QualityRecords", "Evaluation", "Storage", "BitPacking", "TextAnalysis", "Records",
        "QueryLanguage", "JSONText",
      ]),
    tool(
      "dossier-fuzz",
      ["SearchEngine", "HTTPServer", "Storage", "Records", "QueryLanguage", "JSONText"]),
    tool("dossier-faults", ["SearchEngine", "Storage", "Records", "JSONText"]),
    tool("generate-tables"),
    tool("generate-records", ["JSONText"]),
    tests("BitPackingTests", ["BitPacking"]),
    tests("StorageTests", ["Storage"]),
    tests("HTTPServerTests", ["HTTPServer"]),
    tests("TextAnalysisTests", ["TextAnalysis"], exclude: ["Fixtures"]),
    tests("JSONTextTests", ["JSONText"]),
    tests("DigestsTests", ["Digests"]),
    tests("QueryLanguageTests", ["QueryLanguage"]),
    tests("EvaluationTests", ["Evaluation"]),
    tests("RecordsTests", ["Records", "JSONText"], exclude: ["Fixtures"]),
    tests("SearchEngineTests", ["SearchEngine", "Storage", "TextAnalysis", "Records", "QueryLanguage", "JSONText"]),
    tests(
      "QualityRecordsTests", ["QualityRecords", "SearchEngine", "Evaluation", "Storage", "Records", "JSONText"],
      exclude: ["Golden"]),
    tests(
      "QueryServiceTests", ["QueryService", "QualityRecords", "SearchEngine", "HTTPServer", "JSONText"],
      exclude: ["Scripts"]),
    tests("CommandLineTests", ["dossier", "JSONText"], exclude: ["Journeys", "PublicJourneys"]),
    tests("BenchTests", ["dossier-bench", "JSONText"], exclude: ["Scripts"]),
    tests("FuzzTests", ["dossier-fuzz"], exclude: ["Corpus"]),
    tests("ArchitectureTests", []),
  ]
)
