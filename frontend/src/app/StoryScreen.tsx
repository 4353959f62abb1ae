import { lazy, Suspense } from "react";
import { useLocation, useParams, useSearch } from "wouter";
import type { Schema } from "~/api/client";
import { EntryPage } from "../features/entry/EntryPage";
import { askWhy } from "./askWhy";

const AtSchool = lazy(() => import("./AtSchool"));
const AtHome = lazy(() =>
  import("../features/feedback/HomePanel").then(({ HomePanel }) => ({ default: HomePanel })),
);
/** Stories from which a step may follow: not while one writes, nor when it is put away. */
const OPEN = new Set(["shared", "asked_back", "seen"]);
const OutsideOnStory = lazy(() => import("../features/outside-own/OutsideOnStory"));
const SaidElsewhere = lazy(() => import("../features/takeaway/SaidElsewhere"));
const StepFromStory = lazy(() => import("../features/steps/StepFromStory"));

/** One entry at its address: what the viewer may say about it stands beside it. `?rij`: opened from what waits. */
export default function StoryScreen() {
  const { entryId = "" } = useParams<{ entryId: string }>();
  const [, go] = useLocation();
  const inQueue = new URLSearchParams(useSearch()).has("rij");
  const beside = (entry: Schema<"EntryPage">) => {
    if (entry.viewer === "self") return null;
    return (
      <Suspense>
        {entry.viewer === "school" ? (
          <AtSchool entry={entry} inQueue={inQueue} onGo={go} />
        ) : (
          <AtHome entry={entry} />
        )}
      </Suspense>
    );
  };
  const below = (entry: Schema<"EntryPage">) => (
    <Suspense>
      {entry.viewer === "self" && <SaidElsewhere entryId={entry.id} />}
      {entry.kind === "experience" && entry.state !== "draft" && <OutsideOnStory entry={entry} />}
      {entry.viewer === "self" && OPEN.has(entry.state) && <StepFromStory entryId={entry.id} />}
    </Suspense>
  );
  return <EntryPage key={entryId} id={entryId} panel={beside} below={below} instead={askWhy} />;
}
