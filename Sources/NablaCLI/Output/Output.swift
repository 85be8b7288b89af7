/// Where text goes: collected, sent on in large pieces, and every failure remembered.
///
///     let output = Output { bytes throws(System.Failure) in try System.write(bytes, to: 1) }
///     output.write("∇f")
///     output.flush()
///     output.failure   // nil
///
/// After a failure nothing more is sent.
package final class Output {
  /// Why the text did not arrive.
  package enum Failure: Hashable, Sendable {
    /// The reader at the other end of the pipe has gone; nobody needs to be told.
    case closed
    /// The reason in words, such as “no space left on the device”.
    case refused(String)
  }

  /// Whether a person looks at it.
  package let isTerminal: Bool
  /// The cells of a line where it is a terminal that says so; a window can change while one looks at it.
  package var columns: Int? { measure().columns }
  /// Its lines, likewise.
  package var rows: Int? { measure().rows }
  private let measure: () -> (columns: Int?, rows: Int?)
  /// Whether a part of the answer was too long to be printed.
  package var isCutOff = false
  /// The first failure.
  package private(set) var failure: Failure?
  private var waiting: [UInt8] = []
  private let send: ([UInt8]) -> Failure?

  /// An output whose pieces go to a closure, which says what went wrong.
  package convenience init(
    isTerminal: Bool = false, columns: Int? = nil, rows: Int? = nil, send: @escaping ([UInt8]) -> Failure?
  ) {
    self.init(isTerminal: isTerminal, measure: { (columns, rows) }, send: send)
  }

  private init(
    isTerminal: Bool, measure: @escaping () -> (columns: Int?, rows: Int?),
    send: @escaping ([UInt8]) -> Failure?
  ) {
    self.isTerminal = isTerminal
    self.measure = measure
    self.send = send
  }

  /// An output of the process.
  convenience init(descriptor: Int32) {
    let isTerminal = System.isTerminal(descriptor)
    self.init(isTerminal: isTerminal, measure: { isTerminal ? System.size(descriptor) : (nil, nil) }) {
      bytes in
      do throws(System.Failure) {
        try System.write(bytes, to: descriptor)
        return nil
      } catch {
        switch error {
        case .closed: return .closed
        case .interrupted: return .refused("interrupted")
        case .refused(let sentence): return .refused(sentence)
        }
      }
    }
  }

  /// Adds text; it is sent when enough has come together or at `flush`.
  package func write(_ text: String) {
    guard failure == nil else { return }
    waiting.append(contentsOf: text.utf8)
    if waiting.count >= 1 << 16 { flush() }
  }

  /// Sends what waits.
  package func flush() {
    guard failure == nil, !waiting.isEmpty else { return }
    failure = send(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
