"""The etalage: pages that a pupil composes, links that show one to who has no account, a CV and a plusdocument."""
