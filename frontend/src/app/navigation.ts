import type { Translate } from "~/i18n";
import type { Audience } from "~/routing";
import type { FactorDue, Me } from "~/session";
import type { NavItem } from "~/ui";

/** All that this person is here: one can be a teacher and a parent. Nobody is `anonymous`, or `halfway` in. */
export function audiencesOf(me: Me | null, due: FactorDue | null = null): Audience[] {
  if (due) return ["halfway"];
  if (!me) return ["anonymous"];
  const roles = me.roles.map(({ role }) => role);
  return [
    ...new Set<Audience>([
      ...(me.pupil ? (["pupil"] as const) : []),
      ...roles,
      ...(me.isGuardian ? (["guardian"] as const) : []),
      "everyone",
    ]),
  ];
}

const BESIDE_ACTIVITIES = ["/agenda", "/organisaties"];

const PLACES: Record<Audience, readonly (Omit<NavItem, "label"> & { label: Parameters<Translate>[0] })[]> = {
  pupil: [
    { to: "/", label: "nav.begin", icon: "begin" },
    { to: "/kaart", label: "nav.map", icon: "map" },
    { to: "/agenda", label: "nav.agenda", icon: "calendar" },
    { to: "/wie-keek-er", label: "nav.looks", icon: "eye" },
  ],
  teacher: [
    {
      to: "/klas",
      label: "nav.class",
      icon: "together",
      holds: ["/leerling", "/school", "/dossier", "/dossiers"],
    },
    { to: "/gesprekken", label: "nav.talks", icon: "ask-back", holds: ["/gesprek"] },
    { to: "/te-bekijken", label: "nav.review", icon: "eye" },
    { to: "/activiteiten", label: "nav.activities", icon: "calendar", holds: BESIDE_ACTIVITIES },
  ],
  dean: [
    {
      to: "/school",
      label: "nav.school",
      icon: "school",
      holds: ["/omkijken", "/klas", "/leerling", "/dossier", "/dossiers", "/cijfers"],
    },
    { to: "/gesprekken", label: "nav.talks", icon: "ask-back", holds: ["/gesprek"] },
    { to: "/zoek", label: "nav.search", icon: "search" },
    { to: "/activiteiten", label: "nav.activities", icon: "calendar", holds: BESIDE_ACTIVITIES },
  ],
  guardian: [
    { to: "/thuis", label: "nav.home", icon: "begin", holds: ["/leerling", "/verhaal", "/gesprek"] },
  ],
  admin: [
    { to: "/beheer", label: "nav.admin", icon: "school", holds: ["/cijfers"] },
    { to: "/beheer/mensen", label: "nav.people", icon: "me" },
    { to: "/beheer/groepen", label: "nav.groups", icon: "together" },
    { to: "/beheer/ouders", label: "nav.parents", icon: "heart" },
  ],
  coordinator: [
    { to: "/begin", label: "nav.begin", icon: "begin" },
    { to: "/activiteiten", label: "nav.activities", icon: "calendar" },
    { to: "/organisaties", label: "nav.organisations", icon: "school" },
    { to: "/cijfers", label: "nav.counts", icon: "chart" },
  ],
  everyone: [{ to: "/ik", label: "nav.me", icon: "me" }],
  anonymous: [],
  halfway: [],
};

/** The places in the bars, for all that this person is. */
export function placesFor(audiences: readonly Audience[], t: Translate): NavItem[] {
  const places = audiences.flatMap((audience) => PLACES[audience]);
  // Two roles may lead to one place.
  const once = places.filter((item, index) => places.findIndex(({ to }) => to === item.to) === index);
  return once.map((item) => ({ ...item, label: t(item.label) }));
}
