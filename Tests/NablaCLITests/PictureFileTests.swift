import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Pictures as files: an XML parser that is not ours reads them, and they are the same in every run.
@Suite struct PictureFileTests {
  private final class Listener: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements[name, default: 0] += 1
    }
  }

  private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples").path

  @Test(
    "The pictures of the samples are what is drawn, byte for byte; .ci/pictures PROGRAM --record draws them anew"
  )
  func samplePictures() throws {
    let folder = URL(filePath: Self.samples).appending(path: "pictures")
    let lines = String(decoding: try Data(contentsOf: folder.appending(path: "commands.txt")), as: UTF8.self)
      .split(separator: "\n").filter { $0.hasPrefix("nabla ") }
    #expect(lines.count >= 8)
    for line in lines {
      var arguments = try #require(ShellLine(String(line))).arguments
      let name = try #require(arguments.last)
      let file = FileManager.default.temporaryDirectory.appending(
        path: "nabla-\(UInt64.random(in: 0 ... .max))-\(name)")
      defer { try? FileManager.default.removeItem(at: file) }
      arguments[arguments.count - 1] = file.path
      arguments = arguments.map { $0 == "samples/growth.csv" ? Self.samples + "/growth.csv" : $0 }
      _ = nabla(arguments)
      let drawn = try Data(contentsOf: file)
      #expect(drawn == (try Data(contentsOf: folder.appending(path: name))), "\(name)")
    }
  }

  @Test("Of many starts the picture says how many lead where")
  func starts() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "nabla-\(UInt64.random(in: 0 ... .max)).html")
    defer { try? FileManager.default.removeItem(at: file) }
    _ = nabla([
      "minimize", "(x^2+y-11)^2+(x+y^2-7)^2", "--starts", "12", "--within", "-5..5", "-o", file.path,
    ])
    let page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(page.firstMatch(of: #/[0-9]+ of 12 starts to \(3, 2\)/#) != nil)
    #expect(page.contains("<legend>Paths</legend>") && !page.contains("<legend>Methods</legend>"))
    #expect(page.contains("<span>bounds</span>"))
  }

  private static let commands: [[String]] = [
    ["plot", "x^2 + 5x + 6"], ["plot", "tan x"], ["plot", "1/x"], ["plot", "ln x"], ["plot", "sin(1/x)"],
    ["plot", "3x^2 + 8xy - 3y^5"], ["plot", "3x^2 + 8xy - 3y^5", "--surface"],
    ["plot", "sqrt(1 - x^2 - y^2)"], ["plot", "if(x < 1, x, 2)"], ["plot", "floor(x) + y", "--surface"],
    ["plot", "(x - 1e9)^2"], ["plot", "x^3 - 1000x", "--field"],
    ["plot", "x y", "--theme", "dark", "--size", "400x300"],
    ["fit", "y = a exp(b t)", samples + "/growth.csv"],
    ["compare", "x^2 + 10y^2", "--from", "4,1", "--methods", "gd,momentum,newton"],
    ["minimize", "x^2 + 5x + 6", "--from", "-8", "--method", "gd", "--rate", "0.1", "--steps", "15"],
    ["minimize", "x^2 + y^2 + z^2", "--from", "1,2,3", "--method", "gd", "--rate", "0.1"],
  ]

  @Test(arguments: commands)
  func picturesAreXML(command: [String]) throws {
    let name = "nabla-\(UInt64.random(in: 0 ... .max)).svg"
    let file = FileManager.default.temporaryDirectory.appending(path: name)
    defer { try? FileManager.default.removeItem(at: file) }
    let said = nabla(command + ["-o", file.path])
    #expect(said.exit != 2, "\(said.remarks)")
    let data = try Data(contentsOf: file)
    let parser = XMLParser(data: data)
    let listener = Listener()
    parser.delegate = listener
    let isRead = parser.parse()
    #expect(isRead, "\(String(describing: parser.parserError))")
    #expect(listener.elements["svg"] == 1)
    #expect(listener.elements["title"] == 1)
    #expect(listener.elements["script"] == nil)
    _ = nabla(command + ["-o", file.path])
    let again = try Data(contentsOf: file)
    #expect(again == data)
  }
}
