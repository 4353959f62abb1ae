"""The dean's overview of a school of 2,000 pupils, for the ceiling: the same JSON, without session and permission."""

SQL = """
with this as (
    select max(school_year) as year from school_group where school_id = $1
), placed as (
    select group_id, placement.id from this join school_group on school_id = $1 and school_year = year
    join group_membership on group_id = school_group.id join placement on placement.id = placement_id
), counted as (
    select group_id, count(*) pupils, count(told.id) active, sum(waiting.entries) to_review
    from placed cross join this left join lateral (
        select id from entry
        where placement_id = placed.id and school_year = year and state in ('shared', 'asked_back', 'seen')
        order by shared_at desc limit 1
    ) told on true cross join lateral (
        select count(*) entries from entry where placement_id = placed.id and state = 'shared'
    ) waiting group by group_id
)
select convert_to(json_build_object(
    'id', school.id, 'name', name, 'schoolYear', year, 'pupilCount', (select count(*) from placed),
    'groups', (
        select json_agg(json_build_object(
            'id', id, 'name', name, 'level', level, 'studyYear', study_year, 'pupilCount', pupils,
            'mentors', '[]'::json, 'sharedThisYear', active, 'toReview', to_review) order by study_year, name)
        from counted join school_group on school_group.id = group_id
    )
)::text, 'UTF8')
from school cross join this where school.id = $1
"""
