import { type ComponentProps, useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { DayChoice, FormDialog } from "./parts";
import { fieldProblem, type useAct } from "./useAdmin";

/** Until which day something goes on, that day included. */
export function LastDay({
  title,
  hint,
  names,
  send,
  act,
  onClose,
  words,
}: {
  title: string;
  /** What ends with it. */
  hint: string;
  names: ComponentProps<typeof DayChoice>["names"];
  send: string;
  act: ReturnType<typeof useAct<Schema<"LastDay">>>;
  onClose: () => void;
  /** What is said when it is done. */
  words: (day: string) => string;
}) {
  const t = useT();
  const [endsOn, setEndsOn] = useState(today());
  return (
    <FormDialog
      title={title}
      open
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      send={send}
      onSend={() => act.go({ endsOn }, { words: words(endsOn), after: onClose })}
    >
      <p>{hint}</p>
      <DayChoice
        label={t("admin.lastDay.label")}
        names={names}
        value={endsOn}
        onChange={setEndsOn}
        error={fieldProblem(act.error, "/endsOn")}
      />
    </FormDialog>
  );
}
