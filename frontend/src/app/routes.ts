import { lazy } from "react";
import type { AppRoute, Audience } from "~/routing";

const features = import.meta.glob<{ routes: readonly AppRoute[] }>("../features/*/routes.ts", {
  eager: true,
});

/** Here features meet: an entry with, beside it, what its viewer may say about it. */
const story: AppRoute = {
  path: "/verhaal/:entryId",
  for: ["everyone"],
  title: "entry.title",
  screen: lazy(() => import("./StoryScreen")),
};

/** A pupil's portfolio, with the question why where one looks outside the own classes. */
const portfolio: AppRoute = {
  path: "/leerling/:pupilId",
  for: ["teacher", "dean", "guardian"],
  title: "portfolio.title",
  screen: lazy(() => import("./PortfolioRoute")),
};

/** The talent picture of a pupil, behind the same question. */
const map: AppRoute = {
  path: "/leerling/:pupilId/kaart",
  for: ["teacher", "dean", "guardian"],
  title: "picture.title",
  screen: lazy(() => import("./PictureRoute")),
};

/** What a pupil could choose and why, behind the same question. */
const choices: AppRoute = {
  path: "/leerling/:pupilId/keuze",
  for: ["teacher", "dean", "guardian"],
  title: "choice.page",
  screen: lazy(() => import("./ChoicesRoute")),
};

/** What a pupil took along to a new school, behind the same question. */
const transfer: AppRoute = {
  path: "/overstap/:transferId",
  for: ["pupil", "teacher", "dean"],
  title: "transfer.view.title",
  screen: lazy(() => import("./TransferRoute")),
};

/** A parent's page, with what waits for a yes. */
const home: AppRoute = {
  path: "/thuis",
  for: ["guardian"],
  title: "family.title",
  screen: lazy(() => import("./FamilyRoute")),
};

/** A talk, with the pupil's talent picture beside it. */
const talk: AppRoute = {
  path: "/gesprek/:conversationId",
  for: ["pupil", "teacher", "dean", "guardian"],
  title: "talks.one",
  screen: lazy(() => import("./TalkRoute")),
};

const routes: readonly AppRoute[] = [
  ...Object.values(features).flatMap((feature) => feature.routes),
  story,
  portfolio,
  map,
  choices,
  transfer,
  talk,
  home,
];

/** The screens that exist for this person. */
export function routesFor(audiences: readonly Audience[]): AppRoute[] {
  return routes.filter((route) => route.for.some((audience) => audiences.includes(audience)));
}
