"""Every endpoint × every kind of viewer, each cell stated. An endpoint without a row fails the suite.

The viewers stand in some relation to one pupil, who is 13 and placed at Kustlijn in group 2A:
the pupil · a classmate · a pupil elsewhere · the pupil's teacher · a teacher of another class · a teacher of another
school · a teacher whose assignment ended · the guardian · a guardian of the classmate · a guardian without custody ·
a guardian not confirmed yet · the dean here · the dean elsewhere · the school's admin · the municipal coordinator ·
nobody (not signed in).
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from app.access.administration.models import AdminAct
from app.access.school_accounts.protocol import OpenIdProvider
from app.access.school_accounts.providers import ProviderConfig
from app.guidance.dossiers.models import DossierPdf
from app.people.models import GroupAssignment, StaffRole
from app.portability.erasure.models import Keeping
from tests.access.oidc import ORIGIN, SECRET, running_school
from tests.authenticator import code_of
from tests.dossiers import file_of, fill_dossier, new_hand_in, third_year
from tests.ids import new_id
from tests.portability.filled import new_bringing, new_brought, new_brought_sound, new_export
from tests.showcases import page_of, paper_of, share_of, story
from tests.world import PASSWORD, World

VIEWERS = (
    "pupil", "classmate", "other_pupil", "teacher", "other_teacher", "far_teacher", "former_teacher", "guardian",
    "other_guardian", "no_custody", "unconfirmed", "dean", "far_dean", "admin", "coordinator", "nobody",
)  # fmt: skip

MATRIX = """
#                                               pup cla oth tea ote fte fmr gua ogu noc unc dea fde adm coo nob
POST   /v1/sessions                             201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/sessions/by-card                     201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/sessions/by-class-code               201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/cards/look                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/class-codes/look                     200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/invitations/look                     200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/accounts                             201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/passwords                            201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/me/children                          409 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
PUT    /v1/me/password                          204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
GET    /v1/schools/{school_id}/parents          404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/groups/{group_id}/letters            404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/schools/{school_id}/guardianships    404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/letters          404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/account-letters  404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/mailed-invitations 404 404 404 404 404 404 404 404 404 404 404 404 404 409 404 401
DELETE /v1/invitations/{invitation_id}          404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
PUT    /v1/guardianships/{guardianship_id}/decision 404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
GET    /v1/pupils/{pupil_id}/picture            200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
POST   /v1/entries/{entry_id}/words             201 404 404 201 404 404 404 201 404 404 404 201 404 404 404 401
DELETE /v1/words/{word_id}                      204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/words                             204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
GET    /v1/schools/{school_id}/activities       404 404 404 200 200 404 200 404 404 404 404 200 404 404 404 401
GET    /v1/activities/{activity_id}             404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/me/activities                        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/activities/{activity_id}             422 422 422 201 422 422 422 422 422 422 422 201 422 422 422 401
PUT    /v1/activities/{activity_id} changed     404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
POST   /v1/activities/{activity_id}/publish     404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
POST   /v1/activities/{activity_id}/cancel      404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
PUT    /v1/activities/{activity_id}/attendance  404 404 404 204 404 404 404 404 404 404 404 204 404 404 404 401
GET    /v1/activity-templates                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/activities/{activity_id}/copies      404 404 404 201 404 404 404 404 404 404 404 201 404 404 404 401
GET    /v1/me/activities/{activity_id}          200 200 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/activities/{activity_id} of the city 200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/activities/{activity_id}/sign-up  204 204 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/activities/{activity_id}/sign-up of the city 204 204 204 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/activities/{activity_id}/sign-up  204 204 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/activities/{activity_id}/sign-ups/{pupil_id} 204 404 404 204 404 404 404 404 404 404 404 204 404 404 404 401
DELETE /v1/activities/{activity_id}/sign-ups/{pupil_id} 204 404 404 204 404 404 404 404 404 404 404 204 404 404 404 401
GET    /v1/city-activities                      404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
GET    /v1/city-activities/{activity_id}        404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
PUT    /v1/city-activities/{activity_id}        404 404 404 404 404 404 404 404 404 404 404 404 404 404 201 401
PUT    /v1/city-activities/{activity_id} changed 404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
POST   /v1/activities/{activity_id}/publish of the city 404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
GET    /v1/activities/{activity_id} of the city 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/organisations                        404 404 404 200 200 200 200 404 404 404 404 200 200 404 200 401
GET    /v1/organisations/{organisation_id}      404 404 404 200 200 200 200 404 404 404 404 200 200 404 200 401
PUT    /v1/organisations/{organisation_id}      404 404 404 201 201 201 201 404 404 404 404 201 201 404 201 401
PUT    /v1/organisations/{organisation_id} changed 404 404 404 200 200 200 200 404 404 404 404 200 200 404 200 401
POST   /v1/organisations/{organisation_id}/archive 404 404 404 200 200 200 200 404 404 404 404 200 200 404 200 401
POST   /v1/organisations/{organisation_id}/restore 404 404 404 200 200 200 200 404 404 404 404 200 200 404 200 401
GET    /v1/me/calendar                          200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/calendar-feed                     200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
POST   /v1/me/calendar-feed                     201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 401
DELETE /v1/me/calendar-feed                     204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
GET    /v1/calendars/{secret}.ics               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/calendars/{secret}.ics of nobody     404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET    /v1/activities/{activity_id}/calendar.ics 200 200 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/activities/{activity_id}/calendar.ics draft 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/logbooks                         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/questions                         200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/answers                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/entries/{entry_id}/earlier-answers   200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id}/earlier-answers at school 200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id}/earlier-answers why 200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
GET    /v1/entries/{entry_id}/earlier-answers draft 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schools/{school_id}/questions        404 404 404 200 200 404 200 404 404 404 404 200 404 404 404 401
PUT    /v1/schools/{school_id}/questions/{question_id} 404 404 404 403 403 404 403 404 404 404 404 201 404 404 404 401
PUT    /v1/schools/{school_id}/questions/{question_id} changed 404 404 404 403 403 404 403 404 404 404 404 200 404 404 404 401
PUT    /v1/schools/{school_id}/questions/{question_id} elsewhere 404 404 404 403 403 404 403 404 404 404 404 404 404 404 404 401
POST   /v1/schools/{school_id}/questions/{question_id}/withdraw 404 404 404 403 403 404 403 404 404 404 404 200 404 404 404 401
POST   /v1/schools/{school_id}/questions/{question_id}/bring-back 404 404 404 403 403 404 403 404 404 404 404 200 404 404 404 401
GET    /v1/question-sets                        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/me/suggestion                        200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/fields/{field}                    204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
POST   /v1/entries/{entry_id}/words outside     201 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
GET    /v1/groups/{group_id}/care               404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/schools/{school_id}/care             404 404 404 200 200 404 404 404 404 404 404 200 404 404 404 401
PUT    /v1/reminders/{reminder_id}              404 404 404 201 404 404 404 404 404 404 404 201 404 404 404 401
DELETE /v1/reminders/{reminder_id}              404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/reminders/{reminder_id}/seen      204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/today                             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/transfers                         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/transfers/{transfer_id}           200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/transfer-choices/{placement_id}   200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/transfers/{transfer_id}           201 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/transfers/{transfer_id}/sending   200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/transfers/{transfer_id}           204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/transfers/{transfer_id}/items/{kind}/{thing_id} 204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/transfer-requests                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/transfers/{transfer_id}/consent      404 404 404 404 404 404 404 204 404 404 404 404 404 404 404 401
GET    /v1/transfers                            200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/transfers/{transfer_id}              404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/transfers/{transfer_id} draft        404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/transfers/{transfer_id} asked        404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/transfers/{transfer_id}/view         200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/transfers/{transfer_id}/view accepted 200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/transfers/{transfer_id}/view why     200 404 404 200 404 404 404 404 404 404 404 403 404 404 404 401
PUT    /v1/transfers/{transfer_id}/decision     404 404 404 204 404 404 404 404 404 404 404 204 404 404 404 401
PUT    /v1/transfers/{transfer_id}/decision asked 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/pupils/{pupil_id}/transfers          404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/me/outside-links                     200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/entries/{entry_id}/outside           200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id}/outside at school 200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id}/outside why       200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
PUT    /v1/me/outside-links/{link_id}           409 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/outside-links/{link_id}/mails     409 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/outside-links/{link_id}           204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/outside-links/{link_id}/decision  200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/outside-requests                  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/outside-links/{link_id}/consent      404 404 404 204 404 404 404 204 404 404 404 404 404 404 404 401
POST   /v1/outside/codes                        201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/outside/codes of nobody              410 410 410 410 410 410 410 410 410 410 410 410 410 410 410 410
POST   /v1/outside/sessions                     403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
DELETE /v1/outside/sessions/current             204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 204
GET    /v1/outside/entry                        403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
PUT    /v1/outside/answer                       403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
GET    /v1/outside/files/{attachment_id}        403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
GET    /v1/outside/files/{attachment_id}/thumbnail 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
GET    /v1/me/showcases                         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/showcase-material                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/showcases/{page_id}               200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/showcases/{page_id}               201 201 201 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/showcases/{page_id} changed       200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/showcases/{page_id}               204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/showcases/{page_id}/restore       204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/showcases/{page_id}/papers/{kind} 201 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/showcases/{page_id}/papers/{kind}/pdf 202 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/showcases/{page_id}/papers/{kind}/pdf 302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/showcase-shares/{share_id}        201 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/showcase-shares/{share_id}/address 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/showcase-shares/{share_id}        204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/showcase-requests                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/showcase-shares/{share_id}/consent   404 404 404 404 404 404 404 204 404 404 404 404 404 404 404 401
GET    /v1/showcase-shares/{share_id}/files/{attachment_id} 404 404 404 404 404 404 404 302 404 404 404 404 404 404 404 401
GET    /v1/showcase-shares/{share_id}/files/{attachment_id}/thumbnail 404 404 404 404 404 404 404 302 404 404 404 404 404 404 404 401
POST   /v1/showcase/visits                      201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/showcase/visits of nobody            410 410 410 410 410 410 410 410 410 410 410 410 410 410 410 410
GET    /v1/showcase/visits/{visit_id}           410 410 410 410 410 410 410 410 410 410 410 410 410 410 410 410
GET    /v1/showcase/visits/{visit_id}/files/{attachment_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET    /v1/showcase/visits/{visit_id}/files/{attachment_id}/thumbnail 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET    /v1/me/steps                             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/steps/{step_id}                   201 201 201 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/steps/{step_id} changed           200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/steps/{step_id}/state             200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/dossier                           200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/dossier/parts/{competency}        201 201 201 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/dossier/hand-ins/{hand_in_id}     201 409 409 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/dossier/hand-ins/{hand_in_id}/withdraw 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/dossiers/{hand_in_id}                200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/dossiers/{hand_in_id} taken back     200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/dossiers/{hand_in_id} second reader  200 404 404 200 200 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/dossiers/{hand_in_id} done           200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
PUT    /v1/dossiers/{hand_in_id}/reader         403 404 404 403 404 404 404 404 404 404 404 200 404 404 404 401
PUT    /v1/dossiers/{hand_in_id}/note           403 404 404 403 200 404 404 404 404 404 404 403 404 404 404 401
PUT    /v1/dossiers/{hand_in_id}/closing        403 404 404 403 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/dossiers/{hand_in_id}/files/{attachment_id} 302 404 404 302 404 404 404 404 404 404 404 302 404 404 404 401
GET    /v1/dossiers/{hand_in_id}/files/{attachment_id}/thumbnail 302 404 404 302 404 404 404 404 404 404 404 302 404 404 404 401
POST   /v1/dossiers/{hand_in_id}/pdf            202 404 404 202 404 404 404 404 404 404 404 202 404 404 404 401
GET    /v1/dossiers/{hand_in_id}/pdf            302 404 404 302 404 404 404 404 404 404 404 302 404 404 404 401
GET    /v1/schools/{school_id}/dossiers         404 404 404 200 200 404 200 404 404 404 404 200 404 404 404 401
GET    /v1/schools/{school_id}/dossier-checklist 404 404 404 200 200 404 200 404 404 404 404 200 404 404 404 401
PUT    /v1/schools/{school_id}/dossier-checklist 404 404 404 403 403 404 403 404 404 404 404 200 404 404 404 401
GET    /v1/children/{pupil_id}/dossier          404 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
GET    /v1/me/exports                           200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/exports                           202 202 202 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/exports/{export_id}/file          302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/exports/{export_id}               204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schemas/portfolio-1.json             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/me/imports                           200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/imports                           201 201 201 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/imports/{import_id}               200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/imports/{import_id}/sent          204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/brought-records                   200 200 200 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/brought-records/{record_id}       204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me/brought-sounds/{sound_id}/file    302 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/homework-cards                       200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/pupils/{pupil_id}/homework           200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/pupils/{pupil_id}/homework why       200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
GET    /v1/homework/{homework_id}               200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/homework/{homework_id} why           200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
GET    /v1/homework/{homework_id} at home       200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
GET    /v1/homework/{homework_id} draft         200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/homework/{homework_id} of a parent   200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
PUT    /v1/homework/{homework_id}               201 404 404 404 404 404 404 201 404 404 404 404 404 404 404 401
PUT    /v1/homework/{homework_id} changed       200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
PUT    /v1/homework/{homework_id} of a parent   200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
PUT    /v1/homework/{homework_id}/sharing       200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
DELETE /v1/homework/{homework_id}               204 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
DELETE /v1/homework/{homework_id} of a parent   204 404 404 404 404 404 404 204 404 404 404 404 404 404 404 401
POST   /v1/homework/{homework_id}/sounds        201 404 404 403 404 404 404 201 404 404 404 403 404 404 404 401
POST   /v1/homework-sounds/{sound_id}/complete  200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
GET    /v1/homework-sounds/{sound_id}/file      302 404 404 302 404 404 404 302 404 404 404 302 404 404 404 401
GET    /v1/homework-sounds/{sound_id}/file why  302 404 404 302 404 404 404 302 404 404 404 403 404 404 404 401
GET    /v1/groups/{group_id}/homework           404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
PUT    /v1/homework-offers/{offer_id}           404 404 404 201 404 404 404 404 404 404 404 201 404 404 404 401
DELETE /v1/homework-offers/{offer_id}           404 404 404 204 404 404 404 404 404 404 404 204 404 404 404 401
PUT    /v1/home/{pupil_id}/seen                 404 404 404 404 404 404 404 204 404 404 404 404 404 404 404 401
GET    /v1/me/notice-count                      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/notices                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/notices/{notice_id}/read          204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/notices/{notice_id}/read          204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/me/notices/read                      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
POST   /v1/me/notices/unread                    204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
GET    /v1/me/notice-settings                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/notice-settings/{kind}            204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
PUT    /v1/me/notice-settings/{kind} fixed      422 422 422 422 422 422 422 422 422 422 422 422 422 422 422 401
GET    /v1/me/mail                              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/mail/address                      409 409 409 409 409 409 409 409 409 409 409 409 409 409 409 401
DELETE /v1/me/mail/address                      204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
POST   /v1/me/mail/confirmation                 409 409 409 409 409 409 409 409 409 409 409 409 409 409 409 401
PUT    /v1/me/mail/weekly                       204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
GET    /v1/schools/{school_id}/weekly-mail      404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/weekly-mail/{token}                  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/weekly-mail/{token} of nobody        404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
PUT    /v1/weekly-mail/{token}                  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/weekly-mail/{token}/off              303 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303
POST   /v1/weekly-mail/{token}/off              204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 204
GET    /v1/me/choices                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/choices/{choice_id}               201 201 201 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/motives       200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/ring          200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/options/{option_id} 201 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/options/{option_id} changed 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/options/{option_id}/place 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/sureness/{sure_id} 204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/me/choices/{choice_id}/sureness/{sure_id} 204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/picks/{pick_id} 201 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/me/choices/{choice_id}/look-back     200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/pupils/{pupil_id}/choices            200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/pupils/{pupil_id}/choices why        200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
GET    /v1/schools/{school_id}/conversations    404 404 404 200 200 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/groups/{group_id}/conversations      404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
POST   /v1/groups/{group_id}/conversations      404 404 404 201 404 404 404 404 404 404 404 201 404 404 404 401
POST   /v1/groups/{group_id}/conversations/take-back 404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/me/agreed-steps                      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/conversations/{conversation_id}/calendar.ics 200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/me/conversations                     200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/pupils/{pupil_id}/conversations      200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/conversations/{conversation_id}      200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/conversations/{conversation_id} with home 200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/conversations/{conversation_id} agreed 200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/conversations/{conversation_id} why  200 404 404 200 404 404 404 404 404 404 404 403 404 404 404 401
PUT    /v1/conversations/{conversation_id}      201 404 404 201 404 404 404 404 404 404 404 201 404 404 404 401
PUT    /v1/conversations/{conversation_id} changed 403 404 404 200 404 404 404 403 404 404 404 200 404 404 404 401
PUT    /v1/conversations/{conversation_id}/state 403 404 404 200 404 404 404 403 404 404 404 200 404 404 404 401
PUT    /v1/conversations/{conversation_id}/sheet 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/conversations/{conversation_id}/record 409 404 404 200 404 404 404 403 404 404 404 200 404 404 404 401
PUT    /v1/conversations/{conversation_id}/agreement 200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/conversations/{conversation_id}/agreement/beside 403 404 404 200 404 404 404 403 404 404 404 200 404 404 404 401
PUT    /v1/conversations/{conversation_id}/steps/{step_id}/state 404 404 404 403 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/job-chances                          200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/sessions                             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
DELETE /v1/sessions                             204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
DELETE /v1/sessions/current                     204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
DELETE /v1/sessions/{session_id}                204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/school-accounts                      200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/school-accounts/{provider_id}/sign-in 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201
POST   /v1/school-accounts/{provider_id}/sign-in of none 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET    /v1/school-accounts/{provider_id}/callback 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303
GET    /v1/school-accounts/{provider_id}/sign-out 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST   /v1/school-accounts/{provider_id}/logouts 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
GET    /v1/sessions/current/factor              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
DELETE /v1/sessions/current/factor              409 409 409 409 409 409 409 409 409 409 409 409 409 409 409 401
POST   /v1/sessions/current/factor/passkey-challenge 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 401
POST   /v1/sessions/current/factor/by-passkey   403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 401
POST   /v1/sessions/current/factor/by-app       201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 401
POST   /v1/sessions/current/factor/by-recovery-code 201 201 201 201 201 201 201 201 201 201 201 201 201 201 201 401
POST   /v1/sessions/current/factor/by-password  403 403 403 201 201 201 201 201 201 201 201 201 201 201 201 401
GET    /v1/me/factors                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PUT    /v1/me/factors/changes-seen              204 204 204 204 204 204 204 204 204 204 204 204 204 204 204 401
POST   /v1/me/factors/passkey-challenge         403 403 403 201 201 201 201 201 201 201 201 201 201 201 201 401
POST   /v1/me/factors/passkeys                  403 403 403 409 409 409 409 409 409 409 409 409 409 409 409 401
POST   /v1/me/factors/app-secret                403 403 403 201 201 201 201 201 201 201 201 201 201 201 201 401
POST   /v1/me/factors/apps                      403 403 403 409 409 409 409 409 409 409 409 409 409 409 409 401
PATCH  /v1/me/factors/{factor_id}               404 404 404 404 404 404 404 404 404 404 404 204 404 404 404 401
DELETE /v1/me/factors/{factor_id}               403 403 403 404 404 404 404 404 404 404 404 204 404 404 404 401
POST   /v1/me/recovery-codes                    403 403 403 201 201 201 201 201 201 201 201 201 201 201 201 401
DELETE /v1/people/{person_id}/factors           404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
DELETE /v1/people/{person_id}/factors elsewhere 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/people/{person_id}/factors oneself   404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/me                                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
PATCH  /v1/me                                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/entries                           200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/me/looks                             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/home                                 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/review-queue                         200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/pupils                               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 401
GET    /v1/pupils/{pupil_id}/portfolio          200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/pupils/{pupil_id}/portfolio why       200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
POST   /v1/pupils/{pupil_id}/look-reasons       404 404 404 403 404 404 404 404 404 404 404 204 404 404 404 401
GET    /v1/pupils/{pupil_id}/consents           200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
PUT    /v1/pupils/{pupil_id}/consents/{purpose} 403 404 404 404 404 404 404 204 404 404 404 404 404 404 404 401
GET    /v1/groups/{group_id}/consents           404 404 404 200 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/groups/{group_id}                    404 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/groups/{group_id}/sign-in            404 404 404 200 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/groups/{group_id}/class-window       404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/groups/{group_id}/class-window       404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/groups/{group_id}/cards              404 404 404 200 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/pupils/{pupil_id}/card               404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
DELETE /v1/pupils/{pupil_id}/pin                404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schools/{school_id}                  404 404 404 404 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/schools/{school_id}/administration   404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/schools/{school_id}/people           404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/schools/{school_id}/people/{person_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/pupils           404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
POST   /v1/schools/{school_id}/staff            404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
PATCH  /v1/schools/{school_id}/people/{person_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
PUT    /v1/schools/{school_id}/people/{person_id}/closure 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
DELETE /v1/schools/{school_id}/people/{person_id}/closure 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
DELETE /v1/schools/{school_id}/people/{person_id}/sessions 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/people/{person_id}/placements 404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
PATCH  /v1/schools/{school_id}/placements/{placement_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/placements/{placement_id}/moves 404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
POST   /v1/schools/{school_id}/people/{person_id}/roles 404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
DELETE /v1/schools/{school_id}/roles/{role_id}  404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
DELETE /v1/schools/{school_id}/assignments/{assignment_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
PATCH  /v1/schools/{school_id}/roles/{role_id}  404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/schools/{school_id}/groups           404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
GET    /v1/schools/{school_id}/groups/{group_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/groups           404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
PATCH  /v1/schools/{school_id}/groups/{group_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/groups/{group_id}/assignments 404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
PATCH  /v1/schools/{school_id}/assignments/{assignment_id} 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/cards            404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/acts/{act_id}/undo 404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
GET    /v1/schools/{school_id}/people/{person_id} of another school 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schools/{school_id}/administration of another school 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schools/{school_id}/roster-imports   404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/schools/{school_id}/roster-imports   404 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
GET    /v1/roster-imports/{import_id}           404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
POST   /v1/roster-imports/{import_id}/read      404 404 404 404 404 404 404 404 404 404 404 404 404 409 404 401
POST   /v1/roster-imports/{import_id}/apply     404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
GET    /v1/entries/{entry_id}                   200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id} at school         200 404 404 200 404 404 404 404 404 404 404 200 404 404 404 401
GET    /v1/entries/{entry_id} why               200 404 404 200 404 404 404 200 404 404 404 403 404 404 404 401
GET    /v1/entries/{entry_id} draft             200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/entries/{entry_id} in the trash      200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/entries/{entry_id}/versions          200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
PUT    /v1/entries/{entry_id}                   200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
PUT    /v1/entries/{entry_id} new               201 201 201 403 403 403 403 403 403 403 403 403 403 403 403 401
PUT    /v1/entries/{entry_id}/audience          200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
DELETE /v1/entries/{entry_id}                   204 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
POST   /v1/entries/{entry_id}/restore           200 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/entries/{entry_id}/archive           200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
PUT    /v1/entries/{entry_id}/seen              403 404 404 409 404 404 404 403 404 404 404 409 404 404 404 401
POST   /v1/entries/{entry_id}/feedback          201 404 404 201 404 404 404 403 404 404 404 201 404 404 404 401
POST   /v1/entries/{entry_id}/feedback ask back 403 404 404 201 404 404 404 403 404 404 404 201 404 404 404 401
POST   /v1/entries/{entry_id}/feedback reaction 403 404 404 403 404 404 404 201 404 404 404 403 404 404 404 401
DELETE /v1/feedback/{feedback_id}               404 404 404 204 404 404 404 404 404 404 404 404 404 404 404 401
POST   /v1/entries/{entry_id}/attachments       201 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
GET    /v1/attachments/{attachment_id}/upload   200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
POST   /v1/attachments/{attachment_id}/complete 200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
PATCH  /v1/attachments/{attachment_id}          200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
DELETE /v1/attachments/{attachment_id}          204 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
GET    /v1/attachments/{attachment_id}/file    302 404 404 302 404 404 404 302 404 404 404 302 404 404 404 401
GET    /v1/attachments/{attachment_id}/file why 302 404 404 302 404 404 404 302 404 404 404 403 404 404 404 401
GET    /v1/attachments/{attachment_id}/thumbnail 302 404 404 302 404 404 404 302 404 404 404 302 404 404 404 401
GET    /v1/attachments/{attachment_id}/thumbnail why 302 404 404 302 404 404 404 302 404 404 404 403 404 404 404 401
GET    /v1/attachments/{attachment_id}/captions 200 404 404 200 404 404 404 200 404 404 404 200 404 404 404 401
PUT    /v1/attachments/{attachment_id}/captions 200 404 404 403 404 404 404 403 404 404 404 403 404 404 404 401
GET    /v1/reference                            200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/questions                            200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET    /v1/city-counts                          404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
GET    /v1/city-counts none such                404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/city-counts/sheet                    404 404 404 404 404 404 404 404 404 404 404 404 404 404 200 401
GET    /v1/schools/{school_id}/counts           404 404 404 404 404 404 404 404 404 404 404 200 404 200 404 401
GET    /v1/schools/{school_id}/counts/sheet     404 404 404 404 404 404 404 404 404 404 404 200 404 200 404 401
GET    /v1/people/{person_id}/data              200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
PUT    /v1/people/{person_id}/keeping           200 404 404 404 404 404 404 200 404 404 404 404 404 404 404 401
PUT    /v1/people/{person_id}/keeping not near  409 404 404 404 404 404 404 409 404 404 404 404 404 404 404 401
PUT    /v1/erasures/{erasure_id}                403 404 404 404 404 404 404 201 404 404 404 404 404 201 404 401
PUT    /v1/erasures/{erasure_id} at sixteen     201 404 404 404 404 404 404 404 404 404 404 404 404 201 404 401
PUT    /v1/erasures/{erasure_id} oneself        403 403 403 403 403 403 403 201 201 201 201 403 403 403 403 401
DELETE /v1/erasures/{erasure_id}                204 404 404 404 404 404 404 204 404 404 404 404 404 204 404 401
PUT    /v1/corrections/{correction_id}          201 404 404 404 404 404 404 201 404 404 404 404 404 404 404 401
DELETE /v1/corrections/{correction_id}          204 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
GET    /v1/schools/{school_id}/data-requests    404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
PUT    /v1/schools/{school_id}/corrections/{correction_id}/answer 404 404 404 404 404 404 404 404 404 404 404 404 404 204 404 401
GET    /v1/schools/{school_id}/people/{person_id}/erasure 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404 401
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Row:
    """An endpoint (with what is special about the case) and the status for each viewer."""

    method: str
    path: str
    case: str
    statuses: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path} {self.case}".strip()


def _rows() -> list[Row]:
    rows = []
    for line in MATRIX.strip().splitlines()[1:]:
        words = line.split()
        method, path, *case = words[: -len(VIEWERS)]
        rows.append(Row(method, path, " ".join(case), tuple(int(word) for word in words[-len(VIEWERS) :])))
    return rows


ROWS = _rows()
SCHOOL = "/v1/school-accounts/entree"
CONTENT = {"title": "Anders", "details": {"kind": "experience"}}


def _plan(world: World) -> dict[str, Any]:
    return {"title": "Bezoek aan de haven", "happensOn": TODAY, "groupIds": [str(world.group)]}


COMES_SOON = "2026-12-01"
CITY_PLAN = {"title": "Dag van de haven", "happensOn": COMES_SOON, "bands": ["B"]}


def _signing(world: World, path: str = "", **fields: Any) -> str:
    """An activity of Kustlijn, next week, that one signs up for."""
    return (
        f"/v1/activities/{world.new_activity(world.group, happens_on=date(2026, 12, 1), sign_up=True, **fields)}{path}"
    )


def _me(path: str) -> str:
    return path.replace("/v1/", "/v1/me/", 1)


Ask = tuple[str, dict[str, Any] | None, dict[str, str]]
"""The path with its ids, a body, and headers."""


def _entry(world: World, suffix: str = "", body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    return (
        f"/v1/entries/{world.new_entry(**fields)}{suffix}",
        body,
        {"If-Match": '"1"', "Idempotency-Key": str(new_id(world))},
    )


def _set(world: World, suffix: str = "", body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    question = world.new_question(world.kust, **fields)
    return f"/v1/schools/{world.kust}/questions/{question}{suffix}", body, {"If-Match": '"1"'}


def _outside(world: World, suffix: str, body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    link = world.new_outside(world.new_entry(), **fields)
    return suffix.replace("{link_id}", str(link)), body, {"If-Match": '"1"'}


def _held(world: World, link: str) -> Ask:
    """A link that a coach of somebody of 16 holds; tries of before do not count."""
    hashed = hashlib.sha256(b"held").digest()
    world.change("delete from outside_link; delete from sign_in_attempts")
    world.new_outside(world.new_entry(), token_hash=hashed)
    world.change("update person set birth_date = '2010-03-02' where id = :pupil", pupil=world.pupil)
    return "/v1/outside/codes", {"link": link}, {}


def _page(world: World, suffix: str = "", body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    """A page of the pupil with a story on it, and a CV of it that is there."""
    entry = world.new_entry()
    page = page_of(world, story(entry), **fields)
    paper_of(world, page, entry, state="ready", object_key="showcase/x.pdf")
    return f"/v1/me/showcases/{page}{suffix}", body, {"If-Match": '"1"'}


def _share(world: World, path: str, body: dict[str, Any] | None = None) -> Ask:
    """A link to a page with a photo, of a pupil of thirteen."""
    entry = world.new_entry()
    file = world.new_file(entry)
    share = share_of(world, page_of(world, story(entry, file)))
    return path.format(share_id=share, attachment_id=file), body, {}


def _visit(world: World, link: str) -> Ask:
    """A link of somebody of sixteen."""
    world.change("delete from showcase_share")
    share_of(world, page_of(world), "held")
    world.change("update person set birth_date = '2010-03-02' where id = :pupil", pupil=world.pupil)
    return "/v1/showcase/visits", {"link": link}, {}


def _shared(world: World) -> Ask:
    days = {"startsOn": TODAY, "endsOn": COMES_SOON}
    return f"/v1/me/showcase-shares/{new_id(world)}", {"pageId": str(page_of(world))} | days, {}


PAGE = {"title": "Wie ben ik"}
ASKED_FILE = "/v1/showcase-shares/{share_id}/files/{attachment_id}"
VISITED = f"/v1/showcase/visits/{UUID(int=1)}"
SHOWCASES: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/me/showcases/{page_id}": lambda w, v: _page(w),
    "PUT /v1/me/showcases/{page_id}": lambda w, v: (f"/v1/me/showcases/{new_id(w)}", PAGE, {}),
    "PUT /v1/me/showcases/{page_id} changed": lambda w, v: _page(w, "", PAGE),
    "DELETE /v1/me/showcases/{page_id}": lambda w, v: _page(w),
    "POST /v1/me/showcases/{page_id}/restore": lambda w, v: _page(w, "/restore", removed_at=w.clock.now()),
    "PUT /v1/me/showcases/{page_id}/papers/{kind}": lambda w, v: (*_page(w, "/papers/plus", {})[:2], {}),
    "POST /v1/me/showcases/{page_id}/papers/{kind}/pdf": lambda w, v: _page(w, "/papers/cv/pdf"),
    "GET /v1/me/showcases/{page_id}/papers/{kind}/pdf": lambda w, v: _page(w, "/papers/cv/pdf"),
    "PUT /v1/me/showcase-shares/{share_id}": lambda w, v: _shared(w),
    "GET /v1/me/showcase-shares/{share_id}/address": lambda w, v: _share(
        w, "/v1/me/showcase-shares/{share_id}/address"
    ),
    "DELETE /v1/me/showcase-shares/{share_id}": lambda w, v: _share(w, "/v1/me/showcase-shares/{share_id}"),
    "PUT /v1/showcase-shares/{share_id}/consent": lambda w, v: _share(
        w, "/v1/showcase-shares/{share_id}/consent", {"version": 1, "pageVersion": 1, "answer": "yes"}
    ),
    "GET /v1/showcase-shares/{share_id}/files/{attachment_id}": lambda w, v: _share(w, ASKED_FILE),
    "GET /v1/showcase-shares/{share_id}/files/{attachment_id}/thumbnail": lambda w, v: _share(
        w, f"{ASKED_FILE}/thumbnail"
    ),
    "POST /v1/showcase/visits": lambda w, v: _visit(w, "held"),
    "POST /v1/showcase/visits of nobody": lambda w, v: _visit(w, "other"),
    "GET /v1/showcase/visits/{visit_id}": lambda w, v: (VISITED, None, {}),
    "GET /v1/showcase/visits/{visit_id}/files/{attachment_id}": lambda w, v: (
        f"{VISITED}/files/{w.new_file(w.new_entry())}",
        None,
        {},
    ),
    "GET /v1/showcase/visits/{visit_id}/files/{attachment_id}/thumbnail": lambda w, v: (
        f"{VISITED}/files/{w.new_file(w.new_entry())}/thumbnail",
        None,
        {},
    ),
}


def _transfer(world: World, path: str, body: dict[str, Any] | None = None, yes: bool = True, **fields: Any) -> Ask:
    """A story of primary school that goes along to Kustlijn; as it waits there unless said otherwise."""
    world.change("delete from transfer")
    before = world.scalar("select min(id::text) from placement where pupil_id = :p and school_id <> :kust",
                          p=world.pupil, kust=world.kust)  # fmt: skip
    if before is None:
        primary = world.new_group(world.duin, "8", 2025, "po")
        before = world.place(world.pupil, world.duin, primary, date(2025, 8, 1), date(2026, 7, 31))
    story = world.new_entry("Groep 8", placement_id=before)
    transfer = world.new_transfer(story, to=world.placement, **fields)
    if yes:
        world.say_yes(transfer)
    path = f"/v1/{path}".format(transfer=transfer, new=new_id(world), place=world.placement, story=story)
    return path, body, {"If-Match": '"2"'}


UNSENT = {"sent_at": None, "expires_on": None}
TAKEN = {"accepted_at": datetime(2026, 11, 24, 9, tzinfo=UTC)}
TRANSFERS: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/me/transfers/{transfer_id}": lambda w, v: _transfer(w, "me/transfers/{transfer}"),
    "GET /v1/me/transfer-choices/{placement_id}": lambda w, v: _transfer(w, "me/transfer-choices/{place}"),
    "PUT /v1/me/transfers/{transfer_id}": lambda w, v: _transfer(
        w, "me/transfers/{new}", {"placementId": str(w.placement), "items": []}, **TAKEN
    ),
    "PUT /v1/me/transfers/{transfer_id}/sending": lambda w, v: _transfer(
        w, "me/transfers/{transfer}/sending", **UNSENT
    ),
    "DELETE /v1/me/transfers/{transfer_id}": lambda w, v: _transfer(w, "me/transfers/{transfer}"),
    "PUT /v1/me/transfers/{transfer_id}/items/{kind}/{thing_id}": lambda w, v: _transfer(
        w, "me/transfers/{transfer}/items/entry/{story}", {"goesAlong": False}, **TAKEN
    ),
    "PUT /v1/transfers/{transfer_id}/consent": lambda w, v: _transfer(
        w, "transfers/{transfer}/consent", {"version": 1, "answer": "yes"}, yes=False
    ),
    "GET /v1/transfers/{transfer_id}": lambda w, v: _transfer(w, "transfers/{transfer}"),
    "GET /v1/transfers/{transfer_id} draft": lambda w, v: _transfer(w, "transfers/{transfer}", **UNSENT),
    "GET /v1/transfers/{transfer_id} asked": lambda w, v: _transfer(w, "transfers/{transfer}", yes=False),
    "GET /v1/transfers/{transfer_id}/view": lambda w, v: _transfer(w, "transfers/{transfer}/view"),
    "GET /v1/transfers/{transfer_id}/view accepted": lambda w, v: _transfer(w, "transfers/{transfer}/view", **TAKEN),
    "GET /v1/transfers/{transfer_id}/view why": lambda w, v: _without_reason(
        w, _transfer(w, "transfers/{transfer}/view", **TAKEN)
    ),
    "PUT /v1/transfers/{transfer_id}/decision": lambda w, v: _transfer(
        w, "transfers/{transfer}/decision", {"decision": "accepted"}
    ),
    "PUT /v1/transfers/{transfer_id}/decision asked": lambda w, v: _transfer(
        w, "transfers/{transfer}/decision", {"decision": "accepted"}, yes=False
    ),
    "GET /v1/pupils/{pupil_id}/transfers": lambda w, v: (f"/v1/pupils/{w.pupil}/transfers", None, {}),
}

COACH = {"saidBy": "Ria", "good": "Touwen"}
OUTSIDE: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/entries/{entry_id}/outside": lambda w, v: _entry(w, "/outside"),
    "GET /v1/entries/{entry_id}/outside at school": lambda w, v: _entry(w, "/outside", ring=1),
    "GET /v1/entries/{entry_id}/outside why": lambda w, v: _without_reason(w, _entry(w, "/outside")),
    "PUT /v1/me/outside-links/{link_id}": lambda w, v: (
        f"/v1/me/outside-links/{new_id(w)}",
        {"entryId": str(w.new_entry()), "who": "mijn begeleider", "to": "coach@example.nl"},
        {},
    ),
    "POST /v1/me/outside-links/{link_id}/mails": lambda w, v: _outside(w, "/v1/me/outside-links/{link_id}/mails"),
    "DELETE /v1/me/outside-links/{link_id}": lambda w, v: _outside(w, "/v1/me/outside-links/{link_id}"),
    "PUT /v1/me/outside-links/{link_id}/decision": lambda w, v: _outside(
        w, "/v1/me/outside-links/{link_id}/decision", {"decision": "accepted"}, answer={}
    ),
    "PUT /v1/outside-links/{link_id}/consent": lambda w, v: _outside(
        w, "/v1/outside-links/{link_id}/consent", {"version": 1, "answer": "yes"}, mailed_at=None
    ),
    "POST /v1/outside/codes": lambda w, v: _held(w, "held"),
    "POST /v1/outside/codes of nobody": lambda w, v: _held(w, "other"),
    "POST /v1/outside/sessions": lambda w, v: ("/v1/outside/sessions", {"code": "123456"}, {}),
    "PUT /v1/outside/answer": lambda w, v: ("/v1/outside/answer", COACH, {}),
    "GET /v1/outside/files/{attachment_id}": lambda w, v: (
        f"/v1/outside/files/{w.new_file(w.new_entry())}",
        None,
        {},
    ),
    "GET /v1/outside/files/{attachment_id}/thumbnail": lambda w, v: (
        f"/v1/outside/files/{w.new_file(w.new_entry())}/thumbnail",
        None,
        {},
    ),
}

QUESTION = {"bands": ["B"], "competency": "motives", "text": "Wat wil je hier nog eens doen?"}
QUESTIONS: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/me/questions": lambda w, v: ("/v1/me/questions?kind=experience", None, {}),
    "GET /v1/me/answers": lambda w, v: ("/v1/me/answers?questionId=B-motives-1", None, {}),
    "GET /v1/entries/{entry_id}/earlier-answers": lambda w, v: _entry(w, "/earlier-answers"),
    "GET /v1/entries/{entry_id}/earlier-answers at school": lambda w, v: _entry(w, "/earlier-answers", ring=1),
    "GET /v1/entries/{entry_id}/earlier-answers why": lambda w, v: _without_reason(w, _entry(w, "/earlier-answers")),
    "GET /v1/entries/{entry_id}/earlier-answers draft": lambda w, v: (
        f"/v1/entries/{w.new_draft()}/earlier-answers",
        None,
        {},
    ),
    "GET /v1/schools/{school_id}/questions": lambda w, v: (f"/v1/schools/{w.kust}/questions", None, {}),
    "PUT /v1/schools/{school_id}/questions/{question_id}": lambda w, v: (
        f"/v1/schools/{w.kust}/questions/{new_id(w)}",
        QUESTION,
        {},
    ),
    "PUT /v1/schools/{school_id}/questions/{question_id} changed": lambda w, v: _set(w, "", QUESTION),
    "PUT /v1/schools/{school_id}/questions/{question_id} elsewhere": lambda w, v: (
        f"/v1/schools/{w.kust}/questions/{w.new_question(w.duin)}",
        QUESTION,
        {"If-Match": '"1"'},
    ),
    "POST /v1/schools/{school_id}/questions/{question_id}/withdraw": lambda w, v: _set(w, "/withdraw"),
    "POST /v1/schools/{school_id}/questions/{question_id}/bring-back": lambda w, v: _set(
        w, "/bring-back", withdrawn_at=w.clock.now()
    ),
}

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nDit is de kraan.\n"


def _file(world: World, suffix: str = "", body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    return f"/v1/attachments/{world.new_file(world.new_entry(), **fields)}{suffix}", body, {}


def _feedback(world: World, kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": str(new_id(world)), "kind": kind, **fields}


def _own_session(world: World, viewer: UUID | None) -> Ask:
    world.client(world.pupil)
    newest = world.scalar("select id from session where person_id = :pupil order by id desc limit 1", pupil=world.pupil)
    return f"/v1/sessions/{newest}", None, {}


def _without_reason(world: World, ask: Ask) -> Ask:
    world.change("delete from look_reason")
    return ask


def _card(world: World) -> str:
    world.change("delete from pupil_card; delete from pupil_pin")
    return world.new_card(world.pupil)


def _by_card(world: World, viewer: UUID | None) -> Ask:
    return "/v1/sessions/by-card", {"secret": _card(world), "pin": "4071", "choosePin": True}, {}


def _by_class_code(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from pupil_pin")
    body = {"code": world.new_window(world.group), "pupilId": str(world.pupil), "pin": "4071", "choosePin": True}
    return "/v1/sessions/by-class-code", body, {}


NEW_PASSWORD = "vier droge laarzen onderweg"


def _new_account(world: World, viewer: UUID | None) -> Ask:
    parent = {"givenName": "Salma", "familyName": "Haddad", "relation": "mother"}
    username = f"salma{new_id(world).hex}"
    code = world.new_invitation(world.pupil)
    return "/v1/accounts", {"code": code, "username": username, "password": NEW_PASSWORD, "parent": parent}, {}


def _another_child(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from guardianship where guardian_id = :viewer and pupil_id = :pupil",
                 viewer=viewer, pupil=world.pupil)  # fmt: skip
    return "/v1/me/children", {"code": world.new_invitation(world.pupil), "relation": "father"}, {}


def _open_invitation(world: World, viewer: UUID | None) -> Ask:
    world.new_invitation(world.pupil)
    newest = world.scalar("select id from invitation order by id desc limit 1")
    return f"/v1/invitations/{newest}", None, {}


def _decision(world: World, viewer: UUID | None) -> Ask:
    link = world.scalar("select id from guardianship where guardian_id = :lot", lot=world.unconfirmed)
    return f"/v1/guardianships/{link}/decision", {"state": "confirmed", "custody": "yes"}, {}


TODAY = "2026-11-24"
PERSON = {"givenName": "Mila", "familyName": "Vos", "startsOn": TODAY, "another": True}


def _school(world: World, path: str, body: dict[str, Any] | None = None) -> Ask:
    return f"/v1/schools/{world.kust}/{path}", body, {}


def _closed(world: World, viewer: UUID | None, closed: bool) -> Ask:
    at = world.clock.now() if closed else None
    world.change("update person set closed_at = :at where id = :id", at=at, id=world.teacher)
    return _school(world, f"people/{world.teacher}/closure")


def _came_back(world: World, viewer: UUID | None) -> Ask:
    left, _ = world.new_pupil(f"Lin {new_id(world)}", world.kust, world.group, ends_on=date(2026, 10, 1))
    return _school(world, f"people/{left}/placements", {"groupId": str(world.group), "startsOn": TODAY})


def _role(world: World, viewer: UUID | None) -> Ask:
    role = world.scalar("select id from staff_role where person_id = :dean", dean=world.dean)
    return _school(world, f"roles/{role}", {"endsOn": "2027-07-31"})


def _assignment(world: World, viewer: UUID | None) -> Ask:
    assigned = world.scalar("select id from group_assignment where group_id = :group", group=world.other_group)
    return _school(world, f"assignments/{assigned}", {"endsOn": "2027-07-31"})


def _homework(world: World, viewer: UUID | None, **more: Any) -> Ask:
    content = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr"}
    return f"/v1/homework/{new_id(world)}", content | {"homeText": "Pilot"} | more, {}


def _on_card(world: World, body: Any, *after: str, **fields: Any) -> Ask:
    return f"/v1/homework/{world.new_homework(**fields)}{''.join(after)}", body, {"If-Match": '"1"'}


def _written(world: World, by: UUID | None = None, **more: Any) -> dict[str, Any]:
    content = {"pupilId": str(world.pupil), "card": "dream", "cardVersion": 1, "language": "tr"}
    return content | {"homeText": "Pilot olmak istiyordum.", "childText": "Dat wist ik niet!"} | more


def _sound(world: World, after: str, body: Any = None) -> Ask:
    sound = world.new_sound(world.new_homework(), world.pupil, "child")
    return f"/v1/homework-sounds/{sound}{after}", body, {}


def _offer(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from homework_offer")
    content = {"groupId": str(world.group), "card": "dream", "cardVersion": 1, "onDay": "2026-12-01"}
    return f"/v1/homework-offers/{new_id(world)}", content, {}


def _offered(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from homework_offer")
    return f"/v1/homework-offers/{world.new_homework_offer(world.group)}", None, {}


def _parents(world: World) -> dict[str, Any]:
    return {"begun_by": world.guardian, "state": "draft", "with_school": False, "child_text": ""}


HOME: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/homework-cards": lambda w, v: ("/v1/homework-cards", None, {}),
    "GET /v1/pupils/{pupil_id}/homework": lambda w, v: (f"/v1/pupils/{w.pupil}/homework", None, {}),
    "GET /v1/pupils/{pupil_id}/homework why": lambda w, v: _without_reason(
        w, (f"/v1/pupils/{w.pupil}/homework", None, {})
    ),
    "GET /v1/homework/{homework_id}": lambda w, v: _on_card(w, None),
    "GET /v1/homework/{homework_id} why": lambda w, v: _without_reason(w, _on_card(w, None)),
    "GET /v1/homework/{homework_id} at home": lambda w, v: _on_card(w, None, with_school=False),
    "GET /v1/homework/{homework_id} draft": lambda w, v: _on_card(w, None, state="draft", with_school=False),
    "GET /v1/homework/{homework_id} of a parent": lambda w, v: _on_card(w, None, **_parents(w)),
    "PUT /v1/homework/{homework_id}": _homework,
    "PUT /v1/homework/{homework_id} changed": lambda w, v: _on_card(w, _written(w, childText="Nu wel")),
    "PUT /v1/homework/{homework_id} of a parent": lambda w, v: _on_card(
        w, _written(w, childText="Mooi"), **_parents(w)
    ),
    "PUT /v1/homework/{homework_id}/sharing": lambda w, v: _on_card(w, {"reach": "home"}, "/sharing"),
    "DELETE /v1/homework/{homework_id}": lambda w, v: _on_card(w, None),
    "DELETE /v1/homework/{homework_id} of a parent": lambda w, v: _on_card(w, None, **_parents(w)),
    "POST /v1/homework/{homework_id}/sounds": lambda w, v: _on_card(
        w, {"id": str(new_id(w)), "mediaType": "audio/webm", "size": 1000}, "/sounds"
    ),
    "POST /v1/homework-sounds/{sound_id}/complete": lambda w, v: _sound(
        w, "/complete", {"parts": [{"number": 1, "etag": "x"}]}
    ),
    "GET /v1/homework-sounds/{sound_id}/file": lambda w, v: _sound(w, "/file"),
    "GET /v1/homework-sounds/{sound_id}/file why": lambda w, v: _without_reason(w, _sound(w, "/file")),
    "GET /v1/groups/{group_id}/homework": lambda w, v: (f"/v1/groups/{w.group}/homework", None, {}),
    "PUT /v1/homework-offers/{offer_id}": _offer,
    "DELETE /v1/homework-offers/{offer_id}": _offered,
    "PUT /v1/home/{pupil_id}/seen": lambda w, v: (
        f"/v1/home/{w.pupil}/seen",
        {"asOf": w.clock.now().isoformat()},
        {},
    ),
}


def _figures(world: World, path: str) -> Ask:
    world.change("delete from insight_figure; delete from insight_publication")
    world.new_figures(world.kust)
    return path, None, {}


INSIGHT: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/city-counts none such": lambda w, v: _figures(w, f"/v1/city-counts?publication={w.pupil}"),
    "GET /v1/city-counts/sheet": lambda w, v: _figures(w, "/v1/city-counts/sheet"),
    "GET /v1/schools/{school_id}/counts": lambda w, v: _figures(w, f"/v1/schools/{w.kust}/counts"),
    "GET /v1/schools/{school_id}/counts/sheet": lambda w, v: _figures(w, f"/v1/schools/{w.kust}/counts/sheet"),
}


def _role_to_come(world: World, viewer: UUID | None) -> Ask:
    role = StaffRole(
        id=new_id(world), person_id=world.dean, school_id=world.kust, role="teacher", starts_on=date(2027, 1, 4)
    )
    return _school(world, f"roles/{world.add(role)}")


def _assignment_to_come(world: World, viewer: UUID | None) -> Ask:
    role = world.scalar("select id from staff_role where person_id = :teacher", teacher=world.teacher)
    coming = GroupAssignment(
        id=new_id(world), staff_role_id=role, group_id=world.other_group, starts_on=date(2027, 1, 4)
    )
    return _school(world, f"assignments/{world.add(coming)}")


def _undone(world: World, viewer: UUID | None) -> Ask:
    act = AdminAct(
        id=new_id(world), school_id=world.kust, actor_id=world.admin, kind="group_renamed", at=world.clock.now(),
        facts={}, rows=[],
    )  # fmt: skip
    return _school(world, f"acts/{world.add(act)}/undo")


def _new_group(world: World, viewer: UUID | None) -> Ask:
    name = str(new_id(world))[-12:]
    return _school(world, "groups", {"name": name, "level": "vmbo", "studyYear": 2, "schoolYear": 2026})


ADMINISTRATION: dict[str, Callable[[World, UUID | None], Ask]] = {
    f"{method} /v1/schools/{{school_id}}/{path}": ask
    for method, path, ask in (
        ("GET", "administration", lambda w, v: _school(w, "administration")),
        ("GET", "administration of another school", lambda w, v: (f"/v1/schools/{w.duin}/administration", None, {})),
        ("GET", "people", lambda w, v: _school(w, "people")),
        ("GET", "people/{person_id}", lambda w, v: _school(w, f"people/{w.pupil}")),
        ("GET", "people/{person_id} of another school", lambda w, v: _school(w, f"people/{w.other_pupil}")),
        ("POST", "pupils", lambda w, v: _school(
            w, "pupils", {**PERSON, "birthDate": "2013-05-09", "groupId": str(w.group)})),
        ("POST", "staff", lambda w, v: _school(w, "staff", {**PERSON, "role": "teacher"})),
        ("PATCH", "people/{person_id}", lambda w, v: _school(w, f"people/{w.pupil}", {"givenName": "Yara"})),
        ("PUT", "people/{person_id}/closure", lambda w, v: _closed(w, v, False)),
        ("DELETE", "people/{person_id}/closure", lambda w, v: _closed(w, v, True)),
        ("DELETE", "people/{person_id}/sessions", lambda w, v: _school(w, f"people/{w.dean}/sessions")),
        ("POST", "people/{person_id}/placements", _came_back),
        ("PATCH", "placements/{placement_id}", lambda w, v: _school(
            w, f"placements/{w.placement}", {"endsOn": "2027-07-31"})),
        ("POST", "placements/{placement_id}/moves", lambda w, v: _school(
            w, f"placements/{w.placement}/moves", {"groupId": str(w.group), "startsOn": TODAY})),
        ("POST", "people/{person_id}/roles", lambda w, v: _school(
            w, f"people/{w.dean}/roles", {"role": "teacher", "startsOn": TODAY})),
        ("PATCH", "roles/{role_id}", _role),
        ("DELETE", "roles/{role_id}", _role_to_come),
        ("DELETE", "assignments/{assignment_id}", _assignment_to_come),
        ("GET", "groups", lambda w, v: _school(w, "groups")),
        ("GET", "groups/{group_id}", lambda w, v: _school(w, f"groups/{w.group}")),
        ("POST", "groups", _new_group),
        ("PATCH", "groups/{group_id}", lambda w, v: _school(w, f"groups/{w.group}", {"name": "2A"})),
        ("POST", "groups/{group_id}/assignments", lambda w, v: _school(
            w, f"groups/{w.group}/assignments", {"personId": str(w.other_teacher), "startsOn": TODAY})),
        ("PATCH", "assignments/{assignment_id}", _assignment),
        ("POST", "cards", lambda w, v: _school(w, "cards", {"groupId": str(w.group)})),
        ("POST", "acts/{act_id}/undo", _undone),
    )
}  # fmt: skip


def _app_code(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from second_factor")
    secret = world.new_app(viewer or world.pupil)
    return "/v1/sessions/current/factor/by-app", {"code": code_of(secret, world.clock.now())}, {}


def _recovery_code(world: World, viewer: UUID | None) -> Ask:
    world.change("delete from second_factor; delete from recovery_code")
    world.new_app(viewer or world.pupil)
    return (
        "/v1/sessions/current/factor/by-recovery-code",
        {"code": world.new_recovery_code(viewer or world.pupil)},
        {},
    )


def _password_anew(world: World, viewer: UUID | None) -> Ask:
    """Of who has no second factor yet."""
    world.change("delete from second_factor")
    return "/v1/sessions/current/factor/by-password", {"password": PASSWORD}, {}


def _new_codes(world: World, viewer: UUID | None) -> Ask:
    world.new_app(viewer or world.pupil)
    return "/v1/me/recovery-codes", None, {}


def _factor(world: World, viewer: UUID | None, body: dict[str, Any] | None = None) -> Ask:
    """One of two that the dean has."""
    world.change("delete from second_factor")
    world.new_app(world.dean)
    world.new_app(world.dean)
    return f"/v1/me/factors/{world.scalar('select id from second_factor limit 1')}", body, {}


def _reset(person: UUID) -> Ask:
    return f"/v1/people/{person}/factors", None, {}


CREDENTIAL = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}

PLANNING: dict[str, Callable[[World, UUID | None], Ask]] = {
    "POST /v1/activities/{activity_id}/copies": lambda w, v: (
        f"/v1/activities/{w.new_activity(w.group)}/copies",
        {"copies": [{"id": str(new_id(w)), "happensOn": COMES_SOON}]},
        {},
    ),
    "GET /v1/me/activities/{activity_id}": lambda w, v: (_me(f"/v1/activities/{w.new_activity(w.group)}"), None, {}),
    "GET /v1/me/activities/{activity_id} of the city": lambda w, v: (
        f"/v1/me/activities/{w.new_city_activity()}",
        None,
        {},
    ),
    "PUT /v1/me/activities/{activity_id}/sign-up": lambda w, v: (_me(_signing(w, "/sign-up")), None, {}),
    "DELETE /v1/me/activities/{activity_id}/sign-up": lambda w, v: (_me(_signing(w, "/sign-up")), None, {}),
    "PUT /v1/me/activities/{activity_id}/sign-up of the city": lambda w, v: (
        f"/v1/me/activities/{w.new_city_activity()}/sign-up",
        None,
        {},
    ),
    "PUT /v1/activities/{activity_id}/sign-ups/{pupil_id}": lambda w, v: (
        _signing(w, f"/sign-ups/{w.pupil}"),
        None,
        {},
    ),
    "DELETE /v1/activities/{activity_id}/sign-ups/{pupil_id}": lambda w, v: (
        _signing(w, f"/sign-ups/{w.pupil}"),
        None,
        {},
    ),
    "GET /v1/city-activities/{activity_id}": lambda w, v: (f"/v1/city-activities/{w.new_city_activity()}", None, {}),
    "PUT /v1/city-activities/{activity_id}": lambda w, v: (f"/v1/city-activities/{new_id(w)}", CITY_PLAN, {}),
    "PUT /v1/city-activities/{activity_id} changed": lambda w, v: (
        f"/v1/city-activities/{w.new_city_activity()}",
        CITY_PLAN,
        {"If-Match": '"1"'},
    ),
    "POST /v1/activities/{activity_id}/publish of the city": lambda w, v: (
        f"/v1/activities/{w.new_city_activity(state='draft')}/publish",
        None,
        {"If-Match": '"1"'},
    ),
    "GET /v1/activities/{activity_id} of the city": lambda w, v: (f"/v1/activities/{w.new_city_activity()}", None, {}),
}


def _organisation(world: World, suffix: str = "", body: dict[str, Any] | None = None) -> Ask:
    world.change("delete from organisation")
    return f"/v1/organisations/{world.new_organisation()}{suffix}", body, {"If-Match": '"1"'}


def _ics(world: World, **fields: Any) -> Ask:
    return f"/v1/activities/{world.new_activity(world.group, **fields)}/calendar.ics", None, {}


def _another_organisation(world: World) -> Ask:
    return f"/v1/organisations/{new_id(world)}", {"name": f"Bakkerij {new_id(world)}"}, {}


DIRECTORY_AND_CALENDAR: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/organisations/{organisation_id}": lambda w, v: _organisation(w),
    "PUT /v1/organisations/{organisation_id}": lambda w, v: _another_organisation(w),
    "PUT /v1/organisations/{organisation_id} changed": lambda w, v: _organisation(w, "", {"name": "Rederij Zuiderkop"}),
    "POST /v1/organisations/{organisation_id}/archive": lambda w, v: _organisation(w, "/archive"),
    "POST /v1/organisations/{organisation_id}/restore": lambda w, v: _organisation(w, "/restore"),
    "GET /v1/me/calendar": lambda w, v: ("/v1/me/calendar?from=2026-11-01&until=2026-11-30", None, {}),
    "GET /v1/calendars/{secret}.ics": lambda w, v: (f"/v1/calendars/{w.new_calendar(w.pupil)}.ics", None, {}),
    "GET /v1/calendars/{secret}.ics of nobody": lambda w, v: ("/v1/calendars/niets.ics", None, {}),
    "GET /v1/activities/{activity_id}/calendar.ics": lambda w, v: _ics(w),
    "GET /v1/activities/{activity_id}/calendar.ics draft": lambda w, v: _ics(w, state="draft"),
}


def _handed_in(world: World, suffix: str = "", body: dict[str, Any] | None = None, **fields: Any) -> Ask:
    return f"/v1/dossiers/{new_hand_in(world, **fields)}{suffix}", body, {"If-Match": '"1"'}


def _own_part(world: World) -> Ask:
    third_year(world)
    world.change("delete from dossier_part")
    return "/v1/me/dossier/parts/motives", {"text": "Ik wil mensen helpen."}, {}


def _to_hand_in(world: World) -> Ask:
    third_year(world)
    world.change("delete from dossier_part")
    fill_dossier(world)
    return f"/v1/me/dossier/hand-ins/{new_id(world)}", None, {}


def _taken_back(world: World) -> Ask:
    return f"/v1/me/dossier/hand-ins/{new_hand_in(world)}/withdraw", None, {}


def _kept_file(world: World, suffix: str = "") -> Ask:
    hand_in = new_hand_in(world)
    return f"/v1/dossiers/{hand_in}/files/{file_of(world, hand_in)}{suffix}", None, {}


def _made_pdf(world: World) -> Ask:
    hand_in = new_hand_in(world)
    made = {"asked_by": world.pupil, "asked_at": world.clock.now(), "object_key": "dossier/x.pdf", "size": 1000}
    world.add(DossierPdf(hand_in_id=hand_in, state="ready", **made))
    return f"/v1/dossiers/{hand_in}/pdf", None, {}


def _checklist(world: World) -> Ask:
    world.change("delete from dossier_checklist")
    return f"/v1/schools/{world.kust}/dossier-checklist", {"needs": {}}, {"If-Match": '"0"'}


def _good_for_home(world: World) -> Ask:
    new_hand_in(world, "done")
    return f"/v1/children/{world.pupil}/dossier", None, {}


def _in_third_year(world: World) -> Ask:
    third_year(world)
    return "/v1/me/dossier", None, {}


AGREES = {"agrees": True}
DOSSIERS: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/me/dossier": lambda w, v: _in_third_year(w),
    "PUT /v1/me/dossier/parts/{competency}": lambda w, v: _own_part(w),
    "PUT /v1/me/dossier/hand-ins/{hand_in_id}": lambda w, v: _to_hand_in(w),
    "POST /v1/me/dossier/hand-ins/{hand_in_id}/withdraw": lambda w, v: _taken_back(w),
    "GET /v1/dossiers/{hand_in_id}": lambda w, v: _handed_in(w),
    "GET /v1/dossiers/{hand_in_id} taken back": lambda w, v: _handed_in(w, state="withdrawn"),
    "GET /v1/dossiers/{hand_in_id} second reader": lambda w, v: _handed_in(w, reader_id=w.other_teacher),
    "GET /v1/dossiers/{hand_in_id} done": lambda w, v: _handed_in(w, state="done", reader_id=w.other_teacher),
    "PUT /v1/dossiers/{hand_in_id}/reader": lambda w, v: _handed_in(w, "/reader", {"personId": str(w.other_teacher)}),
    "PUT /v1/dossiers/{hand_in_id}/note": lambda w, v: _handed_in(w, "/note", AGREES, reader_id=w.other_teacher),
    "PUT /v1/dossiers/{hand_in_id}/closing": lambda w, v: _handed_in(w, "/closing", {"outcome": "done"}),
    "GET /v1/dossiers/{hand_in_id}/files/{attachment_id}": lambda w, v: _kept_file(w),
    "GET /v1/dossiers/{hand_in_id}/files/{attachment_id}/thumbnail": lambda w, v: _kept_file(w, "/thumbnail"),
    "POST /v1/dossiers/{hand_in_id}/pdf": lambda w, v: _handed_in(w, "/pdf"),
    "GET /v1/dossiers/{hand_in_id}/pdf": lambda w, v: _made_pdf(w),
    "GET /v1/schools/{school_id}/dossiers": lambda w, v: (f"/v1/schools/{w.kust}/dossiers", None, {}),
    "GET /v1/schools/{school_id}/dossier-checklist": lambda w, v: (
        f"/v1/schools/{w.kust}/dossier-checklist",
        None,
        {},
    ),
    "PUT /v1/schools/{school_id}/dossier-checklist": lambda w, v: _checklist(w),
    "GET /v1/children/{pupil_id}/dossier": lambda w, v: _good_for_home(w),
}


def _bringing(world: World, suffix: str = "", body: dict[str, Any] | None = None) -> Ask:
    return f"/v1/me/imports/{new_bringing(world)}{suffix}", body, {}


def _exporting(world: World) -> Ask:
    world.change("delete from portfolio_export")
    return "/v1/me/exports", None, {}


TAKEAWAY: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/me/exports": lambda w, v: ("/v1/me/exports", None, {}),
    "POST /v1/me/exports": lambda w, v: _exporting(w),
    "GET /v1/me/exports/{export_id}/file": lambda w, v: (f"/v1/me/exports/{new_export(w)}/file", None, {}),
    "DELETE /v1/me/exports/{export_id}": lambda w, v: (f"/v1/me/exports/{new_export(w)}", None, {}),
    "GET /v1/schemas/portfolio-1.json": lambda w, v: ("/v1/schemas/portfolio-1.json", None, {}),
    "GET /v1/me/imports": lambda w, v: ("/v1/me/imports", None, {}),
    "POST /v1/me/imports": lambda w, v: ("/v1/me/imports", {"name": "mahara.zip", "size": 1_000}, {}),
    "GET /v1/me/imports/{import_id}": lambda w, v: _bringing(w),
    "POST /v1/me/imports/{import_id}/sent": lambda w, v: _bringing(w, "/sent", {"parts": [{"number": 1, "etag": "x"}]}),
    "GET /v1/me/brought-records": lambda w, v: ("/v1/me/brought-records", None, {}),
    "DELETE /v1/me/brought-records/{record_id}": lambda w, v: (f"/v1/me/brought-records/{new_brought(w)}", None, {}),
    "GET /v1/me/brought-sounds/{sound_id}/file": lambda w, v: (
        f"/v1/me/brought-sounds/{new_brought_sound(w)}/file",
        None,
        {},
    ),
}


def _off(world: World, path: str = "", body: dict[str, Any] | None = None) -> Ask:
    return f"/v1/weekly-mail/{world.new_mail_address(world.guardian)}{path}", body, {}


def _notice(world: World) -> Ask:
    return f"/v1/me/notices/{world.new_notice(world.pupil)}/read", None, {}


CHOICE = {"inApp": False, "byMail": False}
NOTICES_AND_MAIL: dict[str, Callable[[World, UUID | None], Ask]] = {
    "PUT /v1/me/notices/{notice_id}/read": lambda w, v: _notice(w),
    "DELETE /v1/me/notices/{notice_id}/read": lambda w, v: _notice(w),
    "POST /v1/me/notices/read": lambda w, v: ("/v1/me/notices/read", {"until": "2026-11-24T11:00:00Z"}, {}),
    "POST /v1/me/notices/unread": lambda w, v: (
        "/v1/me/notices/unread",
        {"readAt": "2026-11-24T11:00:00Z"},
        {},
    ),
    "PUT /v1/me/notice-settings/{kind}": lambda w, v: ("/v1/me/notice-settings/home_new", CHOICE, {}),
    "PUT /v1/me/notice-settings/{kind} fixed": lambda w, v: ("/v1/me/notice-settings/consent_asked", CHOICE, {}),
    "PUT /v1/me/mail/address": lambda w, v: ("/v1/me/mail/address", {"address": "thuis@example.nl"}, {}),
    "POST /v1/me/mail/confirmation": lambda w, v: ("/v1/me/mail/confirmation", {"code": "1234 5678"}, {}),
    "PUT /v1/me/mail/weekly": lambda w, v: ("/v1/me/mail/weekly", {"weekly": False}, {}),
    "GET /v1/schools/{school_id}/weekly-mail": lambda w, v: (f"/v1/schools/{w.kust}/weekly-mail", None, {}),
    "GET /v1/weekly-mail/{token}": lambda w, v: _off(w),
    "GET /v1/weekly-mail/{token} of nobody": lambda w, v: ("/v1/weekly-mail/niets", None, {}),
    "PUT /v1/weekly-mail/{token}": lambda w, v: _off(w, body={"weekly": False}),
    "GET /v1/weekly-mail/{token}/off": lambda w, v: _off(w, "/off"),
    "POST /v1/weekly-mail/{token}/off": lambda w, v: _off(w, "/off"),
}


def _data(world: World, told: bool) -> Ask:
    world.change("delete from keeping")
    world.add(Keeping(person_id=world.pupil, goes_on=date(2027, 1, 10), told_on=date(2026, 11, 20) if told else None))
    return f"/v1/people/{world.pupil}/keeping", None, {}


def _forgotten(world: World, person: UUID, born: str = "2013-03-02") -> Ask:
    world.change("delete from erasure")
    world.change("update person set birth_date = cast(:born as date) where id = :id", born=born, id=world.pupil)
    body = {"personId": str(person), "secret": PASSWORD, "why": "Brief van de moeder"}
    return f"/v1/erasures/{new_id(world)}", body, {}


def _asked_erasure(world: World) -> Ask:
    world.change("delete from erasure")
    asked = world.new_erasure(world.pupil, asked_by=world.guardian, asked_as="guardian")
    return f"/v1/erasures/{asked}", None, {}


def _question(world: World) -> Ask:
    body = {"personId": str(world.pupil), "about": "name", "said": "Ik heet Yara met een ij."}
    return f"/v1/corrections/{new_id(world)}", body, {}


DATA: dict[str, Callable[[World, UUID | None], Ask]] = {
    "GET /v1/people/{person_id}/data": lambda w, v: (f"/v1/people/{w.pupil}/data", None, {}),
    "PUT /v1/people/{person_id}/keeping": lambda w, v: _data(w, True),
    "PUT /v1/people/{person_id}/keeping not near": lambda w, v: _data(w, False),
    "PUT /v1/erasures/{erasure_id}": lambda w, v: _forgotten(w, w.pupil),
    "PUT /v1/erasures/{erasure_id} at sixteen": lambda w, v: _forgotten(w, w.pupil, "2010-11-24"),
    "PUT /v1/erasures/{erasure_id} oneself": lambda w, v: _forgotten(w, v or w.pupil),
    "DELETE /v1/erasures/{erasure_id}": lambda w, v: _asked_erasure(w),
    "PUT /v1/corrections/{correction_id}": lambda w, v: _question(w),
    "DELETE /v1/corrections/{correction_id}": lambda w, v: (f"/v1/corrections/{w.new_correction(w.pupil)}", None, {}),
    "GET /v1/schools/{school_id}/data-requests": lambda w, v: (f"/v1/schools/{w.kust}/data-requests", None, {}),
    "PUT /v1/schools/{school_id}/corrections/{correction_id}/answer": lambda w, v: (
        f"/v1/schools/{w.kust}/corrections/{w.new_correction(w.pupil)}/answer",
        {"outcome": "corrected"},
        {},
    ),
    "GET /v1/schools/{school_id}/people/{person_id}/erasure": lambda w, v: (
        f"/v1/schools/{w.kust}/people/{w.pupil}/erasure",
        None,
        {},
    ),
}


def _round(world: World) -> Ask:
    """A talk with the pupil, planned for the class with the dean, who has no other."""
    world.change("delete from conversation")
    talk = {"id": str(new_id(world)), "pupilId": str(world.pupil), "onDay": "2026-12-03", "atTime": "09:00"}
    return (
        f"/v1/groups/{world.group}/conversations",
        {"kind": "career", "heldWith": str(world.dean), "talks": [talk]},
        {},
    )


def _choice(world: World, rest: str, body: Any, begun: bool = True) -> Ask:
    """The pupil's choice of this year, begun anew, with one option, once said how sure, and chosen two years ago."""
    world.change("delete from choice_moment")
    if not begun:
        return f"/v1/me/choices/{new_id(world)}{rest}", body, {}
    moment, (option,) = world.new_choice(world.pupil, world.placement, "Techniek", ring=2)
    sure = world.new_sureness(moment, 3)
    world.new_pick(moment, option, at=datetime(2024, 11, 24, tzinfo=UTC))
    rest = rest.format(option=option, sure=sure)
    if rest.endswith("place"):
        world.change("delete from choice_pick")
    return f"/v1/me/choices/{moment}{rest}", body, {"If-Match": '"1"'}


def _talk(w: World, what: str, body: Any, if_match: str | None = None, recorded: bool = False) -> Any:
    talk = w.new_conversation(with_home=True)
    if recorded:
        w.new_record(talk)
    return f"/v1/conversations/{talk}/{what}", body, {"If-Match": if_match} if if_match else {}


def _talk_plan(w: World) -> Any:
    return {"pupilId": str(w.pupil), "kind": "study", "onDay": "2026-12-01", "heldWith": str(w.teacher)}


def _talk_without_reason(w: World) -> Any:
    w.change("delete from look_reason")
    return f"/v1/conversations/{w.new_conversation()}", None, {}


def _talk_step(w: World) -> Any:
    talk = w.new_agreed_conversation()
    step = w.scalar("select id from next_step where conversation_id = :talk and who = 'staff'", talk=talk)
    return f"/v1/conversations/{talk}/steps/{step}/state", {"state": "done"}, {"If-Match": '"1"'}


ASK: dict[str, Callable[[World, UUID | None], Ask]] = {
    **QUESTIONS,
    **SHOWCASES,
    **OUTSIDE,
    **TRANSFERS,
    **DOSSIERS,
    **TAKEAWAY,
    **NOTICES_AND_MAIL,
    **DATA,
    "POST /v1/sessions": lambda w, v: ("/v1/sessions", {"username": "yara", "password": PASSWORD}, {}),
    "POST /v1/sessions/by-card": _by_card,
    "POST /v1/sessions/by-class-code": _by_class_code,
    "POST /v1/cards/look": lambda w, v: ("/v1/cards/look", {"secret": _card(w)}, {}),
    "POST /v1/class-codes/look": lambda w, v: ("/v1/class-codes/look", {"code": w.new_window(w.group)}, {}),
    "POST /v1/invitations/look": lambda w, v: ("/v1/invitations/look", {"code": w.new_invitation(w.pupil)}, {}),
    "POST /v1/accounts": _new_account,
    "POST /v1/passwords": lambda w, v: (
        "/v1/passwords",
        {"code": w.new_invitation(w.guardian, "reset"), "password": NEW_PASSWORD},
        {},
    ),
    "POST /v1/me/children": _another_child,
    "PUT /v1/me/password": lambda w, v: ("/v1/me/password", {"current": PASSWORD, "password": NEW_PASSWORD}, {}),
    "GET /v1/schools/{school_id}/activities": lambda w, v: (f"/v1/schools/{w.kust}/activities", None, {}),
    "GET /v1/activities/{activity_id}": lambda w, v: (f"/v1/activities/{w.new_activity(w.group)}", None, {}),
    "PUT /v1/activities/{activity_id}": lambda w, v: (f"/v1/activities/{new_id(w)}", _plan(w), {}),
    "PUT /v1/activities/{activity_id} changed": lambda w, v: (
        f"/v1/activities/{w.new_activity(w.group)}",
        _plan(w),
        {"If-Match": '"1"'},
    ),
    "POST /v1/activities/{activity_id}/publish": lambda w, v: (
        f"/v1/activities/{w.new_activity(w.group, state='draft')}/publish",
        None,
        {"If-Match": '"1"'},
    ),
    "POST /v1/activities/{activity_id}/cancel": lambda w, v: (
        f"/v1/activities/{w.new_activity(w.group)}/cancel",
        None,
        {"If-Match": '"1"'},
    ),
    "PUT /v1/activities/{activity_id}/attendance": lambda w, v: (
        f"/v1/activities/{w.new_activity(w.group)}/attendance",
        {"absent": [str(w.pupil)]},
        {},
    ),
    **PLANNING,
    **DIRECTORY_AND_CALENDAR,
    **HOME,
    **INSIGHT,
    "GET /v1/me/logbooks": lambda w, v: ("/v1/me/logbooks", None, {}),
    "GET /v1/me/suggestion": lambda w, v: ("/v1/me/suggestion", None, {}),
    "PUT /v1/me/fields/{field}": lambda w, v: ("/v1/me/fields/groen", {"notForMe": True}, {}),
    "POST /v1/entries/{entry_id}/words outside": lambda w, v: _entry(
        w, "/words", {"word": "rustig", "saidBy": "mijn begeleider bij de haven"}
    ),
    "GET /v1/groups/{group_id}/care": lambda w, v: (f"/v1/groups/{w.group}/care", None, {}),
    "GET /v1/schools/{school_id}/care": lambda w, v: (f"/v1/schools/{w.kust}/care", None, {}),
    "PUT /v1/reminders/{reminder_id}": lambda w, v: (
        f"/v1/reminders/{new_id(w)}",
        {"groupId": str(w.group), "pupilIds": [str(w.pupil)]},
        {},
    ),
    "DELETE /v1/reminders/{reminder_id}": lambda w, v: (f"/v1/reminders/{w.new_reminder(w.pupil)}", None, {}),
    "PUT /v1/me/reminders/{reminder_id}/seen": lambda w, v: (
        f"/v1/me/reminders/{w.new_reminder(w.pupil)}/seen",
        None,
        {},
    ),
    "GET /v1/me/today": lambda w, v: ("/v1/me/today", None, {}),
    "GET /v1/me/steps": lambda w, v: ("/v1/me/steps", None, {}),
    "PUT /v1/me/steps/{step_id}": lambda w, v: (f"/v1/me/steps/{new_id(w)}", {"text": "Tante bellen"}, {}),
    "PUT /v1/me/steps/{step_id} changed": lambda w, v: (
        f"/v1/me/steps/{w.new_step(w.pupil)}",
        {"text": "Oom bellen"},
        {"If-Match": '"1"'},
    ),
    "PUT /v1/me/steps/{step_id}/state": lambda w, v: (
        f"/v1/me/steps/{w.new_step(w.pupil)}/state",
        {"state": "done"},
        {"If-Match": '"1"'},
    ),
    "PUT /v1/me/choices/{choice_id}": lambda w, v: _choice(w, "", {"kind": "direction"}, begun=False),
    "PUT /v1/me/choices/{choice_id}/motives": lambda w, v: _choice(w, "/motives", {"motives": ["fun"]}),
    "PUT /v1/me/choices/{choice_id}/ring": lambda w, v: _choice(w, "/ring", {"ring": 1}),
    "PUT /v1/me/choices/{choice_id}/options/{option_id}": lambda w, v: (
        _choice(w, f"/options/{new_id(w)}", {"name": "Zorg"})[0],
        {"name": "Zorg"},
        {},
    ),
    "PUT /v1/me/choices/{choice_id}/options/{option_id} changed": lambda w, v: _choice(
        w, "/options/{option}", {"name": "Zorg"}
    ),
    "PUT /v1/me/choices/{choice_id}/options/{option_id}/place": lambda w, v: _choice(
        w, "/options/{option}/place", {"onList": False}
    ),
    "PUT /v1/me/choices/{choice_id}/sureness/{sure_id}": lambda w, v: _choice(w, f"/sureness/{new_id(w)}", {"sure": 2}),
    "DELETE /v1/me/choices/{choice_id}/sureness/{sure_id}": lambda w, v: _choice(w, "/sureness/{sure}", None),
    "PUT /v1/me/choices/{choice_id}/picks/{pick_id}": lambda w, v: _choice(w, f"/picks/{new_id(w)}", {"planA": None}),
    "PUT /v1/me/choices/{choice_id}/look-back": lambda w, v: _choice(w, "/look-back", {"again": "yes"}),
    "GET /v1/pupils/{pupil_id}/choices": lambda w, v: (f"/v1/pupils/{w.pupil}/choices", None, {}),
    "GET /v1/pupils/{pupil_id}/choices why": lambda w, v: _without_reason(
        w, (f"/v1/pupils/{w.pupil}/choices", None, {})
    ),
    "GET /v1/schools/{school_id}/conversations": lambda w, v: (f"/v1/schools/{w.kust}/conversations", None, {}),
    "GET /v1/groups/{group_id}/conversations": lambda w, v: (f"/v1/groups/{w.group}/conversations", None, {}),
    "POST /v1/groups/{group_id}/conversations": lambda w, v: _round(w),
    "POST /v1/groups/{group_id}/conversations/take-back": lambda w, v: (
        f"/v1/groups/{w.group}/conversations/take-back",
        {"ids": [str(w.new_conversation())]},
        {},
    ),
    "GET /v1/me/agreed-steps": lambda w, v: ("/v1/me/agreed-steps", None, {}),
    "GET /v1/conversations/{conversation_id}/calendar.ics": lambda w, v: (
        f"/v1/conversations/{w.new_conversation(with_home=True)}/calendar.ics",
        None,
        {},
    ),
    "GET /v1/me/conversations": lambda w, v: ("/v1/me/conversations", None, {}),
    "GET /v1/pupils/{pupil_id}/conversations": lambda w, v: (f"/v1/pupils/{w.pupil}/conversations", None, {}),
    "GET /v1/conversations/{conversation_id}": lambda w, v: (f"/v1/conversations/{w.new_conversation()}", None, {}),
    "GET /v1/conversations/{conversation_id} with home": lambda w, v: (
        f"/v1/conversations/{w.new_conversation(with_home=True)}",
        None,
        {},
    ),
    "GET /v1/conversations/{conversation_id} agreed": lambda w, v: (
        f"/v1/conversations/{w.new_agreed_conversation()}",
        None,
        {},
    ),
    "GET /v1/conversations/{conversation_id} why": lambda w, v: _talk_without_reason(w),
    "PUT /v1/conversations/{conversation_id}": lambda w, v: (f"/v1/conversations/{new_id(w)}", _talk_plan(w), {}),
    "PUT /v1/conversations/{conversation_id} changed": lambda w, v: (
        f"/v1/conversations/{w.new_conversation(with_home=True)}",
        _talk_plan(w),
        {"If-Match": '"1"'},
    ),
    "PUT /v1/conversations/{conversation_id}/state": lambda w, v: _talk(w, "state", {"state": "held"}, '"1"'),
    "PUT /v1/conversations/{conversation_id}/sheet": lambda w, v: _talk(w, "sheet", {"doubt": "Zorg"}),
    "PUT /v1/conversations/{conversation_id}/record": lambda w, v: _talk(w, "record", {"pupilVoice": "Zorg"}, '"0"'),
    "PUT /v1/conversations/{conversation_id}/agreement": lambda w, v: _talk(w, "agreement", {}, '"1"', recorded=True),
    "PUT /v1/conversations/{conversation_id}/agreement/beside": lambda w, v: _talk(
        w, "agreement/beside", {"secret": PASSWORD}, '"1"', recorded=True
    ),
    "PUT /v1/conversations/{conversation_id}/steps/{step_id}/state": lambda w, v: _talk_step(w),
    "GET /v1/pupils/{pupil_id}/picture": lambda w, v: (f"/v1/pupils/{w.pupil}/picture", None, {}),
    "POST /v1/entries/{entry_id}/words": lambda w, v: _entry(w, "/words", {"word": "rustig"}),
    "DELETE /v1/words/{word_id}": lambda w, v: (f"/v1/words/{w.new_word(w.new_entry(), w.pupil)}", None, {}),
    "PUT /v1/me/words": lambda w, v: ("/v1/me/words", {"key": "rustig", "hidden": True}, {}),
    "GET /v1/schools/{school_id}/parents": lambda w, v: (f"/v1/schools/{w.kust}/parents", None, {}),
    "GET /v1/groups/{group_id}/letters": lambda w, v: (f"/v1/groups/{w.group}/letters", None, {}),
    "GET /v1/schools/{school_id}/guardianships": lambda w, v: (
        f"/v1/schools/{w.kust}/guardianships?state=claimed",
        None,
        {},
    ),
    "POST /v1/schools/{school_id}/letters": lambda w, v: (
        f"/v1/schools/{w.kust}/letters",
        {"pupilIds": [str(w.pupil)]},
        {},
    ),
    "POST /v1/schools/{school_id}/account-letters": lambda w, v: (
        f"/v1/schools/{w.kust}/account-letters",
        {"personId": str(w.teacher)},
        {},
    ),
    "POST /v1/schools/{school_id}/mailed-invitations": lambda w, v: (
        f"/v1/schools/{w.kust}/mailed-invitations",
        {"personId": str(w.pupil), "to": "thuis@example.nl"},
        {},
    ),
    "DELETE /v1/invitations/{invitation_id}": _open_invitation,
    "PUT /v1/guardianships/{guardianship_id}/decision": _decision,
    "POST /v1/school-accounts/{provider_id}/sign-in": lambda w, v: (f"{SCHOOL}/sign-in", {"device": "own"}, {}),
    "POST /v1/school-accounts/{provider_id}/sign-in of none": lambda w, v: (
        "/v1/school-accounts/none/sign-in",
        {"device": "own"},
        {},
    ),
    "GET /v1/school-accounts/{provider_id}/callback": lambda w, v: (f"{SCHOOL}/callback?code=x&state=x", None, {}),
    "GET /v1/school-accounts/{provider_id}/sign-out": lambda w, v: (f"{SCHOOL}/sign-out", None, {}),
    "POST /v1/school-accounts/{provider_id}/logouts": lambda w, v: (
        f"{SCHOOL}/logouts",
        None,
        {},
    ),
    "DELETE /v1/sessions/{session_id}": _own_session,
    "PATCH /v1/me": lambda w, v: ("/v1/me", {"locale": "en"}, {}),
    "GET /v1/me/entries": lambda w, v: ("/v1/me/entries?state=draft", None, {}),
    "GET /v1/pupils/{pupil_id}/portfolio": lambda w, v: (f"/v1/pupils/{w.pupil}/portfolio", None, {}),
    "GET /v1/pupils/{pupil_id}/portfolio why": lambda w, v: _without_reason(
        w, (f"/v1/pupils/{w.pupil}/portfolio", None, {})
    ),
    "POST /v1/pupils/{pupil_id}/look-reasons": lambda w, v: (
        f"/v1/pupils/{w.pupil}/look-reasons",
        {"why": "conversation"},
        {},
    ),
    "GET /v1/pupils/{pupil_id}/consents": lambda w, v: (f"/v1/pupils/{w.pupil}/consents", None, {}),
    "PUT /v1/pupils/{pupil_id}/consents/{purpose}": lambda w, v: (
        f"/v1/pupils/{w.pupil}/consents/recognisable",
        {"version": 1, "answer": "yes"},
        {},
    ),
    "GET /v1/groups/{group_id}/consents": lambda w, v: (f"/v1/groups/{w.group}/consents", None, {}),
    "GET /v1/entries/{entry_id} why": lambda w, v: _without_reason(w, _entry(w)),
    "GET /v1/attachments/{attachment_id}/file why": lambda w, v: _without_reason(w, _file(w, "/file")),
    "GET /v1/attachments/{attachment_id}/thumbnail why": lambda w, v: _without_reason(w, _file(w, "/thumbnail")),
    "GET /v1/groups/{group_id}": lambda w, v: (f"/v1/groups/{w.group}", None, {}),
    "GET /v1/groups/{group_id}/sign-in": lambda w, v: (f"/v1/groups/{w.group}/sign-in", None, {}),
    "PUT /v1/groups/{group_id}/class-window": lambda w, v: (f"/v1/groups/{w.group}/class-window", None, {}),
    "DELETE /v1/groups/{group_id}/class-window": lambda w, v: (f"/v1/groups/{w.group}/class-window", None, {}),
    "POST /v1/groups/{group_id}/cards": lambda w, v: (f"/v1/groups/{w.group}/cards", {}, {}),
    "DELETE /v1/pupils/{pupil_id}/card": lambda w, v: (f"/v1/pupils/{w.pupil}/card", None, {}),
    "DELETE /v1/pupils/{pupil_id}/pin": lambda w, v: (f"/v1/pupils/{w.pupil}/pin", None, {}),
    "GET /v1/schools/{school_id}": lambda w, v: (f"/v1/schools/{w.kust}", None, {}),
    **ADMINISTRATION,
    "GET /v1/schools/{school_id}/roster-imports": lambda w, v: (f"/v1/schools/{w.kust}/roster-imports", None, {}),
    "POST /v1/schools/{school_id}/roster-imports": lambda w, v: (
        f"/v1/schools/{w.kust}/roster-imports",
        {"name": "rooster.zip", "size": 1000},
        {},
    ),
    "GET /v1/roster-imports/{import_id}": lambda w, v: (f"/v1/roster-imports/{w.new_import()}", None, {}),
    "POST /v1/roster-imports/{import_id}/read": lambda w, v: (
        f"/v1/roster-imports/{w.new_import()}/read",
        {"etag": "abc"},
        {},
    ),
    "POST /v1/roster-imports/{import_id}/apply": lambda w, v: (f"/v1/roster-imports/{w.new_import()}/apply", {}, {}),
    "GET /v1/entries/{entry_id}": lambda w, v: _entry(w),
    "GET /v1/entries/{entry_id} at school": lambda w, v: _entry(w, ring=1),
    "GET /v1/entries/{entry_id} draft": lambda w, v: (f"/v1/entries/{w.new_draft()}", None, {}),
    "GET /v1/entries/{entry_id} in the trash": lambda w, v: _entry(w, state="trashed"),
    "GET /v1/entries/{entry_id}/versions": lambda w, v: _entry(w, "/versions"),
    "PUT /v1/entries/{entry_id}": lambda w, v: _entry(w, "", CONTENT),
    "PUT /v1/entries/{entry_id} new": lambda w, v: (f"/v1/entries/{new_id(w)}", CONTENT, {}),
    "PUT /v1/entries/{entry_id}/audience": lambda w, v: _entry(w, "/audience", {"ring": 1}),
    "DELETE /v1/entries/{entry_id}": lambda w, v: _entry(w),
    "POST /v1/entries/{entry_id}/restore": lambda w, v: _entry(
        w, "/restore", state="trashed", state_before_trash="shared"
    ),
    "POST /v1/entries/{entry_id}/archive": lambda w, v: _entry(w, "/archive"),
    "PUT /v1/entries/{entry_id}/seen": lambda w, v: _entry(w, "/seen"),
    "POST /v1/entries/{entry_id}/feedback": lambda w, v: _entry(
        w, "/feedback", _feedback(w, "comment", text="Mooi verteld.")
    ),
    "POST /v1/entries/{entry_id}/feedback ask back": lambda w, v: _entry(
        w, "/feedback", _feedback(w, "ask_back", text="Wat zag je daar?")
    ),
    "POST /v1/entries/{entry_id}/feedback reaction": lambda w, v: _entry(
        w, "/feedback", _feedback(w, "reaction", reaction="proud")
    ),
    "DELETE /v1/feedback/{feedback_id}": lambda w, v: (
        f"/v1/feedback/{w.new_feedback(w.new_entry(), w.teacher)}",
        None,
        {},
    ),
    "POST /v1/entries/{entry_id}/attachments": lambda w, v: _entry(
        w, "/attachments", {"id": str(new_id(w)), "name": "kraan.jpg", "mediaType": "image/jpeg", "size": 1000}
    ),
    "GET /v1/attachments/{attachment_id}/upload": lambda w, v: _file(w, "/upload"),
    "POST /v1/attachments/{attachment_id}/complete": lambda w, v: _file(
        w, "/complete", {"parts": [{"number": 1, "etag": "abc"}]}
    ),
    "PATCH /v1/attachments/{attachment_id}": lambda w, v: _file(w, "", {"alt": "De kraan"}),
    "DELETE /v1/attachments/{attachment_id}": lambda w, v: _file(w),
    "GET /v1/attachments/{attachment_id}/file": lambda w, v: _file(w, "/file"),
    "GET /v1/attachments/{attachment_id}/thumbnail": lambda w, v: _file(w, "/thumbnail"),
    "GET /v1/attachments/{attachment_id}/captions": lambda w, v: _file(w, "/captions", captions=CAPTIONS),
    "PUT /v1/attachments/{attachment_id}/captions": lambda w, v: _file(w, "/captions", {"vtt": CAPTIONS}, kind="film"),
    "POST /v1/sessions/current/factor/by-passkey": lambda w, v: (
        "/v1/sessions/current/factor/by-passkey",
        {"credential": CREDENTIAL},
        {},
    ),
    "POST /v1/sessions/current/factor/by-app": _app_code,
    "POST /v1/sessions/current/factor/by-recovery-code": _recovery_code,
    "POST /v1/sessions/current/factor/by-password": _password_anew,
    "POST /v1/me/factors/passkeys": lambda w, v: (
        "/v1/me/factors/passkeys",
        {"name": "Laptop", "credential": CREDENTIAL},
        {},
    ),
    "POST /v1/me/factors/apps": lambda w, v: ("/v1/me/factors/apps", {"name": "Telefoon", "code": "123456"}, {}),
    "PATCH /v1/me/factors/{factor_id}": lambda w, v: _factor(w, v, {"name": "Werktelefoon"}),
    "DELETE /v1/me/factors/{factor_id}": _factor,
    "POST /v1/me/recovery-codes": _new_codes,
    "DELETE /v1/people/{person_id}/factors": lambda w, v: _reset(w.teacher),
    "DELETE /v1/people/{person_id}/factors elsewhere": lambda w, v: _reset(w.far_dean),
    "DELETE /v1/people/{person_id}/factors oneself": lambda w, v: _reset(v or w.admin),
    "GET /v1/questions": lambda w, v: ("/v1/questions?band=B&kind=experience", None, {}),
}


@pytest.fixture(scope="module", autouse=True)
def school(app: FastAPI) -> Iterator[None]:
    """There is a school with accounts of its own."""
    with running_school("entree") as there:
        values = {"id": "entree", "name": "Entree", "issuer": there.issuer, "client_id": "portfolio"}
        config = ProviderConfig.model_validate(values | {"client_secret": SECRET})
        app.state.school_accounts = {"entree": OpenIdProvider(config, ORIGIN)}
        yield
        app.state.school_accounts = {}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_each_viewer_gets_just_what_the_matrix_says(row: Row, world: World) -> None:
    got = []
    for viewer in VIEWERS:
        person = None if viewer == "nobody" else getattr(world, viewer)
        path, body, headers = ASK.get(row.name, lambda w, v: (row.path, None, {}))(world, person)
        world.change("delete from sign_in_attempts")
        answer = await world.client(person).request(row.method, path, json=body, headers=headers)
        got.append((viewer, answer.status_code))
    assert got == list(zip(VIEWERS, row.statuses, strict=True))


def test_every_endpoint_has_a_row(app: FastAPI) -> None:
    endpoints = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}
    assert endpoints == {f"{row.method} {row.path}" for row in ROWS}


async def test_what_is_not_there_and_what_may_not_be_known_look_the_same(world: World) -> None:
    client = world.client(world.other_teacher)
    hidden = await client.get(f"/v1/entries/{world.new_entry()}")
    absent = await client.get(f"/v1/entries/{new_id(world)}")
    same = ("type", "title", "status", "detail")
    assert [hidden.json()[key] for key in same] == [absent.json()[key] for key in same]
    ignored = {"x-request-id", "content-length"}
    assert {k: v for k, v in hidden.headers.items() if k not in ignored} == {
        k: v for k, v in absent.headers.items() if k not in ignored
    }
