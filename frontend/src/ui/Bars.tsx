import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useT } from "~/i18n";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { Avatar } from "./Labels";
import { Island } from "./Route";

export interface NavItem {
  to: string;
  label: string;
  icon: IconName;
  /** Pages that belong here and stand at an address of their own. */
  holds?: readonly string[];
}

/** Whose page this is, or below whose: of several the nearest. */
function hereOf(items: readonly NavItem[], path: string): string | undefined {
  const own = items.map(({ to }) => ({ to, place: to }));
  const held = items.flatMap(({ to, holds = [] }) => holds.map((place) => ({ to, place })));
  return [...own, ...held]
    .filter(({ place }) => place === path || (place !== "/" && path.startsWith(`${place}/`)))
    .sort((one, other) => other.place.length - one.place.length)[0]?.to;
}

export function Logo({ to = "/", name }: { to?: string; name?: string }) {
  const t = useT();
  return (
    <Link href={to} className="tp-logo" aria-label={t("app.to-start")}>
      <Island />
      <span>{name ?? t("app.name")}</span>
    </Link>
  );
}

/** The tabs at the bottom of a phone: sign and word. */
export function TabBar({ items }: { items: readonly NavItem[] }) {
  const t = useT();
  const [path] = useLocation();
  const here = hereOf(items, path);
  return (
    <nav className="tp-tabs" aria-label={t("app.menu")}>
      {items.map((item) => (
        <Link
          key={item.to}
          href={item.to}
          className="tp-tabs__link"
          aria-current={item.to === here ? "page" : undefined}
        >
          <span className="tp-tabs__sign">
            <Icon name={item.icon} />
          </span>
          <span className="tp-tabs__word">{item.label}</span>
        </Link>
      ))}
    </nav>
  );
}

/** The bar at the top of a desk: the same places, who I am, and room for "Erbij". */
export function TopBar({
  items,
  person,
  action,
  bell,
}: {
  items: readonly NavItem[];
  person: { id: string; name: string; role: ReactNode; to: string };
  action?: ReactNode;
  bell?: ReactNode;
}) {
  const t = useT();
  const [path] = useLocation();
  const here = hereOf(items, path);
  return (
    <header className="tp-top">
      <Logo />
      <nav aria-label={t("app.menu")}>
        {items.map((item) => (
          <Link
            key={item.to}
            href={item.to}
            className="tp-top__link"
            aria-current={item.to === here ? "page" : undefined}
          >
            {item.label}
          </Link>
        ))}
      </nav>
      {action}
      {bell}
      <Link href={person.to} className="tp-top__me" aria-label={`${person.name}, ${t("nav.me")}`}>
        <Avatar id={person.id} name={person.name} />
        <span className="tp-top__me-words">
          <b>{person.name}</b>
          {person.role}
        </span>
      </Link>
    </header>
  );
}

/** The bar of buttons at the foot of a step. */
export function ActionBar({ children }: { children: ReactNode }) {
  return <div className="tp-actions">{children}</div>;
}
