import NablaBasics
import Testing

@Suite struct NameTableTests {
  @Test("A table of names does what a dictionary does, few names or many", arguments: [3, 8, 9, 40, 2_000])
  func doesWhatADictionaryDoes(count: Int) {
    var random = SplitMix64(start: UInt64(count))
    var table = NameTable<Int>()
    var dictionary: [String: Int] = [:]
    for step in 0..<(4 * count) {
      let name = "x_\(Int.random(in: 0..<count, using: &random))"
      let value = Int.random(in: 0..<4, using: &random) == 0 ? nil : step
      table[name] = value
      dictionary[name] = value
      #expect(table[name] == dictionary[name])
    }
    #expect(table.names.sorted() == dictionary.keys.sorted())
    #expect(table.names.allSatisfy { table[$0] == dictionary[$0] })
    #expect(table["y"] == nil)
  }

  @Test("Names stay in the order in which they came, those that are equal as texts once")
  func keepsTheOrder() {
    let composed = "\u{E9}"
    var table: NameTable<Int> = ["z": 1, "a": 2, composed: 3, "z": 4]
    table["e\u{301}"] = 5
    #expect(table.names == ["z", "a", composed])
    #expect([table["z"], table["a"], table[composed]] == [4, 2, 5])
    table["a"] = nil
    #expect(table.names == ["z", composed])
  }

  @Test("A set of names holds each once")
  func holdsEachOnce() {
    var names: NameSet = ["x", "y", "x"]
    #expect(names.names == ["x", "y"])
    let isNew = [names.insert("x"), names.insert("z")]
    #expect(isNew == [false, true])
    names.remove("y")
    names.formUnion(["z", "w"])
    #expect(names.names == ["x", "z", "w"])
    #expect(names.subtracting(["z"]).names == ["x", "w"])
    #expect(names.contains("w") && !names.contains("y") && !names.isEmpty && NameSet().isEmpty)
  }
}
