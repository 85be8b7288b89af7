import Nabla
import NablaBasics

/// The data that a command line names: a file, or `-` for standard input, read as CSV.
struct DataReader {
  let invocation: Invocation
  let path: String

  /// The name as messages say it.
  var name: String { path == "-" ? "standard input" : invocation.glyphs.worded(path) }

  /// How the file is written down, by the options.
  func format() throws(Failure) -> CSVFormat {
    let arguments = invocation.arguments
    var format = CSVFormat()
    format.hasDecimalCommas = arguments.has(.decimalComma)
    if let given = arguments.value(.columns) { format.columns = invocation.parts(given.text).map(\.value) }
    guard let given = arguments.value(.separator) else { return format }
    switch given.text {
    case "tab", "\\t", "\t": format.separator = .character("\t")
    case "space", " ", "blanks": format.separator = .blanks
    case "comma": format.separator = .character(",")
    case "semicolon": format.separator = .character(";")
    default:
      guard given.text.count == 1, let character = given.text.first, character.isASCII, !character.isLetter,
        !character.isNumber, !"\"+-.#\n\r".contains(character)
      else {
        throw .usage(
          UsageError(
            .badPoint("\(invocation.glyphs.quoted(given.text)) separates no fields"), at: given.argument,
            fix: "one character such as ; or a word: tab, space"))
      }
      format.separator = .character(character)
    }
    return format
  }

  /// Reads the data: `choose` gets the header and says which columns are wanted.
  func read(_ choose: (_ header: [String], _ isMissing: Bool) throws(Failure) -> [Int]) throws(Failure)
    -> Table
  {
    let input: Input
    var descriptor: Int32?
    if path == "-" {
      input = invocation.input
    } else {
      let opened: Int32
      do { opened = try System.open(path) } catch { throw unreadable(error) }
      descriptor = opened
      input = Input(descriptor: opened)
    }
    defer { if let descriptor { System.close(descriptor) } }
    var reader = CSVReader(try format())
    var isChosen = false
    while true {
      if invocation.cancellation.isCancelled { throw .said(.interrupted) }
      let bytes: [UInt8]
      do { bytes = try input.piece() } catch { throw unreadable(error) }
      if bytes.isEmpty { break }
      do { try reader.push(bytes) } catch { throw refused(error) }
      if !isChosen, let header = reader.header {
        let columns = try choose(header, reader.isHeaderMissing)
        do { try reader.use(columns) } catch { throw refused(error) }
        isChosen = true
      }
    }
    do {
      if !isChosen {
        // A file of one line without its end: the header shows itself at the end only.
        try reader.push([UInt8(ascii: "\n")])
        if let header = reader.header { try reader.use(try chosen(choose, header, reader.isHeaderMissing)) }
      }
      return try reader.finish()
    } catch let error as CSVError {
      throw refused(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .said(.notUnderstood)
    }
  }

  private func chosen(
    _ choose: (_ header: [String], _ isMissing: Bool) throws(Failure) -> [Int], _ header: [String],
    _ isMissing: Bool
  ) throws(Failure) -> [Int] { try choose(header, isMissing) }

  private func unreadable(_ failure: System.Failure) -> Failure {
    switch failure {
    case .interrupted: .text(.interrupted)
    case .closed, .refused: .text(.unreadable(name: name, reason: failure.sentence))
    }
  }

  private func refused(_ error: CSVError) -> Failure {
    guard case .notANumber(let text, let column, let place, .decimalCommas) = error else {
      return .formula("\(name): \(error.sentence)")
    }
    let bare = CSVError.notANumber(text, column: column, at: place, remedy: nil)
    return .formula("\(name): \(bare.sentence): --decimal-comma reads it as a number")
  }
}
