import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./ChoicesScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/keuze", for: ["pupil"], title: "choice.page", screen },
  { path: "/keuze/:choiceId", for: ["pupil"], title: "choice.page", screen },
];
