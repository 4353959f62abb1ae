import { lazy } from "react";
import type { AppRoute } from "~/routing";

const own = lazy(() => import("./MyDossierScreen"));
const handedIn = lazy(() => import("./HandInScreen"));
const list = lazy(() => import("./SchoolDossiersScreen"));
const asked = lazy(() => import("./ChecklistScreen"));
const atHome = lazy(() => import("./HomeDossierScreen"));
const STAFF = ["dean", "teacher"] as const;

export const routes: readonly AppRoute[] = [
  { path: "/loopbaandossier", for: ["pupil"], title: "dossier.title", screen: own },
  { path: "/dossier/:handInId", for: ["pupil", ...STAFF], title: "dossier.title", screen: handedIn },
  { path: "/dossiers", for: STAFF, title: "dossier.list", screen: list },
  { path: "/dossiers/:schoolId", for: STAFF, title: "dossier.list", screen: list },
  { path: "/dossiers/:schoolId/lijst", for: STAFF, title: "dossier.asked.title", screen: asked },
  { path: "/leerling/:pupilId/dossier", for: ["guardian"], title: "dossier.title", screen: atHome },
];
