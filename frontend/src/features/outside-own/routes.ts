import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/van-buiten",
    for: ["pupil"],
    title: "outsideOwn.all.title",
    screen: lazy(() => import("./LinksScreen")),
  },
  {
    path: "/vragen-van-buiten",
    for: ["teacher", "dean", "guardian"],
    title: "outsideOwn.requests.title",
    screen: lazy(() => import("./RequestsScreen")),
  },
];
