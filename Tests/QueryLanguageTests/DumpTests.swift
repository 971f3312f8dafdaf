import Testing
import QueryLanguage
import Glibc
@Suite struct Dump {
  @Test func dump() {
    guard let f = fopen("/tmp/inputs.txt", "r") else { return }
    var line = [CChar](repeating: 0, count: 4096)
    var out = ""
    while fgets(&line, 4096, f) != nil {
      var t = String(cString: line); if t.hasSuffix("\n") { t.removeLast() }
      do {
        let p = try QueryParser.parse(t, today: .init(year: 2026, month: 11, day: 22))
        out += t + " ⇒ " + p.canonical + " ⇒ " + (p.repairs.map(\.code.rawValue) + p.notes.map { "(" + $0.code.rawValue + ")" }).joined(separator: " ") + "\n"
      } catch { out += t + " ⇒ ! ⇒ " + error.code.text + "\n" }
    }
    let o = fopen("/tmp/outputs.txt", "w"); fputs(out, o); fclose(o)
  }
}
