import QualityRecords
import Testing

@testable import QueryService

struct PageTests {
  @Test("every language has a name of its own")
  func languages() {
    #expect(Set(PageLanguage.allCases.map(\.rawValue)).count == PageLanguage.allCases.count)
  }
}
