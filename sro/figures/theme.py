"""The house look: colors, type and the layout every chart starts from, in light and dark.

Text stands at least 4.5:1 on its ground, marks 3:1; a light category color gets an outline that does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "'Source Sans', 'Source Sans 3', sans-serif"  # a name with a digit counts only in quotation marks
GROUND = {"light": "#FFFFFF", "dark": "#0E1117"}
# Okabe and Ito (2008), distinguishable with every common color vision; the order is fixed, black is the ground's ink.
CATEGORIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
PATTERNS = ("", "/", "x", ".")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
TYPE = 14  # pixels of text on a screen; every length of a form is measured beside it
# For how many characters of a name, and panels side by side, a form finds room: on a phone's screen, and on a page.
WIDTHS = {"screen": (21, 2), "page": (44, 4)}
# What the screen hands to Plotly: no mode bar, no zoom that a thumb could trip over. A card watches its width itself.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True)
class Size:
    """A named size of a picture: pixels, the type that its text is set in, dots an inch, and how high it may grow."""

    name: str
    width: int
    height: int
    type: float
    dpi: int
    tallest: int

    @property
    def scale(self) -> float:
        return self.type / TYPE


SIZES = {
    size.name: size
    for size in (
        Size("screen", 960, 420, TYPE, 96, 8000),
        Size("slide", 1600, 900, 24, 120, 900),
        Size("print", 1950, 1200, 37.5, 300, 2700),  # 6.5 × 4 inches of a letter page, 9 points; up to 9 inches high
        Size("social", 1200, 675, 18, 96, 675),
    )
}


@dataclass(frozen=True)
class Paint:
    """The colors of one mode, the type size, and the room that one width has."""

    mode: str
    font: int
    names: int
    columns: int
    ground: str
    ink: str
    muted: str
    rule: str
    grid: str
    accent: str
    steps: tuple[str, ...]
    better: str
    worse: str
    changed: str

    def category(self, place: int) -> str:
        """The color of the category that stands at `place` in its list, the same in every figure."""
        color = CATEGORIES[place % len(CATEGORIES)]
        return self.ink if color == "#000000" else color

    def pattern(self, place: int) -> str:
        return PATTERNS[place // len(CATEGORIES) % len(PATTERNS)]

    def is_faint(self, color: str) -> bool:
        """Whether a mark of this color needs an outline to be seen on the ground."""
        return contrast(color, self.ground) < 3

    def tone(self, name: str) -> str:
        """The color of better, worse, same or changed."""
        return {"better": self.better, "worse": self.worse, "changed": self.changed}.get(name, self.muted)


_LIGHT: dict[str, Any] = {
    "ink": "#1F2328",
    "muted": "#595959",
    "rule": "#767676",
    "grid": "#E3E3E3",
    "accent": "#0072B2",
    "steps": ("#CFE3F1", "#7FB5DA", "#2F86BF", "#004C78"),
    "better": "#0072B2",
    "worse": "#C45500",
    "changed": "#7B4FA3",
}
_DARK: dict[str, Any] = {
    "ink": "#F2F2F2",
    "muted": "#BDBDBD",
    "rule": "#8C8C8C",
    "grid": "#30343B",
    "accent": "#56B4E9",
    "steps": ("#1D3A50", "#2A6A97", "#56A6DB", "#BFE3F8"),
    "better": "#56B4E9",
    "worse": "#F08A3C",
    "changed": "#B795DC",
}


def paint(mode: str, width: str = "screen") -> Paint:
    """The paint of a mode (light, dark) at a width of WIDTHS.

    Raises KeyError for a mode or width that the house does not have.
    """
    names, columns = WIDTHS[width]
    inks = {"light": _LIGHT, "dark": _DARK}[mode]
    return Paint(mode=mode, font=TYPE, names=names, columns=columns, ground=GROUND[mode], **inks)


def template(look: Paint) -> dict[str, Any]:
    """The Plotly template of the house; set on every figure, so that no library's default shines through."""
    axis = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": look.grid,
        "linecolor": look.rule,
        "tickcolor": look.rule,
        "zeroline": False,
        "showline": False,
        "tickfont": {"color": look.muted, "size": look.font - 1},
        "title": {"font": {"color": look.muted, "size": look.font - 1}},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": look.font, "color": look.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [look.category(place) for place in range(len(CATEGORIES))],
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": look.ground,
                "bordercolor": look.rule,
                "align": "left",
                "font": {"family": FONT, "size": look.font - 1, "color": look.ink},
            },
            "margin": {"l": 8, "r": 12, "t": 12, "b": 8, "pad": 0},
            "barmode": "overlay",
            "separators": ".,",
        }
    }


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two #RRGGBB colors, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faded(color: str, share: float) -> str:
    """The color at an opacity between 0 and 1."""
    red, green, blue = _channels(color)
    return f"rgba({red},{green},{blue},{share:g})"


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
