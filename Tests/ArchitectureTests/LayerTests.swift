import Testing

/// The order of the engine's folders: nothing looks up.
struct LayerTests {
  @Test func everyFolderIsALayer() {
    for folder in ProjectFiles.folders("Sources/SearchEngine") {
      let layer = String(folder.split(separator: "/")[2])
      #expect(EngineLayers.order.contains(layer), "Sources/SearchEngine/\(layer) is in no place of the layer order")
    }
    for file in ProjectFiles.sources where file.target == "SearchEngine" {
      #expect(EngineLayers.layer(of: file.path) != nil, "\(file.path) is in no layer")
    }
  }

  @Test func filesNameTypesOfTheirOwnOrLowerLayers() {
    let rank = Dictionary(uniqueKeysWithValues: EngineLayers.order.enumerated().map { ($1, $0) })
    var declared: [String: (rank: Int, file: String)] = [:]
    let files = ProjectFiles.sources.compactMap { file in
      EngineLayers.layer(of: file.path).flatMap { rank[$0] }.map { (file: file, rank: $0) }
    }
    for (file, rank) in files {
      for name in SwiftText.topLevelTypes(file.code) {
        if let other = declared[name] { Issue.record("\(name) is declared in \(other.file) and in \(file.path)") }
        declared[name] = (rank, file.path)
      }
    }
    #expect(declared.count > 20)
    var seen: Set<Int> = []
    for (file, rank) in files {
      for name in SwiftText.usedTypes(file.code).sorted() {
        guard let type = declared[name], type.rank > rank else { continue }
        let isKnot = EngineLayers.knots.firstIndex { file.path.hasSuffix($0.file) && $0.type == name }
        if let isKnot { seen.insert(isKnot) }
        #expect(
          isKnot != nil,
          "\(file.path) names \(name) of the higher layer \(EngineLayers.order[type.rank]) (\(type.file))")
      }
    }
    for (index, knot) in EngineLayers.knots.enumerated() {
      #expect(seen.contains(index), "\(knot.file) no longer names \(knot.type): take it off the list")
    }
  }
}
