import { lazy } from "react";
import type { AppRoute } from "~/routing";

const screen = lazy(() => import("./InvitationScreen"));

export const routes: readonly AppRoute[] = [
  { path: "/uitnodiging", for: ["anonymous", "everyone"], title: "invitation.title", screen, bare: true },
  // Whoever has an account signs in at this address first, and finds the code again behind it.
  { path: "/uitnodiging/kind", for: ["everyone"], title: "invitation.title", screen, bare: true },
];
