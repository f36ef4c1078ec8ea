// Notes when the charts of a page were last painted. Put into every page before its own scripts.
(() => {
  const seen = { started: null, last: 0, charts: new Map() };
  const charts = (root, found = []) => {
    for (const one of root.querySelectorAll('.js-plotly-plot')) found.push(one);
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) charts(one.shadowRoot, found);
    return found;
  };
  const noticed = records => {
    const touched = new Set();
    let any = false;
    for (const record of records) {
      any = true;
      const node = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      const chart = node?.closest('.js-plotly-plot');
      if (chart) touched.add(chart);
    }
    if (any) requestAnimationFrame(() => {  // the frame that shows what has just changed
      const now = performance.now();
      seen.last = now;
      for (const chart of touched) seen.charts.set(chart, now);
    });
  };
  const watch = root => new MutationObserver(noticed).observe(
    root, { subtree: true, childList: true, attributes: true, characterData: true });
  const start = event => { if (seen.armed) { seen.started = event.timeStamp; seen.armed = false; } };
  watch(document);
  document.addEventListener('mousedown', start, true);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (...given) {
    const root = attach.apply(this, given);
    watch(root);
    return root;
  };
  seen.arm = () => { seen.armed = true; seen.started = null; };
  seen.state = () => {
    const drawn = charts(document).filter(chart => chart.querySelector('.main-svg'));
    const times = drawn.map(chart => seen.charts.get(chart) ?? 0);
    const since = seen.started ?? 0;
    const app = document.querySelector('[data-testid="stApp"]');
    return {
      idle: !app || app.getAttribute('data-test-script-state') === 'notRunning',
      started: since,
      charts: drawn.length,
      repainted: times.filter(time => time > since).length,
      painted: Math.max(0, ...times),
      last: seen.last,
      now: performance.now(),
    };
  };
  window.watched = seen;
})();
