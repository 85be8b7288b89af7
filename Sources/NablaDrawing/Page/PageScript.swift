/// The script of a page, in plain JavaScript: it reads the model, descends again, and draws over the static picture.
///
/// It expects `window.nabla = {value, gradient}`, two functions of an array of coordinates, where the formula could be
/// written in JavaScript; without them it plays the recorded path.
enum PageScript {
  static let text = compact(
    "(() => {\n'use strict';\n" + start + methods + picture + mesh + surface + controls + "})();\n")

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
    const count = model.variables.length;
    const kind = model.kind;
    const frame = model.frames[0];
    const sign = model.sense === 'max' ? -1 : 1;
    const state = {
      start: model.start ? model.start.slice() : null, rate: model.rate, step: 0, steps: model.steps,
      on: new Set(model.paths.map((path, place) => place)), isRecorded: true, runs: []
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
      let text = String(Number(value.toPrecision(digits)));
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

  /// The methods that a page can run again, with the formulas of the command.
  private static let methods = #"""
    const methods = {
      gd: rate => (x, g) => x.map((v, i) => v - rate * g[i]),
      momentum: rate => {
        let m = null;
        return (x, g) => {
          m = g.map((c, i) => 0.9 * (m ? m[i] : 0) + c);
          return x.map((v, i) => v - rate * m[i]);
        };
      },
      nesterov: rate => {
        let v = null;
        return x => {
          const ahead = x.map((c, i) => c + 0.9 * (v ? v[i] : 0));
          const g = gradient(ahead);
          v = g.map((c, i) => 0.9 * (v ? v[i] : 0) - rate * sign * c);
          return x.map((c, i) => c + v[i]);
        };
      },
      adagrad: rate => {
        let s = null;
        return (x, g) => {
          s = g.map((c, i) => (s ? s[i] : 0) + c * c);
          return x.map((v, i) => v - rate * g[i] / (Math.sqrt(s[i]) + 1e-8));
        };
      },
      rmsprop: rate => {
        let s = null;
        return (x, g) => {
          s = g.map((c, i) => 0.9 * (s ? s[i] : 0) + 0.1 * c * c);
          return x.map((v, i) => v - rate * g[i] / (Math.sqrt(s[i]) + 1e-8));
        };
      },
      adam: rate => {
        let m = null, s = null, k = 0;
        return (x, g) => {
          k += 1;
          m = g.map((c, i) => 0.9 * (m ? m[i] : 0) + 0.1 * c);
          s = g.map((c, i) => 0.999 * (s ? s[i] : 0) + 0.001 * c * c);
          return x.map((v, i) => v - rate * (m[i] / (1 - 0.9 ** k))
            / (Math.sqrt(s[i] / (1 - 0.999 ** k)) + 1e-8));
        };
      },
      // Newton's step with the Hessian from differences of the gradient, damped until it leads lower.
      newton: () => (x, g, value) => {
        const n = x.length;
        const h = x.map((v, j) => {
          const d = 1e-5 * Math.max(1, Math.abs(v));
          const [up, down] = [1, -1].map(s => gradient(x.map((c, i) => i === j ? c + s * d : c)));
          return up.map((c, i) => sign * (c - down[i]) / (2 * d));
        });
        const size = Math.max(...h.flat().map(Math.abs), 1e-12);
        for (let damping = 0; damping < 1e6 * size; damping = damping ? 4 * damping : 1e-4 * size) {
          const rows = h.map((row, i) => [...row.map((c, j) => (c + h[j][i]) / 2 + (i === j ? damping : 0)), -g[i]]);
          let positive = true;
          for (let i = 0; i < n && positive; i += 1) {
            positive = rows[i][i] > 1e-10 * size;
            for (let k = i + 1; k < n && positive; k += 1) {
              const t = rows[k][i] / rows[i][i];
              for (let j = i; j <= n; j += 1) rows[k][j] -= t * rows[i][j];
            }
          }
          if (!positive) continue;
          const step = Array(n).fill(0);
          for (let i = n - 1; i >= 0; i -= 1) {
            step[i] = (rows[i][n] - rows[i].slice(i + 1, n).reduce((s, c, j) => s + c * step[i + 1 + j], 0)) / rows[i][i];
          }
          const y = x.map((v, i) => v + step[i]);
          if (sign * f(y) < value) return y;
        }
        return null;
      },
      backtracking: () => {
        let rate = 0, length = 0;
        return (x, g, value) => {
          const steep = norm(g);
          if (!rate) rate = 0.1 * Math.max(1, ...x.map(Math.abs)) / Math.max(...g.map(Math.abs));
          const unit = g.map(c => -c / steep);
          for (let t = Math.max(rate * steep, length / 4); t > 0; t /= 2) {
            const y = x.map((v, i) => v + t * unit[i]);
            if (y.every((v, i) => v === x[i])) return null;
            const trial = sign * f(y);
            const level = 8 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(trial));
            const isLower = trial - value < 0 && trial - value <= -1e-4 * t * steep;
            const slope = () => Math.abs(gradient(y).reduce((sum, c, i) => sum + sign * c * unit[i], 0));
            if (isLower || (Math.abs(trial - value) <= level && slope() <= 0.9998 * steep)) {
              length = t;
              rate = 2 * t / steep;
              return y;
            }
          }
          return null;
        };
      }
    };

    methods.auto = methods.newton;

    /// A descent with its end: done, still, stuck, diverging or outside the domain.
    function descend(key, start, rate, steps) {
      const next = methods[key](rate);
      let x = start.slice(), value = f(x), g = gradient(x);
      const points = [{x, f: value, g}];
      let end = 'done';
      for (let k = 0; k < steps; k += 1) {
        if (!Number.isFinite(value) || !g.every(Number.isFinite)) { end = 'outside'; break; }
        if (norm(g) === 0) { end = 'still'; break; }
        const y = next(x, g.map(c => sign * c), sign * value);
        if (!y) { end = 'stuck'; break; }
        if (!y.every(v => Number.isFinite(v) && Math.abs(v) < 1e12)) { end = 'diverging'; break; }
        x = y;
        value = f(x);
        g = gradient(x);
        points.push({x, f: value, g});
      }
      const last = points.length - 1;
      if (end !== 'still' && end !== 'stuck' && last > 3) {
        const far = k => norm(points[k].x.map((v, i) => v - points[0].x[i]));
        const grows = far(last) > far(last - 1) && far(last - 1) > far(last - 2);
        const worse = !(sign * points[last].f < sign * points[0].f);
        if (grows && worse) end = 'diverging';
      }
      return {points, end};
    }

    function runs() {
      return model.paths.map((path, number) => {
        if (!state.on.has(number)) return null;
        if (state.isRecorded || !code || !methods[path.method]) {
          if (!state.isRecorded && code) return null;
          const points = path.x.map((x, k) => ({x, f: path.f[k], g: code ? gradient(x) : null, k: path.k[k]}));
          return {points, end: 'recorded'};
        }
        return descend(path.method, state.start, path.rate && path.rate * state.rate / model.rate, state.steps);
      });
    }

    """#
}
