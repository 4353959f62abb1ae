import { useId } from "react";
import { Link } from "wouter";
import { useT } from "~/i18n";
import { addDays, dayOf, daysBetween, today } from "~/i18n/dates";
import { ErrorState, KindLabel, QuietButton, useToast } from "~/ui";
import { type PutAwayState, usePutAway, useRestore } from "./useSettings";

type Props = { state: PutAwayState; title: string; empty: string; hint?: string };

/** What was put away or thrown away, each with a way back. */
export function PutAway({ state, title, empty, hint }: Props) {
  const t = useT();
  const id = useId();
  const toast = useToast();
  const entries = usePutAway(state);
  const restore = useRestore();

  const bringBack = (entryId: string, name: string) =>
    restore.mutate(entryId, {
      onSuccess: () => toast({ text: t("settings.restored", { title: name }) }),
      onError: () => toast({ text: t("settings.failed") }),
    });

  return (
    <section className="tp-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p className="tp-small tp-soft">{hint}</p>}
      {entries.isError && <ErrorState error={entries.error} onRetry={() => entries.refetch()} />}
      {entries.data?.length === 0 ? (
        <p className="tp-soft">{empty}</p>
      ) : (
        <ul className="tp-list">
          {entries.data?.map((entry) => {
            const name = entry.title || t("settings.untitled");
            return (
              <li key={entry.id}>
                <div className="tp-grow">
                  <KindLabel kind={entry.kind} />
                  <p>
                    <Link href={`/verhaal/${entry.id}`}>{name}</Link>
                  </p>
                  {state === "trashed" && <DaysLeft since={entry.updatedAt} />}
                </div>
                <QuietButton
                  aria-label={t("settings.restoreOf", { title: name })}
                  busy={restore.isPending && restore.variables === entry.id}
                  onClick={() => bringBack(entry.id, name)}
                >
                  {t("settings.restore")}
                </QuietButton>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const TRASH_DAYS = 30;

/** So long it can still be brought back; nothing changes an entry in the trash, so its last change put it there. */
function DaysLeft({ since }: { since: string }) {
  const t = useT();
  const left = daysBetween(today(), addDays(dayOf(since), TRASH_DAYS));
  return <p className="tp-small tp-soft">{t("settings.trash.left", { days: Math.max(0, left) })}</p>;
}
