import { type ComponentType, type LazyExoticComponent, useEffect } from "react";
import { type MessageId, useT } from "~/i18n";

/**
 * Whom a screen is for. `anonymous` is shown at any address while nobody is signed in, `halfway` while a second factor
 * is owed.
 */
export type Audience =
  | "pupil"
  | "guardian"
  | "teacher"
  | "dean"
  | "admin"
  | "coordinator"
  | "everyone"
  | "anonymous"
  | "halfway";

/** A screen of a feature: `features/<name>/routes.ts` exports `routes`, a list of these. */
export interface AppRoute {
  /** wouter pattern; a screen reads its parts with `useParams`. */
  path: string;
  for: readonly Audience[];
  /** The page title until the screen sets a better one with `usePageTitle`. */
  title: MessageId;
  screen: LazyExoticComponent<ComponentType>;
  /** Without the bars: the three steps have their own. */
  bare?: boolean;
}

/** Names the page in the tab and for the screen reader. */
export function usePageTitle(title: string | undefined): void {
  const t = useT();
  useEffect(() => {
    if (title) document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
}
