import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/alles-meenemen",
    for: ["pupil"],
    title: "takeaway.title",
    screen: lazy(() => import("./TakeawayScreen")),
  },
  {
    path: "/alles-meenemen/van-elders",
    for: ["pupil"],
    title: "takeaway.elsewhere",
    screen: lazy(() => import("./ElsewhereScreen")),
  },
  {
    path: "/alles-meenemen/:importId",
    for: ["pupil"],
    title: "takeaway.brought",
    screen: lazy(() => import("./BroughtScreen")),
  },
];
