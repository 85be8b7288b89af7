extension PageScript {
  /// The faces of the surface, as the command cuts them: at the ends of the domain and of the values shown, and apart
  /// where the function jumps.
  static let mesh = #"""
    const grid = {size: 40, faces: null};
    const place2 = (u, v) => [frame.x.low + (frame.x.high - frame.x.low) * (u + 1) / 2,
      frame.y.low + (frame.y.high - frame.y.low) * (v + 1) / 2];
    /// A point of the floor, its value as the third number, a part of the way from one to another.
    const corner = (u, v) => [u, v, f(place2(u, v))];
    const between = (a, b, t) => corner(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t);
    const has = c => Number.isFinite(c[2]);
    const part = v => (Math.max(grid.low, Math.min(grid.high, v)) - grid.low) / (grid.high - grid.low);
    const lift = v => height * (2 * part(v) - 1);
    const around = (p, step) => p.flatMap((a, i) => step(a, p[(i + 1) % p.length], i));

    /// The corners with values, and the ends of the domain between them and those without.
    const outline = p => p.every(has) ? p : around(p, (a, b) => {
      const own = has(a) ? [a] : [];
      if (has(a) === has(b)) return own;
      let [inside, outside] = has(a) ? [a, b] : [b, a];
      for (let k = 0; k < 12; k += 1) {
        const m = between(inside, outside, .5);
        if (has(m)) inside = m; else outside = m;
      }
      return [...own, inside];
    });
    /// A jump on an edge: its difference does not shrink with the edge.
    function jump(a, b) {
      let low = a, high = b, before = a[2], after = b[2];
      for (let k = 0; k < 12; k += 1) {
        const m = between(low, high, .5);
        if (!has(m)) break;
        if (Math.abs(m[2] - before) > Math.abs(after - m[2])) { high = m; after = m[2]; } else { low = m; before = m[2]; }
      }
      return Math.abs(after - before) > .5 * Math.abs(a[2] - b[2])
        ? [{u: (low[0] + high[0]) / 2, v: (low[1] + high[1]) / 2, before, after}] : [];
    }
    function apart(p) {
      const jumps = around(p, (a, b, i) => has(a) && has(b) && Math.abs(part(a[2]) - part(b[2])) > .03
        ? jump(a, b).map(found => ({...found, i})) : []);
      if (jumps.length < 2) return [p];
      const mean = key => jumps.reduce((sum, j) => sum + j[key], 0) / jumps.length;
      return jumps.map((from, n) => {
        const to = jumps[(n + 1) % jumps.length], piece = [[from.u, from.v, from.after]];
        let i = from.i;
        do { i = (i + 1) % p.length; piece.push(p[i]); } while (i !== to.i);
        piece.push([to.u, to.v, to.before]);
        if (jumps.length > 2) piece.push([mean('u'), mean('v'), (from.after + to.before) / 2]);
        return piece;
      });
    }
    /// The part of a polygon below a value, or above it for side −1.
    const cut = (p, end, side) => around(p, (a, b) => {
      const is = c => side * (c[2] - end) <= 0, own = is(a) ? [a] : [];
      if (is(a) === is(b)) return own;
      const t = (end - a[2]) / (b[2] - a[2]);
      return [...own, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, end]];
    });

    function sample() {
      if (grid.faces) return;
      const n = grid.size, unit = i => 2 * i / n - 1, nodes = [];
      for (let j = 0; j <= n; j += 1) for (let i = 0; i <= n; i += 1) nodes.push(corner(unit(i), unit(j)));
      const finite = nodes.map(c => c[2]).filter(Number.isFinite).sort((a, b) => a - b);
      grid.low = finite[0];
      grid.high = finite[finite.length - 1];
      const quarter = finite[finite.length >> 2], rest = finite[finite.length * 3 >> 2];
      if (grid.high - grid.low > 20 * (rest - quarter) && rest > quarter) {
        grid.low = Math.max(grid.low, quarter - 4 * (rest - quarter));
        grid.high = Math.min(grid.high, rest + 4 * (rest - quarter));
      }
      if (!(grid.high > grid.low)) { grid.low -= 1; grid.high += 1; }
      const span = grid.high - grid.low;
      grid.faces = [];
      for (let j = 0; j < n; j += 1) for (let i = 0; i < n; i += 1) {
        const at = j * (n + 1) + i, cell = [nodes[at], nodes[at + 1], nodes[at + n + 2], nodes[at + n + 1]];
        if (!cell.some(has)) continue;
        const parts = cell.map(c => has(c) ? part(c[2]) : 0);
        const isRough = Math.max(...parts) - Math.min(...parts) > .08
          || cell.some(c => !(c[2] >= grid.low && c[2] <= grid.high));
        const ring = isRough ? around(cell, (a, b) => [a, between(a, b, 1 / 3), between(a, b, 2 / 3)]) : cell;
        for (const piece of isRough ? apart(ring) : [ring]) {
          const whole = cut(cut(outline(piece), grid.high, 1), grid.low, -1);
          if (whole.length < 3) continue;
          const middle = [0, 1].map(k => whole.reduce((sum, c) => sum + c[k], 0) / whole.length);
          const g = gradient(place2(...middle)).map((c, k) =>
            c * (k ? frame.y.high - frame.y.low : frame.x.high - frame.x.low) * height / span);
          const normal = g.every(Number.isFinite) ? [-g[0], -g[1], 1] : [0, 0, 1];
          const heights = whole.map(c => 24 * part(c[2]));
          const first = Math.floor(Math.min(...heights)), last = Math.min(23, Math.floor(Math.max(...heights)));
          for (let k = first; k <= last; k += 1) {
            if (!isRough && k > first) break;
            let strip = whole;
            if (isRough && k > first) strip = cut(strip, grid.low + k / 24 * span, -1);
            if (isRough && k < last) strip = cut(strip, grid.low + (k + 1) / 24 * span, 1);
            if (strip.length < 3) continue;
            const mean = strip.reduce((sum, c) => sum + part(c[2]), 0) / strip.length;
            grid.faces.push({middle: [unit(i + .5), unit(j + .5)], mean, normal, at: strip.map(c => [c[0], c[1], lift(c[2])])});
          }
        }
      }
    }

    """#
}
