import { type ReactNode, useRef } from "react";
import { useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { useChangeMe, useMe } from "~/session";
import { useUnread } from "~/session/notices";
import {
  Avatar,
  Bell,
  EmptyState,
  ErrorState,
  FilterPills,
  Hero,
  LanguageSwitch,
  LinkButton,
  Loading,
  Logo,
  ReadAloud,
} from "~/ui";
import { ChildSection } from "./ChildSection";
import { type Child, useHome } from "./useHome";
import "./family.css";

const ALL = "all";

/** A parent's page: the children, what each shared with home, and in words why something is not there. `news` is first. */
export function FamilyScreen({ news }: { news: ReactNode }) {
  const t = useT();
  const { name } = useMe();
  const home = useHome();
  const change = useChangeMe();
  const page = useRef<HTMLDivElement>(null);
  const unread = useUnread(true);
  const [params, setParams] = useSearchParams();
  const children = home.data?.children ?? [];
  const asked = params.get("kind");
  const shown = children.filter((child) => child.id === asked);
  const visible = shown.length > 0 ? shown : children;
  return (
    <>
      <Hero>
        <div className="tp-row tp-row--between">
          <Logo name={t("family.title")} />
          <div className="tp-row family__bar">
            <LanguageSwitch onChoose={(locale) => change.mutate({ locale })} />
            <Bell unread={unread} />
          </div>
        </div>
        <div className="tp-stack family__head">
          <h1 tabIndex={-1}>{t("family.hello", { name })}</h1>
          {children.some((child) => child.state === "open") && <p>{t("family.intro")}</p>}
          {children.length > 1 && (
            <FilterPills
              label={t("family.choose")}
              options={[
                { value: ALL, label: t("family.all", { count: children.length }) },
                ...children.map((child) => pillOf(child, t("family.child"))),
              ]}
              value={shown[0]?.id ?? ALL}
              onChange={(kind) => setParams(kind === ALL ? {} : { kind }, { replace: true })}
            />
          )}
        </div>
      </Hero>
      {news}
      <div ref={page} className="tp-page tp-stack family">
        {home.isPending && <Loading />}
        {home.isError && <ErrorState error={home.error} onRetry={() => home.refetch()} />}
        {home.isSuccess && children.length === 0 && <EmptyState>{t("family.empty")}</EmptyState>}
        {home.isSuccess && <ReadAloud of={page} />}
        {visible.map((child) => (
          <ChildSection key={child.id} child={child} asOf={home.data?.asOf ?? ""} />
        ))}
        {home.isSuccess && (
          <section className="tp-stack family__another">
            <LinkButton to="/uitnodiging" look="secondary" icon="plus">
              {t("family.another")}
            </LinkButton>
            <p className="tp-small tp-soft">{t("family.another.hint")}</p>
          </section>
        )}
        {home.isSuccess && (
          <section>
            <h2 className="family__what">{t("family.what.title")}</h2>
            <p>{t("family.what.text")}</p>
          </section>
        )}
      </div>
    </>
  );
}

function pillOf(child: Child, unnamed: string) {
  const label = child.givenName ?? unnamed;
  return { value: child.id, label, sign: <Avatar id={child.id} name={label} /> };
}
