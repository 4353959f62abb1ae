import { lazy } from "react";
import type { AppRoute } from "~/routing";

const PUPIL = ["pupil"] as const;

export const routes: readonly AppRoute[] = [
  {
    path: "/etalage",
    for: ["anonymous", "halfway", "everyone"],
    title: "showcase.title",
    screen: lazy(() => import("./VisitScreen")),
    bare: true,
  },
  { path: "/mijn-etalage", for: PUPIL, title: "showcase.mine", screen: lazy(() => import("./ListScreen")) },
  {
    path: "/mijn-etalage/:pageId",
    for: PUPIL,
    title: "showcase.mine",
    screen: lazy(() => import("./EditScreen")),
  },
  {
    path: "/mijn-etalage/:pageId/bekijken",
    for: PUPIL,
    title: "showcase.preview",
    screen: lazy(() => import("./PreviewScreen")),
  },
  {
    path: "/mijn-etalage/:pageId/delen",
    for: PUPIL,
    title: "showcase.share",
    screen: lazy(() => import("./ShareScreen")),
  },
  {
    path: "/mijn-etalage/:pageId/papier/:kind",
    for: PUPIL,
    title: "showcase.paper",
    screen: lazy(() => import("./PaperScreen")),
  },
  {
    path: "/etalage-vragen",
    for: ["guardian"],
    title: "showcase.requests",
    screen: lazy(() => import("./RequestsScreen")),
  },
];
