import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { Note } from "~/ui";
import { RecordView } from "./RecordView";
import { TalkHead } from "./TalkHead";
import type { Talk } from "./useTalks";

/** What home reads: that it is planned, and the record that the pupil agreed to. */
export function HomeTalk({ talk, fromHome }: { talk: Talk; fromHome: ReactNode }) {
  const t = useT();
  const name = talk.pupil.givenName;
  return (
    <div className="tp-page tp-stack talk">
      <TalkHead talk={talk} />
      {talk.state === "planned" && (
        <Note icon="calendar">
          <p>{t("talks.home.planned", { name })}</p>
        </Note>
      )}
      {talk.record ? (
        <>
          <RecordView talk={talk} />
          <p className="tp-small tp-soft">{t("talks.home.read", { name })}</p>
          {fromHome}
        </>
      ) : (
        (talk.state === "held" || talk.state === "recorded") && (
          <Note icon="wait">
            <p>{t("talks.home.waits", { name })}</p>
          </Note>
        )
      )}
    </div>
  );
}
