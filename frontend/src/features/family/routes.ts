import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/thuis", for: ["guardian"], title: "family.title", screen: lazy(() => import("./FamilyScreen")) },
];
