import type { AppRoute, Audience } from "~/routing";

const features = import.meta.glob<{ routes: readonly AppRoute[] }>("../features/*/routes.ts", {
  eager: true,
});

const routes: readonly AppRoute[] = Object.values(features).flatMap((feature) => feature.routes);

/** The screens that exist for this person. */
export function routesFor(audiences: readonly Audience[]): AppRoute[] {
  return routes.filter((route) => route.for.some((audience) => audiences.includes(audience)));
}
