import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { Avatar, EmptyState, ErrorState, Loading, Note, QuietLink } from "~/ui";
import { ChoiceShown } from "~/ui/ChoiceShown";
import { usePupilChoices } from "./useChoices";
import "./choices.css";

/** A pupil's choices as school or home may see them. */
export function PupilChoicesScreen({
  pupilId,
  instead,
}: {
  pupilId: string;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}) {
  const t = useT();
  const found = usePupilChoices(pupilId);
  const name = found.data?.pupil.givenName ?? "";
  usePageTitle(found.data && t("choice.of", { name }));
  const other = instead(found.error, () => found.refetch());
  if (other) return other;
  return (
    <div className="tp-page tp-page--wide tp-stack choices">
      {found.isPending && <Loading cards={2} />}
      {found.isError && (
        <>
          <h1 className="tp-hidden">{t("choice.page")}</h1>
          <ErrorState error={found.error} onRetry={() => found.refetch()} />
        </>
      )}
      {found.data && (
        <>
          <header className="tp-stack">
            <p>
              <QuietLink to={`/leerling/${pupilId}`} icon="back">
                {t("choice.toPortfolio", { name })}
              </QuietLink>
            </p>
            <div className="tp-row tp-row--nowrap">
              <Avatar id={found.data.pupil.id} name={found.data.pupil.name} large />
              <h1 tabIndex={-1}>{t("choice.of", { name })}</h1>
            </div>
            <Note icon="eye">
              <p>
                {t(found.data.viewer === "home" ? "choice.calmOther.home" : "choice.calmOther", { name })}
              </p>
            </Note>
          </header>
          {found.data.choices.length === 0 && <EmptyState>{t("choice.noneShared", { name })}</EmptyState>}
          {found.data.choices.map((choice) => (
            <section
              key={choice.id}
              className="tp-stack choices__year"
              aria-label={schoolYear(choice.schoolYear)}
            >
              <p className="tp-small tp-soft">{schoolYear(choice.schoolYear)}</p>
              <ChoiceShown choice={choice} />
            </section>
          ))}
        </>
      )}
    </div>
  );
}
