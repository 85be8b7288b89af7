import Nabla

let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
print(try f.gradient())
print(try f(1, 2), try f.gradient(at: [1, 2]))
