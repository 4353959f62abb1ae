import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/buiten",
    for: ["anonymous", "halfway", "everyone"],
    title: "outside.title",
    screen: lazy(() => import("./CoachScreen")),
    bare: true,
  },
];
