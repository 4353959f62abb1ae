import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./FlowScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/erbij", for: ["pupil"], title: "flow.new", screen, bare: true },
  { path: "/erbij/:entryId/:step", for: ["pupil"], title: "flow.new", screen, bare: true },
];
