import { useEffect, useId, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import {
  Button,
  EmptyState,
  ErrorState,
  Field,
  FilterPills,
  IconButton,
  LinkButton,
  Loading,
  QuietLink,
  WORK_FIELDS,
  type WorkField,
  WorkFieldChip,
} from "~/ui";
import { useSettled } from "~/ui/useSettled";
import { type Asked, type OrganisationRow, useOrganisations } from "./useOrganisations";
import "./organisations.css";

/** The directory that the schools of the city share. What is asked stands in the address. */
export default function OrganisationsScreen() {
  const t = useT();
  // A coordinator has this list in the bar.
  const plansAtSchool = useMe().roles.some(({ role }) => role === "teacher" || role === "dean");
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get("zoek") ?? "");
  const query = useSettled(typed.trim());
  const field = WORK_FIELDS.find((one) => one === params.get("werk")) ?? "";
  const archived = params.has("weg");
  const ask = (part: Partial<Asked>) => {
    const next = { query, field, archived, ...part };
    const entries = { zoek: next.query, werk: next.field, weg: next.archived ? "1" : "" };
    setParams(Object.fromEntries(Object.entries(entries).filter(([, value]) => value)), { replace: true });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address here
  useEffect(() => {
    if (query !== (params.get("zoek") ?? "")) ask({ query });
  }, [query]);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {plansAtSchool && (
        <p>
          <QuietLink to="/activiteiten" icon="back">
            {t("activities.title")}
          </QuietLink>
        </p>
      )}
      <header className="tp-stack organisations__head">
        <h1 tabIndex={-1}>{t("organisations.title")}</h1>
        <p className="tp-soft">{t("organisations.intro")}</p>
      </header>
      <p>
        <LinkButton to="/organisaties/nieuw" icon="plus">
          {t("organisations.new")}
        </LinkButton>
      </p>
      <search className="organisations__search">
        <Field label={t("organisations.search")}>
          {(control) => (
            <span className="organisations__box">
              <input
                {...control}
                type="text"
                inputMode="search"
                autoComplete="off"
                spellCheck={false}
                className="utrecht-textbox utrecht-textbox--html-input"
                maxLength={100}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                onKeyDown={(event) => event.key === "Escape" && setTyped("")}
              />
              {typed && (
                <IconButton icon="cross" label={t("organisations.clear")} onClick={() => setTyped("")} />
              )}
            </span>
          )}
        </Field>
        <Field label={t("organisations.kind")}>
          {(control) => (
            <select
              {...control}
              className="utrecht-textbox utrecht-textbox--html-input organisations__select"
              value={field}
              onChange={(event) => ask({ field: event.target.value as WorkField | "" })}
            >
              <option value="">{t("organisations.anyKind")}</option>
              {WORK_FIELDS.map((one) => (
                <option key={one} value={one}>
                  {t(`field.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </search>
      <div>
        <FilterPills
          label={t("organisations.which")}
          options={[
            { value: "active", label: t("organisations.active") },
            { value: "archived", label: t("organisations.archived") },
          ]}
          value={archived ? "archived" : "active"}
          onChange={(which) => ask({ archived: which === "archived" })}
        />
      </div>
      <Found asked={{ query, field, archived }} />
    </div>
  );
}

function Found({ asked }: { asked: Asked }) {
  const t = useT();
  const id = useId();
  const found = useOrganisations(asked);
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const busy = found.isPending || found.isPlaceholderData;
  const nothing = asked.query || asked.field ? "none" : asked.archived ? "noneArchived" : "empty";
  if (found.isError) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  return (
    <div className="tp-stack">
      <p className="tp-soft" role="status" id={id}>
        {busy
          ? t("organisations.busy")
          : rows.length > 0 &&
            t(found.hasNextPage ? "organisations.foundMore" : "organisations.found", { count: rows.length })}
      </p>
      {found.isPending && <Loading />}
      {!busy && rows.length === 0 && <EmptyState>{t(`organisations.${nothing}`)}</EmptyState>}
      {rows.length > 0 && (
        <ul className="organisations__list" aria-labelledby={id} aria-busy={busy}>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button look="secondary" busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t("organisations.more")}
        </Button>
      )}
    </div>
  );
}

function Row({ row }: { row: OrganisationRow }) {
  const t = useT();
  return (
    <li className="tp-card organisations__row">
      <h2>
        <Link href={`/organisaties/${row.id}`}>
          <bdi>{row.name}</bdi>
        </Link>
      </h2>
      <p className="tp-small tp-soft">
        {[row.place, ...row.forms.map((form) => t(`form.${form}`))].filter(Boolean).join(" · ")}
      </p>
      {row.workFields.length > 0 && (
        <p className="tp-row organisations__fields">
          {row.workFields.map((field) => (
            <WorkFieldChip key={field} field={field} />
          ))}
        </p>
      )}
    </li>
  );
}
