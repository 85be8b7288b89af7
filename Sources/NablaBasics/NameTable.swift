/// Names, each once, in the order in which they came.
///
///     var seen: NameSet = ["x"]
///     seen.insert("x")   // false
///
/// The same order in every process; and no type of a set or a dictionary, with the search for its key's conformance
/// through all loaded libraries, has to be made while the program starts. A few names are compared, many are hashed.
public struct NameSet: Sendable {
  /// The names, in the order in which they came.
  public private(set) var names: [String] = []
  /// Where more than a few names stand.
  private var places = HashedPlaces()

  /// The most names that are compared one by one.
  private static let few = 8

  /// No names.
  public init() {}

  /// The names of a list.
  public init(_ names: [String]) { formUnion(names) }

  /// Whether it has no names.
  public var isEmpty: Bool { names.isEmpty }

  /// Whether a name is among them.
  public func contains(_ name: String) -> Bool { place(of: name) != nil }

  /// The place of a name in the order; nil where it is not among them.
  public func place(of name: String) -> Int? {
    guard !places.isEmpty else { return names.firstIndex(of: name) }
    return places.place(of: Self.hash(of: name)) { names[$0] == name }
  }

  /// Adds a name; whether it is new.
  @discardableResult public mutating func insert(_ name: String) -> Bool {
    let count = names.count
    return enter(name) == count
  }

  /// Adds a name that is new; its place in the order.
  public mutating func enter(_ name: String) -> Int {
    if places.isEmpty {
      if let place = names.firstIndex(of: name) { return place }
      names.append(name)
      if names.count > Self.few { placeAll() }
    } else {
      let hash = Self.hash(of: name)
      let next = names.count
      if let place = places.place(of: hash, orInsert: next, where: { names[$0] == name }) { return place }
      names.append(name)
    }
    return names.count - 1
  }

  /// Takes a name out, in time that grows with the set; the place that it had.
  @discardableResult public mutating func remove(_ name: String) -> Int? {
    guard let place = place(of: name) else { return nil }
    names.remove(at: place)
    if !places.isEmpty { placeAll() }
    return place
  }

  /// Adds all names of a list.
  public mutating func formUnion(_ names: [String]) { for name in names { insert(name) } }

  /// Those that another set does not hold.
  public func subtracting(_ other: NameSet) -> NameSet {
    other.isEmpty ? self : NameSet(names.filter { !other.contains($0) })
  }

  private mutating func placeAll() {
    places = HashedPlaces()
    for (place, name) in names.enumerated() { places.insert(place, hash: Self.hash(of: name)) }
  }

  /// Names that are equal but for the composition of their letters have one hash, and no text makes many collide.
  private static func hash(of name: String) -> UInt64 { UInt64(bitPattern: Int64(name.hashValue)) }
}

extension NameSet: ExpressibleByArrayLiteral {
  /// The names of a literal.
  public init(arrayLiteral names: String...) { self.init(names) }
}

/// Values by name, in the order in which the names came.
///
///     var arities: NameTable<Int> = ["f": 2]
///     arities["g"] = 1
///     arities.names   // ["f", "g"]
///
/// Public, so that it is specialized in every room.
public struct NameTable<Value> {
  @usableFromInline var keys = NameSet()
  @usableFromInline var values: [Value] = []

  /// A table without names.
  @inlinable public init() {}

  /// The names, in the order in which they came.
  @inlinable public var names: [String] { keys.names }

  /// Whether it has no names.
  @inlinable public var isEmpty: Bool { values.isEmpty }

  /// The value of a name; nil takes the name out, in time that grows with the table.
  @inlinable public subscript(name: String) -> Value? {
    get { keys.place(of: name).map { values[$0] } }
    set {
      if let newValue {
        let place = keys.enter(name)
        if place < values.count { values[place] = newValue } else { values.append(newValue) }
      } else if let place = keys.remove(name) {
        values.remove(at: place)
      }
    }
  }
}

extension NameTable {
  /// The value of a name, made by `make` and kept where there is none.
  @inlinable public mutating func value(of name: String, make: () -> Value) -> Value {
    let place = keys.enter(name)
    if place == values.count { values.append(make()) }
    return values[place]
  }
}

extension NameTable: Sendable where Value: Sendable {}

extension NameTable: ExpressibleByDictionaryLiteral {
  /// The names and values of a literal; of a name that stands twice, the last value.
  @inlinable public init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }
}
