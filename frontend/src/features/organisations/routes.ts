import { lazy } from "react";
import type { AppRoute } from "~/routing";

const FOR = ["teacher", "dean", "coordinator"] as const;

export const routes: readonly AppRoute[] = [
  {
    path: "/organisaties",
    for: FOR,
    title: "organisations.title",
    screen: lazy(() => import("./OrganisationsScreen")),
  },
  {
    path: "/organisaties/nieuw",
    for: FOR,
    title: "organisations.new",
    screen: lazy(() => import("./ChangeScreen")),
  },
  {
    path: "/organisaties/:organisationId/wijzig",
    for: FOR,
    title: "organisations.change",
    screen: lazy(() => import("./ChangeScreen")),
  },
  {
    path: "/organisaties/:organisationId",
    for: FOR,
    title: "organisations.title",
    screen: lazy(() => import("./OrganisationScreen")),
  },
];
