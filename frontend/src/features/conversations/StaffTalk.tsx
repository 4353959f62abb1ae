import { type ReactNode, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Button, Chip, FirstNow, Note, OwnWords, QuietButton, Said, useToast } from "~/ui";
import { RecordForm } from "./RecordForm";
import { AgreedSteps, RecordView } from "./RecordView";
import { SheetView } from "./SheetView";
import { TalkChanges, TalkHead } from "./TalkHead";
import { type Talk, useMoveTalk } from "./useTalks";

interface Props {
  talk: Talk;
  map: ReactNode;
  more?: ReactNode;
  fromHome: ReactNode;
}

/** The one page: the pupil's sheet, the picture, what was before; then the record, and the akkoord. */
export function StaffTalk({ talk, map, more, fromHome }: Props) {
  const t = useT();
  const name = talk.pupil.givenName;
  const waits = talk.state === "planned" || talk.state === "prepared";
  // Recording goes on after the talk; what is agreed is read, until somebody wants to change it.
  const [writing, setWriting] = useState(talk.state !== "agreed");
  const changed = talk.picture?.entries.filter(
    ({ expectation }) => expectation?.after || expectation?.surprised,
  );
  const last = changed?.at(-1);
  return (
    <div className="tp-page tp-page--wide tp-stack talk talk--staff">
      <TalkHead talk={talk}>
        <div className="tp-row talk__tools">
          {waits && (
            <Chip icon={talk.sheet ? "check" : "wait"} tone={talk.sheet ? "ok" : undefined}>
              {t(talk.sheet ? "talks.prepared" : "talks.notPrepared", { name })}
            </Chip>
          )}
          <Button look="secondary" icon="print" onClick={() => print()}>
            {t("talks.print")}
          </Button>
        </div>
      </TalkHead>
      <div className="talk__top">
        {talk.sheet ? (
          <SheetView sheet={talk.sheet} title={t("talks.sheet.of", { name })} />
        ) : (
          <section className="tp-sheet talk__sheet" aria-labelledby="sheet">
            <h2 id="sheet">{t("talks.sheet.of", { name })}</h2>
            <p>{t(waits ? "talks.sheet.notYet" : "talks.sheet.never", { name })}</p>
          </section>
        )}
        <div className="talk__map">{map}</div>
      </div>
      <div className="talk__cards">
        {last && (
          <section className="tp-card tp-stack" aria-labelledby="different">
            <h2 id="different" className="talk__cardTitle">
              {t("talks.different")}
            </h2>
            <p className="tp-small tp-soft">
              <OwnWords>{last.title}</OwnWords>
            </p>
            <FirstNow
              first={last.expectation?.before ? <Said>{last.expectation.before}</Said> : undefined}
              now={<Said>{last.expectation?.after || last.expectation?.surprised || ""}</Said>}
            />
          </section>
        )}
        {fromHome}
        {talk.earlier.map((one) => (
          <EarlierCard key={one.id} talk={talk} earlier={one} />
        ))}
        {more}
      </div>
      {talk.rights.write && writing ? (
        <>
          {waits && <HeldWithoutWords talk={talk} />}
          <RecordForm talk={talk} />
        </>
      ) : (
        <>
          <RecordView talk={talk} />
          {talk.rights.write && (
            <div>
              <QuietButton icon="pencil" onClick={() => setWriting(true)}>
                {t("talks.record.change")}
              </QuietButton>
            </div>
          )}
        </>
      )}
      {talk.ended && !waits && (
        <Note icon="lock">
          <p>{t("talks.ended.read", { name })}</p>
        </Note>
      )}
      <TalkChanges talk={talk} />
    </div>
  );
}

function EarlierCard({ talk, earlier }: { talk: Talk; earlier: Talk["earlier"][number] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <section className="tp-card tp-stack talk__earlier" aria-labelledby={`earlier-${earlier.id}`}>
      <h2 id={`earlier-${earlier.id}`} className="talk__cardTitle">
        {t("talks.earlier", { day: dayInWords(earlier.onDay, language) })}
      </h2>
      <p className="tp-small tp-soft">
        {t(`talks.kind.${earlier.kind}`)} {t("talks.with", { name: earlier.heldWith.name })}
      </p>
      {earlier.pupilVoice && (
        <p className="talk__text">
          <OwnWords>{`“${earlier.pupilVoice}”`}</OwnWords>
        </p>
      )}
      <AgreedSteps talk={talk} steps={earlier.steps} />
    </section>
  );
}

/** For who writes it down later: it was held. */
function HeldWithoutWords({ talk }: { talk: Talk }) {
  const t = useT();
  const toast = useToast();
  const move = useMoveTalk(talk.id);
  const go = () =>
    !move.isPending &&
    move.mutate(
      { state: "held", version: talk.version },
      {
        onSuccess: () => toast({ text: t("talks.held", { name: talk.pupil.givenName }) }),
        onError: (error) =>
          toast({ text: error instanceof ApiProblem ? error.message : t("ui.error.offline") }),
      },
    );
  return (
    <p className="tp-row talk__later">
      <span className="tp-soft">{t("talks.heldHint")}</span>
      <QuietButton icon="check" onClick={go}>
        {t("talks.heldGo")}
      </QuietButton>
    </p>
  );
}
