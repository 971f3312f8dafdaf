/// What each target may import of ours: the graph of ARCHITECTURE.md. A target may use less.
enum ImportRules {
  static let allowed: [String: Set<String>] = [
    "CKernels": [],
    "BitPacking": [],
    "TextAnalysis": [],
    "JSONText": [],
    "Digests": [],
    "QueryLanguage": [],
    "Evaluation": [],
    "CLinux": [],
    "HTTPServer": ["CLinux"],
    "Storage": ["CKernels"],
    "Records": ["JSONText"],
    "SearchEngine": [
      "Storage", "BitPacking", "TextAnalysis", "Records", "QueryLanguage", "JSONText", "Digests", "CKernels",
    ],
    "QualityRecords": ["SearchEngine", "Records", "QueryLanguage", "JSONText", "Digests", "Evaluation"],
    "QueryService": ["QualityRecords", "SearchEngine", "Records", "HTTPServer", "JSONText", "Digests"],
    "dossier": [
      "QualityRecords", "SearchEngine", "QueryService", "HTTPServer", "Evaluation", "Records", "QueryLanguage",
      "JSONText",
      "Storage", "TextAnalysis",
    ],
    "dossier-bench": [
      "SearchEngine", "QualityRecords", "Records", "QueryService", "HTTPServer", "Evaluation", "TextAnalysis",
      "JSONText", "QueryLanguage",
      "Storage", "BitPacking",
    ],
    "dossier-fuzz": ["SearchEngine", "HTTPServer", "Storage", "Records", "QueryLanguage", "JSONText"],
    "dossier-faults": ["SearchEngine", "Storage", "Records", "JSONText"],
    "generate-tables": [],
    "generate-records": ["JSONText"],
  ]

  /// Modules of the toolchain that any target may import.
  static let system: Set<String> = ["Synchronization", "Dispatch", "Glibc", "Musl", "Darwin", "Builtin"]

  /// Targets that may take FoundationEssentials. The binary must start in milliseconds, and all of Foundation brings 30 MB
  /// of tables with it, so that nobody may import that.
  static let foundationEssentials: Set<String> = ["dossier", "dossier-bench", "generate-tables", "generate-records"]

  /// Targets that never ask the operating system for a file: the engine goes through `Storage`, so that crash simulator,
  /// fault injector and the real thing are one code; the leaves know no files. Users' own files are another matter.
  static let withoutFiles: Set<String> = [
    "SearchEngine", "TextAnalysis", "QueryLanguage", "JSONText", "Digests", "Evaluation", "BitPacking", "HTTPServer",
  ]

  static let fileCalls = [
    "fopen", "mmap", "munmap", "openat", "fsync", "flock", "ftruncate", "unlink", "renameat",
  ]
}
