import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/te-bekijken",
    for: ["teacher"],
    title: "review.title",
    screen: lazy(() => import("./ReviewScreen")),
  },
];
