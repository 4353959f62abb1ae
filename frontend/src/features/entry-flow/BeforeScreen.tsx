import { useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { OwnWords } from "~/ui";
import { BeforeFields } from "./Boundary";
import type { DetailsOf } from "./content";
import { OneScreen } from "./OneScreen";
import type { Writing } from "./useWriting";

/** Before a visit: what you know, who does this work, and how much you look forward to it. */
export default function BeforeScreen() {
  const t = useT();
  const { entryId } = useParams<{ entryId: string }>();
  usePageTitle(t("flow.beforeTitle"));
  return (
    <OneScreen key={entryId} entryId={entryId} name={t("flow.beforeTitle")} said={() => t("flow.beforeKept")}>
      {(writing) => <Beforehand writing={writing} />}
    </OneScreen>
  );
}

function Beforehand({ writing: { content, change } }: { writing: Writing }) {
  const t = useT();
  const language = useLanguage();
  const { title, happenedOn, endedOn } = content;
  return (
    <>
      <header className="tp-stack">
        <h1 tabIndex={-1}>{t("flow.beforeTitle")}</h1>
        <p>
          <b>
            <OwnWords>{title || t("flow.untitled")}</OwnWords>
          </b>
          {happenedOn && ` · ${daysInWords(happenedOn, endedOn, language)}`}
        </p>
        <p className="tp-soft">{t("flow.beforeLead")}</p>
      </header>
      {content.details.kind === "experience" && (
        <BeforeFields
          details={content.details as DetailsOf<"experience">}
          comes
          onChange={(details) => change({ details })}
        />
      )}
    </>
  );
}
