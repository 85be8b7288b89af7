import Foundation
import Testing

/// A stack of 512 KB, the least that platforms give a thread; eight times that where the address sanitizer surrounds
/// every local value.
let smallStack =
  (ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil ? 512 : 4096) * 1024

/// Runs work on a thread with a small stack.
func onSmallStack(_ work: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    work()
    done.signal()
  }
  thread.stackSize = smallStack
  thread.start()
  done.wait()
}
