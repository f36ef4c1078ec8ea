-- A survey was held at a school of the export, or at ALL.
-- rule: survey_school_unknown
-- severity: error
-- table: surveys
-- needs: surveys
-- says: There is no school {school_id}.
-- remedy: Write a school_id of schools, or ALL for a survey of the whole program.
SELECT
    surveys._row AS row_number,
    surveys._file AS file,
    'school_id' AS column_name,
    surveys.school_id AS value,
    surveys.school_id
FROM export.surveys AS surveys
ANTI JOIN export.schools AS schools ON surveys.school_id = schools.school_id
WHERE surveys.school_id <> 'ALL'
