/// The script of a page, in plain JavaScript: it reads the model, descends again, and draws over the static picture.
///
/// It expects `window.nabla = {value, gradient}`, two functions of an array of coordinates, where the formula could be
/// written in JavaScript; without them it plays the recorded path.
enum PageScript {
  static let text = compact(
    "(() => {\n'use strict';\n" + start + methods + walk + picture + words + mesh + surface + controls
      + "})();\n")

  /// The script without indentation and comment lines, as readers load it.
  private static func compact(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n") {
      let shown = line.drop { $0 == " " }
      if !shown.isEmpty, !shown.hasPrefix("//") { result += shown + "\n" }
    }
    return result
  }

  private static let start = #"""
    const model = JSON.parse(document.getElementById('model').textContent);
    const byId = id => document.getElementById(id);
    const svg = document.querySelector('figure svg');
    const code = window.nabla || null;
    // Whether the page can walk from another start.
    const walks = Boolean(code) && model.paths.some(path => path.method);
    const count = model.variables.length;
    const kind = model.kind;
    const frame = model.frames[0];
    const sign = model.sense === 'max' ? -1 : 1;
    const state = {
      start: model.start ? model.start.slice() : null, rate: model.rate, step: 0,
      on: new Set(model.paths.map((path, place) => place)), runs: []
    };

    const f = p => { try { const v = code.value(p); return typeof v === 'number' ? v : NaN; } catch { return NaN; } };
    const gradient = p => {
      try { const g = code.gradient(p); return g.length === count ? g : p.map(() => NaN); } catch { return p.map(() => NaN); }
    };
    const norm = g => Math.hypot(...g);

    const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
    function shown(value, digits = 6) {
      if (Number.isNaN(value)) return 'undefined';
      if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
      const near = Number(value.toPrecision(digits));
      let text = Math.abs(near) < 10 ** Math.max(digits, 6) ? String(near) : near.toExponential();
      const e = text.indexOf('e');
      if (e >= 0) {
        const power = [...text.slice(e + 1).replace('+', '')];
        text = text.slice(0, e) + '·10' + power.map(c => c === '-' ? '⁻' : raised[c]).join('');
      }
      return text.replace(/-/g, '−');
    }
    // How many digits of a coordinate tell places of the window apart: more where the window is far from zero.
    function digits(v, i) {
      const axis = !frame || kind === 'convergence' ? null : i === 0 ? frame.x : i === 1 && kind !== 'curve' ? frame.y : null;
      const far = axis ? Math.abs(v) / (axis.high - axis.low) : 1;
      return far > 1 && far < 1e10 ? 5 + Math.ceil(Math.log10(far)) : 5;
    }
    const place = x => count === 1 ? `${model.variables[0]} = ${shown(x[0], digits(x[0], 0) + 1)}`
      : `(${x.slice(0, 4).map((v, i) => shown(v, digits(v, i) + 1)).join(', ')}${count > 4 ? ', …' : ''})`;

    """#
}
