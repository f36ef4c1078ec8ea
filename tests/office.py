"""An office with two schools and one officer, as the files it would export: small enough to check by hand.

In September 2025 Alder (A) logs two lessons and one incident, Birch (B) one lesson and nothing else. LOGGED are the
files that say so; SERVED adds an officer at Alder, on two days. Nothing is wrong with any of it, so whatever a load
finds was put there by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sro.ask import ask
from sro.question import Question
from sro.settings import PROJECT, Folders, Settings, read_settings
from sro.vintages import LoadReport, current, load

TODAY = date(2025, 10, 6)
LOGGED = {
    "districts.csv": "district_id,name\nD1,Alder Valley\n",
    "schools.csv": "school_id,district_id,name,level\nA,D1,Alder School,middle\nB,D1,Birch School,high\n",
    "activities.csv": (
        "activity_id,school_id,date,start_time,duration_min,activity_type,students_reached\n"
        "ACT-1,A,2025-09-08,09:00,40,classroom_lesson,24\n"
        "ACT-2,A,2025-09-09,09:00,40,classroom_lesson,22\n"
        "ACT-3,B,2025-09-09,13:00,40,classroom_lesson,30\n"
    ),
    "incidents.csv": (
        "incident_id,school_id,occurred_on,occurred_time,category_scheme,local_category,handled_by\n"
        "INC-1,A,2025-09-08,11:40,local,disorderly,school\n"
    ),
    "log_submissions.csv": "school_id,month,submitted\nA,2025-09,true\nB,2025-09,true\n",
}
SERVED = {
    "calendar.csv": (
        "school_id,date,day_type,bell_start,bell_end\n"
        "A,2025-09-08,instructional,08:00,14:30\nA,2025-09-09,instructional,08:00,14:30\n"
        "B,2025-09-08,instructional,08:00,14:30\nB,2025-09-09,instructional,08:00,14:30\n"
    ),
    "officers.csv": "officer_id,hire_date\nO1,2021-07-01\n",
    "assignments.csv": "assignment_id,officer_id,school_id,start_date\nX1,O1,A,2025-07-01\n",
    "shifts.csv": (
        "shift_id,officer_id,school_id,date,status,duty_type,sched_start,sched_end,actual_start,actual_end\n"
        "S1,O1,A,2025-09-08,completed,school,08:00,14:30,08:00,14:30\n"
        "S2,O1,A,2025-09-09,completed,school,08:00,14:30,08:00,12:00\n"
    ),
    "enrollment.csv": (
        "school_id,school_year,basis,subgroup_dim,subgroup,n\n"
        "A,2025-26,beds_day,all,all,400\nB,2025-26,beds_day,all,all,600\n"
    ),
}
LESSONS = 3


def settings_in(home: Path) -> Settings:
    """The project's own settings, with everything that an office keeps in `home`."""
    return read_settings(PROJECT / "program.toml", Folders(data=home))


def write(folder: Path, *files: Mapping[str, str | bytes]) -> Path:
    """What was logged, in a folder; further files join it or replace those of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {name: content for group in (LOGGED, *files) for name, content in group.items()}.items():
        (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def load_office(path: Path, settings: Settings) -> LoadReport:
    return load(path, settings, today=lambda: TODAY, wait_seconds=30)


def load_into(home: Path, export: Path) -> None:
    """A load in a process of its own."""
    load_office(export, settings_in(home))


def lessons(settings: Settings, **parts: str) -> float:
    """What the served vintage says of the lessons of 2025–26."""
    question = Question(metric="lessons_delivered", period="2025-26", **parts)  # type: ignore[arg-type]
    return ask(question, current(settings), settings).total.value
