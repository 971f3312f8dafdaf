#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

do {
  exit(try GeneratorCommand(CommandLine.arguments.dropFirst()).run())
} catch let error as GeneratorCommand.UsageError {
  try? ByteOutput.toStandardError("generate-records: \(error)\n\(GeneratorCommand.usage)")
  exit(2)
} catch {
  try? ByteOutput.toStandardError("generate-records: \(error)\n")
  exit(5)
}
