import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/beheer/ouders",
    for: ["admin"],
    title: "parentsAdmin.title",
    screen: lazy(() => import("./ParentsScreen")),
  },
];
