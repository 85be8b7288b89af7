import NablaBasics

/// Runs the command line of this process, and ends it with the exit.
package func runProcess() -> Never {
  System.watchSignals()
  var environment: NameTable<String> = [:]
  for name in ["NO_COLOR", "FORCE_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG"] {
    environment[name] = System.environment(name)
  }
  System.end(
    run(
      arguments: Array(CommandLine.arguments.dropFirst()), environment: environment,
      input: Input(descriptor: System.input), output: Output(descriptor: System.output),
      errors: Output(descriptor: System.errors), cancellation: System.interruption))
}
