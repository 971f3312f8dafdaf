import SearchEngine
import Storage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "index": try BenchIndex(Array(arguments.dropFirst())).run()
  case "query": try BenchQuery(Array(arguments.dropFirst())).run()
  case "passages": try BenchPassages(Array(arguments.dropFirst())).run()
  case "micro": try BenchMicro(Array(arguments.dropFirst())).run()
  case "tune": try BenchTuning(Array(arguments.dropFirst())).run()
  case "join": try BenchJoin(Array(arguments.dropFirst())).run()
  case "jobs": try BenchJobs(Array(arguments.dropFirst())).run()
  case "shapes": try BenchShapes(Array(arguments.dropFirst())).run()
  case "serve": try BenchServe(Array(arguments.dropFirst())).run()
  case "rungs": try BenchRungs(Array(arguments.dropFirst())).run()
  case "rank": try BenchRanking(Array(arguments.dropFirst())).run()
  case "grow": try BenchGrow(Array(arguments.dropFirst())).run()
  case "compare": try BenchCompare(Array(arguments.dropFirst())).run()
  case "names": try BenchNames(Array(arguments.dropFirst())).run()
  default:
    throw BenchError(
      """
      usage: dossier-bench index --jsonl FILE --out DIR [--threads N] [--memory MB]
             dossier-bench query DIR
             dossier-bench passages DIR [--runs N] [QUERY…]
             dossier-bench micro [DIR WORD WORD]
             dossier-bench join DIR
             dossier-bench rank --docs FILE --queries FILE --qrels FILE [--all] [--known-item] [--quick]
             dossier-bench tune --collection DOCS QUERIES QRELS … [--guard DOCS QUERIES QRELS …]
                                [--seed N] [--folds N] [--rounds N]
             dossier-bench jobs DIR [--runs N] [--only TEXT] [--query TEXT] [--slowest N]
             dossier-bench shapes DIR [--runs N]
             dossier-bench serve PORT [--connections N] [--seconds N] [QUERY…]
             dossier-bench rungs DIR [--runs N] [QUERY…]
             dossier-bench rank --docs FILE --queries FILE --qrels FILE [--all] [--known-item]
             dossier-bench names FILE
             dossier-bench grow --generator PROGRAM --dir DIR [--sizes N,N,…] [--memory MB] [--runs N] [--results DIR]
             dossier-bench compare A B
      """)
  }
} catch {
  let message = "dossier-bench: \(error)\n"
  _ = message.utf8CString.withUnsafeBytes { write(2, $0.baseAddress, $0.count - 1) }
  exit(2)
}
