import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/verhaal/:entryId",
    for: ["pupil"],
    title: "entry.title",
    screen: lazy(() => import("./EntryScreen")),
  },
];
