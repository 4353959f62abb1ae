import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/stappen", for: ["pupil"], title: "steps.title", screen: lazy(() => import("./StepsScreen")) },
];
