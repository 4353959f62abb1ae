import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/overstap",
    for: ["pupil"],
    title: "transfer.title",
    screen: lazy(() => import("./TransfersScreen")),
  },
  {
    path: "/overstap/naar/:placementId",
    for: ["pupil"],
    title: "transfer.choose.title",
    screen: lazy(() => import("./ChooseScreen")),
  },
  {
    path: "/overstap-thuis",
    for: ["guardian"],
    title: "transfer.home.title",
    screen: lazy(() => import("./RequestsScreen")),
  },
  {
    path: "/overstappen",
    for: ["teacher", "dean"],
    title: "transfer.school.title",
    screen: lazy(() => import("./OfferedScreen")),
  },
];
