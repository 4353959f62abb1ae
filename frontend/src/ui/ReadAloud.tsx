import type { RefObject } from "react";
import { useLanguage, useT } from "~/i18n";
import { PACES, type Pace, useReadAloud } from "./aloud/useReadAloud";
import { QuietButton } from "./Button";
import { FilterPills } from "./Choices";
import { Note } from "./Note";

/** "Lees voor": reads the part of the page that `of` points at, with the voices of this device. */
export function ReadAloud({ of }: { of: RefObject<Element | null> }) {
  const t = useT();
  const language = useLanguage();
  const aloud = useReadAloud(() => of.current);
  const named = new Intl.DisplayNames(language, { type: "language" });
  const missing = aloud.missing?.map((code) => named.of(code) ?? code) ?? [];
  return (
    <div className="tp-aloud" data-silent>
      <QuietButton
        icon={aloud.reading ? "stop" : "listen"}
        onClick={() => (aloud.reading ? aloud.stop() : void aloud.start())}
      >
        {t(aloud.reading ? "ui.aloud.stop" : "ui.aloud")}
      </QuietButton>
      {aloud.reading && (
        <>
          <FilterPills
            label={t("ui.aloud.pace")}
            value={aloud.pace}
            onChange={aloud.choosePace}
            options={(Object.keys(PACES) as Pace[]).map((pace) => ({
              value: pace,
              label: t(`ui.aloud.pace.${pace}`),
            }))}
          />
          {aloud.now && !("highlights" in CSS) && (
            <p className="tp-aloud__now" lang={aloud.now.language} dir="auto">
              {aloud.now.text}
            </p>
          )}
        </>
      )}
      <div role="status">
        {missing.length > 0 && (
          <Note tone="wait" icon="listen">
            <p>{t("ui.aloud.missing", { languages: new Intl.ListFormat(language).format(missing) })}</p>
            <p>{t("ui.aloud.missing.how")}</p>
          </Note>
        )}
      </div>
    </div>
  );
}
