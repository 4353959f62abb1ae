import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "*",
    for: ["anonymous"],
    title: "signIn.go",
    screen: lazy(() => import("./SignInScreen")),
    bare: true,
  },
];
