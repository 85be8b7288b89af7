import Nabla

let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
print(try f.gradient())
print(try f(1, 2), try f.gradient(at: [1, 2]))

// Names as they are typed, and every type of a signature, come with the one import; `Span` stays Swift's own.
let sum = Expr("x1") + sin(Expr("λ")) * 0.5
print(sum, Variable("x₁") == Variable("x1"), Variable(validating: "x + 1") == nil)
let function: CompiledFunction = try Formula(sum).compiled()
let box: [Interval] = [Interval(0, 0), Interval(1, 2)]
print(function.variables, function.enclosure(of: box).isEmpty)
let stop = Cancellation()
print(try f.minimize(from: [1, -0.5], within: [-2...2, -1...1], cancellation: stop).success)
func total(_ numbers: Span<Double>) -> Double { numbers.indices.reduce(0) { $0 + numbers[$1] } }
print(total([1.0, 2].span))
do { print(try Formula("3x +", limits: Limits.standard)) } catch { print(error.sentence) }
do { throw Budget.Overrun.cancelled } catch let error as any NablaError { print(error) }
