import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/k",
    for: ["anonymous", "everyone"],
    title: "signIn.scan.title",
    screen: lazy(() => import("./CardScreen")),
    bare: true,
  },
  {
    path: "/klascode",
    for: ["anonymous", "everyone"],
    title: "signIn.class.title",
    screen: lazy(() => import("./ClassCodeScreen")),
    bare: true,
  },
  {
    path: "/schoolaccount/:provider",
    for: ["anonymous", "everyone"],
    title: "signIn.school",
    screen: lazy(() => import("./SchoolAccountScreen")),
    bare: true,
  },
  {
    path: "*",
    for: ["anonymous"],
    title: "signIn.go",
    screen: lazy(() => import("./SignInScreen")),
    bare: true,
  },
];
