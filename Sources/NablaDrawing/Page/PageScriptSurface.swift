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
      const size = canvas.width / 3.9;
      return [canvas.width / 2 + across * scale * size,
        canvas.height * 0.46 - (w * Math.cos(eye.elevation) + depth * Math.sin(eye.elevation)) * scale * size];
    }
    function far(u, v) {
      const reach = distance * Math.cos(eye.elevation);
      return Math.hypot(u + reach * Math.sin(eye.azimuth), v + reach * Math.cos(eye.azimuth));
    }
    function drawSurface() {
      sample();
      const style = getComputedStyle(document.documentElement);
      const colour = name => style.getPropertyValue(name).trim();
      const brush = canvas.getContext('2d');
      brush.clearRect(0, 0, canvas.width, canvas.height);
      brush.lineJoin = brush.lineCap = 'round';
      const side = eye.azimuth + 2.4, lamp = [-0.55 * Math.cos(side), 0.55 * Math.sin(side), 0.84];
      const pieces = grid.faces.map(face => ({far: far(...face.middle), paint() {
        brush.beginPath();
        face.at.map(c => seen(...c)).forEach(([x, y], k) => k ? brush.lineTo(x, y) : brush.moveTo(x, y));
        brush.closePath();
        const light = 0.32 + 0.42 * face.normal.reduce((sum, c, k) => sum + c * lamp[k], 0) / Math.hypot(...face.normal);
        brush.fillStyle = brush.strokeStyle = shade(face.mean, Math.max(0, Math.min(1, light)));
        brush.lineWidth = 1;
        brush.stroke();
        brush.fill();
      }}));
      if (model.field) pieces.push(...arrows(brush, colour));
      state.runs.forEach((run, number) => run && pieces.push(...way(run, number, brush, colour)));
      pieces.push(...marks(brush, colour));
      box(brush, colour);
      pieces.sort((a, b) => b.far - a.far).forEach(piece => piece.paint());
      canvas.setAttribute('aria-valuetext', `turned to ${Math.round(eye.azimuth * 180 / Math.PI)} degrees`);
    }

    /// A point on the surface a little above it; nothing where there is none.
    function above(u, v) {
      const value = corner(u, v)[2];
      return value >= grid.low && value <= grid.high ? [u, v, lift(value) + 0.015] : null;
    }
    /// The gradient, longer where it is larger.
    function arrows(brush, colour) {
      const n = 11, found = [];
      for (let j = 0; j < n; j += 1) for (let i = 0; i < n; i += 1) {
        const u = (2 * i + 1) / n - 1, v = (2 * j + 1) / n - 1, g = gradient(place2(u, v)), size = norm(g);
        const way = [g[0] / (frame.x.high - frame.x.low), g[1] / (frame.y.high - frame.y.low)], length = norm(way);
        if (size > 0 && length > 0 && Number.isFinite(size / length)) found.push({u, v, size, way: way.map(c => c / length)});
      }
      const sizes = found.map(a => a.size).sort((a, b) => a - b);
      const weak = sizes[Math.floor(sizes.length / 20)], span = Math.log(sizes[Math.floor(sizes.length * .95)] / weak);
      return found.flatMap(({u, v, size, way}) => {
        const rank = span > .01 ? Math.max(0, Math.min(1, Math.log(size / weak) / span)) : .6;
        const half = (.18 + .3 * rank) * 2 / n;
        const [tail, head] = [-half, half].map(d => above(u + d * way[0], v + d * way[1]));
        if (!tail || !head || Math.abs(head[2] - tail[2]) > .5) return [];
        return [{far: Math.min(far(...tail), far(...head)) - .09, paint() {
          const [a, b] = [seen(...tail), seen(...head)], d = [b[0] - a[0], b[1] - a[1]];
          const barb = Math.min(canvas.width / 130, .45 * norm(d)) / norm(d);
          brush.beginPath();
          brush.moveTo(...a);
          brush.lineTo(...b);
          for (const s of [1, -1]) {
            brush.moveTo(...b);
            brush.lineTo(b[0] - barb * (d[0] * .9 - s * d[1] * .45), b[1] - barb * (d[1] * .9 + s * d[0] * .45));
          }
          brush.strokeStyle = '#1b1f24';
          brush.lineWidth = canvas.width / 620;
          brush.stroke();
        }}];
      });
    }
    /// The points of zero gradient.
    function marks(brush, colour) {
      return model.marks.flatMap(([x, y, sign]) => {
        const u = 2 * (x - frame.x.low) / (frame.x.high - frame.x.low) - 1;
        const v = 2 * (y - frame.y.low) / (frame.y.high - frame.y.low) - 1, at = above(u, v);
        return at ? [{far: far(u, v) - .11, paint() {
          brush.font = `${canvas.width / 42}px system-ui,'DejaVu Sans',sans-serif`;
          brush.textAlign = 'center';
          brush.strokeStyle = '#fff';
          brush.fillStyle = '#1b1f24';
          brush.lineWidth = canvas.width / 260;
          const [px, py] = seen(...at);
          brush.strokeText(sign, px, py + canvas.width / 120);
          brush.fillText(sign, px, py + canvas.width / 120);
        }}] : [];
      });
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
      ticks(frame.x, frame.x.caption, (t, out) => [t, nearV * out, low]);
      ticks(frame.y, frame.y.caption, (t, out) => [nearU * out, t, low]);
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
