"""The screens, in the order of the navigation. Runs anew at each interaction; `dashboard.py` serves it."""

from sro import screen
from sro.people import LOAD, PUBLISH, READ_LOG
from sro.screen import Room

screen.run(
    (
        Room("overview.py", "Overview", "home", "The program at a glance: what changed, where logs are missing."),
        Room("engagement.py", "Engagement", "groups", "Lessons, mentoring and mediation, and the use of time."),
        Room("incidents.py", "Incidents", "notifications", "What was logged, who called, what came of it."),
        Room("coverage.py", "Coverage", "event_available", "Was an officer there when students were?"),
        Room(
            "readiness.py",
            "Training and readiness",
            "exercise",
            "Courses, drills and advice to schools.",
            section="The program",
        ),
        Room(
            "accountability.py",
            "Response and accountability",
            "balance",
            "How soon officers came, and what they did.",
            section="The program",
        ),
        Room(
            "fairness.py",
            "Fairness",
            "diversity_3",
            "Whether the program reaches schools alike.",
            section="The program",
        ),
        Room("perception.py", "Perception", "forum", "What students, staff and families say.", section="The program"),
        Room(
            "grants.py",
            "Grants and money",
            "payments",
            "Cost, and what was delivered for it.",
            section="The program",
            whole=True,
        ),
        Room("district.py", "District", "location_city", "What one district pays for and gets, to send to it."),
        Room("school.py", "School", "school", "One school, everything, on a page."),
        Room(
            "impact.py", "Impact", "compare_arrows", "Before and after a date, and what speaks against it.", whole=True
        ),
        Room("claims.py", "Can I say this?", "fact_check", "Does the data bear a sentence, and which one?", whole=True),
        Room(
            "quality.py",
            "Data quality",
            "rule",
            "What came, what is owed, what the checks found, and what it does.",
            whole=True,
        ),
        Room(
            "reports.py",
            "Reports",
            "present_to_all",
            "Slides, reports and packs; whether a file still stands.",
            right=PUBLISH,
        ),
        Room(
            "board.py", "Board", "slideshow", "One figure a slide, nothing else on the screen.", kind="bare", whole=True
        ),
        Room("figure.py", "Figure", "monitoring", "One figure alone, as a link names it.", kind="linked"),
        Room(
            "data.py",
            "Data",
            "upload_file",
            "Files in: checked, compared, and only then served.",
            needs_data=False,
            right=LOAD,
        ),
        Room(
            "trail.py",
            "Audit trail",
            "history",
            "Who did what, when, and for whom.",
            needs_data=False,
            right=READ_LOG,
        ),
        Room("definitions.py", "Definitions", "menu_book", "What each number means, with formula and SQL."),
    )
)
