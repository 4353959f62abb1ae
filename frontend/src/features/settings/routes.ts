import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/ik", for: ["everyone"], title: "settings.title", screen: lazy(() => import("./SettingsScreen")) },
];
