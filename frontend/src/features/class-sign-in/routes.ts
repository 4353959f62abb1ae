import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/klas/:groupId/inloggen",
    for: ["teacher"],
    title: "classSignIn.title",
    screen: lazy(() => import("./ClassSignInScreen")),
  },
];
