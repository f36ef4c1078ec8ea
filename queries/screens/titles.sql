-- What people call levels and providers, in the order in which they are listed.
SELECT
    dimension,
    slice,
    title
FROM slice_title
WHERE dimension IN ('level', 'provider_agency')
ORDER BY dimension, sort_order, slice;
