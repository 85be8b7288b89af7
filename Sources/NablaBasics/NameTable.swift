/// Values by name, in the order in which the names came.
///
///     var arities: NameTable<Int> = ["f": 2]
///     arities["g"] = 1
///     arities.names   // ["f", "g"]
///
/// The same order in every process; and no type of a dictionary, with the search for its key's conformance through
/// all loaded libraries, has to be made while the program starts. A few names are compared, many are hashed. Public, so
/// that it is specialized in every room.
public struct NameTable<Value> {
  @usableFromInline var entered: [String] = []
  @usableFromInline var values: [Value] = []
  /// Where more than a few names stand.
  @usableFromInline var places: HashedPlaces?

  /// The most names that are compared one by one.
  @usableFromInline static var few: Int { 8 }

  /// A table without names.
  @inlinable public init() {}

  /// The names, in the order in which they came.
  @inlinable public var names: [String] { entered }

  /// Whether it has no names.
  @inlinable public var isEmpty: Bool { entered.isEmpty }

  /// The value of a name; nil takes the name out, in time that grows with the table.
  @inlinable public subscript(name: String) -> Value? {
    get { place(of: name).map { values[$0] } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let value?): values[place] = value
      case (let place?, nil): remove(at: place)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  @inlinable func place(of name: String) -> Int? {
    guard let places else { return entered.firstIndex(of: name) }
    return places.place(of: Self.hash(of: name)) { entered[$0] == name }
  }

  @inlinable mutating func append(_ name: String, _ value: Value) {
    entered.append(name)
    values.append(value)
    if places != nil {
      places?.insert(entered.count - 1, hash: Self.hash(of: name))
    } else if entered.count > Self.few {
      placeAll()
    }
  }

  @inlinable mutating func remove(at place: Int) {
    entered.remove(at: place)
    values.remove(at: place)
    if places != nil { placeAll() }
  }

  @inlinable mutating func placeAll() {
    var all = HashedPlaces()
    for (place, name) in entered.enumerated() { all.insert(place, hash: Self.hash(of: name)) }
    places = all
  }

  /// Names that are equal but for the composition of their letters have one hash, and no text makes many collide.
  @inlinable static func hash(of name: String) -> UInt64 { UInt64(bitPattern: Int64(name.hashValue)) }
}

extension NameTable: Sendable where Value: Sendable {}

extension NameTable: ExpressibleByDictionaryLiteral {
  /// The names and values of a literal; of a name that stands twice, the last value.
  @inlinable public init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }
}

/// Names, each once, in the order in which they came.
///
///     var seen: NameSet = ["x"]
///     seen.insert("x")   // false
public struct NameSet: Sendable {
  private var table = NameTable<Bool>()

  /// The names of a list.
  public init(_ names: [String] = []) { formUnion(names) }

  /// The names, in the order in which they came.
  public var names: [String] { table.names }

  /// Whether it has no names.
  public var isEmpty: Bool { table.isEmpty }

  /// Whether a name is among them.
  public func contains(_ name: String) -> Bool { table[name] != nil }

  /// Adds a name; whether it is new.
  @discardableResult public mutating func insert(_ name: String) -> Bool {
    if contains(name) { return false }
    table[name] = true
    return true
  }

  /// Takes a name out.
  public mutating func remove(_ name: String) { table[name] = nil }

  /// Adds all names of a list.
  public mutating func formUnion(_ names: [String]) { for name in names { insert(name) } }

  /// Those that another set does not hold.
  public func subtracting(_ other: NameSet) -> NameSet {
    other.isEmpty ? self : NameSet(names.filter { !other.contains($0) })
  }
}

extension NameSet: ExpressibleByArrayLiteral {
  /// The names of a literal.
  public init(arrayLiteral names: String...) { self.init(names) }
}
