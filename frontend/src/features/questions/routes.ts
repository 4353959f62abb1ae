import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./QuestionsScreen"));
const FOR = ["dean", "teacher"] as const;

export const routes: readonly AppRoute[] = [
  { path: "/school/vragen", for: FOR, title: "questions.title", screen },
  { path: "/school/:schoolId/vragen", for: FOR, title: "questions.title", screen },
];
