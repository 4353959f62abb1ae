import { useState } from "react";
import { useT } from "~/i18n";
import { DateChoice, QuietButton, TextField } from "~/ui";
import type { EntryContent } from "./content";

type Props = {
  from: EntryContent["happenedOn"];
  to: EntryContent["endedOn"];
  onChange: (change: Partial<Pick<EntryContent, "happenedOn" | "endedOn">>) => void;
};

/** When it was; and a last day when it took longer. */
export function DayFields({ from, to, onChange }: Props) {
  const t = useT();
  const [longer, setLonger] = useState(Boolean(to));
  const oneDay = () => {
    setLonger(false);
    onChange({ endedOn: null });
  };
  return (
    <div className="tp-stack">
      <DateChoice
        label={t("flow.when")}
        value={from ?? ""}
        onChange={(day) => onChange({ happenedOn: day || null })}
      />
      {from && !longer && <QuietButton onClick={() => setLonger(true)}>{t("flow.moreDays")}</QuietButton>}
      {longer && (
        <>
          <TextField
            type="date"
            label={t("flow.lastDay")}
            value={to ?? ""}
            min={from ?? undefined}
            onChange={(event) => onChange({ endedOn: event.target.value || null })}
            error={from && to && to < from ? t("flow.dayOrder") : undefined}
          />
          <QuietButton onClick={oneDay}>{t("flow.oneDay")}</QuietButton>
        </>
      )}
    </div>
  );
}
