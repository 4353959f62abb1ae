import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/ik/extra-beveiliging",
    for: ["teacher", "dean", "admin", "coordinator", "guardian"],
    title: "factor.own.title",
    screen: lazy(() => import("./FactorsScreen")),
  },
  {
    path: "*",
    for: ["halfway"],
    title: "factor.page",
    screen: lazy(() => import("./HalfwayScreen")),
    bare: true,
  },
];
