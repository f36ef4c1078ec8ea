"""Engagement, counted by hand."""

from tests.model.tiny import TinyExport, by_slice, sums

DAY = "2025-09-02"


def test_every_entry_is_one_activity():
    export = TinyExport().activity(DAY, sessions=3).activity(DAY, "patrol")
    assert by_slice(export, "activities_logged") == {"classroom_lesson": 1, "patrol": 1}


def test_an_activity_after_the_data_date_is_not_counted():
    assert sums(TinyExport(data_through=DAY).activity("2025-09-03"), "activities_logged") == (None, None)


def test_time_divides_by_role():
    export = TinyExport().activity(DAY, duration_min=40).activity(DAY, "patrol", duration_min=60)
    assert by_slice(export.activity(DAY, "patrol"), "triad_time_mix") == {"educator": 40, "law_enforcement": 60}


def test_an_entry_for_several_sessions_counts_each_lesson():
    export = TinyExport().activity(DAY, sessions=3).activity(DAY).activity(DAY, "assembly")
    assert sums(export, "lessons_delivered") == (4, None)


def test_attendances_are_of_lessons_and_assemblies():
    export = TinyExport().activity(DAY, students_reached=25).activity(DAY, "assembly", students_reached=200)
    assert sums(export.activity(DAY, "patrol", students_reached=9), "student_attendances") == (225, None)


def test_mentoring_counts_contacts():
    export = TinyExport().activity(DAY, "mentoring_1to1", contacts=2).activity(DAY, "small_group", contacts=6)
    assert sums(export.activity(DAY, contacts=30), "mentoring_contacts") == (8, None)


def test_a_mentoring_entry_without_a_number_is_one_contact():
    assert sums(TinyExport().activity(DAY, "informal_check_in"), "mentoring_contacts") == (1, None)


def test_the_contact_rate_has_every_student_on_every_service_day_as_exposure():
    export = TinyExport().days(DAY, "2025-09-03").assign().students(500).activity(DAY, "mentoring_1to1", contacts=4)
    assert sums(export, "contact_rate") == (4, 1000)


def test_contacts_on_a_day_without_exposure_are_left_out_of_the_rate():
    export = TinyExport().days(DAY).assign().students(500).activity("2025-09-06", "mentoring_1to1", contacts=4)
    assert sums(export, "contact_rate") == (None, 500)


def test_contacts_at_a_school_of_unknown_size_are_left_out_of_the_rate():
    export = TinyExport().days(DAY).assign().activity(DAY, "mentoring_1to1", contacts=4).add("enrollment")
    assert sums(export, "contact_rate") == (None, None)


def test_mediations_count_sessions():
    assert sums(TinyExport().activity(DAY, "mediation", sessions=2), "mediations") == (2, None)


def test_staff_trained_counts_adults_at_trainings_for_staff():
    export = TinyExport().activity(DAY, "staff_training", adults_reached=30)
    export.activity(DAY, "assembly", audience="staff", adults_reached=12)
    assert sums(export, "staff_trained") == (42, None)


def test_a_meeting_with_administrators_trains_nobody():
    export = TinyExport().activity(DAY, "admin_meeting", audience="staff", adults_reached=3)
    assert sums(export, "staff_trained") == (None, None)
