import { lazy, type ReactNode, Suspense } from "react";
import { ApiProblem } from "~/api/problem";
import { Loading } from "~/ui";

const SayWhy = lazy(() => import("../features/reasons/SayWhy"));

/** Where a reason is owed before something opens: the question for it; otherwise nothing. */
export function askWhy(error: unknown, again: () => void): ReactNode {
  if (!(error instanceof ApiProblem && error.about)) return null;
  return (
    <Suspense fallback={<Loading />}>
      <SayWhy about={error.about} onSaid={again} />
    </Suspense>
  );
}
