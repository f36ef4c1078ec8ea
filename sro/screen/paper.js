// Before a screen is printed it is laid out as wide as letter paper, and the charts are given time to follow.
const PAPER = "sro-paper";
const SETTLED = 1200; // milliseconds: charts redraw a moment after their place has changed

export default function () {
    const page = document.documentElement;
    const print = (event) => {
        if (!(event.key === "p" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey)) return;
        event.preventDefault();
        event.stopPropagation();
        page.classList.add(PAPER);
        setTimeout(() => window.print(), SETTLED);
    };
    // A print from the browser's menu comes without that time: the drawn charts are then scaled to the paper.
    const scale = () => document.querySelectorAll(".js-plotly-plot .svg-container").forEach((box) => {
        const { width, height } = box.getBoundingClientRect();
        box.style.aspectRatio = `${width} / ${height}`;
        box.querySelectorAll(".main-svg").forEach((drawing) => drawing.setAttribute("viewBox", `0 0 ${width} ${height}`));
    });
    const restore = () => {
        page.classList.remove(PAPER);
        document.querySelectorAll(".js-plotly-plot .main-svg").forEach((drawing) => drawing.removeAttribute("viewBox"));
    };
    document.addEventListener("keydown", print, true);
    window.addEventListener("beforeprint", scale);
    window.addEventListener("afterprint", restore);
    return () => {
        document.removeEventListener("keydown", print, true);
        window.removeEventListener("beforeprint", scale);
        window.removeEventListener("afterprint", restore);
    };
}
