import Records
import Storage
import TextAnalysis

/// Builds a segment's stem table from its written dictionary and postings: decoding blocks is faster than reading streams
/// back, and a flush and a merge then do the same thing.
enum StemTableBuilder {
  /// Writes the table of a segment whose other files are written. Throws what reading and writing throw.
  /// Cost: one pass over the dictionary, and over the documents of terms that share their stem with another.
  static func build(
    _ fileSystem: any FileSystem, _ entry: SegmentEntry, schema: Schema, index: UInt64
  ) throws(IndexError) -> FileEntry {
    let reader = try SegmentReader(fileSystem, entry, schema: schema, index: index)
    let stemmer = Porter2()
    let writer = try StemTableWriter(
      fileSystem, name: SegmentEntry.fileName(entry.id, .stemTable),
      identity: FileIdentity(index: index, segment: entry.id))
    var words = [UInt64](repeating: 0, count: (Int(entry.documentCount) + 63) / 64)
    let cursor = reader.dictionary.cursor()
    var isOn = try cursor.next()
    // A stem begins with the letter of its forms: a letter's terms are in memory at once, no more.
    while isOn, let first = cursor.term.first {
      var pairs: [Pair] = []
      while isOn, cursor.term.first == first {
        if Porter2.stems(cursor.term) {
          let form = Array(cursor.term)
          pairs.append(Pair(stem: stem(form, stemmer), term: form, info: try cursor.info()))
        }
        isOn = try cursor.next()
      }
      for group in groups(&pairs) {
        try writer.add(
          StemEntry(
            stem: group.stem, documentFrequency: try union(group.forms.map(\.info), reader, &words),
            forms: group.forms.map(\.term)))
      }
    }
    return try writer.finish()
  }

  private struct Pair {
    let stem: [UInt8]
    let term: [UInt8]
    let info: TermInfo
  }

  private struct Group {
    let stem: [UInt8]
    var forms: [(term: [UInt8], info: TermInfo)]
  }

  /// The stems worth an entry, in byte order: of two forms or more, or of one that is not the stem itself.
  private static func groups(_ pairs: inout [Pair]) -> [Group] {
    pairs.sort { left, right in
      left.stem == right.stem
        ? left.term.lexicographicallyPrecedes(right.term) : left.stem.lexicographicallyPrecedes(right.stem)
    }
    var groups: [Group] = []
    for pair in pairs {
      if groups.last?.stem == pair.stem, groups[groups.count - 1].forms.count < StemTableFormat.maximumForms {
        groups[groups.count - 1].forms.append((pair.term, pair.info))
      } else if groups.last?.stem != pair.stem {
        groups.append(Group(stem: pair.stem, forms: [(pair.term, pair.info)]))
      }
    }
    return groups.filter { $0.forms.count > 1 || $0.forms[0].term != $0.stem }
  }

  private static func stem(_ form: [UInt8], _ stemmer: Porter2) -> [UInt8] {
    var bytes = form
    let length = bytes.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { stemmer.stem($0, count: buffer.count) } ?? 0
    }
    return Array(bytes.prefix(length))
  }

  /// How many documents hold any of the terms. `words` is all zeros before and after.
  private static func union(
    _ infos: [TermInfo], _ reader: SegmentReader, _ words: inout [UInt64]
  ) throws(IndexError) -> UInt32 {
    if infos.count == 1 { return infos[0].documentFrequency }
    var count: UInt32 = 0
    for pass in 0..<2 {
      for info in infos {
        let cursor = try reader.postings(info)
        for block in 0..<cursor.blockCount {
          let postings = try cursor.loadDocuments(block)
          for slot in 0..<postings {
            let document = cursor.documents[slot]
            let bit: UInt64 = 1 &<< UInt64(document & 63)
            let word = Int(document &>> 6)
            if pass == 1 {
              words[word] = 0
            } else if words[word] & bit == 0 {
              words[word] |= bit
              count &+= 1
            }
          }
        }
      }
    }
    return count
  }
}
