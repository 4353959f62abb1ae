import { lazy } from "react";
import type { AppRoute } from "~/routing";

const school = lazy(() => import("./SchoolRoute"));

export const routes: readonly AppRoute[] = [
  { path: "/school", for: ["dean"], title: "nav.school", screen: school },
  { path: "/school/:schoolId", for: ["dean"], title: "nav.school", screen: school },
  {
    path: "/begin",
    for: ["coordinator"],
    title: "nav.begin",
    screen: lazy(() => import("./OfficeScreen")),
  },
];
