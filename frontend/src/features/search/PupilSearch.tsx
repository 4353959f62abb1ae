import { useEffect, useId, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { Avatar, Button, EmptyState, ErrorState, Facts, Field, IconButton } from "~/ui";
import { groupName } from "~/ui/groupName";
import { useSettled } from "~/ui/useSettled";
import { type PupilRow, useSearch } from "./useSearch";
import "./search.css";

const MAX_LENGTH = 100;

/** Find a pupil by name. What was typed stands in the address, so that going back finds it again. */
export function PupilSearch() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get("naam") ?? "");
  const query = useSettled(typed.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (query !== (params.get("naam") ?? "")) setParams(query ? { naam: query } : {}, { replace: true });
  }, [query]);
  return (
    <search className="tp-stack">
      <form className="search__form" onSubmit={(event) => event.preventDefault()}>
        <Field label={t("search.label")} hint={t("search.hint")}>
          {(control) => (
            <span className="search__box">
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
      {query && <Found query={query} />}
    </search>
  );
}

function Found({ query }: { query: string }) {
  const t = useT();
  const id = useId();
  const search = useSearch(query);
  const pupils = search.data?.pages.flatMap((page) => page.items) ?? [];
  const busy = search.isPending || search.isPlaceholderData;
  const count = t(search.hasNextPage ? "search.foundMore" : "search.found", { count: pupils.length });
  if (search.isError) return <ErrorState error={search.error} onRetry={() => search.refetch()} />;
  return (
    <div className="tp-stack">
      <p className="tp-soft" role="status" id={id}>
        {busy ? t("search.busy") : pupils.length > 0 ? count : t("search.none", { query })}
      </p>
      {pupils.length > 0 && (
        <ul className="tp-sheet tp-list" aria-labelledby={id} aria-busy={busy}>
          {pupils.map((pupil) => (
            <li key={pupil.id}>
              <FoundPupil pupil={pupil} />
            </li>
          ))}
        </ul>
      )}
      {!busy && pupils.length === 0 && <EmptyState>{t("search.noneHint")}</EmptyState>}
      {search.hasNextPage && (
        <Button look="secondary" busy={search.isFetchingNextPage} onClick={() => search.fetchNextPage()}>
          {t(search.isFetchingNextPage ? "search.moreBusy" : "search.more")}
        </Button>
      )}
    </div>
  );
}

function FoundPupil({ pupil }: { pupil: PupilRow }) {
  const t = useT();
  return (
    <Link href={`/leerling/${pupil.id}`} className="search__pupil">
      <Avatar id={pupil.id} name={pupil.name} />
      <span>
        <b>{pupil.name}</b>
        <span className="tp-small tp-soft">
          <Facts of={[pupil.group && groupName(pupil.group, t), pupil.school.name]} />
        </span>
      </span>
    </Link>
  );
}
