import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/gesprekken",
    for: ["pupil", "teacher", "dean", "guardian"],
    title: "talks.title",
    screen: lazy(() => import("./TalksScreen")),
  },
  {
    path: "/leerling/:pupilId/gesprekken",
    for: ["teacher", "dean", "guardian"],
    title: "talks.title",
    screen: lazy(() => import("./PupilTalksScreen")),
  },
];
