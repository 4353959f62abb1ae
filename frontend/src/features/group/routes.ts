import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./GroupRoute"));

export const routes: readonly AppRoute[] = [
  { path: "/klas", for: ["teacher"], title: "group.documentTitle", screen },
  { path: "/klas/:groupId", for: ["teacher", "dean"], title: "group.documentTitle", screen },
];
