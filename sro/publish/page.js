// A figure as a page: title, subtitle, chart, footnotes and footer as one SVG, so that it survives being cut out.
// Lengths are in the units of the screen's 14-pixel type; `scale` brings them to the size that was asked for.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const FAMILY = "'SRO Sans', 'Source Sans 3', 'Source Sans', Arial, sans-serif";
const STYLES = {
  title: { size: 20, weight: 600, line: 25, below: 4, color: "ink" },
  subtitle: { size: 14, weight: 400, line: 19, below: 10, color: "muted" },
  note: { size: 11, weight: 400, line: 14.5, below: 1, color: "muted" },
  space: { size: 5, weight: 400, line: 0, below: 5, color: "muted" },
  footer: { size: 11, weight: 400, line: 14.5, below: 0, color: "muted" },
};
const EDGE = 26;
const pen = document.createElement("canvas").getContext("2d");

function widthOf(text, style) {
  pen.font = `${style.weight} ${style.size}px ${FAMILY}`;
  return pen.measureText(text).width;
}

// The text on lines no wider than `room`; a word that is too wide alone is broken.
function wrapped(text, style, room) {
  const lines = [];
  let line = "";
  for (let word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, style) <= room) { line = longer; continue; }
    if (line) lines.push(line);
    while (widthOf(word, style) > room) {
      let end = word.length - 1;
      while (end > 1 && widthOf(word.slice(0, end), style) > room) end -= 1;
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = word;
  }
  if (line) lines.push(line);
  return lines;
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function blockHeight(paragraphs) {
  return paragraphs.reduce((sum, { lines, style }) => sum + lines.length * style.line + style.below, 0);
}

function write(page, paragraphs, top, colors) {
  for (const { lines, style } of paragraphs) {
    for (const line of lines) {
      page.append(element("text", {
        x: EDGE, y: (top + style.size).toFixed(2), fill: colors[style.color], "font-size": style.size,
        "font-weight": style.weight, "xml:space": "preserve",
      }, line));
      top += style.line;
    }
    top += style.below;
  }
}

// How wide and high the page is, how high its chart, and how its texts break; null where the chart has no room.
function arranged(job, scale) {
  const width = job.width / scale;
  const room = width - 2 * EDGE;
  const paragraph = (text, name) => ({ lines: wrapped(text, STYLES[name], room), style: STYLES[name] });
  const head = job.head.map(([name, text]) => paragraph(text, name));
  const foot = job.foot.map(([name, text]) => paragraph(text, name));
  const edges = head.length ? 2 * EDGE + 8 : 2 * EDGE - 12;
  const around = blockHeight(head) + blockHeight(foot) + edges;
  const least = job.natural * job.squeeze;
  const lowest = job.height / scale;
  const highest = job.tallest / scale;
  if (around + least > highest) return null;
  const height = Math.max(lowest, Math.min(highest, around + job.natural * job.compact));
  const chart = Math.min(height - around, Math.max(job.natural * job.stretch, job.natural));
  return { width, height, chart, room, head, foot, scale };
}

async function render(job) {
  let page = null;
  for (let shrink = 1; !page && shrink >= job.smallest; shrink -= 0.02) page = arranged(job, job.scale * shrink);
  if (!page) return { figure: job.figure, fits: false };
  const layout = { ...job.chart.layout, width: page.room, height: page.chart, autosize: false };
  const template = layout.template.layout;
  layout.template = { ...layout.template, layout: { ...template, font: { ...template.font, family: FAMILY } } };
  const url = await Plotly.toImage(
    { data: job.chart.data, layout, config: { staticPlot: true } },
    { format: "svg", width: page.room, height: page.chart },
  );
  const chart = new DOMParser().parseFromString(decodeURIComponent(url.slice(url.indexOf(",") + 1)), "image/svg+xml");
  const root = element("svg", {
    width: Math.round(job.width), height: Math.round(page.height * page.scale), role: "img", lang: "en",
    viewBox: `0 0 ${page.width.toFixed(2)} ${page.height.toFixed(2)}`, "font-family": FAMILY, "data-figure": job.figure,
    "aria-labelledby": "sro-title sro-alt",
  });
  root.append(element("title", { id: "sro-title" }, job.title), element("desc", { id: "sro-alt" }, job.alt));
  root.append(element("style", {}, job.fonts));
  root.append(element("rect", { width: "100%", height: "100%", fill: job.colors.ground }));
  write(root, page.head, EDGE - 6, job.colors);
  const drawn = document.importNode(chart.documentElement, true);
  drawn.setAttribute("x", EDGE);
  drawn.setAttribute("y", (EDGE - 6 + blockHeight(page.head)).toFixed(2));
  drawn.removeAttribute("style");
  root.append(drawn);
  write(root, page.foot, page.height - EDGE + 6 - blockHeight(page.foot), job.colors);
  document.body.replaceChildren(root);
  return {
    figure: job.chart.layout.meta.figure, fits: true, svg: new XMLSerializer().serializeToString(root),
    width: Math.round(job.width), height: Math.round(page.height * page.scale),
  };
}

// Which figure stands on the page now.
function standing() {
  return document.querySelector("svg[data-figure]")?.dataset.figure ?? "";
}
