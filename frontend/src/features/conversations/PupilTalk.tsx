import { useState } from "react";
import { useT } from "~/i18n";
import { Note, QuietLink } from "~/ui";
import { Agree } from "./Agree";
import { OwnVoice } from "./OwnVoice";
import { PrepareSheet } from "./PrepareSheet";
import { RecordView } from "./RecordView";
import { SheetView } from "./SheetView";
import { TalkChanges, TalkHead } from "./TalkHead";
import type { FromHome } from "./TalkScreen";
import { type Talk, useFreshTalk } from "./useTalks";

/** The pupil's own talk: prepare it; later read what was said, and say akkoord. */
export function PupilTalk({ talk, fromHome }: { talk: Talk; fromHome: FromHome }) {
  const t = useT();
  const fresh = useFreshTalk(talk.id);
  const agreed = talk.state === "agreed";
  const [again, setAgain] = useState(false);
  return (
    <div className="tp-page tp-stack talk">
      <TalkHead talk={talk} />
      {talk.rights.prepare && !talk.ended && <PrepareSheet talk={talk} fromHome={fromHome} />}
      {talk.state === "held" && (
        <Note icon="wait">
          <p>{t("talks.waitsForRecord", { name: talk.heldWith.name })}</p>
        </Note>
      )}
      <RecordView talk={talk} />
      {talk.rights.speak && talk.record && <OwnVoice talk={talk} record={talk.record} />}
      {talk.rights.agree && (!agreed || again) && (
        <section className="tp-card tp-card--sea tp-stack" aria-labelledby="agree">
          <h2 id="agree">{t("talks.agree.title")}</h2>
          {!agreed && <p>{t("talks.agree.explained", { name: talk.heldWith.name })}</p>}
          <Agree talk={talk} onDone={() => setAgain(false)} onChanged={fresh} />
        </section>
      )}
      {talk.rights.agree && agreed && !again && (
        <div className="tp-row">
          <button type="button" className="tp-quiet" onClick={() => setAgain(true)}>
            {t("talks.agree.again")}
          </button>
          <QuietLink to="/stappen" icon="check">
            {t("talks.toSteps")}
          </QuietLink>
        </div>
      )}
      {!talk.rights.prepare && talk.sheet && <SheetView sheet={talk.sheet} title={t("talks.sheet.own")} />}
      <TalkChanges talk={talk} />
    </div>
  );
}
