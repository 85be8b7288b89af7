import Synchronization

/// An object that is made when first asked for: several threads may make one, all get the same. Nothing waits.
final class Once<Value: AnyObject & Sendable>: Sendable {
  private let address = Atomic<UInt>(0)

  init() {}

  deinit {
    if let pointer = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) {
      Unmanaged<Value>.fromOpaque(pointer).release()
    }
  }

  /// The object, where there is one.
  @inline(__always)
  var value: Value? {
    UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)).map {
      Unmanaged<Value>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// The object, made by `make` where there is none.
  @inline(__always)
  func get(_ make: () -> Value) -> Value { value ?? kept(make()) }

  /// What `body` makes of the object, made by `make` where there is none; counts no references.
  @inline(__always)
  func with<Result>(_ make: () -> Value, _ body: (Value) -> Result) -> Result {
    if let pointer = UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) {
      return Unmanaged<Value>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
    }
    return body(kept(make()))
  }

  @inline(never)
  private func kept(_ new: Value) -> Value {
    let pointer = Unmanaged.passRetained(new)
    let bits = UInt(bitPattern: pointer.toOpaque())
    let (exchanged, original) = address.compareExchange(
      expected: 0, desired: bits, ordering: .acquiringAndReleasing)
    if exchanged { return new }
    pointer.release()
    guard let first = UnsafeRawPointer(bitPattern: original) else { return new }
    return Unmanaged<Value>.fromOpaque(first).takeUnretainedValue()
  }
}
