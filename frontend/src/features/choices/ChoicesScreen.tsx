import { v7 as newId } from "uuid";
import { useLocation, useParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { Button, EmptyState, ErrorState, Loading, Note, QuietLink, useToast } from "~/ui";
import { type Choice, choiceTitle } from "~/ui/choiceWords";
import { ChoicePage } from "./ChoicePage";
import { type MyChoices, type Offered, useBegin, useChoices, wordsOf } from "./useChoices";
import "./choices.css";

/** What this year asks to choose, and what was chosen in the years before. */
export default function ChoicesScreen() {
  const t = useT();
  const { choiceId } = useParams<{ choiceId?: string }>();
  const choices = useChoices();
  const offline = choices.isPending && choices.fetchStatus === "paused";
  return (
    <div className="tp-page tp-stack choices">
      {choices.isPending && !offline && <Loading cards={2} />}
      {offline && (
        <Note icon="no-network">
          <p>{t("choice.offline")}</p>
        </Note>
      )}
      {choices.isError && <ErrorState error={choices.error} onRetry={() => choices.refetch()} />}
      {choices.data && <Shown mine={choices.data} choiceId={choiceId} />}
    </div>
  );
}

function Shown({ mine, choiceId }: { mine: MyChoices; choiceId: string | undefined }) {
  const t = useT();
  const current = mine.offered[0];
  const choice = mine.choices.find(({ id }) => id === (choiceId ?? current?.choiceId));
  const title = choice ?? (choiceId ? undefined : current);
  usePageTitle(title && choiceTitle(title, t));
  const others = mine.choices.filter(({ id }) => id !== choice?.id);
  if (choiceId && !choice) return <ErrorState error={new ApiProblem(404, {})} />;
  return (
    <>
      {choice && <ChoicePage key={choice.id} choice={choice} mine={mine} />}
      {!choice && current && <Start offered={current} />}
      {!choice && !current && (
        <>
          <h1 tabIndex={-1}>{t("choice.page")}</h1>
          <EmptyState>{t("choice.none")}</EmptyState>
        </>
      )}
      {others.length > 0 && (
        <section className="tp-stack" aria-labelledby="other-choices">
          <h2 id="other-choices">{t("choice.others")}</h2>
          <ul className="tp-list">
            {others.map((one) => (
              <li key={one.id}>
                <Other choice={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Other({ choice }: { choice: Choice }) {
  const t = useT();
  return (
    <div className="tp-grow">
      <QuietLink to={`/keuze/${choice.id}`}>{choiceTitle(choice, t)}</QuietLink>
      <p className="tp-small tp-soft">{schoolYear(choice.schoolYear)}</p>
    </div>
  );
}

function Start({ offered }: { offered: Offered }) {
  const t = useT();
  const toast = useToast();
  const begin = useBegin();
  const [, go] = useLocation();
  const start = () =>
    begin.mutate(
      { id: newId(), kind: offered.kind },
      {
        // Another device may have begun it: the page that is read anew then shows that one.
        onError: (error) => toast({ text: wordsOf(error, t) }),
        onSuccess: () => go("/keuze", { replace: true }),
      },
    );
  return (
    <>
      <h1 tabIndex={-1}>{choiceTitle(offered, t)}</h1>
      <section className="tp-card tp-card--sea tp-stack">
        <p>{t(`choice.start.${offered.kind}`)}</p>
        <p>{t("choice.start.calm")}</p>
        <div>
          <Button busy={begin.isPending} onClick={start}>
            {t("choice.begin")}
          </Button>
        </div>
        <p className="tp-small">{t("choice.onlyYou")}</p>
      </section>
    </>
  );
}
