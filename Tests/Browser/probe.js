// Stands first in a page under test: hears of every error, and when the page is ready plays with it.
(() => {
  const heard = [];
  window.addEventListener('error', event => heard.push(String(event.message)));
  window.addEventListener('unhandledrejection', event => heard.push(String(event.reason)));
  for (const name of ['error', 'warn']) {
    console[name] = (...words) => heard.push(words.join(' '));
  }
  const lines = [];
  const check = (is, what) => lines.push(`${is ? 'ok' : 'not ok'}  ${what}`);
  const wait = time => new Promise(done => setTimeout(done, time));
  const point = (type, x, y) => new PointerEvent(type, {
    bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1, isPrimary: true, pointerType: 'touch'
  });

  async function play() {
    const byId = id => document.getElementById(id);
    const model = JSON.parse(byId('model').textContent);
    const svg = document.querySelector('figure svg');
    const told = () => byId('told').textContent;
    const slider = byId('step');
    const set = (box, value, type = 'input') => {
      box.value = value;
      box.dispatchEvent(new Event(type, {bubbles: true}));
    };
    const canAgain = Boolean(window.nabla);

    check(document.querySelector('h1 math'), 'the formula is typeset');
    check(svg.querySelector('title').textContent.length > 3, 'the picture has a title');
    check(svg.querySelector('desc').textContent.length > 20, 'the picture is described');
    const unnamed = [...document.querySelectorAll('input, button, canvas, [role=slider]')].filter(item =>
      !(item.getAttribute('aria-label') || item.closest('label')?.textContent.trim() || item.textContent.trim()));
    check(unnamed.length === 0, 'every control has a name');
    const unreached = [...document.querySelectorAll('input, button, canvas, summary, .handle')].filter(item =>
      item.tabIndex < 0);
    check(unreached.length === 0, 'every control is reached with the keyboard');
    const untouched = [...document.querySelectorAll('canvas, .handle')].filter(item =>
      getComputedStyle(item).touchAction !== 'none');
    check(untouched.length === 0, 'what is dragged does not scroll the page');
    check(getComputedStyle(document.body).backgroundColor === (window.matchMedia('(prefers-color-scheme:dark)').matches
      ? 'rgb(18, 21, 26)' : 'rgb(255, 255, 255)'), 'the page is as light or dark as the reader asks');
    const overlapping = (list, gap) => list.some((a, i) => list.slice(i + 1).some(b =>
      a.left < b.right - gap && b.left < a.right - gap && a.top < b.bottom - gap && b.top < a.bottom - gap));
    if (svg.style.display !== 'none') {
      const words = [...svg.querySelectorAll('text')].map(word => word.getBoundingClientRect());
      const sheet = svg.getBoundingClientRect();
      // Larger words of a small picture may stand in the margin of the page.
      const wide = document.documentElement.clientWidth;
      check(words.every(w => w.left >= 0 && w.right <= wide && w.top >= sheet.top - 4
        && w.bottom <= sheet.bottom + 4), 'no word is cut off');
      check(!overlapping(words, 3), 'no word stands on another');
    }
    const scrolling = [...document.querySelectorAll('h1, .gradient')].filter(item =>
      item.offsetHeight > item.clientHeight + 1 || getComputedStyle(item).overflowY !== 'hidden');
    check(scrolling.length === 0, 'no bar stands beside the formula');
    const small = [...document.querySelectorAll('button')].filter(b => b.offsetParent && b.offsetHeight < 40);
    check(small.length === 0, 'buttons are large enough for a finger');
    check(document.documentElement.scrollWidth <= window.innerWidth, 'nothing is wider than the window');

    check(model.paths.length > 0, 'there is a path');
    const last = Number(slider.max);
    check(last > 0 && told().includes(`step ${model.paths[0].k[last]}`), 'it begins with the last step');
    set(slider, 0);
    check(told().includes('step 0'), 'the slider leads to the start');
    byId('on').click();
    check(told().includes('step ' + model.paths[0].k[1]), 'one step on');
    byId('back').click();
    check(told().includes('step 0'), 'one step back');
    byId('play').click();
    await wait(1500);
    check(Number(slider.value) > 0, 'it plays');
    byId('play').click();
    check(byId('play').getAttribute('aria-label') === 'play' || Number(slider.value) === last, 'it pauses');
    if (last <= 20) {
      set(slider, last - 1);
      byId('play').click();
      check(byId('play').getAttribute('aria-label') === 'pause', 'while it plays it can be paused');
      await wait(2500);
      check(Number(slider.value) === last && byId('play').getAttribute('aria-label') === 'play', 'it stops at the end');
    }
    check(byId('iterates').children.length > Math.min(last, 10), 'the iterates stand in a table');

    if (canAgain) {
      check(document.querySelector('#again .note').textContent.includes('another start'), 'it says who walks from a new start');
      const before = told();
      set(byId('start0'), model.start[0] + 0.5, 'change');
      check(told() !== before, 'a typed start is gone from');
      set(slider, 0);
      if (model.kind !== 'convergence') {
        check(told().includes(byId('start0').value.replace('-', '−')),
          'step 0 is the start');
      }
      if (model.paths.length > 1) {
        const rows = () => byId('told').children.length, trails = () => svg.querySelectorAll('.live > circle').length;
        check(rows() === model.paths.length, 'every method tells where it is');
        check(new Set(model.paths.map(path => path.ink)).size === model.paths.length, 'every method has its colour');
        const boxes = [...document.querySelectorAll('#methods input')];
        check(boxes.length === model.paths.length, 'every method can be switched off');
        const [all, many] = [rows(), trails()];
        boxes[0].click();
        check(rows() === all - 1 && trails() < many, 'and is gone then');
        boxes[0].click();
        check(rows() === all && trails() === many, 'and comes back');
        set(byId('start0'), model.start[0] + 0.25, 'change');
        set(slider, 1);
        const ends = [...byId('told').children].map(row => row.textContent.replace(/.*?: /, ''));
        check(ends.every(text => !text.includes(String(model.start[0]))) && new Set(ends).size > 1,
          'all go from the new start, each its own way');
        byId('reset').click();
        set(slider, 0);
      }
      if (model.rate) {
        const rate = byId('rate');
        set(rate, 500);
        set(slider, Math.min(3, last));
        const usual = told();
        set(rate, 400);
        check(told() !== usual, 'another rate, another way');
        check(Number(byId('rateValue').value) < model.rate, 'the rate shrinks');
        set(rate, 1000);
        set(slider, slider.max);
        check(Number(byId('rateValue').value) > 50 * model.rate, 'the rate grows a hundredfold');
        check(/diverges|domain|zero|step/.test(told()), 'a rate beyond divergence is told: ' + told());
        if (/plane|curve/.test(model.kind) && model.name === 'f' && model.paths[0].k.length > 14
          && document.title.includes('5x')) {
          check(told().includes('diverges'), 'and it says that it diverges');
        }
        const caption = () => document.querySelector('figcaption').textContent;
        const legend = () => [...document.querySelectorAll('.legend span')].map(item => item.textContent);
        set(byId('rateValue'), -1, 'change');
        check(!byId('rateValue').checkValidity(), 'a rate below 0 is refused');
        byId('reset').click();
        const recorded = legend(), described = caption();
        if (recorded.some(text => text === model.paths[0].legend)) {
          set(byId('rateValue'), 0.5 * model.rate, 'change');
          if (/rate/.test(model.paths[0].legend)) check(!legend().includes(model.paths[0].legend), 'the legend goes with the rate: ' + legend());
          check(caption() !== described, 'and so does the description');
          if (document.title.includes('5x')) {
            set(byId('rateValue'), 1.05, 'change');
            check(legend().some(text => text.includes('rate 1.05') && text.includes('it diverges')),
              'a walk that swings higher and higher diverges: ' + legend());
            set(byId('start0'), 1e10, 'change');
            check(/outside the picture/.test(told()) && !/\d{12}/.test(told()), 'a far start is told: ' + told());
          }
          byId('reset').click();
          check(legend().join() === recorded.join() && caption() === described, 'and all is as it was');
        }
      }
      byId('reset').click();
      check(Number(byId('start0').value) === model.start[0], 'start over');
      const handle = document.querySelector('.handle');
      const isShown = svg.style.display !== 'none';
      if (handle && isShown) {
        const box = svg.getBoundingClientRect();
        const scale = box.width / svg.viewBox.baseVal.width;
        const frame = model.frames[0];
        const at = part => box.left + (frame.left + part * frame.width) * scale;
        const y = box.top + (frame.top + 0.4 * frame.height) * scale;
        handle.dispatchEvent(point('pointerdown', at(0.2), y));
        handle.dispatchEvent(point('pointermove', at(0.35), y));
        handle.dispatchEvent(point('pointerup', at(0.35), y));
        const value = frame.x.low + 0.35 * (frame.x.high - frame.x.low);
        check(Math.abs(Number(byId('start0').value) - value) < 0.02 * (frame.x.high - frame.x.low), 'dragging moves the start');
        handle.dispatchEvent(point('pointermove', at(0.9), y));
        check(Math.abs(Number(byId('start0').value) - value) < 0.02 * (frame.x.high - frame.x.low), 'and ends');
        handle.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true, cancelable: true}));
        check(Number(byId('start0').value) > value, 'an arrow key moves the start');
        svg.dispatchEvent(point('pointermove', at(0.45), y));
        const hover = byId('hover').textContent;
        const numbers = name => {
          const found = hover.match(new RegExp(`${name} = ⟨?([^:;⟩]*)`));
          return found ? found[1].split(', ').map(t => parseFloat(t.replace('−', '-').replace(/·10.*/, ''))) : [];
        };
        const px = frame.x.low + 0.45 * (frame.x.high - frame.x.low);
        const py = frame.y.low + 0.6 * (frame.y.high - frame.y.low);
        const where = model.kind === 'curve' ? [px] : [px, py];
        const shown = v => parseFloat(String(v.toPrecision(5)).replace(/e.*/, ''));
        const told0 = numbers(`: ${model.name}`)[0];
        const f = window.nabla.value(where);
        check(Number.isFinite(f) ? Math.abs(told0 - shown(f)) <= 2e-3 * Math.abs(shown(f)) + 1e-9
          : hover.includes('undefined') || hover.includes('∞'), 'the pointer is told the value: ' + hover);
        check(hover.includes(model.kind === 'curve' ? `${model.name}′ = ` : `∇${model.name} = ⟨`),
          'and the gradient');
        svg.dispatchEvent(point('pointermove', -50, -50));
        check(byId('hover').textContent.startsWith('Drag the ring'), 'and outside how to start elsewhere');
        set(slider, slider.max);
        const ends = svg.querySelectorAll('.live > .end');
        check(ends.length === model.paths.length, 'every path has the star of its end');
        check([...ends].every(end => !svg.querySelector('.live > circle[r="6.5"]') || model.paths.length > 1),
          'and at the last step nothing hides it');
      }
      const radio = document.querySelector('#views input[value=surface]');
      if (model.kind === 'plane') {
        radio.click();
        await wait(50);
        const canvas = byId('surface');
        check(!canvas.hidden && canvas.width > 100, 'the surface shows');
        check(document.querySelector('figcaption').textContent.startsWith('The surface of'), 'and is described');
        const ink = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const painted = (x, y) => ink[4 * (y * canvas.width + x) + 3] > 0;
        let [inside, border] = [0, 0];
        for (let x = 0; x < canvas.width; x += 1) for (let y = 0; y < canvas.height; y += 1) {
          if (!painted(x, y)) continue;
          inside += 1;
          if (x < 2 || y < 2 || x >= canvas.width - 2 || y >= canvas.height - 2) border += 1;
        }
        check(inside > 0.1 * canvas.width * canvas.height, 'there is a surface');
        check(border === 0, 'nothing of it is cut off');
        check(byId('views').hidden === Boolean(model.startsWithSurface), 'one can go back where there are contours');
        const picture = () => canvas.toDataURL();
        const first = picture();
        canvas.dispatchEvent(point('pointerdown', 300, 300));
        canvas.dispatchEvent(point('pointermove', 360, 320));
        canvas.dispatchEvent(point('pointerup', 360, 320));
        const turned = picture();
        check(turned !== first, 'the surface turns under the finger');
        canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft', bubbles: true, cancelable: true}));
        check(picture() !== turned, 'and with the arrow keys');
      }
    } else {
      check(byId('again').hidden, 'what cannot be run again is not offered');
    }
    check(document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      'nothing sticks out sideways: ' + document.documentElement.scrollWidth);
    check(heard.length === 0, 'the console is silent' + (heard.length ? ': ' + heard[0] : ''));
  }

  window.addEventListener('load', async () => {
    try { await play(); } catch (error) { check(false, 'the probe stopped: ' + error); }
    const list = document.createElement('pre');
    list.textContent = '\n' + lines.join('\n') + '\n';
    document.body.append(list);
  });
})();
