extension PageScript {
  /// The words around the picture, which go with what it shows: the legend and the description.
  static let words = #"""
    const caption = document.querySelector('figcaption'), captioned = caption.textContent;
    const signed = [...document.querySelectorAll('.legend span')];
    const entries = model.paths.map(path => signed.filter(item => item.textContent === path.legend));
    /// What a path is called at the rate that it has now.
    function called(path, run) {
      if (run.end === 'recorded') return path.legend;
      const steps = run.points.length - 1, rate = path.settings.rate;
      const name = path.by || !rate ? path.by || path.title
        : path.title.replace(/rate [^,]*/, `rate ${shown(rate * state.rate / model.rate)}`);
      return `${name}, ${steps} step${steps === 1 ? '' : 's'}${run.end === 'diverging' ? ': it diverges' : ''}`;
    }
    const short = x => count === 1 ? shown(x[0], 3)
      : `(${x.slice(0, 4).map(v => shown(v, 3)).join(', ')}${count > 4 ? ', …' : ''})`;
    function describe() {
      let text = captioned;
      model.paths.forEach((path, number) => {
        const run = state.runs[number];
        entries[number].forEach(item => { item.textContent = run ? called(path, run) : path.legend; });
        if (run && run.end === 'recorded') return;
        const first = run && run.points[0], last = run && run.points[run.points.length - 1];
        const sentence = run ? `Path of ${called(path, run)}, from ${short(first.x)} to ${short(last.x)}, `
          + `where the value is ${shown(last.f, 4)}.` : '';
        const from = text.indexOf(`Path of ${path.legend}, from`), next = text.indexOf('. Path of ', from);
        if (from >= 0) text = text.slice(0, from) + sentence + (next < 0 ? '' : text.slice(next + 1));
      });
      caption.textContent = view === 'surface' ? text.replace(/^Contours of/, 'The surface of') : text;
    }

    """#
}
