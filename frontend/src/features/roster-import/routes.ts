import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/beheer/import",
    for: ["admin"],
    title: "roster.title",
    screen: lazy(() => import("./ImportScreen")),
  },
  {
    path: "/beheer/import/:importId",
    for: ["admin"],
    title: "roster.one",
    screen: lazy(() => import("./OneImportScreen")),
  },
];
