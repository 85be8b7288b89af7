extension PageScript {
  /// A descent from any start, and what each path shows.
  static let walk = #"""
    /// A descent with its end. Where the number of steps was asked for it takes so many, otherwise it goes on until the
    /// gradient has all but vanished, or to the limit.
    function descend(path, start, factor) {
      const settings = {...path.settings};
      if (settings.rate) settings.rate *= factor;
      const next = methods[path.method](settings);
      const downward = (x, g) => g.map((c, i) => isHeld(x[i], sign * c, i) ? 0 : sign * c);
      let x = start.slice(), value = f(x), g = gradient(x), steepest = 0;
      const points = [{x, f: value, g}];
      let end = path.steps === null ? 'limit' : 'done';
      for (let k = 0; k < (path.steps ?? path.limit); k += 1) {
        if (!Number.isFinite(value) || !g.every(Number.isFinite)) { end = 'outside'; break; }
        const slope = downward(x, g), size = norm(slope);
        steepest = Math.max(steepest, size);
        if (size === 0) { end = norm(g) > 0 ? 'bound' : 'still'; break; }
        if (path.steps === null && size <= 1e-8 * steepest) { end = norm(g) > size ? 'bound' : 'settled'; break; }
        const y = next(x, slope, sign * value);
        if (!y) { end = 'stuck'; break; }
        if (!y.every(v => Number.isFinite(v) && Math.abs(v) < 1e12)) { end = 'diverging'; break; }
        x = y;
        value = f(x);
        g = gradient(x);
        points.push({x, f: value, g});
      }
      const last = points.length - 1;
      if (!['still', 'settled', 'bound', 'stuck'].includes(end) && last > 3) {
        const stride = k => norm(points[k].x.map((v, i) => v - points[k - 1].x[i]));
        const grows = stride(last) > stride(last - 1) && stride(last - 1) > stride(last - 2);
        const worse = !(sign * points[last].f < sign * points[0].f);
        if (grows && worse) end = 'diverging';
      }
      return {points, end};
    }

    /// Whether the start and the rate are those of the command, whose path is recorded.
    const isRecorded = () => !model.start
      || (state.rate === model.rate && state.start.every((v, i) => v === model.start[i]));

    function runs() {
      return model.paths.map((path, number) => {
        if (!state.on.has(number)) return null;
        if (isRecorded() || !walks) {
          const points = path.x.map((x, k) => ({x, f: path.f[k], g: code ? gradient(x) : null, k: path.k[k]}));
          return {points, end: 'recorded'};
        }
        return path.method ? descend(path, state.start, state.rate / model.rate) : null;
      });
    }

    """#
}
