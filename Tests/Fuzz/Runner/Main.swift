import FoundationEssentials
import Fuzzing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

#if FUZZING
/// The law that `NABLA_FUZZ_TARGET` names.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["NABLA_FUZZ_TARGET"] ?? "formulas"
  guard let target = FuzzTarget.named(name) else { fatalError("there is no law ‘\(name)’") }
  return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  if let trouble = target.trouble(text) {
    fatalError("\(target.name): \(text.debugDescription)\n  \(trouble)")
  }
  return 0
}
#else
/// The harness without libFuzzer.
///
///     nabla-fuzz replay                              every text of the corpora
///     nabla-fuzz formulas --runs 1000000 --start 7   random texts; each finding with the run that repeats it
///     nabla-fuzz seeds FOLDER                        a corpus for each law and a dictionary, for libFuzzer
@main struct Main {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let word = arguments.isEmpty ? "replay" : arguments.removeFirst()
    func number(_ option: String, _ usual: Int) -> Int {
      guard let place = arguments.firstIndex(of: option), place + 1 < arguments.count else { return usual }
      return Int(arguments[place + 1]) ?? usual
    }
    if word == "replay" {
      print("\(Corpus.replay()) texts replayed")
      return
    }
    if word == "seeds", let folder = arguments.first {
      for target in FuzzTarget.all { Corpus.write(target, in: folder) }
      return
    }
    guard let target = FuzzTarget.named(word) else {
      print(
        "nabla-fuzz replay | seeds FOLDER | \(FuzzTarget.all.map(\.name).joined(separator: " | ")) [--runs N] [--start N] [--from RUN]"
      )
      exit(2)
    }
    let (start, from, runs) = (number("--start", 1), number("--from", 0), number("--runs", 10_000))
    let samples = Samples.formulas
    if arguments.contains("--show") {
      for run in from..<from + runs {
        print(target.text(of: run, start: UInt64(start), samples: samples).debugDescription)
      }
      return
    }
    var findings = 0
    let stretch = 10_000
    var first = from
    while first < from + runs {
      let end = min(from + runs, first + stretch)
      target.search(start: UInt64(start), runs: first..<end, samples: samples) { finding in
        findings += 1
        print("\(target.name) --start \(start) --from \(finding.run) --runs 1\n\(finding)")
      }
      first = end
    }
    print("\(target.name): \(runs) runs from \(from), start \(start): \(findings) findings")
    exit(findings == 0 ? 0 : 1)
  }
}
#endif

/// The texts kept beside the harness: one a file, by the law that they once broke.
enum Corpus {
  static func texts(of target: FuzzTarget) -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus").appending(path: target.name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { try? String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
  }

  static func replay() -> Int {
    var count = 0
    for target in FuzzTarget.all {
      for text in texts(of: target) + Samples.formulas {
        count += 1
        if let trouble = target.trouble(text) {
          print("\(target.name): \(text.debugDescription)\n  \(trouble)")
          exit(1)
        }
      }
    }
    return count
  }

  /// Writes the texts of a law, our samples and two hundred drawn ones into a folder, a file each, and its words beside it.
  static func write(_ target: FuzzTarget, in folder: String) {
    let place = URL(filePath: folder).appending(path: target.name)
    let drawn = (0..<200).map { target.text(of: $0, start: 1, samples: Samples.formulas) }
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (number, text) in (texts(of: target) + Samples.formulas + drawn).enumerated() {
        try Data(text.utf8).write(to: place.appending(path: "\(number)"))
      }
      let words = target.words.map { "\"" + $0.utf8.map(escaped).joined() + "\"\n" }.joined()
      try Data(words.utf8).write(to: URL(filePath: folder).appending(path: "\(target.name).dictionary"))
    } catch {
      print("\(folder): \(error)")
      exit(1)
    }
  }

  /// A byte as libFuzzer's dictionaries write it.
  private static func escaped(_ byte: UInt8) -> String {
    let isPlain = (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    if isPlain { return String(UnicodeScalar(byte)) }
    return (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16)
  }
}
