// Runs the script of a page without a browser, by Node: walks from the recorded start and from another one.
//
//   node walk.js page.html '[0.5, 1]'
//
// Prints as JSON, for every path, how far the walk by the script is from the recorded path (null where the page has
// no walk), what the page tells of the recorded path and of the walk from the other start, where that ends, and which
// path shows when the start is moved back.
const html = require('fs').readFileSync(process.argv[2], 'utf8');
const other = JSON.parse(process.argv[3]);

// Stands for all of the browser that draws: whatever is asked of it gives it again.
const anything = new Proxy(function () {}, {
  get: (of, name) => name === Symbol.toPrimitive ? () => 0 : name === Symbol.iterator ? function* () {} : anything,
  set: () => true, apply: () => anything, construct: () => anything
});
const element = own => new Proxy(own, {get: (of, name) => name in of ? of[name] : anything});
const parts = {model: element({textContent: html.match(/id="model">(.*?)<\/script>/s)[1]})};
parts.told = element({replaceChildren: (...rows) => { parts.told.rows = rows; }});
const document = {
  getElementById: id => html.includes(`id="${id}"`) ? parts[id] ??= element({}) : null,
  querySelector: () => anything, querySelectorAll: () => [],
  createElement: () => ({append() {}, replaceChildren() {}}), createElementNS: () => anything
};
const scripts = [...html.matchAll(/<script>\n(.*?)<\/script>/gs)].map(found => found[1]);
const opened = scripts.pop().replace(/\}\)\(\);\s*$/, 'window.page = {model, state, descend, startAt};\n})();\n');
const window = {};
new Function('window', 'document', 'matchMedia', scripts.join('') + opened)(window, document, anything);

const {model, state, descend, startAt} = window.page;
const told = () => parts.told.rows.map(row => row.textContent);
const from = x => { startAt(x); return {told: told(), ends: state.runs.map(run => run && run.points.at(-1).x)}; };
const distance = path => {
  if (!path.method) return null;
  const {points} = descend(path, model.start, 1);
  const met = path.k.map((k, place) => [points[k], path.x[place]]).filter(([point]) => point);
  if (path.steps !== null && points.length !== path.steps + 1) return points.length;
  return Math.max(...met.map(([point, x]) => Math.hypot(...x.map((v, i) => v - point.x[i]))));
};
console.log(JSON.stringify({
  distances: model.paths.map(distance), recorded: told(), other: from(other), back: from(model.start)
}));
