import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  { path: "/kaart", for: ["pupil"], title: "picture.title", screen: lazy(() => import("./OwnPicture")) },
];
