import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/wie-keek-er", for: ["pupil"], title: "looks.title", screen: lazy(() => import("./LooksScreen")) },
];
