import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/leerling/:pupilId",
    for: ["teacher", "dean", "guardian"],
    title: "portfolio.title",
    screen: lazy(() => import("./PortfolioRoute")),
  },
];
