"""The head of a school's profile: what kind of school it is, who serves it, how many students it has."""

from __future__ import annotations

from html import escape

from sro.calendar import day_label
from sro.figures import wording
from sro.screen import markup
from sro.screen.here import here
from sro.screen.view import View
from sro.surroundings import enrollment


def school(view: View) -> None:
    """Heading and facts of the one school of a view."""
    place = here()
    found = next(school for school in place.facts.schools if school.school_id == view.schools[0])
    level = place.titles.get(("level", found.level), found.level)
    provider = place.titles.get(("provider_agency", found.provider), found.provider)
    since = day_label(found.program_start) if found.program_start else "not in the program"
    sizes = enrollment(found.school_id, place.vintage, place.settings)[:4]
    students = " · ".join(
        f"{size.school_year.replace('-', '–')}: {wording.count_text(size.students)}" for size in sizes
    )
    terms = {
        "District": found.district_name,
        "Level": level,
        "Officers from": provider,
        "In the program since": since,
        "Students": students or "not in this export",
        "School id": found.school_id,
    }
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(str(text))}</dd></div>" for name, text in terms.items())
    markup.show(f'<h2 class="sro-section">{escape(found.name)}</h2><dl class="sro-facts">{listed}</dl>')
