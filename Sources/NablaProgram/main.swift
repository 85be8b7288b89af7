import NablaCLI

// The program `nabla`. All that it does is a library, so that tests and fuzzers can link it.
runProcess()
