import QualityRecords
import Synchronization

/// Enterprises by queries that differ from call to call, as a day's users ask them: what one answer leaves in the caches
/// helps the next as far as they share words, no further.
extension JobList {
  /// Queries made of few words, shapes and values: call `n` of any run asks the same.
  private final class Questions: Sendable {
    private let state = Mutex<UInt64>(0)

    private static let products = [
      "toys", "furniture", "clothes", "plush toy", "wardrobe", "baby rattle", "cotton shirt", "wooden bed", "balloon",
      "school uniform", "bookcase", "building blocks", "paint", "玩具", "家具", "毛绒玩具", "童车",
    ]
    private static let words = [
      "formaldehyde", "lead", "label", "sealed", "licence", "flammability", "sharp", "invoice", "workshop", "complaint",
      "recall", "phthalate", "sample", "warehouse", "laboratory", "甲醛", "抽样", "标识", "质量档案", "整改",
    ]
    private static let provinces = ["Guangdong", "Zhejiang", "Shandong", "Fujian", "Jiangsu", "Hebei", "Shanghai"]
    private static let years = ["2005", "2006", "2007", "2008", "2007-Q2", "2006-11"]
    private static let severities = ["serious", "critical", "moderate"]

    private var next: UInt64 {
      state.withLock { state in
        // Marsaglia, "Xorshift RNGs", 2003.
        if state == 0 { state = 0x9E37_79B9_7F4A_7C15 }
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 11
      }
    }

    private func one(_ texts: [String]) -> String { texts[Int(next % UInt64(texts.count))] }

    func query() -> String {
      let product = one(Self.products)
      let quoted = product.contains(" ") ? "\"\(product)\"" : product
      return switch next % 8 {
      case 0: one(Self.words)
      case 1: "\(one(Self.words)) \(product)"
      case 2: "\(one(Self.words)) \(one(Self.words))"
      case 3: "product:\(quoted) \(one(Self.words))"
      case 4: "product:\(quoted) province:\(one(Self.provinces))"
      case 5: "product:\(quoted) severity:>=\(one(Self.severities)) date:\(one(Self.years))"
      case 6: "\(one(Self.words)) province:\(one(Self.provinces)) date:\(one(Self.years))"
      default: "\(one(Self.words)) \(one(Self.words)) since:\(one(Self.years))"
      }
    }
  }

  static let asked: [Job] = [
    asked("enterprises, another query each time", by: "score"),
    asked("enterprises by violations, another query each time", by: "violations"),
  ]

  private static func asked(_ name: String, by sort: String) -> Job {
    let questions = Questions()
    return Job(name) { index in
      var options = EnterpriseOptions(questions.query())
      options.sort = sort
      return "\(try index.enterprises(options).search.total) enterprises: \(options.search.query)"
    }
  }
}
