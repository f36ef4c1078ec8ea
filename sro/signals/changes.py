"""What changed: sentences made by rule, the weightiest first, each with the question whose figure shows it.

Every number comes from `ask`. No causal verb, no adjective without a number; a quiet month says that nothing stands
out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sro import calendar
from sro.answer import Answer
from sro.ask import Asker, OpenVintage, ask
from sro.figures import wording
from sro.gates import Context, context_of, gate
from sro.metrics import Card, CatalogueError
from sro.question import Question
from sro.settings import Settings
from sro.signals.finding import Finding
from sro.signals.limits import series_behind
from sro.signals.owed import logs_owed
from sro.signals.revised import revised
from sro.signals.schools import told, watch_schools
from sro.signals.series import measure_of, sentence
from sro.surroundings import Target, targets

WATCHED = (
    "coverage_rate",
    "contact_rate",
    "lessons_delivered",
    "mediations",
    "exposure_adjusted_incident_rate",
    "calls_for_service",
    "handled_by_school",
    "discipline_only_by_officer",
)
RECENT = 3  # comparable months in which a point outside the limits is news; a pattern is news while it lasts
LONG_GAP = 5  # instructional days in a row without an officer: a school week
MOST_NAMES = 3


def what_changed(
    vintage: OpenVintage, settings: Settings, scope: Question, earlier: OpenVintage | None = None
) -> tuple[Finding, ...]:
    """What stands out up to the end of the scope's period, for its schools and its audience; never empty.

    Of the scope only period, filters and audience count. Numbers that were others in the vintage `earlier` are named.
    """
    scope = replace(scope, metric=WATCHED[0], grain="total", by="program", sliced=False, compare="none")
    found = _changed(Asker(vintage, settings), scope)
    if earlier is not None:
        found = (*found, *_revised(Asker(vintage, settings), Asker(earlier, settings), scope))
    return tuple(sorted(found, key=lambda finding: -finding.importance))


@lru_cache(maxsize=64)
def _changed(asker: Asker, scope: Question) -> tuple[Finding, ...]:
    view = _View(asker.vintage, asker.settings, scope)
    found = [*_program(view), *_schools(view), *_gaps(view), *_missing_logs(view), *_targets(view)]
    if not any(finding.kind in ("concerning", "neutral", "improving") for finding in found):
        found.append(_quiet(view, bool(found)))
    return tuple(found)


@lru_cache(maxsize=64)
def _revised(now: Asker, then: Asker, scope: Question) -> tuple[Finding, ...]:
    return tuple(revised(WATCHED, scope, now.vintage, then.vintage, now.settings))


class _View:
    """Questions of one scope: its schools and audience, asked over all months of the export up to its end."""

    def __init__(self, vintage: OpenVintage, settings: Settings, scope: Question) -> None:
        self.vintage, self.settings, self.scope = vintage, settings, scope
        self.context: Context = context_of(vintage, settings)
        facts = self.context.facts
        self.end = min(scope.span.end, facts.data_through)
        self.history = calendar.span(min(facts.data_from, self.end), self.end).key
        self.charted = 0

    def question(self, metric: str, **parts) -> Question:
        plain = replace(self.scope, metric=metric, grain="total", by="program", sliced=False, compare="none")
        return replace(plain, **parts)

    def ask(self, metric: str, **parts) -> Answer | None:
        """The answer, or None where this export has no such metric."""
        try:
            answer = ask(self.question(metric, **parts), self.vintage, self.settings)
        except CatalogueError:
            return None
        return None if answer.is_empty else answer


def _program(view: _View) -> Iterator[Finding]:
    """Signals of the last comparable months, one a measure."""
    for metric in WATCHED:
        answer = view.ask(metric, period=view.history, grain="month")
        series = series_behind(answer.question, view.vintage, view.settings) if answer else None
        if not answer or series is None or (series.chart.status == "none" and series.gaps is None):
            continue
        view.charted += 1
        recent = series.news(RECENT)
        if recent:
            last = max(recent, key=lambda signal: (signal.point, signal.rule == "outside"))
            yield Finding(kind_of(last.side, answer.card), sentence(series, answer.card, last), answer.question)
        elif series.gaps and series.gaps.is_long:
            yield Finding(kind_of("low", answer.card), f"{answer.card.title}: {series.gaps.said}.", answer.question)


def kind_of(side: str, card: Card) -> str:
    """What a signal on a side is to a metric, by its direction."""
    better = (side == "high") == (card.direction == "up")
    return "neutral" if card.direction == "neutral" else "improving" if better else "concerning"


def _schools(view: _View) -> Iterator[Finding]:
    """Schools that stand out, with what chance alone would give."""
    for metric in WATCHED:
        answer = view.ask(metric, period=view.history, grain="month", by="school")
        if not answer or measure_of(answer.card) != "events":
            continue
        seen = watch_schools(answer, view.context)
        if seen.signals:
            names = "; ".join(told(signal, answer.card) for signal in seen.signals[:MOST_NAMES])
            more = len(seen.signals) - MOST_NAMES
            rest = f"; and {more} more" if more > 0 else ""
            yield Finding("schools", f"{answer.card.title}. {seen.sentence} {names}{rest}.", answer.question)


def _gaps(view: _View) -> Iterator[Finding]:
    """Schools without an officer for a school week or longer."""
    answer = view.ask("longest_gap", by="school")
    if not answer:
        return
    cells = answer.cells
    long = cells[cells["value"] >= LONG_GAP].sort_values("value", ascending=False, kind="stable")
    if len(long):
        rows = zip(long["unit_name"], long["value"], strict=True)
        names = wording.listed([f"{name} ({wording.count_text(days)})" for name, days in [*rows][:MOST_NAMES]])
        who = wording.many(len(long), "school")
        said = f"No officer on site for {LONG_GAP} or more school days in a row at {who} {_when(answer)}"
        yield Finding("coverage", f"{said}; the longest: {names}.", answer.question)


def _missing_logs(view: _View) -> Iterator[Finding]:
    """Logs that are due and have not come, in the scope's period."""
    answer = view.ask("reporting_completeness", grain="month", by="school")
    if not answer:
        return
    cells = answer.cells[answer.cells["denominator"] > answer.cells["numerator"].fillna(0)]
    if len(cells):
        owed = int((cells["denominator"] - cells["numerator"]).sum())
        all_owed = int(answer.cells["denominator"].sum())
        labels = [f"{name} ({', '.join(months)})" for name, months in logs_owed(answer).items()]
        rest = f" and {len(labels) - MOST_NAMES} more" if len(labels) > MOST_NAMES else ""
        said = f"{wording.many(owed, 'log')} of {all_owed:,} missing {_when(answer)}"
        yield Finding("logs", f"{said}: {', '.join(labels[:MOST_NAMES])}{rest}. Missing is not zero.", answer.question)


def _targets(view: _View) -> Iterator[Finding]:
    """The last target period that is over, for every measure that this program counts itself."""
    due: dict[tuple[str, str], Target] = {}
    for target in targets(view.vintage, view.settings):
        if target.last <= view.end and target.aggregation == "sum" and target.is_whole_months:
            due[target.grant, target.measure] = target
    for target in due.values():
        answer = view.ask(target.metric, period=calendar.span(target.first, target.last).key)
        if answer and answer.total.shown and not view.scope.is_filtered:
            value, aim = wording.count_text(answer.total.value), wording.count_text(target.value)
            verdict = "met" if answer.total.value >= target.value else "not met"
            when = wording.during(answer.question.span)
            own = "" if target.is_exact else "; this program's measure, not exactly the grant's"
            said = f"{answer.card.title}: {value} {when}, target {aim} ({verdict}; grant {target.grant}{own})."
            yield Finding("target", said, answer.question)


def _quiet(view: _View, other: bool) -> Finding:
    """That no measure left its range, or that none can be judged."""
    month = calendar.month_label(_last_month(view))
    question = view.question(WATCHED[0])
    if not view.charted:
        return Finding("quiet", "Too few comparable months for limits; nothing can be said to stand out.", question)
    others = " in the program as a whole" if other else ""
    measures = wording.many(view.charted, "measure")
    said = f"Nothing stands out{others}: none of {measures} left its expected range by {month}."
    return Finding("quiet", said, question)


def _last_month(view: _View) -> dt.date:
    """The last month of which a watched measure has a comparable number."""
    for metric in WATCHED:
        answer = view.ask(metric, period=view.history, grain="month")
        kept = gate(answer, view.context).kept if answer else None
        if kept is not None and len(kept):
            return max(kept["period_start"])
    return view.end.replace(day=1)


def _when(answer: Answer) -> str:
    return wording.during(answer.question.span, wording.is_unfinished(answer))
