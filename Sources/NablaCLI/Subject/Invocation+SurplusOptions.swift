import Nabla
import NablaNotation

/// Coordinates and ranges that stand behind a formula without the option they belong to.
extension Invocation {
  /// The option that the values behind the formula were meant for; nil where they are no coordinates and no ranges.
  func optionOfSurplus() -> String? {
    let surplus = arguments.values.dropFirst().map(\.text)
    let areRanges = surplus.allSatisfy(isRange)
    guard areRanges || surplus.allSatisfy(isPoint) else { return nil }
    let candidates: [Option] = areRanges ? [.within, .window] : [.at, .from]
    guard let option = candidates.first(where: arguments.command.accepts) else { return nil }
    guard let given = arguments.value(option) else {
      let noun = areRanges ? "a range" : option.name == Option.at.name ? "a point" : "a start"
      return surplus.count == 1 ? "for \(noun), write --\(option.name) \(surplus[0])" : nil
    }
    let whole = ([given.text] + surplus).joined(separator: arguments.has(.decimalComma) ? ";" : ",")
    if let count = variableCount(), parts(whole).count <= count {
      return "a blank ends a value: write --\(option.name) \(UsageError.asTyped(whole))"
    }
    if surplus.count == 1, arguments.command.accepts(.order), !arguments.has(.order),
      let order = Int(surplus[0]), case .integer(let range) = Option.order.value, range.contains(order)
    {
      return "for the order, write --order \(order)"
    }
    return "--\(option.name) is given already"
  }

  /// How many variables the formula has; nil where it cannot be read.
  private func variableCount() -> Int? {
    guard let options = try? readingOptions(), let text = arguments.values.first?.text else { return nil }
    return (try? Formula(process.preamble + text, options: options))?.variables.count
  }

  /// `3`, `1,2`, `x=1,y=2`
  private func isPoint(_ text: String) -> Bool {
    PointReader.parts(text).allSatisfy { Double($0.value) != nil }
  }

  /// `0..5`, `-pi..pi`, `x=0..`
  private func isRange(_ text: String) -> Bool {
    PointReader.parts(text).allSatisfy { part in
      guard let dots = part.value.firstRange(of: "..") else { return false }
      let ends = [String(part.value[..<dots.lowerBound]), String(part.value[dots.upperBound...])]
      return ends.contains { !$0.isEmpty }
        && ends.allSatisfy { $0.isEmpty || (try? Reading.constant($0)) != nil }
    }
  }
}
