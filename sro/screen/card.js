// A figure's card. Another period or other schools change what stands there: plotly.js draws only what differs.
let library;
const NOT_DRAWN = "The chart did not come. Its numbers stand behind “Data”.";
const plotly = (address) => library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(address, document.baseURI);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
        library = undefined;
        reject(new Error("plotly.js was not served."));
    };
    document.head.append(script);
});

// Charts in sight come first; the page answers after each slice. A slice for each chart would paint the page as often.
const SLICE = 150; // milliseconds
const waiting = new Map();
let drawing = false;
const distance = (chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return Math.max(top - window.innerHeight, -bottom, 0);
};
// Where charts stand is asked once a slice: after each chart the browser would lay the page out again to say it.
const nearestLast = () => {
    const far = new Map([...waiting.keys()].map((chart) => [chart, distance(chart)]));
    return [...far.keys()].sort((one, other) => far.get(other) - far.get(one));
};
const inTurn = async (chart, draw) => {
    waiting.set(chart, draw);
    chart.ariaBusy = "true";
    if (drawing) return;
    drawing = true;
    let until = 0, inOrder = [];
    while (waiting.size) {
        if (performance.now() > until || !inOrder.length) {
            await new Promise((resolve) => setTimeout(resolve));
            until = performance.now() + SLICE;
            inOrder = nearestLast();
        }
        const next = inOrder.pop();
        const run = waiting.get(next);
        if (!run) continue; // it has left the page
        waiting.delete(next);
        await run().catch((error) => {
            console.error(error);
            next.textContent = NOT_DRAWN;
        });
        if (!waiting.has(next)) next.ariaBusy = "false";
    }
    drawing = false;
};

export default function ({ data, parentElement, setTriggerValue }) {
    const card = parentElement.querySelector("figure");
    const chart = card.querySelector(".sro-chart");
    card.tell = setTriggerValue;
    if (card.said !== data.figure) {
        card.said = data.figure;
        const figure = JSON.parse(data.figure);
        write(card, figure);
        chart.setAttribute("aria-label", figure.alt);
        chart.style.height = `${figure.height}px`;
        chart.refresh = () => inTurn(chart, () => draw(chart, figure, data.library));
        chart.refresh();
    }
    if (!card.watch) {
        card.watch = new ResizeObserver(() => chart.clientWidth !== chart.drawn && chart.refresh());
        card.watch.observe(chart);
        for (const button of card.querySelectorAll("button")) button.onclick = () => card.tell("asked", button.name);
    }
    return () => {
        card.watch.disconnect();
        waiting.delete(chart);
        if (chart.drawn) window.Plotly.purge(chart);
    };
}

function write(card, figure) {
    card.querySelector(".sro-finding").textContent = figure.title;
    card.querySelector(".sro-sub").textContent = figure.subtitle;
    card.querySelector(".sro-footer").textContent = figure.footer;
    const note = (text) => Object.assign(document.createElement("li"), { textContent: text });
    card.querySelector(".sro-notes").replaceChildren(...figure.footnotes.map(note));
}

async function draw(chart, figure, address) {
    const width = chart.clientWidth;
    if (!width || !chart.isConnected) return;
    const Plotly = await plotly(address);
    const { data, layout } = figure.chart;
    await Plotly.react(chart, data, { ...layout, width, height: figure.height }, figure.config);
    if (!chart.drawn) listen(chart);
    chart.opens = figure.opens;
    chart.drawn = width;
}

// A click on a mark that is a school opens the school; the pointer says so before.
function listen(chart) {
    const school = (event) => chart.opens && [event.points[0]?.customdata].flat()[0];
    const pointer = (shape) => chart.querySelectorAll(".nsewdrag").forEach((area) => (area.style.cursor = shape));
    chart.on("plotly_hover", (event) => school(event) && pointer("pointer"));
    chart.on("plotly_unhover", () => pointer(""));
    chart.on("plotly_click", (event) => school(event) && chart.closest("figure").tell("opened", school(event)));
}
