import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/mijn-gegevens",
    for: ["everyone"],
    title: "privacy.title",
    screen: lazy(() => import("./DataScreen")),
  },
  {
    path: "/mijn-gegevens/wissen",
    for: ["everyone"],
    title: "privacy.erase.title",
    screen: lazy(() => import("./EraseScreen")),
  },
  {
    path: "/gegevens/:personId",
    for: ["guardian"],
    title: "privacy.title",
    screen: lazy(() => import("./DataScreen")),
  },
  {
    path: "/gegevens/:personId/wissen",
    for: ["guardian"],
    title: "privacy.erase.title",
    screen: lazy(() => import("./EraseScreen")),
  },
  {
    path: "/beheer/gegevens",
    for: ["admin"],
    title: "privacy.office.title",
    screen: lazy(() => import("./OfficeScreen")),
  },
  {
    path: "/beheer/gegevens/:personId/wissen",
    for: ["admin"],
    title: "privacy.erase.title",
    screen: lazy(() => import("./OfficeEraseScreen")),
  },
];
