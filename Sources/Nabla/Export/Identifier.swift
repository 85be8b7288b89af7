/// Names that a language can use.
enum Identifier {
  /// The names made of letters, digits and `_`, none of them reserved or twice; one without such a letter is `v1`, `v2`
  /// by its place.
  static func unique(_ names: [String], reserved: Set<String>, isCaseBlind: Bool = false) -> [String] {
    var taken = reserved
    let key = { (name: String) in isCaseBlind ? name.lowercased() : name }
    return names.enumerated().map { place, name in
      var clean = String(
        name.unicodeScalars.map { scalar in
          let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
          return isPlain ? Character(scalar) : "_"
        })
      if !clean.contains(where: { $0 != "_" }) { clean = "v\(place + 1)" }
      if clean.first.map({ $0.isNumber }) ?? true { clean = "v" + clean }
      while taken.contains(key(clean)) { clean += "_" }
      taken.insert(key(clean))
      return clean
    }
  }

  /// A name of our own that no letter has.
  static func free(_ name: String, beside letters: [String]) -> String {
    var name = name
    while letters.contains(name) { name += "_" }
    return name
  }
}
