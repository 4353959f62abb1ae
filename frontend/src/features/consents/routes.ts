import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/toestemming/:pupilId",
    for: ["pupil", "guardian"],
    title: "consents.title",
    screen: lazy(() => import("./ConsentsScreen")),
  },
  {
    path: "/klas/:groupId/toestemming",
    for: ["teacher"],
    title: "consents.group.title",
    screen: lazy(() => import("./GroupConsentsScreen")),
  },
];
