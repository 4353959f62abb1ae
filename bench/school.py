"""The dean's overview of a school of 2,000 pupils, for the ceiling: the same JSON, without session and permission."""

SQL = """
with placed as (
    select group_id, placement.id, pupil_id, name, level, study_year, school_group.school_year
    from placement join group_membership on placement_id = placement.id join school_group on school_group.id = group_id
    where placement.school_id = $1
), busy as (
    select pupil_id, bool_or(school_year = (select max(school_year) from placed)) this_year,
           count(*) filter (where state = 'shared') to_review
    from entry where placement_id in (select id from placed) and state in ('shared', 'seen', 'asked_back')
    group by pupil_id
), counted as (
    select group_id, name, level, study_year, count(*) pupils, count(*) filter (where this_year) active,
           coalesce(sum(to_review), 0) to_review
    from placed left join busy using (pupil_id) group by group_id, name, level, study_year
)
select convert_to(json_build_object(
    'id', school.id, 'name', name, 'schoolYear', (select max(school_year) from placed),
    'pupilCount', (select count(*) from placed),
    'groups', (
        select json_agg(json_build_object(
            'id', group_id, 'name', name, 'level', level, 'studyYear', study_year, 'pupilCount', pupils,
            'mentors', '[]'::json, 'sharedThisYear', active, 'toReview', to_review) order by study_year, name)
        from counted
    )
)::text, 'UTF8')
from school where id = $1
"""
