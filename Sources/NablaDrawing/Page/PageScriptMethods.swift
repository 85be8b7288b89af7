extension PageScript {
  /// The methods that a page can run: all but the last with the formulas of the command, see `PageWalk`.
  ///
  /// `g` is the gradient of what is to become lower, without what the bounds hold.
  static let methods = #"""
    const low = i => model.bounds?.[i][0] ?? -Infinity, high = i => model.bounds?.[i][1] ?? Infinity;
    const within = x => model.bounds ? x.map((v, i) => Math.max(low(i), Math.min(high(i), v))) : x;
    const isHeld = (v, slope, i) => (v <= low(i) && slope >= 0) || (v >= high(i) && slope <= 0);

    const methods = {
      gd: ({rate}) => (x, g) => x.map((c, i) => c - rate * g[i]),
      momentum: ({rate, momentum}) => {
        let v = null;
        return (x, g) => {
          v = g.map((c, i) => momentum * (v ? v[i] : 0) - rate * c);
          return x.map((c, i) => c + v[i]);
        };
      },
      nesterov: ({rate, momentum}) => {
        let v = null;
        return x => {
          const ahead = x.map((c, i) => c + momentum * (v ? v[i] : 0));
          v = gradient(ahead).map((c, i) => momentum * (v ? v[i] : 0) - rate * sign * c);
          return x.map((c, i) => c + v[i]);
        };
      },
      adagrad: ({rate}) => {
        let s = null;
        return (x, g) => {
          s = g.map((c, i) => (s ? s[i] : 0) + c * c);
          return x.map((c, i) => c - rate * g[i] / (Math.sqrt(s[i]) + 1e-8));
        };
      },
      rmsprop: ({rate, decay}) => {
        let s = null;
        return (x, g) => {
          s = g.map((c, i) => decay * (s ? s[i] : 0) + (1 - decay) * c * c);
          return x.map((c, i) => c - rate * g[i] / (Math.sqrt(s[i]) + 1e-8));
        };
      },
      adam: ({rate, momentum, decay}) => {
        let m = null, s = null, k = 0;
        return (x, g) => {
          k += 1;
          m = g.map((c, i) => momentum * (m ? m[i] : 0) + (1 - momentum) * c);
          s = g.map((c, i) => decay * (s ? s[i] : 0) + (1 - decay) * c * c);
          return x.map((c, i) => c - rate * (m[i] / (1 - momentum ** k))
            / (Math.sqrt(s[i] / (1 - decay ** k)) + 1e-8));
        };
      },
      backtracking: ({reach}) => {
        let rate = 0, length = 0;
        return (x, g, value) => {
          const steep = norm(g);
          if (!rate) rate = reach * Math.max(1, ...x.map(Math.abs)) / Math.max(...g.map(Math.abs));
          const unit = g.map(c => -c / steep);
          for (let t = Math.max(rate * steep, length / 4); t > 0; t /= 2) {
            const y = within(x.map((v, i) => v + t * unit[i]));
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
      },
      newton: () => {
        const downhill = methods.backtracking({reach: 0.1});
        return (x, g, value) => dampedNewton(x, g, value) || downhill(x, g, value);
      }
    };

    // Newton's step with the Hessian from differences of the gradient, damped until it leads lower; null where none does.
    // What a bound holds stays there.
    function dampedNewton(x, g, value) {
      const n = x.length;
      const h = x.map((v, j) => {
        const d = 1e-5 * Math.max(1, Math.abs(v));
        const [up, down] = [1, -1].map(s => gradient(x.map((c, i) => i === j ? c + s * d : c)));
        return up.map((c, i) => sign * (c - down[i]) / (2 * d));
      });
      const size = Math.max(...h.flat().map(Math.abs), 1e-12);
      const holds = x.map((v, i) => isHeld(v, g[i], i));
      const entry = (i, j) => holds[i] || holds[j] ? (i === j ? size : 0) : (h[i][j] + h[j][i]) / 2;
      for (let damping = 0; damping < 1e6 * size; damping = damping ? 4 * damping : 1e-4 * size) {
        const rows = x.map((v, i) => [...x.map((c, j) => entry(i, j) + (i === j ? damping : 0)), holds[i] ? 0 : -g[i]]);
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
        const y = within(x.map((v, i) => v + step[i]));
        if (sign * f(y) < value) return y;
      }
      return null;
    }

    """#
}
