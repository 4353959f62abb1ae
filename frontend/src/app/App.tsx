import { lazy, Suspense, useEffect } from "react";
import { matchRoute, Redirect, Route, Switch, useLocation, useRouter } from "wouter";
import { activate, chosenLanguage, currentLanguage, type Language, useT } from "~/i18n";
import { useSync } from "~/offline/sync";
import { type AppRoute, type Audience, usePageTitle } from "~/routing";
import { type Me, useChangeMe, useFactorDue, useSession } from "~/session";
import { ErrorState, Loading } from "~/ui";
import { ErrorBoundary } from "./ErrorBoundary";
import { FactorNews } from "./FactorNews";
import { useLeftBehind } from "./leftBehind";
import { NotFound } from "./NotFound";
import { audiencesOf, placesFor } from "./navigation";
import { OutsideNews } from "./OutsideNews";
import { routesFor } from "./routes";
import { Shell } from "./Shell";
import { StepUp } from "./StepUp";
import { StillYou } from "./StillYou";
import { TransferOffered } from "./TransferNews";

/** Who may be asked to agree, and the pages where that is told. */
const AGREES = new Set<Audience>(["teacher", "dean"]);
const AGREE_AT = new Set(["/klas", "/school"]);
const AgreedSteps = lazy(() => import("../features/rounds/AgreedSteps"));

/** Asks who is here, then shows the screen of this address, or sign-in at the same address. */
export function App() {
  const t = useT();
  const { parser } = useRouter();
  const [path] = useLocation();
  const session = useSession();
  const due = useFactorDue();
  const me = due ? null : (session.data ?? null);
  useLanguageOf(me?.locale);
  useTellLanguage(me);
  useSync(me?.id);
  useLeftBehind(session.data);
  useEffect(() => {
    document.documentElement.classList.toggle("tp-kid", me?.pupil?.kid ?? false);
  }, [me]);

  if (session.isPending) return <Loading />;
  if (session.isError)
    return (
      <div className="tp-page">
        <ErrorState error={session.error} onRetry={() => session.refetch()} />
      </div>
    );

  const audiences = audiencesOf(me, due);
  const routes = routesFor(audiences);
  const start = placesFor(audiences, t)[0]?.to;
  const here = routes.find((route) => matchRoute(parser, route.path, path)[0]);
  return (
    <Shell me={me} audiences={audiences} bare={here?.bare ?? false}>
      {me?.device === "shared" && <StillYou key={me.id} me={me} />}
      {me?.factorChangedAt && <FactorNews me={me} />}
      {me && AGREE_AT.has(path) && audiences.some((audience) => AGREES.has(audience)) && <OutsideNews />}
      {(path === "/klas" || path === "/school") && <TransferOffered />}
      <StepUp>
        {path === start && audiences.some((one) => one === "teacher" || one === "dean") && (
          <ErrorBoundary resetKey={path}>
            <Suspense>
              <AgreedSteps />
            </Suspense>
          </ErrorBoundary>
        )}
        <Switch>
          {routes.map((route) => (
            <Route key={route.path} path={route.path}>
              <Screen route={route} resetKey={path} />
            </Route>
          ))}
          {start && start !== "/" && (
            <Route path="/">
              <Redirect to={start} replace />
            </Route>
          )}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </StepUp>
    </Shell>
  );
}

function Screen({ route, resetKey }: { route: AppRoute; resetKey: string }) {
  return (
    <>
      <RouteTitle route={route} />
      <ErrorBoundary resetKey={resetKey}>
        <Suspense fallback={<Loading />}>
          <route.screen />
        </Suspense>
      </ErrorBoundary>
    </>
  );
}

/** Stands before the screen, so that a screen with a better title has the last word, also when its data are there. */
function RouteTitle({ route }: { route: AppRoute }) {
  const t = useT();
  usePageTitle(t(route.title));
  return null;
}

/** A language that was chosen on a device of one's own before signing in is the language of one's mail as well. */
function useTellLanguage(me: Me | null): void {
  const change = useChangeMe();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for whoever comes in
  useEffect(() => {
    const chosen = chosenLanguage();
    if (me?.device === "own" && chosen && chosen !== me.locale) change.mutate({ locale: chosen });
  }, [me?.id]);
}

/** The person's own language, as soon as it is known; a choice made on this device goes before it. */
function useLanguageOf(locale: Language | undefined): void {
  useEffect(() => {
    if (locale && !chosenLanguage() && locale !== currentLanguage()) void activate(locale);
  }, [locale]);
}
