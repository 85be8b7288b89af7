import Foundation
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The program on a terminal of its own: what is typed in one piece, what is sent to the screen, what it leaves behind.
@Suite(.serialized) struct TerminalTests {
  /// A program on a pseudo-terminal.
  private final class Conversation {
    private let terminal: Int32
    private let inside: Int32
    private let process = Foundation.Process()
    private(set) var shown = ""

    init(_ arguments: [String] = ["repl"], type: String?) throws {
      var ends: (terminal: Int32, program: Int32) = (-1, -1)
      try #require(openpty(&ends.terminal, &ends.program, nil, nil, nil) == 0)
      (terminal, inside) = ends
      _ = fcntl(terminal, F_SETFL, O_NONBLOCK)
      process.executableURL = Self.folder.appending(path: "nabla")
      process.arguments = arguments
      process.environment = ["LC_ALL": "C.UTF-8"].merging(type.map { ["TERM": $0] } ?? [:]) { $1 }
      let handle = FileHandle(fileDescriptor: inside)
      (process.standardInput, process.standardOutput, process.standardError) = (handle, handle, handle)
      // The threads of tests hold signals back, and a program begins with what its thread holds back.
      var (none, held) = (sigset_t(), sigset_t())
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &held)
      defer { pthread_sigmask(SIG_SETMASK, &held, nil) }
      try process.run()
    }

    deinit {
      if process.isRunning { process.terminate() }
      close(inside)
      close(terminal)
    }

    /// Where the programs of the package are built.
    private static var folder: URL {
      let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      return tests?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }

    /// Whether the terminal shows what is typed and gives whole lines, as a shell expects.
    var isOrderly: Bool {
      var settings = termios()
      guard tcgetattr(inside, &settings) == 0 else { return false }
      return [ECHO, ICANON, ISIG].allSatisfy { settings.c_lflag & tcflag_t($0) != 0 }
        && settings.c_iflag & tcflag_t(ICRNL) != 0
    }

    func type(_ text: String) {
      let bytes = Array(text.utf8)
      _ = write(terminal, bytes, bytes.count)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until a text is shown, or for its exit.
    func wait(for text: String) -> Bool { wait { $0.shown.contains(text) } }
    func waitForExit() -> Bool { wait { !$0.process.isRunning } }

    private func wait(until isSo: (Conversation) -> Bool) -> Bool {
      for _ in 0..<1000 {
        read()
        if isSo(self) {
          read()
          return true
        }
        usleep(10_000)
      }
      return false
    }

    private func read() {
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = bytes.withUnsafeMutableBytes { Foundation.read(terminal, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        shown += String(decoding: bytes[..<count], as: UTF8.self)
      }
    }

    /// How it ended: a signal, or an exit.
    var end: (reason: Foundation.Process.TerminationReason, status: Int32) {
      (process.terminationReason, process.terminationStatus)
    }
  }

  @Test("Lines that come in one piece run one after the other", arguments: ["xterm", "dumb"])
  func severalLines(type: String) throws {
    let conversation = try Conversation(type: type)
    try #require(conversation.wait(for: ":help"))
    conversation.type("a = 7\rb = 8\ra b\r")
    #expect(conversation.wait(for: "56"), "\(conversation.shown)")
    conversation.type("a + b\r:quit\r")
    #expect(conversation.waitForExit())
    #expect(conversation.shown.contains("15"), "\(conversation.shown)")
    #expect(conversation.isOrderly)
  }

  @Test(
    "A signal that ends the program leaves the terminal as it was", arguments: [SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    let conversation = try Conversation(type: "xterm")
    try #require(conversation.wait(for: ":help") && conversation.wait(for: "\u{1B}[?2004h"))
    #expect(!conversation.isOrderly)
    conversation.signal(number)
    try #require(conversation.waitForExit())
    #expect(conversation.isOrderly)
    #expect(conversation.shown.hasSuffix("\u{1B}[?2004l"))
    #expect(conversation.end == (.uncaughtSignal, number))
  }

  @Test("A terminal that takes no codes gets none, and edits its lines itself", arguments: ["dumb", "", nil])
  func withoutCodes(type: String?) throws {
    let conversation = try Conversation(type: type)
    try #require(conversation.wait(for: ":help") && conversation.wait(for: "∇ "))
    #expect(conversation.isOrderly)
    conversation.type("f(x) = (x +\n1)\nf(5)\n3 +\n:clear\n:help\n")
    #expect(conversation.wait(for: "any command, without quotes"))
    #expect(conversation.shown.contains("f(x) = x + 1") && conversation.shown.contains("∇ 6\r\n"))
    #expect(conversation.shown.contains("something is missing after ‘+’"))
    conversation.type("\u{4}")
    try #require(conversation.waitForExit())
    #expect(conversation.end == (.exit, 0))
    #expect(!conversation.shown.contains("\u{1B}") && !conversation.shown.contains("Ctrl-R"))
  }

  @Test("The tour of a terminal that takes no codes is printed")
  func tourWithoutCodes() throws {
    let conversation = try Conversation(["tour"], type: "dumb")
    try #require(conversation.waitForExit())
    #expect(conversation.shown.contains("10/10") && !conversation.shown.contains("\u{1B}"))
  }

  @Test("A pasted text defines what its lines define")
  func bracketedPaste() throws {
    let conversation = try Conversation(type: "xterm")
    try #require(conversation.wait(for: ":help"))
    conversation.type("\u{1B}[200~f(x) = x^2\rg = 3\rf(g)\u{1B}[201~\rf(5)\r")
    #expect(conversation.wait(for: "25"), "\(conversation.shown)")
    conversation.type("h(x) = x^2 +\r3x\rh(2)\r")
    #expect(conversation.wait(for: "10"), "\(conversation.shown)")
    conversation.type("k(x, y) = x^2\r  - 4xy\rk(1, 20)\r")
    #expect(conversation.wait(for: "−79"), "\(conversation.shown)")
    conversation.type(":quit\r")
    #expect(conversation.waitForExit())
  }
}
