import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./CareScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/omkijken", for: ["dean"], title: "care.title", screen },
  { path: "/omkijken/:schoolId", for: ["dean"], title: "care.title", screen },
];
