import { lazy } from "react";
import type { AppRoute } from "~/routing";

const school = lazy(() => import("./SchoolCounts"));

export const routes: readonly AppRoute[] = [
  {
    path: "/cijfers",
    for: ["coordinator"],
    title: "insight.title",
    screen: lazy(() => import("./CityCounts")),
  },
  { path: "/cijfers/school", for: ["dean", "admin"], title: "insight.title", screen: school },
  { path: "/cijfers/school/:schoolId", for: ["dean", "admin"], title: "insight.title", screen: school },
];
