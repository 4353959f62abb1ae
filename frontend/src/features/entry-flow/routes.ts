import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./FlowScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/erbij", for: ["pupil"], title: "flow.new", screen, bare: true },
  { path: "/erbij/:entryId/:step", for: ["pupil"], title: "flow.new", screen, bare: true },
  {
    path: "/logboek/:entryId",
    for: ["pupil"],
    title: "flow.logbook",
    screen: lazy(() => import("./LogbookScreen")),
    bare: true,
  },
  {
    path: "/vooraf/:entryId",
    for: ["pupil"],
    title: "flow.beforeTitle",
    screen: lazy(() => import("./BeforeScreen")),
    bare: true,
  },
];
