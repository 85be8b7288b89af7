extension PageScript {
  /// The surface that turns under the finger, drawn from back to front on a canvas.
  static let surface = #"""
    let view = 'picture';
    const eye = {azimuth: model.azimuth ?? -0.61, elevation: 0.5};
    const canvas = byId('surface');
    const map = ['440154', '48186a', '472d7b', '424086', '3b528b', '33638d', '2c728e', '26828e', '21918c', '1fa088',
      '28ae80', '3fbc73', '5ec962', '84d44b', 'addc30', 'd8e219', 'fde725'].map(t => parseInt(t, 16));
    function shade(part, light) {
      const at = Math.max(0, Math.min(0.9999, part)) * 16, i = Math.floor(at), t = at - i;
      const mix = shift => {
        const a = map[i] >> shift & 255, b = map[i + 1] >> shift & 255;
        const c = a + (b - a) * t, s = 2 * light - 1;
        return Math.round(s < 0 ? c * (1 + 0.45 * s) : c + (255 - c) * 0.35 * s);
      };
      return `rgb(${mix(16)},${mix(8)},${mix(0)})`;
    }
    const height = 0.62, distance = 6.5;
    function seen(u, v, w) {
      const across = u * Math.cos(eye.azimuth) - v * Math.sin(eye.azimuth);
      const depth = u * Math.sin(eye.azimuth) + v * Math.cos(eye.azimuth);
      const away = depth * Math.cos(eye.elevation) - w * Math.sin(eye.elevation);
      const scale = distance / (distance + away);
      const size = canvas.width / 3.7;
      return [canvas.width / 2 + across * scale * size,
        canvas.height * 0.47 - (w * Math.cos(eye.elevation) + depth * Math.sin(eye.elevation)) * scale * size];
    }
    function far(u, v) {
      const reach = distance * Math.cos(eye.elevation);
      return Math.hypot(u + reach * Math.sin(eye.azimuth), v + reach * Math.cos(eye.azimuth));
    }
    const grid = {size: 44, values: []};
    function sample() {
      if (grid.values.length) return;
      const [x, y] = [frame.x, frame.y];
      for (let j = 0; j <= grid.size; j += 1) for (let i = 0; i <= grid.size; i += 1) {
        grid.values.push(f([x.low + (x.high - x.low) * i / grid.size, y.low + (y.high - y.low) * j / grid.size]));
      }
      const finite = grid.values.filter(Number.isFinite).sort((a, b) => a - b);
      grid.low = finite[0];
      grid.high = finite[finite.length - 1];
      const quarter = finite[finite.length >> 2], rest = finite[finite.length * 3 >> 2];
      if (grid.high - grid.low > 20 * (rest - quarter) && rest > quarter) {
        grid.low = Math.max(grid.low, quarter - 4 * (rest - quarter));
        grid.high = Math.min(grid.high, rest + 4 * (rest - quarter));
      }
      if (!(grid.high > grid.low)) { grid.low -= 1; grid.high += 1; }
    }
    const part = v => (Math.max(grid.low, Math.min(grid.high, v)) - grid.low) / (grid.high - grid.low);
    const lift = v => height * (2 * part(v) - 1);

    function drawSurface() {
      sample();
      const style = getComputedStyle(document.documentElement);
      const colour = name => style.getPropertyValue(name).trim();
      const brush = canvas.getContext('2d');
      brush.clearRect(0, 0, canvas.width, canvas.height);
      brush.lineJoin = brush.lineCap = 'round';
      const pieces = [];
      const n = grid.size, unit = i => 2 * i / n - 1;
      for (let j = 0; j < n; j += 1) for (let i = 0; i < n; i += 1) {
        const corner = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]]
          .map(([a, b]) => [unit(a), unit(b), grid.values[b * (n + 1) + a]]).filter(c => Number.isFinite(c[2]));
        if (corner.length < 3) continue;
        const at = corner.map(c => [c[0], c[1], lift(c[2])]);
        const p = at[1].map((c, k) => c - at[0][k]), q = at[2].map((c, k) => c - at[0][k]);
        let normal = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
        const length = Math.hypot(...normal) * (normal[2] < 0 ? -1 : 1) || 1;
        const side = eye.azimuth + 2.4;
        const light = 0.32 + 0.42 * (normal[0] * -0.55 * Math.cos(side) + normal[1] * 0.55 * Math.sin(side)
          + normal[2] * 0.84) / length;
        const mean = corner.reduce((sum, c) => sum + part(c[2]), 0) / corner.length;
        pieces.push({far: far(unit(i + .5), unit(j + .5)), paint() {
          brush.beginPath();
          at.map(c => seen(...c)).forEach(([x, y], k) => k ? brush.lineTo(x, y) : brush.moveTo(x, y));
          brush.closePath();
          brush.fillStyle = brush.strokeStyle = shade(mean, Math.max(0, Math.min(1, light)));
          brush.lineWidth = 1;
          brush.stroke();
          brush.fill();
        }});
      }
      state.runs.forEach((run, number) => run && pieces.push(...way(run, number, brush, colour)));
      box(brush, colour);
      pieces.sort((a, b) => b.far - a.far).forEach(piece => piece.paint());
      canvas.setAttribute('aria-valuetext', `turned to ${Math.round(eye.azimuth * 180 / Math.PI)} degrees`);
    }

    /// A path on the surface, in pieces that the surface may hide.
    function way(run, number, brush, colour) {
      const pieces = [];
      const flat = x => [2 * (x[0] - frame.x.low) / (frame.x.high - frame.x.low) - 1,
        2 * (x[1] - frame.y.low) / (frame.y.high - frame.y.low) - 1];
      const inside = ([u, v]) => Math.abs(u) <= 1.0001 && Math.abs(v) <= 1.0001;
      const paint = colour(`--s${model.paths[number].ink % 6}`), page = colour('--page');
      const last = Math.min(state.step, run.points.length - 1);
      for (let k = 0; k < run.points.length; k += 1) {
        const a = run.points[k].x, p = flat(a);
        if (k < last) {
          const b = run.points[k + 1].x, q = flat(b);
          const many = Math.min(200, Math.max(1, Math.ceil(Math.hypot(q[0] - p[0], q[1] - p[1]) / 0.06)));
          let before = null;
          for (let i = 0; i <= many; i += 1) {
            const x = a.map((v, m) => v + (b[m] - v) * i / many), at = flat(x), value = f(x);
            const here = inside(at) && Number.isFinite(value) ? [...at, lift(value) + 0.015] : null;
            if (here && before) {
              const [from, to] = [before, here];
              pieces.push({far: Math.min(far(...from), far(...to)) - 0.09, paint() {
                brush.beginPath();
                brush.moveTo(...seen(...from));
                brush.lineTo(...seen(...to));
                brush.strokeStyle = paint;
                brush.lineWidth = canvas.width / 260;
                brush.stroke();
              }});
            }
            before = here;
          }
        }
        if (k > last || !inside(p) || !Number.isFinite(run.points[k].f)) continue;
        pieces.push({far: far(...p) - 0.12, paint() {
          brush.beginPath();
          brush.arc(...seen(...p, lift(run.points[k].f) + 0.015), canvas.width / (k === last ? 110 : 200), 0, 7);
          brush.fillStyle = paint;
          brush.strokeStyle = page;
          brush.lineWidth = canvas.width / 500;
          brush.fill();
          brush.stroke();
        }});
      }
      return pieces;
    }

    /// The floor with its ticks.
    function box(brush, colour) {
      const low = -height;
      const edge = (a, b) => {
        brush.beginPath();
        brush.moveTo(...seen(...a));
        brush.lineTo(...seen(...b));
        brush.stroke();
      };
      brush.strokeStyle = colour('--muted');
      brush.fillStyle = colour('--muted');
      brush.lineWidth = canvas.width / 900;
      brush.font = `${canvas.width / 58}px system-ui,sans-serif`;
      const nearU = Math.sin(eye.azimuth) > 0 ? -1 : 1, nearV = Math.cos(eye.azimuth) > 0 ? -1 : 1;
      [[-1, -1, 1, -1], [1, -1, 1, 1], [1, 1, -1, 1], [-1, 1, -1, -1]]
        .forEach(([a, b, c, d]) => edge([a, b, low], [c, d, low]));
      edge([-nearU, -nearV, low], [-nearU, -nearV, height]);
      const label = (text, at) => {
        const [x, y] = seen(...at);
        brush.textAlign = x < canvas.width / 2 ? 'right' : 'left';
        brush.fillText(text, x, y + canvas.width / 150);
      };
      const ticks = (axis, name, at) => {
        axis.ticks.forEach(([value, text]) => {
          const t = 2 * (value - axis.low) / (axis.high - axis.low) - 1;
          edge(at(t, 1), at(t, 1.04));
          label(text, at(t, 1.1));
        });
        label(name, at(0, 1.32));
      };
      ticks(frame.x, model.variables[0], (t, out) => [t, nearV * out, low]);
      ticks(frame.y, model.variables[1], (t, out) => [nearU * out, t, low]);
      // Heights stand at the upright edge that is seen farthest to the left.
      const edges = [[-nearU, nearV], [nearU, -nearV]].sort((a, b) => seen(...a, 0)[0] - seen(...b, 0)[0])[0];
      edge([...edges, low], [...edges, height]);
      brush.textAlign = 'right';
      const span = grid.high - grid.low, power = 10 ** Math.floor(Math.log10(span / 4));
      const step = [1, 2, 5, 10].map(m => m * power).find(s => span / s <= 5);
      for (let v = Math.ceil(grid.low / step) * step; v <= grid.high; v += step) {
        const [x, y] = seen(...edges, lift(v));
        brush.fillText(shown(v, 4), x - canvas.width / 120, y + canvas.width / 150);
      }
      const [x, y] = seen(...edges, height);
      brush.fillText(model.name, x, y - canvas.width / 60);
    }

    """#
}
