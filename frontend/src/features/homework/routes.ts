import { lazy } from "react";
import type { AppRoute } from "~/routing";

const cards = lazy(() => import("./CardsScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/thuis/opdrachten", for: ["pupil"], title: "homework.title", screen: cards },
  {
    path: "/thuis/opdrachten/:pupilId",
    for: ["guardian", "teacher", "dean"],
    title: "homework.title",
    screen: cards,
  },
  {
    path: "/thuis/opdracht/:homeworkId",
    for: ["pupil", "guardian", "teacher", "dean"],
    title: "homework.title",
    screen: lazy(() => import("./CardScreen")),
  },
  {
    path: "/klas/:groupId/thuisopdracht",
    for: ["teacher", "dean"],
    title: "homework.title",
    screen: lazy(() => import("./GroupCardsScreen")),
  },
];
