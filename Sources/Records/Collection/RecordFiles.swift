/// What the paths of a command line hold: files to be read, and what goes with them.
public struct RecordFiles: Hashable, Sendable {
  public var inputs: [RecordInput] = []
  /// Paths of the last collection's own thesaurus and targets.
  public var thesaurus: String?
  public var targets: String?
  /// Paths of files that say how others are read, or that are folded into them: mappings and the files of their folds.
  public private(set) var companions: Set<String> = []
  /// Whether a collection file says which files are read.
  public private(set) var isCollection = false

  /// Extensions of the files that are taken from a folder without a collection file.
  public static let extensions: Set<String> = [
    "jsonl", "ndjson", "json", "csv", "tsv", "md", "markdown", "txt", "html", "htm", "xml", "docx", "xlsx", "pdf",
  ]

  /// Finds the files of paths: a file, a folder with a `collection.json`, a folder of files that are taken by their
  /// extension (`README*` is passed over), or `-` for standard input.
  /// - Parameters:
  ///   - kind: for records whose file, mapping and collection say none.
  ///   - mappingPath: a mapping for all files; it takes the place of those that a collection names.
  /// - Throws: `RecordError` for a path that is not there, a collection or mapping that cannot be used, and a
  ///   collection's file or pattern that nothing answers to.
  public init(paths: [String], kind: String? = nil, mappingPath: String? = nil) throws(RecordError) {
    var given: RecordInput?
    if let mappingPath {
      given = RecordInput(
        path: "", kind: kind, mapping: try Self.mapping(mappingPath, kind: kind),
        mappingFolder: FilePath.folder(of: mappingPath))
    }
    for path in paths {
      if path == "-" || !FolderListing.isFolder(path) {
        var input = given ?? RecordInput(path: path, kind: kind)
        input.path = path
        inputs.append(input)
      } else if FolderListing.exists(FilePath.joined(path, RecordCollection.fileName)) {
        try addCollection(in: path, kind: kind, given: given)
      } else {
        for name in try FolderListing.files(in: path)
        where Self.extensions.contains(FilePath.fileExtension(of: FilePath.unpacked(name)))
          && !FilePath.name(of: name).uppercased().hasPrefix("README")
        {
          var input = given ?? RecordInput(path: "", kind: kind)
          input.path = FilePath.joined(path, name)
          inputs.append(input)
        }
      }
    }
  }

  private mutating func addCollection(in folder: String, kind: String?, given: RecordInput?) throws(RecordError) {
    isCollection = true
    let file = FilePath.joined(folder, RecordCollection.fileName)
    let collection = try RecordCollection(parsing: try TextFile.read(file), file: file)
    var listing: [String]?
    var mappings: [String: Mapping] = [:]
    var taken: Set<String> = []
    for entry in collection.entries {
      var names = [entry.pattern]
      if PathPattern.isPattern(entry.pattern) {
        if listing == nil { listing = try FolderListing.files(in: folder) }
        let pattern = PathPattern(entry.pattern)
        names = (listing ?? []).filter { pattern.matches($0) && $0 != RecordCollection.fileName }
      }
      names = names.filter { FolderListing.exists(FilePath.joined(folder, $0)) }
      guard !names.isEmpty else {
        throw RecordError(
          .configuration, file: file, message: "no file answers to \"\(entry.pattern)\"; take it out or put it there")
      }
      var input = given ?? RecordInput(path: "", kind: entry.kind ?? kind)
      input.kind = entry.kind ?? kind
      input.format = entry.format
      if given == nil, let name = entry.mapping {
        let path = FilePath.joined(folder, name)
        let key = "\(path)|\(entry.kind ?? "")"
        if mappings[key] == nil { mappings[key] = try Self.mapping(path, kind: entry.kind) }
        input.mapping = mappings[key]
        input.mappingFolder = FilePath.folder(of: path)
        companions.insert(path)
      }
      for name in names {
        input.path = FilePath.joined(folder, name)
        for fold in input.mapping?.folds ?? [] {
          for place in [FilePath.folder(of: input.path), input.mappingFolder ?? folder] {
            companions.insert(FilePath.joined(place, fold.path))
          }
        }
        // An earlier entry that names the file has said what it is.
        if taken.insert(input.path).inserted { inputs.append(input) }
      }
    }
    if let path = collection.thesaurus { thesaurus = FilePath.joined(folder, path) }
    if let path = collection.targets { targets = FilePath.joined(folder, path) }
  }

  /// Every file of a folder and the folders inside it, whether or not a reader takes it; names that begin with a dot are
  /// left out.
  /// - Throws: `RecordError` when a folder cannot be read.
  public static func everyFile(in folder: String) throws(RecordError) -> [String] {
    try FolderListing.files(in: folder).map { FilePath.joined(folder, $0) }
  }

  private static func mapping(_ path: String, kind: String?) throws(RecordError) -> Mapping {
    try Mapping(parsing: try TextFile.read(path), file: path, kind: kind)
  }
}

/// A small text file, read whole.
enum TextFile {
  /// Bytes of a mapping or collection file; a thousand times what people write.
  static let maximumLength = 16 << 20

  /// - Throws: `RecordError` when it cannot be read, is too large or is not UTF-8.
  static func read(_ path: String) throws(RecordError) -> String {
    let source = try FileByteSource(path: path)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      guard count > 0 else { break }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      guard bytes.count <= maximumLength else {
        throw RecordError(.tooLarge, file: path, message: "expected at most \(maximumLength >> 20) MB")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RecordError(.unreadable, file: path, message: "expected UTF-8 text")
    }
    return text
  }
}
