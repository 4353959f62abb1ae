import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import {
  Button,
  Chip,
  EmptyState,
  EntryCard,
  ErrorState,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { cardOf } from "~/ui/cardOf";
import {
  saidByServer,
  type Thing,
  type Transfer,
  useGoesAlong,
  useSend,
  useTransfers,
  useView,
  type View,
} from "./useTransfers";
import "./transfer.css";

/** What the new school has: its own page, and the pupil's look at it beforehand and afterwards. */
export function ViewScreen({
  transferId,
  instead,
}: {
  transferId: string;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}) {
  const t = useT();
  const me = useMe();
  const view = useView(transferId);
  const own = view.data?.pupil.id === me.id;
  usePageTitle(view.data && t(own ? "transfer.view.own" : "transfer.view.of", names(view.data)));
  const other = instead(view.error, () => view.refetch());
  if (other) return other;
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {view.isPending && (view.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {view.isError && (
        <>
          <h1 className="tp-hidden">{t("transfer.view.title")}</h1>
          <ErrorState error={view.error} onRetry={() => view.refetch()} />
        </>
      )}
      {view.data && (own ? <Own view={view.data} /> : <AtSchool view={view.data} />)}
    </div>
  );
}

function names(view: View) {
  return { name: view.pupil.givenName, school: view.toSchool.name };
}

function AtSchool({ view }: { view: View }) {
  const t = useT();
  const language = useLanguage();
  const schools = new Intl.ListFormat(language).format(view.fromSchools);
  return (
    <>
      <p>
        <QuietLink to={`/leerling/${view.pupil.id}`} icon="back">
          {t("transfer.view.toPortfolio", { name: view.pupil.givenName })}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("transfer.view.of", names(view))}</h1>
      <p>
        {t("transfer.view.from", {
          ...names(view),
          schools,
          day: view.acceptedAt ? dayInWords(dayOf(view.acceptedAt), language) : "",
        })}
      </p>
      <Content view={view} own={false} />
    </>
  );
}

function Own({ view }: { view: View }) {
  const t = useT();
  const mine = useTransfers();
  const transfer = mine.data?.items.find(({ id }) => id === view.id);
  const draft = view.state === "draft";
  return (
    <>
      <p>
        <QuietLink
          to={transfer && draft ? `/overstap/naar/${transfer.placementId}` : "/overstap"}
          icon="back"
        >
          {t(draft ? "transfer.view.back" : "transfer.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("transfer.view.own", names(view))}</h1>
      <Note icon="eye">
        <p>{t(view.state === "accepted" ? "transfer.view.now" : "transfer.view.then", names(view))}</p>
        <p>{t("transfer.view.comments")}</p>
      </Note>
      <Content view={view} own takeBack={view.state === "accepted" && transfer ? transfer : undefined} />
      {transfer?.state === "draft" && mine.isFetchedAfterMount && (
        <Send transfer={transfer} needsParent={mine.data?.needsParent ?? true} />
      )}
    </>
  );
}

function Send({ transfer, needsParent }: { transfer: Transfer; needsParent: boolean }) {
  const t = useT();
  const toast = useToast();
  const [, go] = useLocation();
  const send = useSend();
  const school = transfer.school.name;
  return (
    <section className="transfer__bar" aria-label={t("transfer.send.title")}>
      <p>{t(needsParent ? "transfer.send.first" : "transfer.send.alone", { school })}</p>
      <Button
        icon="boat"
        busy={send.isPending}
        onClick={() =>
          send.mutate(
            { id: transfer.id, version: transfer.version },
            {
              onSuccess: ({ state }) => {
                toast({
                  text: t(state === "asked" ? "transfer.sent.asked" : "transfer.sent.offered", { school }),
                });
                go("/overstap");
              },
              onError: (error) => toast({ text: saidByServer(error) ?? t("transfer.failed") }),
            },
          )
        }
      >
        {t(needsParent ? "transfer.send.ask" : "transfer.send", { school })}
      </Button>
    </section>
  );
}

function Content({ view, own, takeBack }: { view: View; own: boolean; takeBack?: Transfer }) {
  const t = useT();
  const language = useLanguage();
  const { stories, carried } = view;
  if (stories.length + carried.words.length + carried.steps.length + carried.talks.length === 0)
    return <EmptyState>{t("transfer.view.empty")}</EmptyState>;
  return (
    <>
      {stories.length > 0 && (
        <section className="tp-stack" aria-labelledby="stories">
          <h2 id="stories">{t("transfer.view.stories")}</h2>
          <ul className="transfer__cards">
            {stories.map((story) => (
              <li key={story.id}>
                <EntryCard
                  {...cardOf(story, t)}
                  own={own}
                  action={
                    takeBack && (
                      <TakeBack
                        transfer={takeBack}
                        thing={{ kind: "entry", id: story.id }}
                        title={story.title}
                      />
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {carried.words.length > 0 && (
        <section className="tp-card tp-stack" aria-labelledby="words">
          <h2 id="words">{t(own ? "transfer.words" : "transfer.words.of", names(view))}</h2>
          <ul className="transfer__spoken">
            {carried.words.map(({ word, voices }) => (
              <li key={word}>
                <b className="transfer__word">
                  <OwnWords>{word}</OwnWords>
                </b>
                <span className="tp-row">
                  {voices.map((voice) => (
                    <Chip key={voice}>
                      {voice === "pupil" && !own ? view.pupil.givenName : t(`picture.voice.${voice}`)}
                    </Chip>
                  ))}
                </span>
              </li>
            ))}
          </ul>
          {takeBack && (
            <TakeBack
              transfer={takeBack}
              thing={{ kind: "words", id: view.pupil.id }}
              title={t("transfer.words")}
            />
          )}
        </section>
      )}
      {carried.steps.length > 0 && (
        <section className="tp-card tp-stack" aria-labelledby="steps">
          <h2 id="steps">{t("transfer.steps")}</h2>
          <ul className="transfer__plain">
            {carried.steps.map(({ id, text, dueOn }) => (
              <li key={id} className="transfer__step">
                <span className="transfer__words">
                  <span>
                    <OwnWords>{text}</OwnWords>
                  </span>
                  {dueOn && <span className="tp-small tp-soft">{dayInWords(dueOn, language)}</span>}
                </span>
                {takeBack && <TakeBack transfer={takeBack} thing={{ kind: "step", id }} title={text} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {carried.talks.map((talk) => (
        <Talk key={talk.id} talk={talk} view={view} own={own} takeBack={takeBack} />
      ))}
    </>
  );
}

const ASKED = ["foundOut", "doubt", "ask", "maybeNext"] as const;

function Talk({
  talk,
  view,
  own,
  takeBack,
}: {
  talk: View["carried"]["talks"][number];
  view: View;
  own: boolean;
  takeBack?: Transfer;
}) {
  const t = useT();
  const language = useLanguage();
  const title = t("transfer.talk", {
    kind: t(`talks.kind.${talk.kind}`),
    day: dayInWords(talk.onDay, language),
  });
  const { sheet, record } = talk;
  const said = [
    ...ASKED.map((part) => ({ label: t(`talks.sheet.${part}`), text: sheet?.[part] ?? "" })),
    {
      label: t("transfer.talk.pupil", { own: own ? "yes" : "no", ...names(view) }),
      text: record?.pupilVoice ?? "",
    },
    { label: t("transfer.talk.staff"), text: record?.staffVoice ?? "" },
    { label: t("transfer.talk.akkoord"), text: record?.words ?? "" },
  ].filter(({ text }) => text !== "");
  return (
    <section className="tp-sheet tp-stack" aria-labelledby={talk.id}>
      <div>
        <h2 id={talk.id}>{title}</h2>
        <p className="tp-small tp-soft">
          <bdi lang="nl">{talk.school}</bdi>
        </p>
      </div>
      {said.map(({ label, text }) => (
        <div key={label}>
          <h3>{label}</h3>
          <p className="transfer__text">
            <OwnWords>{text}</OwnWords>
          </p>
        </div>
      ))}
      {takeBack && <TakeBack transfer={takeBack} thing={{ kind: "talk", id: talk.id }} title={title} />}
    </section>
  );
}

function TakeBack({ transfer, thing, title }: { transfer: Transfer; thing: Thing; title: string }) {
  const t = useT();
  const toast = useToast();
  const goes = useGoesAlong(transfer.id);
  const failed = (error: unknown) => toast({ text: saidByServer(error) ?? t("transfer.failed") });
  return (
    <QuietButton
      icon="undo"
      aria-label={t("transfer.takeBack.of", { title })}
      busy={goes.isPending}
      onClick={() =>
        goes.mutate(
          { ...thing, goesAlong: false },
          {
            onSuccess: () =>
              toast({
                text: t("transfer.takenBack", { title, school: transfer.school.name }),
                action: () => goes.mutate({ ...thing, goesAlong: true }, { onError: failed }),
              }),
            onError: failed,
          },
        )
      }
    >
      {t("transfer.takeBack")}
    </QuietButton>
  );
}
