import { lazy } from "react";
import type { AppRoute } from "~/routing";

export const routes: readonly AppRoute[] = [
  {
    path: "/berichten",
    for: ["everyone"],
    title: "notices.title",
    screen: lazy(() => import("./NoticesScreen")),
  },
  {
    path: "/berichten/instellingen",
    for: ["everyone"],
    title: "notices.set.title",
    screen: lazy(() => import("./NoticeSettingsScreen")),
  },
  // With a mail in hand: whoever is signed in here, or nobody.
  {
    path: "/mail-uit",
    for: ["anonymous", "halfway", "everyone"],
    title: "notices.off.title",
    screen: lazy(() => import("./MailOffScreen")),
    bare: true,
  },
];
