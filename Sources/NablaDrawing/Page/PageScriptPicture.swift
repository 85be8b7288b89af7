extension PageScript {
  /// Drawing over the static picture: paths, the step, the start's handle, what lies under the pointer.
  static let picture = #"""
    const names = {
      done: '', recorded: '', still: ': the gradient is zero', settled: ': the gradient is nearly zero',
      bound: ': only the bounds hold it', stuck: `: no step that was tried leads ${sign < 0 ? 'higher' : 'lower'}`,
      limit: ': the page stops here, the way goes on', diverging: ': it diverges', outside: ': no value or gradient here'
    };
    function node(tag, attributes, parent) {
      const item = document.createElementNS('http://www.w3.org/2000/svg', tag);
      for (const key in attributes) item.setAttribute(key, attributes[key]);
      if (parent) parent.append(item);
      return item;
    }
    /// Later moves of the pointer go to this item, wherever they are.
    function hold(item, event) {
      try { item.setPointerCapture(event.pointerId); } catch { /* The pointer has gone already. */ }
    }
    const live = node('g', {class: 'live', 'clip-path': `url(#${model.prefix}-clip0)`}, svg);
    const over = node('g', {class: 'over'}, svg);
    const held = v => Math.max(-9999, Math.min(9999, v));
    const scaled = (v, axis) => axis.log ? Math.log10(v) : v;
    function along(v, axis) {
      const low = scaled(axis.low, axis), high = scaled(axis.high, axis);
      return (scaled(v, axis) - low) / (high - low);
    }
    const toX = (v, box = frame) => held(box.left + along(v, box.x) * box.width);
    const toY = (v, box = frame) => held(box.top + (1 - along(v, box.y)) * box.height);
    const pixel = p => kind === 'curve' ? [toX(p.x[0]), toY(p.f)] : [toX(p.x[0]), toY(p.x[1])];
    const ink = number => `var(--s${model.paths[number].ink % 6})`;
    // The seventh path has the colour of the first.
    const dashes = number => Math.floor(model.paths[number].ink / 6) % 2 ? {'stroke-dasharray': '5 4'} : {};
    const line = points => 'M' + points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');

    function trail(run, number, points, box) {
      const at = Math.min(state.step, points.length - 1);
      const style = {fill: 'none', stroke: ink(number), 'stroke-width': 2, ...dashes(number)};
      if (points.length > 1) {
        node('path', {d: line(points), fill: 'none', stroke: 'var(--page)', 'stroke-width': 4.5, opacity: .6}, box);
        node('path', {...style, d: line(points), opacity: .35}, box);
        if (at > 0) node('path', {...style, d: line(points.slice(0, at + 1))}, box);
      }
      let before = null;
      points.forEach(([x, y], k) => {
        // Of crowded points some stand for all.
        if (points.length > 40 && before && Math.hypot(x - before[0], y - before[1]) < 7) return;
        before = [x, y];
        node('circle', {cx: x, cy: y, r: 3.2, fill: ink(number), stroke: 'var(--page)', opacity: k <= at ? 1 : .35}, box);
      });
      const last = points.length - 1;
      const rim = {fill: ink(number), stroke: 'var(--page)', 'stroke-width': at === last ? 2 : 1};
      if (last > 0) {
        const d = star(...points[last], at === last ? 10 : 7.5);
        node('path', {...rim, class: 'end', d, opacity: at === last ? 1 : .6}, box);
        if (at === last) return;
      }
      const [x, y] = points[at];
      node('circle', {...rim, cx: x, cy: y, r: 6.5, 'stroke-width': 2}, box);
    }

    /// The sign of an end, as the legend has it.
    function star(x, y, size) {
      const corners = Array.from({length: 10}, (_, k) => {
        const [radius, angle] = [k % 2 ? .43 * size : size, Math.PI * (k / 5 - .5)];
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      });
      return line(corners) + 'Z';
    }

    function draw() {
      const wasAtEnd = state.runs.length > 0 && state.step >= longest();
      state.runs = runs();
      if (wasAtEnd) state.step = longest();
      live.replaceChildren();
      state.runs.forEach((run, number) => {
        if (!run) return;
        if (kind === 'convergence') return history(run, number);
        trail(run, number, run.points.map(pixel), live);
        if (kind === 'curve') tangent(run.points[Math.min(state.step, run.points.length - 1)], ink(number));
      });
      moveHandle();
      tell();
      describe();
      if (view === 'surface') drawSurface();
    }

    /// The tangent at a point of a curve.
    function tangent(point, colour) {
      if (!point.g || !Number.isFinite(point.f) || !Number.isFinite(point.g[0])) return;
      const unitX = frame.width / (frame.x.high - frame.x.low);
      const unitY = frame.height / (frame.y.high - frame.y.low);
      const dx = 70 / Math.hypot(unitX, point.g[0] * unitY);
      const ends = [-dx, dx].map(d => [toX(point.x[0] + d), toY(point.f + point.g[0] * d)]);
      node('path', {d: line(ends), fill: 'none', stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': '5 3'}, live);
    }

    /// f above the best value and |∇f| against the iteration.
    function history(run, number) {
      // What a logarithmic scale has no place for stands at its lower end.
      const floor = (v, box) => Math.max(v, box.y.low);
      const rows = [run.points.map(p => Math.abs(p.f - model.best)),
        run.points.map((p, k) => p.g ? norm(p.g) : model.paths[number].norm[k])];
      rows.slice(0, model.frames.length).forEach((values, row) => {
        const box = model.frames[row];
        const points = values.map((v, k) => [toX(run.points[k].k ?? k, box), toY(floor(v, box), box)])
          .filter(p => Number.isFinite(p[1]));
        if (points.length > 1) {
          node('path', {d: line(points), fill: 'none', stroke: ink(number), 'stroke-width': 2, ...dashes(number)},
            row ? over : live);
        }
        const at = Math.min(state.step, run.points.length - 1);
        if (values[at] >= 0) {
          const [x, y] = [toX(run.points[at].k ?? at, box), toY(floor(values[at], box), box)];
          node('circle', {cx: x, cy: y, r: 5.5, fill: ink(number), stroke: 'var(--page)', 'stroke-width': 2},
            row ? over : live);
        }
      });
    }

    // The start: a handle to drag, or to move with the arrow keys.
    let handle = null, grip = null;
    const isCoarse = matchMedia('(pointer:coarse)').matches;
    const advice = () => byId('hover').textContent = view === 'surface' ? 'Drag the surface to turn it.'
      : handle ? 'Drag the ring ○, or click in the picture, to start elsewhere.' : '';
    function moveHandle() {
      if (kind === 'convergence') { over.replaceChildren(); state.runs.forEach((r, i) => r && history(r, i)); return; }
      if (!handle) return;
      const [x, y] = pixel({x: state.start, f: f(state.start)});
      // As wide under a finger as it is drawn small.
      const ratio = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
      const scale = Number.isFinite(ratio) ? Math.max(1, ratio) : 1;
      handle.setAttribute('r', Math.max(10, 8 * scale));
      grip.setAttribute('r', (isCoarse ? 24 : 12) * scale);
      [handle, grip].forEach(item => {
        item.setAttribute('cx', Number.isFinite(x) ? x : -99);
        item.setAttribute('cy', Number.isFinite(y) ? y : toY(frame.y.low));
      });
      handle.setAttribute('aria-valuetext', place(state.start));
      handle.setAttribute('aria-valuenow', state.start[0]);
    }
    /// What a finger points at has no more digits than the picture shows.
    const pointed = x => x.map((v, i) => Number(v.toPrecision(digits(v, i))));
    function startAt(x) {
      state.start = within(x);
      model.variables.forEach((name, i) => { const box = byId('start' + i); if (box) box.value = state.start[i]; });
      draw();
    }
    function local(event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const x = (at.x - frame.left) / frame.width, y = 1 - (at.y - frame.top) / frame.height;
      const inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
      const data = [frame.x.low + Math.max(0, Math.min(1, x)) * (frame.x.high - frame.x.low)];
      if (kind === 'plane') data.push(frame.y.low + Math.max(0, Math.min(1, y)) * (frame.y.high - frame.y.low));
      return {data, inside};
    }
    if (code && kind !== 'convergence') {
      if (state.start && walks) {
        grip = node('circle', {class: 'grip', r: 10, fill: 'transparent'}, over);
        handle = node('circle', {
          class: 'handle', r: 10, fill: 'var(--page)', 'fill-opacity': .5, 'stroke-width': 2,
          stroke: model.paths.length === 1 ? ink(0) : 'var(--ink)',
          tabindex: 0, role: 'slider', 'aria-label': 'start; drag it or use the arrow keys',
          'aria-valuemin': frame.x.low, 'aria-valuemax': frame.x.high
        }, over);
        [handle, grip].forEach(item => item.addEventListener('pointerdown', event => {
          hold(item, event);
          const move = e => startAt(pointed(local(e).data));
          item.addEventListener('pointermove', move);
          const stop = () => item.removeEventListener('pointermove', move);
          item.addEventListener('pointerup', stop, {once: true});
          item.addEventListener('pointercancel', stop, {once: true});
          event.preventDefault();
        }));
        handle.addEventListener('keydown', event => {
          const turn = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
          if (!turn) return;
          event.preventDefault();
          const part = event.shiftKey ? 500 : 50;
          const x = state.start.slice();
          x[0] += (turn[0] || (kind === 'curve' ? turn[1] : 0)) * (frame.x.high - frame.x.low) / part;
          if (kind === 'plane') x[1] += turn[1] * (frame.y.high - frame.y.low) / part;
          startAt(pointed(x));
        });
        svg.addEventListener('click', event => {
          const at = local(event);
          if (at.inside && event.target !== handle && event.target !== grip) startAt(pointed(at.data));
        });
      }
      const spot = node('g', {'clip-path': `url(#${model.prefix}-clip0)`, 'pointer-events': 'none'}, svg);
      svg.addEventListener('pointermove', event => {
        spot.replaceChildren();
        const {data, inside} = local(event);
        if (!inside) return advice();
        const value = f(data), g = gradient(data);
        const [x, y] = pixel({x: data, f: value});
        const where = model.variables.map((name, i) => `${name} = ${shown(data[i], digits(data[i], i) - 1)}`).join(', ');
        const slope = count === 1 ? `${model.name}′ = ${shown(g[0], 5)}`
          : `∇${model.name} = ⟨${g.map(v => shown(v, 5)).join(', ')}⟩`;
        byId('hover').textContent = `${where}: ${model.name} = ${shown(value, 5)}, ${slope}`;
        if (!Number.isFinite(value)) return;
        node('circle', {cx: x, cy: y, r: 4, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.5}, spot);
        if (kind === 'plane') {
          const dx = g[0] * frame.width / (frame.x.high - frame.x.low);
          const dy = -g[1] * frame.height / (frame.y.high - frame.y.low);
          const size = Math.hypot(dx, dy);
          if (size > 0 && Number.isFinite(size)) {
            const [u, v] = [dx / size, dy / size], [hx, hy] = [x + 34 * u, y + 34 * v];
            node('path', {d: `M${x} ${y}L${hx} ${hy}M${hx - 8 * u + 4 * v} ${hy - 8 * v - 4 * u}L${hx} ${hy}`
              + `L${hx - 8 * u - 4 * v} ${hy - 8 * v + 4 * u}`, fill: 'none', stroke: 'var(--ink)',
              'stroke-width': 2}, spot);
          }
        }
      });
      svg.addEventListener('pointerleave', () => { spot.replaceChildren(); advice(); });
    }

    """#
}
