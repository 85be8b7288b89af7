/// Turns a scene into the text of a file.
///
/// A renderer is one file and one row in the list of the command that writes pictures.
package protocol Renderer: Sendable {
  /// The whole file; the same bytes for the same scene.
  func text(of scene: Scene) -> String
}
