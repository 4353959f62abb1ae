import type activities from "../locales/nl/activities.json";
import type admin from "../locales/nl/admin.json";
import type agenda from "../locales/nl/agenda.json";
import type app from "../locales/nl/app.json";
import type care from "../locales/nl/care.json";
import type choices from "../locales/nl/choices.json";
import type classSignIn from "../locales/nl/class-sign-in.json";
import type consents from "../locales/nl/consents.json";
import type conversations from "../locales/nl/conversations.json";
import type dossier from "../locales/nl/dossier.json";
import type entry from "../locales/nl/entry.json";
import type entryFlow from "../locales/nl/entry-flow.json";
import type family from "../locales/nl/family.json";
import type feedback from "../locales/nl/feedback.json";
import type group from "../locales/nl/group.json";
import type home from "../locales/nl/home.json";
import type homeTalks from "../locales/nl/home-talks.json";
import type homework from "../locales/nl/homework.json";
import type insight from "../locales/nl/insight.json";
import type invitation from "../locales/nl/invitation.json";
import type looks from "../locales/nl/looks.json";
import type notices from "../locales/nl/notices.json";
import type noticesOfGuidance from "../locales/nl/notices-guidance.json";
import type organisations from "../locales/nl/organisations.json";
import type outside from "../locales/nl/outside.json";
import type outsideOwn from "../locales/nl/outside-own.json";
import type parentsAdmin from "../locales/nl/parents-admin.json";
import type picture from "../locales/nl/picture.json";
import type privacy from "../locales/nl/privacy.json";
import type pupilPortfolio from "../locales/nl/pupil-portfolio.json";
import type questions from "../locales/nl/questions.json";
import type reasons from "../locales/nl/reasons.json";
import type review from "../locales/nl/review.json";
import type rosterImport from "../locales/nl/roster-import.json";
import type rounds from "../locales/nl/rounds.json";
import type school from "../locales/nl/school.json";
import type search from "../locales/nl/search.json";
import type secondFactor from "../locales/nl/second-factor.json";
import type settings from "../locales/nl/settings.json";
import type showcase from "../locales/nl/showcase.json";
import type signIn from "../locales/nl/sign-in.json";
import type steps from "../locales/nl/steps.json";
import type takeaway from "../locales/nl/takeaway.json";
import type transfer from "../locales/nl/transfer.json";
import type ui from "../locales/nl/ui.json";

/** Every message id of the product: the keys of the Dutch catalogue, one file a feature. */
export type MessageId =
  | keyof typeof activities
  | keyof typeof admin
  | keyof typeof agenda
  | keyof typeof app
  | keyof typeof care
  | keyof typeof choices
  | keyof typeof classSignIn
  | keyof typeof consents
  | keyof typeof dossier
  | keyof typeof conversations
  | keyof typeof entry
  | keyof typeof entryFlow
  | keyof typeof family
  | keyof typeof feedback
  | keyof typeof group
  | keyof typeof home
  | keyof typeof homeTalks
  | keyof typeof homework
  | keyof typeof insight
  | keyof typeof invitation
  | keyof typeof looks
  | keyof typeof notices
  | keyof typeof noticesOfGuidance
  | keyof typeof organisations
  | keyof typeof outside
  | keyof typeof outsideOwn
  | keyof typeof parentsAdmin
  | keyof typeof picture
  | keyof typeof privacy
  | keyof typeof pupilPortfolio
  | keyof typeof questions
  | keyof typeof reasons
  | keyof typeof review
  | keyof typeof rosterImport
  | keyof typeof rounds
  | keyof typeof school
  | keyof typeof search
  | keyof typeof secondFactor
  | keyof typeof settings
  | keyof typeof showcase
  | keyof typeof signIn
  | keyof typeof steps
  | keyof typeof takeaway
  | keyof typeof transfer
  | keyof typeof ui;
