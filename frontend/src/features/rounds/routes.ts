import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/gesprekken/klassen",
    for: ["teacher", "dean"],
    title: "rounds.title",
    screen: lazy(() => import("./RoundsScreen")),
  },
  {
    path: "/gesprekken/klas/:groupId",
    for: ["teacher", "dean"],
    title: "rounds.title",
    screen: lazy(() => import("./ClassScreen")),
  },
  {
    path: "/gesprekken/klas/:groupId/plan",
    for: ["teacher", "dean"],
    title: "rounds.plan",
    screen: lazy(() => import("./PlanScreen")),
  },
];
