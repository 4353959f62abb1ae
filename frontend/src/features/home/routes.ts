import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/", for: ["pupil"], title: "home.title", screen: lazy(() => import("./HomeScreen")) },
];
