import { lazy } from "react";
import type { AppRoute } from "~/routing";

const FOR = ["teacher", "dean", "coordinator"] as const;

export const routes: readonly AppRoute[] = [
  {
    path: "/activiteiten",
    for: FOR,
    title: "activities.title",
    screen: lazy(() => import("./ActivitiesScreen")),
  },
  {
    path: "/activiteiten/nieuw",
    for: FOR,
    title: "activities.new",
    screen: lazy(() => import("./PlanScreen")),
  },
  {
    path: "/activiteiten/:activityId/wijzig",
    for: FOR,
    title: "activities.change",
    screen: lazy(() => import("./PlanScreen")),
  },
  {
    path: "/activiteiten/:activityId",
    for: FOR,
    title: "activities.title",
    screen: lazy(() => import("./ActivityScreen")),
  },
];
