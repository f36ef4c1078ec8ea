"""All figures of a preset in all formats, as one zip: a page to look through, a manifest, and words for an editor."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape

from sro import calendar
from sro.calendar import parse_period
from sro.figures import Figure
from sro.people import PUBLISH
from sro.progress import Progress, silent
from sro.publish import images, workbook
from sro.publish.browser import NoBrowser
from sro.publish.desk import Desk
from sro.publish.images import PictureError, TooTall
from sro.publish.passport import issue
from sro.publish.plot import LOOK
from sro.publish.presets import Collection, Placed

THREADS = 4  # each browser draws one at a time; workbooks and stamps are made meanwhile
FRONT = ("README.txt", "index.html", "manifest.json")
SAME_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same figures make the same zip


@dataclass(frozen=True)
class Made:
    """The files of one figure, by name, and why some are missing."""

    placed: Placed
    files: Mapping[str, bytes]
    missing: str = ""


def pack(collection: Collection, desk: Desk, progress: Progress = silent) -> bytes:
    """The zip of a collection. Without a browser it has workbooks and CSV files, and says what it lacks.

    Raises ValueError when the collection has no figure, and NotAllowed for a role that does not publish.
    """
    desk.settings.reach.must(PUBLISH)
    issue(collection.figures, desk.settings)
    made: list[Made] = []
    with ThreadPoolExecutor(THREADS) as threads:
        for place, one in enumerate(threads.map(lambda one: _files(one, desk), collection.placed)):
            made.append(one)
            progress(f"Figure {one.placed.number}", place + 1, len(collection.placed))
    files = {name: data for one in made for name, data in one.files.items()}
    files["index.html"] = index_page(collection, made).encode()
    files["README.txt"] = readme(collection, made, desk).encode()
    files["manifest.json"] = manifest(collection, made).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in sorted(files, key=lambda name: (name not in FRONT, name)):
            kind = zipfile.ZIP_STORED if name.endswith((".png", ".xlsx", ".pdf")) else zipfile.ZIP_DEFLATED
            zipped.writestr(zipfile.ZipInfo(name, SAME_TIME), files[name], kind)
    return out.getvalue()


def _files(placed: Placed, desk: Desk) -> Made:
    figure = placed.exhibit.figure
    stamp = issue([figure], desk.settings)
    name = f"{placed.number:02d}-{figure.questions[0].metric}-{figure.form}"
    made = {"xlsx": workbook.xlsx(figure, stamp), "csv": workbook.csv(figure, stamp)}
    missing = ""
    try:
        made |= images.every(figure, stamp)
        if "slide.png" not in made:
            missing = "Too many rows for a slide and a post."
    except (NoBrowser, TooTall, PictureError) as error:
        missing = str(error)
    return Made(placed, {f"{name}.{ending}": data for ending, data in made.items()}, missing)


def manifest(collection: Collection, made: Sequence[Made]) -> str:
    """Every file with its size and SHA-256, and the questions of its figure, as JSON."""
    files = [
        {
            "file": name,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "figure": one.placed.exhibit.figure.id,
            "number": one.placed.number,
            "questions": [question.to_query() for question in one.placed.exhibit.figure.questions],
        }
        for one in made
        for name, data in sorted(one.files.items())
    ]
    made_of = collection.figures[0].provenance
    whole = {
        "preset": collection.preset.name,
        "period": collection.choice.period,
        "audience": collection.choice.audience,
        "vintage": made_of.vintage,
        "data_through": made_of.data_through.isoformat(),
        "synthetic": made_of.synthetic,
        "files": files,
        "left_out": list(collection.left_out),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def readme(collection: Collection, made: Sequence[Made], desk: Desk) -> str:
    """What an editor has to know before a figure goes into print."""
    made_of = collection.figures[0].provenance
    lines = [
        f"{collection.preset.title}, {parse_period(collection.choice.period).label}",
        f"{desk.settings.office}, {desk.settings.county}",
        "SYNTHETIC DATA: a fictional county. Do not print it as fact." if made_of.synthetic else "",
        "",
        "Open index.html to look through the figures. Each is here as",
        "  .slide.png   1600 x 900, for slides            .svg   for layout; its texts are texts",
        "  .print.png   6.5 inches wide at 300 dpi        .pdf   one page, vector",
        "  .social.png  1200 x 675, for a post            .xlsx, .csv   the numbers, with definitions",
        "",
        "Title, source and footnotes are part of each picture: please do not crop them.",
        "A hidden number is marked with a double dagger; a gap is a report that did not come, and never a zero.",
        "An interval says how far chance alone could move a number. No figure says what caused a change.",
        f"Data through {calendar.day_label(made_of.data_through)}, vintage {made_of.vintage}, "
        f"for the audience: {collection.choice.audience}.",
        "Each file carries a passport. `python -m sro verify FILE` says whether it is genuine and still current.",
        *(f"Figure {one.placed.number}: {one.missing}" for one in made if one.missing),
        *(f"Left out: {reason}" for reason in collection.left_out),
    ]
    if (found := collection.corrections) is not None:
        lines += ["", f"Corrections. {found.lead}", *found.sentences]
    return "\n".join(lines) + "\n"


def index_page(collection: Collection, made: Sequence[Made]) -> str:
    """One page with all figures, that opens anywhere and fetches nothing."""
    title = f"{collection.preset.title}, {parse_period(collection.choice.period).label}"
    style = (
        f"body{{font:16px/1.5 'Source Sans 3',Arial,sans-serif;color:{LOOK.ink};margin:2rem auto;max-width:62rem;"
        f"padding:0 1rem}}figure{{margin:0 0 3rem}}img{{max-width:100%;height:auto;border:1px solid {LOOK.grid}}}"
        f"figcaption,footer{{color:{LOOK.muted};font-size:.9rem}}a{{color:#005E94;margin-right:1rem}}"
    )
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{style}</style></head><body><main><h1>{escape(title)}</h1>"
    ]
    section = ""
    for one in made:
        if one.placed.section != section:
            section = one.placed.section
            parts.append(f"<h2>{escape(section)}</h2>")
        parts.append(_entry(one))
    if (found := collection.corrections) is not None:
        parts.append(f"<h2>Corrections</h2><p>{escape(found.lead)}</p>{_list(found.sentences)}")
    if collection.left_out:
        parts.append(f"<h2>Left out</h2>{_list(collection.left_out)}")
    parts.append("</main></body></html>\n")
    return "".join(parts)


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _entry(one: Made) -> str:
    figure: Figure = one.placed.exhibit.figure
    picture = next((name for ending in ("slide.png", "print.png") for name in one.files if name.endswith(ending)), "")
    shown = (
        f'<img src="{escape(picture)}" alt="{escape(figure.alt)}" loading="lazy">' if picture else
        f"<p><strong>{escape(figure.title)}</strong></p><p>{escape(one.missing)}</p>"
    )  # fmt: skip
    links = "".join(f'<a href="{escape(name)}">{escape(name.split(".", 1)[1])}</a>' for name in sorted(one.files))
    return (
        f'<figure id="figure-{one.placed.number}"><h3>{one.placed.number}. {escape(figure.title)}</h3>{shown}'
        f"<figcaption>{escape(figure.subtitle)}<br>{links}</figcaption></figure>"
    )
