import { lazy } from "react";
import type { AppRoute } from "~/routing";

const FOR = ["pupil", "teacher", "dean"] as const;

export const routes: readonly AppRoute[] = [
  { path: "/agenda", for: FOR, title: "agenda.title", screen: lazy(() => import("./AgendaScreen")) },
  {
    path: "/agenda/adres",
    for: FOR,
    title: "agenda.own.title",
    screen: lazy(() => import("./AddressScreen")),
  },
];
