import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, daysInWords, shortDayInWords } from "~/i18n/dates";
import { Avatar, Button, Dialog, ErrorState, Icon, Loading, QuietButton, QuietLink, useToast } from "~/ui";
import type { GroupPupil } from "./pupils";
import { type Care, type CarePupil, useCare, useReminding } from "./useCare";

const FIRST = 5;

type Props = {
  groupId: string;
  /** Everybody in the group, for when they last shared something. */
  pupils: readonly GroupPupil[];
  /** The way to what waits for this viewer; a dean looks along and has no queue of their own. */
  withQueue: boolean;
};

/** "Even geen nieuws": sea-coloured, kind, by name, one action each. */
export function QuietPupils({ groupId, pupils, withQueue }: Props) {
  const t = useT();
  const care = useCare(groupId);
  return (
    <section className="tp-sheet group__quiet tp-stack" aria-labelledby="quiet">
      <h2 id="quiet">{t("group.quiet.title")}</h2>
      {care.isPending && <Loading cards={1} />}
      {care.isError && <ErrorState error={care.error} onRetry={() => care.refetch()} />}
      {care.data && <Heard care={care.data} groupId={groupId} pupils={pupils} withQueue={withQueue} />}
    </section>
  );
}

function Heard({ care, groupId, pupils, withQueue }: Props & { care: Care }) {
  const t = useT();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const all = params.has("stil");
  const quiet = care.pupils.filter((pupil) => pupil.quiet || pupil.open.length > 0);
  const waiting = care.pupils.filter((pupil) => pupil.waitingSince);
  const term = dayInWords(care.termStartedOn, language);
  const remind = useRemind(groupId);
  return (
    <>
      {quiet.length === 0 ? (
        <p className="tp-row tp-row--nowrap group__well">
          <Icon name="check" />
          <span>{t("group.quiet.nobody", { day: term })}</span>
        </p>
      ) : (
        <>
          <p className="tp-small">{t("group.quiet.intro")}</p>
          <RemindAll
            pupils={quiet.filter((pupil) => pupil.mayRemind)}
            onRemind={remind.all}
            busy={remind.busy}
          />
          <ul className="tp-stack">
            {quiet.slice(0, all ? undefined : FIRST).map((pupil) => (
              <QuietPupil
                key={pupil.id}
                pupil={pupil}
                termStart={care.termStartedOn}
                last={pupils.find(({ id }) => id === pupil.id)?.lastSharedOn ?? null}
                busy={remind.busy}
                onRemind={() => remind.one(pupil)}
              />
            ))}
          </ul>
          {!all && quiet.length > FIRST && (
            <QuietButton
              onClick={() =>
                setParams(
                  (now) => {
                    now.set("stil", "");
                    return now;
                  },
                  { replace: true },
                )
              }
            >
              {t("group.quiet.all", { count: quiet.length })}
            </QuietButton>
          )}
        </>
      )}
      {waiting.length > 0 && (
        <div>
          <p className="tp-row tp-row--nowrap">
            <Icon name="eye" />
            <span>{t("group.quiet.waits", { names: names(waiting, language) })}</span>
          </p>
          {withQueue && <QuietLink to="/te-bekijken">{t("group.review.all")}</QuietLink>}
        </div>
      )}
    </>
  );
}

function names(pupils: readonly CarePupil[], language: string): string {
  return new Intl.ListFormat(language).format(pupils.map((pupil) => pupil.givenName));
}

/** Sends reminders, and says in one line what came of it, with the way back. */
function useRemind(groupId: string) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { remind, takeBack } = useReminding(groupId);
  const send = async (pupils: readonly CarePupil[]) => {
    try {
      const { id, sent, already } = await remind.mutateAsync(pupils.map((pupil) => pupil.id));
      const of = (lines: typeof sent) =>
        names(
          pupils.filter((pupil) => lines.some(({ pupilId }) => pupilId === pupil.id)),
          language,
        );
      if (sent.length === 0) {
        toast({
          text:
            already.length > 0
              ? t("group.remind.already", { names: of(already), count: already.length })
              : t("group.remind.none"),
        });
        return;
      }
      toast({
        text: t("group.remind.sent", { names: of(sent), count: sent.length }),
        action: () =>
          takeBack.mutate(id, {
            onSuccess: () => toast({ text: t("group.remind.back") }),
            onError: () => toast({ text: t("group.remind.seen") }),
          }),
      });
    } catch (error) {
      toast({ text: error instanceof ApiProblem ? error.message : t("group.remind.failed") });
    }
  };
  return { one: (pupil: CarePupil) => send([pupil]), all: send, busy: remind.isPending };
}

/** Everybody on the list at once, after reading what they will read. */
function RemindAll({
  pupils,
  busy,
  onRemind,
}: {
  pupils: readonly CarePupil[];
  busy: boolean;
  onRemind: (pupils: readonly CarePupil[]) => Promise<void>;
}) {
  const t = useT();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  if (pupils.length < 2) return null;
  const go = async () => {
    await onRemind(pupils);
    setAsking(false);
  };
  const open = pupils.some((pupil) => pupil.open.length > 0);
  const quiet = pupils.some((pupil) => pupil.open.length === 0);
  return (
    <div>
      <Button look="secondary" icon="heart" onClick={() => setAsking(true)}>
        {t("group.remind.all")}
      </Button>
      <Dialog title={t("group.remind.all")} open={asking} onClose={() => setAsking(false)}>
        <div className="tp-stack">
          <p>{t("group.remind.allAsk", { names: names(pupils, language), count: pupils.length })}</p>
          <p>{t("group.remind.reads")}</p>
          {open && <blockquote className="tp-quote">{t("group.remind.text.open")}</blockquote>}
          {quiet && <blockquote className="tp-quote">{t("group.remind.text.quiet")}</blockquote>}
          <Button busy={busy} onClick={go}>
            {t("group.remind.all")}
          </Button>
          <QuietButton onClick={() => setAsking(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </div>
  );
}

function QuietPupil({
  pupil,
  termStart,
  last,
  busy,
  onRemind,
}: {
  pupil: CarePupil;
  termStart: string;
  last: string | null;
  busy: boolean;
  onRemind: () => void;
}) {
  const t = useT();
  const language = useLanguage();
  return (
    <li className="group__quiet-pupil">
      <Avatar id={pupil.id} name={pupil.name} />
      <div className="tp-grow">
        <p>
          <Link href={`/leerling/${pupil.id}`} className="group__quiet-name">
            <b>{pupil.name}</b>
          </Link>
        </p>
        {pupil.open.map((activity) => (
          <p key={activity.id} className="tp-small">
            {t("group.quiet.open", {
              title: activity.title,
              day: daysInWords(activity.happensOn, activity.endsOn, language),
            })}
          </p>
        ))}
        {pupil.quiet && (
          <p className="tp-small">
            {t("group.quiet.since", { day: dayInWords(termStart, language) })}{" "}
            {last &&
              t(last >= termStart ? "group.quiet.other" : "group.quiet.last", {
                day: dayInWords(last, language),
              })}
          </p>
        )}
        {pupil.remindedOn && (
          <p className="tp-small tp-row tp-row--nowrap group__reminded">
            <Icon name="heart" />
            <span>{t("group.remind.on", { day: shortDayInWords(pupil.remindedOn, language) })}</span>
          </p>
        )}
      </div>
      {pupil.mayRemind && (
        <QuietButton
          aria-label={t("group.remind.of", { name: pupil.name })}
          aria-disabled={busy || undefined}
          onClick={() => !busy && onRemind()}
        >
          {t("group.remind.one")}
        </QuietButton>
      )}
    </li>
  );
}
