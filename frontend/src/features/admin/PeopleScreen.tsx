import { useEffect, useId, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Avatar, Button, EmptyState, ErrorState, Field, FilterPills, Icon, IconButton, Loading } from "~/ui";
import { groupName } from "~/ui/groupName";
import { useSettled } from "~/ui/useSettled";
import { keepSearch } from "./listAddress";
import { NewPupil, NewStaff } from "./NewPerson";
import { KINDS, type Kind, type PersonRow, usePeople } from "./useAdmin";
import "./admin.css";

const MAX_LENGTH = 100;

/** Everybody of the school, by name and by what needs doing. What was asked stands in the address. */
export default function PeopleScreen() {
  const t = useT();
  const [adding, setAdding] = useState<"pupil" | "staff" | null>(null);
  const close = () => setAdding(null);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <header className="tp-row tp-row--between">
        <h1 tabIndex={-1}>{t("admin.people")}</h1>
        <div className="tp-row">
          <Button
            look="secondary"
            icon="plus"
            aria-label={t("admin.pupil.add")}
            onClick={() => setAdding("pupil")}
          >
            {t("admin.pupil.one")}
          </Button>
          <Button
            look="secondary"
            icon="plus"
            aria-label={t("admin.staff.add")}
            onClick={() => setAdding("staff")}
          >
            {t("admin.staff.one")}
          </Button>
        </div>
      </header>
      <Search />
      <NewPupil open={adding === "pupil"} onClose={close} />
      <NewStaff open={adding === "staff"} onClose={close} />
    </div>
  );
}

function Search() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  useEffect(() => keepSearch(params.toString()), [params]);
  const kind = KINDS.find((one) => one === params.get("wie")) ?? "everyone";
  const [typed, setTyped] = useState(params.get("naam") ?? "");
  const query = useSettled(typed.trim());
  const ask = (name: string, who: Kind) =>
    setParams({ ...(name && { naam: name }), ...(who !== "everyone" && { wie: who }) }, { replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (query !== (params.get("naam") ?? "")) ask(query, kind);
  }, [query]);
  return (
    <search className="tp-stack">
      <form className="admin__search" onSubmit={(event) => event.preventDefault()}>
        <Field label={t("admin.search")}>
          {(control) => (
            <span className="admin__search-box">
              <input
                {...control}
                type="text"
                inputMode="search"
                autoComplete="off"
                spellCheck={false}
                className="utrecht-textbox utrecht-textbox--html-input"
                maxLength={MAX_LENGTH}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                onKeyDown={(event) => event.key === "Escape" && setTyped("")}
              />
              {typed && <IconButton icon="cross" label={t("search.clear")} onClick={() => setTyped("")} />}
            </span>
          )}
        </Field>
      </form>
      <div className="admin__kinds">
        <FilterPills
          label={t("admin.who")}
          value={kind}
          onChange={(who) => ask(query, who)}
          options={KINDS.map((one) => ({ value: one, label: t(`admin.kind.${one}`) }))}
        />
      </div>
      <Found query={query} kind={kind} />
    </search>
  );
}

function Found({ query, kind }: { query: string; kind: Kind }) {
  const t = useT();
  const id = useId();
  const people = usePeople(query, kind);
  if (people.isPending) return <Loading />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => people.refetch()} />;
  const rows = people.data.pages.flatMap((page) => page.items);
  const total = people.data.pages[0]?.total ?? 0;
  const busy = people.isPlaceholderData;
  return (
    <div className="tp-stack">
      <p className="tp-soft" role="status" id={id}>
        {busy ? t("search.busy") : t("admin.found", { count: total })}
      </p>
      {rows.length > 0 && (
        <div className="tp-sheet admin__table" aria-busy={busy}>
          <div className="admin__head" aria-hidden="true">
            <span>{t("admin.column.name")}</span>
            <span>{t("admin.column.what")}</span>
            <span>{t("admin.column.group")}</span>
            <span>{t("admin.column.born")}</span>
            <span>{t("admin.column.todo")}</span>
          </div>
          <ul aria-labelledby={id}>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </div>
      )}
      {!busy && rows.length === 0 && (
        <EmptyState>{t(query ? "admin.none.found" : `admin.none.${kind}`)}</EmptyState>
      )}
      {people.hasNextPage && (
        <Button look="secondary" busy={people.isFetchingNextPage} onClick={() => people.fetchNextPage()}>
          {t(people.isFetchingNextPage ? "search.moreBusy" : "search.more")}
        </Button>
      )}
    </div>
  );
}

function Row({ row }: { row: PersonRow }) {
  const t = useT();
  const language = useLanguage();
  const what = [
    row.isPupil && t("admin.pupil"),
    row.isStaff && (row.roles.map((role) => t(`role.${role}`)).join(", ") || t("admin.staff")),
    row.isGuardian && t("role.guardian"),
  ];
  return (
    <li className="admin__row">
      <span className="admin__who">
        <Avatar id={row.id} name={row.name} />
        <span>
          <Link href={`/beheer/mensen/${row.id}`}>
            <bdi>{row.name}</bdi>
          </Link>
          {row.mark && <span className="tp-small tp-soft">{t("admin.mark", { mark: row.mark })}</span>}
        </span>
      </span>
      <span className="admin__cell">{what.filter(Boolean).join(", ")}</span>
      <span className="admin__cell">{row.group && groupName(row.group, t)}</span>
      <span className="admin__cell">{row.birthDate && dayInWords(row.birthDate, language)}</span>
      <span className="admin__cell">
        <Signs row={row} />
      </span>
    </li>
  );
}

/** What is not as it mostly is: gone, closed, without a group, without a way in. */
function Signs({ row }: { row: PersonRow }) {
  const t = useT();
  const language = useLanguage();
  if (row.endedOn)
    return <span className="tp-soft">{t("admin.ended", { day: dayInWords(row.endedOn, language) })}</span>;
  return (
    <>
      {row.closed && (
        <span className="tp-state" data-state="wait">
          <Icon name="lock" />
          {t("admin.sign.closed")}
        </span>
      )}
      {row.isPupil && !row.group && (
        <span className="tp-state" data-state="info">
          <Icon name="together" />
          {t("admin.sign.noGroup")}
        </span>
      )}
      {(row.isPupil || row.isStaff) && !row.hasWayIn && (
        <span className="tp-state" data-state="info">
          <Icon name="tag" />
          {t("admin.sign.noWayIn")}
        </span>
      )}
    </>
  );
}
