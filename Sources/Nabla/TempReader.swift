import NablaAlgebra
import NablaBasics
import NablaNotation
public struct ReadingError: Error {}
public struct Diagnostic: Sendable {}
package struct Reading: Sendable { let name: String?; let variables: [Variable]; let parameters: [Variable]; let expression: Expr; let diagnostics: [Diagnostic]; let typedOrder: [Expr: [Expr]]; let syntax: Number }
enum Reader { static func read(_ t: String, variables: [String]?, parameters: [String: String], isStrict: Bool, limits: Limits) throws(ReadingError) -> Reading { throw ReadingError() } }
