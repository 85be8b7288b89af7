extension PageScript {
  /// The controls: step, play, rate, start, methods, what is shown.
  static let controls = #"""
    const slider = byId('step'), play = byId('play'), rateSlider = byId('rate'), rateBox = byId('rateValue');
    function longest() { return Math.max(0, ...state.runs.map(run => run ? run.points.length - 1 : 0)); }

    /// What the run says at this step, and the table.
    function tell() {
      const last = longest();
      slider.max = last;
      state.step = Math.min(state.step, last);
      slider.value = state.step;
      const lines = [];
      state.runs.forEach((run, number) => {
        if (!run) return;
        const at = Math.min(state.step, run.points.length - 1), p = run.points[at];
        const size = p.g && count === 1 ? p.g[0] : p.g ? norm(p.g) : model.paths[number].norm[at];
        const label = p.g && count === 1 ? `${model.name}′` : `|∇${model.name}|`;
        const isSeen = kind === 'convergence' || [frame.x, ...(kind === 'plane' ? [frame.y] : [])]
          .every((axis, i) => p.x[i] >= axis.low && p.x[i] <= axis.high);
        const end = (isSeen ? '' : ', outside the picture')
          + (at === run.points.length - 1 || run.end === 'diverging' ? names[run.end] : '');
        const path = model.paths[number], who = model.paths.length > 1 ? path.title : run.end !== 'recorded' && path.by;
        lines.push(`${who ? who + ', ' : ''}step ${p.k ?? at}: ${place(p.x)}, `
          + `${model.name} = ${shown(p.f)}, ${label} = ${shown(size, 4)}${end}`);
      });
      byId('told').replaceChildren(...lines.map(text => {
        const row = document.createElement('div');
        row.textContent = text;
        return row;
      }));
      slider.setAttribute('aria-valuetext', `step ${state.step} of ${last}`);
      const body = byId('iterates');
      const run = state.runs.find(run => run);
      if (!body || !run) return;
      body.replaceChildren(...run.points.slice(0, 201).map((p, k) => {
        const row = document.createElement('tr');
        if (k === state.step) row.className = 'here';
        const cells = [p.k ?? k, ...p.x.slice(0, 4).map((v, i) => shown(v, digits(v, i) + 1)), shown(p.f),
          shown(p.g ? norm(p.g) : model.paths[0].norm[k], 4)];
        row.append(...cells.map(text => { const cell = document.createElement('td'); cell.textContent = text; return cell; }));
        return row;
      }));
    }

    let timer = null;
    function pause() {
      clearInterval(timer);
      timer = null;
      play.textContent = '▶';
      play.setAttribute('aria-label', 'play');
    }
    function go(step) {
      state.step = Math.max(0, Math.min(longest(), step));
      slider.value = state.step;
      draw();
    }
    if (model.paths.length) {
      byId('steps').hidden = false;
      slider.addEventListener('input', () => { pause(); go(Number(slider.value)); });
      byId('back').addEventListener('click', () => { pause(); go(state.step - 1); });
      byId('on').addEventListener('click', () => { pause(); go(state.step + 1); });
      play.addEventListener('click', () => {
        if (timer) return pause();
        if (state.step >= longest()) go(0);
        play.textContent = '❚❚';
        play.setAttribute('aria-label', 'pause');
        timer = setInterval(() => {
          if (state.step >= longest()) return pause();
          go(state.step + 1);
        }, Math.max(50, Math.min(500, 6000 / Math.max(1, longest()))));
      });
    }

    function rateAt(rate) {
      const isRate = rate > 0 && Number.isFinite(rate);
      rateBox.setCustomValidity(isRate ? '' : 'A rate is above 0.');
      if (!isRate) return rateBox.reportValidity();
      state.rate = rate;
      rateBox.value = rate;
      rateSlider.value = 500 + 250 * Math.log10(rate / model.rate);
      rateSlider.setAttribute('aria-valuetext', `rate ${rate}`);
      draw();
    }
    if (walks) {
      byId('again').hidden = false;
      if (model.rate) {
        rateSlider.value = 500;
        rateBox.value = model.rate;
        rateSlider.addEventListener('input', () =>
          rateAt(Number((model.rate * 10 ** ((Number(rateSlider.value) - 500) / 250)).toPrecision(3))));
        rateBox.addEventListener('change', () => rateAt(Number(rateBox.value)));
      } else {
        byId('rates').hidden = true;
      }
      model.variables.forEach((name, i) => {
        const box = byId('start' + i);
        if (!box) return;
        box.value = state.start[i];
        box.addEventListener('change', () => {
          const value = Number(box.value);
          if (!Number.isFinite(value)) return;
          const x = state.start.slice();
          x[i] = value;
          startAt(x);
        });
      });
      byId('reset').addEventListener('click', () => {
        state.start = model.start.slice();
        state.rate = model.rate;
        if (model.rate) {
          rateBox.setCustomValidity('');
          rateSlider.value = 500;
          rateBox.value = model.rate;
        }
        model.variables.forEach((name, i) => { const box = byId('start' + i); if (box) box.value = state.start[i]; });
        draw();
      });
    }
    document.querySelectorAll('#methods input').forEach((box, number) => {
      box.addEventListener('change', () => {
        if (box.checked) state.on.add(number); else state.on.delete(number);
        draw();
      });
    });
    if (byId('methods')) byId('methods').hidden = false;

    // The surface, where there are values to ask for.
    if (code && kind === 'plane') {
      // A page of a surface has no contours to go back to.
      byId('views').hidden = model.startsWithSurface;
      const show = name => {
        view = name;
        svg.style.display = name === 'surface' ? 'none' : '';
        canvas.hidden = name !== 'surface';
        advice();
        describe();
        if (name === 'surface') {
          canvas.width = 2 * Math.min(720, canvas.parentElement.clientWidth || 720);
          canvas.height = canvas.width * 0.78;
          drawSurface();
        }
      };
      document.querySelectorAll('#views input').forEach(box =>
        box.addEventListener('change', () => { if (box.checked) show(box.value); }));
      let grip = null;
      canvas.addEventListener('pointerdown', event => { grip = [event.clientX, event.clientY]; hold(canvas, event); });
      canvas.addEventListener('pointermove', event => {
        if (!grip) return;
        turn((event.clientX - grip[0]) * 0.008, (event.clientY - grip[1]) * 0.006);
        grip = [event.clientX, event.clientY];
      });
      ['pointerup', 'pointercancel'].forEach(name => canvas.addEventListener(name, () => { grip = null; }));
      canvas.addEventListener('keydown', event => {
        const by = {ArrowLeft: [-.1, 0], ArrowRight: [.1, 0], ArrowUp: [0, -.08], ArrowDown: [0, .08]}[event.key];
        if (!by) return;
        event.preventDefault();
        turn(...by);
      });
      function turn(azimuth, elevation) {
        eye.azimuth -= azimuth;
        eye.elevation = Math.max(0.05, Math.min(1.5, eye.elevation + elevation));
        drawSurface();
      }
      if (model.startsWithSurface) {
        document.querySelector('#views input[value=surface]').checked = true;
        show('surface');
      }
      matchMedia('(prefers-color-scheme:dark)').addEventListener('change', () => { if (view === 'surface') drawSurface(); });
    }

    if (model.paths.length) {
      svg.querySelectorAll('.path, .tangents, .way').forEach(part => part.remove());
      if (kind === 'convergence') svg.querySelectorAll('.curve, .points').forEach(part => part.remove());
      draw();
      state.step = longest();
      slider.value = state.step;
      draw();
    }
    advice();
    """#
}
