import Testing

/// The scanner under the other tests, on text where a careless one goes wrong.
struct SwiftTextTests {
  @Test func commentsAndLiteralsAreBlanked() {
    let text = """
      let a = "try! // no" // try!
      /* TODO /* nested */ still */ let b = #"a " \\ b"#
      let c = "x \\(f("y)") + 1) z"; let d = 1
      """
    #expect(
      SwiftText.withoutCommentsAndStrings(text) == "let a = \"\" \n let b = \"\"\nlet c = \"\"; let d = 1")
  }

  @Test func lineBreaksStay() {
    let text = "let a = \"\"\"\n  one \"two\"\n  \"\"\"\n/*\n*/ struct B {}\n"
    let code = SwiftText.withoutCommentsAndStrings(text)
    #expect(code.filter { $0 == "\n" }.count == text.filter { $0 == "\n" }.count)
    #expect(SwiftText.topLevelTypes(code.replacing("\n ", with: "\n")) == ["B"])
  }

  @Test func declarationsAndUses() {
    let code = """
      @testable import SearchEngine
      public import struct Foundation.URL
      public final class Reader: Base {
        struct Nested {}
      }
      private struct Hidden {}
      indirect enum Tree { case leaf(Reader.Nested) }
      func free(_ struct1: Int) {}
      """
    #expect(SwiftText.imports(code) == ["SearchEngine", "Foundation"])
    #expect(SwiftText.topLevelTypes(code) == ["Reader", "Tree"])
    let used = SwiftText.usedTypes(code)
    #expect(used.contains("Base") && used.contains("Int"))
    #expect(SwiftText.usedTypes("Outer.Inner") == ["Outer"])
  }
}
