import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/zoek",
    for: ["teacher", "dean"],
    title: "search.title",
    screen: lazy(() => import("./SearchScreen")),
  },
];
