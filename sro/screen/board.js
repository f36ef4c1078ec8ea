// One slide fills the screen. Keys, swipes and the two halves of the screen turn the page; the server draws the next one.
export default function (component) {
    const { data, parentElement, setTriggerValue } = component;
    const stage = parentElement.querySelector(".stage");
    stage.forget?.(); // what listened for the slide before
    const picture = stage.querySelector("img");
    picture.src = data.picture;
    picture.alt = data.alt;
    stage.querySelector("output").textContent = `${data.place} / ${data.slides}`;

    const turn = (place) => {
        const wanted = Math.min(Math.max(place, 1), data.slides);
        if (wanted !== data.place) setTriggerValue("turned", wanted);
    };
    const leave = () => window.location.assign(data.back);
    const grow = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    const keys = {
        ArrowRight: () => turn(data.place + 1), PageDown: () => turn(data.place + 1), " ": () => turn(data.place + 1),
        ArrowLeft: () => turn(data.place - 1), PageUp: () => turn(data.place - 1),
        Home: () => turn(1), End: () => turn(data.slides), f: grow, Escape: leave,
    };
    const press = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
        event.preventDefault();
        event.stopPropagation();
        keys[event.key]();
    };
    let touched = 0;
    const down = (event) => (touched = event.clientX);
    const up = (event) => {
        const moved = event.clientX - touched;
        if (Math.abs(moved) > 40) turn(data.place + (moved < 0 ? 1 : -1));
        else turn(data.place + (event.clientX > window.innerWidth / 2 ? 1 : -1));
    };
    document.addEventListener("keydown", press, true);
    picture.addEventListener("pointerdown", down);
    picture.addEventListener("pointerup", up);
    stage.querySelector("[name=back]").onclick = leave;
    stage.querySelector("[name=full]").onclick = grow;
    stage.forget = () => {
        document.removeEventListener("keydown", press, true);
        picture.removeEventListener("pointerdown", down);
        picture.removeEventListener("pointerup", up);
    };
    return stage.forget;
}
