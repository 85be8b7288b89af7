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

    if (canAgain) {
      const before = told();
      set(byId('start0'), model.start[0] + 0.5, 'change');
      check(told() !== before, 'a typed start is gone from');
      set(slider, 0);
      if (model.kind !== 'convergence') {
        check(told().includes(String(Number((model.start[0] + 0.5).toPrecision(6))).replace('-', '−')),
          'step 0 is the start');
      }
      if (model.rate) {
        const rate = byId('rate');
        set(rate, 400);
        check(Number(byId('rateValue').value) < model.rate, 'the rate shrinks');
        set(rate, 1000);
        set(slider, slider.max);
        check(Number(byId('rateValue').value) > 50 * model.rate, 'the rate grows a hundredfold');
        check(/diverges|domain|zero|step/.test(told()), 'a rate beyond divergence is told: ' + told());
        if (/plane|curve/.test(model.kind) && model.name === 'f' && model.paths[0].k.length > 14
          && document.title.includes('5x')) {
          check(told().includes('diverges'), 'and it says that it diverges');
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
        check(byId('hover').textContent.includes(' = '), 'the pointer is told values');
        svg.dispatchEvent(point('pointermove', -50, -50));
        check(byId('hover').textContent === '', 'and nothing outside');
      }
      const radio = document.querySelector('#views input[value=surface]');
      if (model.kind === 'plane') {
        radio.click();
        await wait(50);
        const canvas = byId('surface');
        check(!canvas.hidden && canvas.width > 100, 'the surface shows');
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
    check(heard.length === 0, 'the console is silent' + (heard.length ? ': ' + heard[0] : ''));
  }

  window.addEventListener('load', async () => {
    try { await play(); } catch (error) { check(false, 'the probe stopped: ' + error); }
    const list = document.createElement('pre');
    list.textContent = '\n' + lines.join('\n') + '\n';
    document.body.append(list);
  });
})();
