import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/beheer",
    for: ["admin"],
    title: "admin.title",
    screen: lazy(() => import("./OverviewScreen")),
  },
  {
    path: "/beheer/mensen",
    for: ["admin"],
    title: "admin.people",
    screen: lazy(() => import("./PeopleScreen")),
  },
  {
    path: "/beheer/mensen/:personId",
    for: ["admin"],
    title: "admin.people",
    screen: lazy(() => import("./PersonScreen")),
  },
  {
    path: "/beheer/groepen",
    for: ["admin"],
    title: "admin.groups",
    screen: lazy(() => import("./GroupsScreen")),
  },
  {
    path: "/beheer/groepen/:groupId",
    for: ["admin"],
    title: "admin.groups",
    screen: lazy(() => import("./GroupScreen")),
  },
];
