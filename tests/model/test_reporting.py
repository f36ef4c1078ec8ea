"""From whom a report is expected, and whether it came."""

from tests.model.tiny import TinyExport, rows


def reports(export: TinyExport, stream: str = "log") -> list[tuple]:
    sql = f"SELECT school_id, month, received FROM reporting_month WHERE stream = '{stream}' AND expected ORDER BY ALL"
    return rows(export.build(), sql)


def test_a_log_is_expected_for_a_month_with_a_service_day():
    export = TinyExport().days("2025-09-02", "2025-10-02").assign().log("2025-09")
    assert reports(export) == [("A", "2025-09-01", True), ("A", "2025-10-01", False)]


def test_a_log_that_was_asked_for_and_not_submitted_did_not_come():
    export = TinyExport().days("2025-09-02").assign().log("2025-09", submitted=False)
    assert reports(export) == [("A", "2025-09-01", False)]


def test_nothing_to_report_is_a_report():
    export = TinyExport().days("2025-09-02").assign().log("2025-09", submitted=False, nothing_to_report=True)
    assert reports(export) == [("A", "2025-09-01", True)]


def test_no_log_is_expected_in_summer():
    export = TinyExport().days("2025-08-04", day_type="summer_session").assign().add("log_submissions")
    assert reports(export) == []


def test_a_summer_log_that_came_counts_as_a_report():
    assert reports(TinyExport().assign().log("2025-08")) == [("A", "2025-08-01", True)]


def test_no_log_is_expected_from_a_school_without_an_assignment():
    export = TinyExport().days("2025-09-02").assign(start="2025-10-01").add("log_submissions")
    assert reports(export) == []


def test_a_month_that_is_not_over_does_not_owe_its_log_yet():
    export = TinyExport(data_through="2025-09-15").days("2025-09-02").assign().add("log_submissions")
    assert reports(export) == []


def test_without_a_list_of_logs_every_month_counts_as_reported():
    assert reports(TinyExport().days("2025-09-02").assign()) == [("A", "2025-09-01", True)]


def test_an_empty_list_of_logs_is_no_report():
    export = TinyExport().days("2025-09-02").assign().add("log_submissions")
    assert reports(export) == [("A", "2025-09-01", False)]


def test_a_month_without_a_shift_is_not_reported():
    export = TinyExport().days("2025-09-02", "2025-10-02").assign().absent("2025-09-02")
    assert reports(export, "shifts") == [("A", "2025-09-01", True), ("A", "2025-10-01", False)]


def test_official_totals_stand_in_july():
    export = TinyExport().add("official_incidents", official(n=3))
    assert reports(export, "official") == [("A", "2024-07-01", True)]


def test_a_total_that_is_empty_was_not_received():
    export = TinyExport().add("official_incidents", official(n=None))
    assert reports(export, "official") == [("A", "2024-07-01", False)]


def test_a_school_counted_elsewhere_owes_no_total():
    export = TinyExport().add("official_incidents", official(n=None, reported="counted_elsewhere"))
    assert reports(export, "official") == []


def official(**more) -> dict:
    row = {"school_id": "A", "school_year": "2024-25", "category_scheme": "ssec_2021", "category": "14"}
    return row | more
