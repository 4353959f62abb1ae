import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, TextField, useToast } from "~/ui";
import { type LettersPupil, useMailCode, useNewLetters } from "./useParents";

interface Props {
  schoolId: string;
  mail: boolean;
  pupils: readonly LettersPupil[];
  name: string;
  onDone: () => void;
}

/** Letters to print for one pupil or a whole group; for one, also by mail where mail is set up. */
export function NewLetters({ schoolId, mail, pupils, name, onDone }: Props) {
  const t = useT();
  const toast = useToast();
  const letters = useNewLetters(schoolId);
  const [homes, setHomes] = useState<"1" | "2">("1");
  const [replace, setReplace] = useState(true);
  const open = pupils.reduce((sum, pupil) => sum + pupil.letters.length, 0);
  const print = () =>
    letters.mutate(
      {
        pupilIds: pupils.map(({ id }) => id),
        homes: homes === "2" ? 2 : 1,
        replace: open > 0 && replace,
        fileName: `brieven-${name.toLowerCase().replace(/[^a-z0-9]+/gu, "-")}.pdf`,
      },
      {
        onSuccess: () => toast({ text: t("parentsAdmin.letters.made") }),
        onError: () => toast({ text: t("parentsAdmin.failed") }),
        onSettled: onDone,
      },
    );
  const [only] = pupils.length === 1 ? pupils : [];
  return (
    <>
      <p>{t("parentsAdmin.letters.how", { count: pupils.length * Number(homes) })}</p>
      <ChoiceGrid
        label={t("parentsAdmin.homes")}
        options={[
          { value: "1", label: t("parentsAdmin.homes.1") },
          { value: "2", label: t("parentsAdmin.homes.2") },
        ]}
        value={homes}
        onChange={setHomes}
      />
      {open > 0 && (
        <ChoiceGrid
          list
          label={t("parentsAdmin.replace", { count: open })}
          options={[
            { value: "yes", label: t("parentsAdmin.replace.yes") },
            { value: "no", label: t("parentsAdmin.replace.no") },
          ]}
          value={replace ? "yes" : "no"}
          onChange={(choice) => setReplace(choice === "yes")}
        />
      )}
      <Button wide busy={letters.isPending} onClick={print}>
        {t("parentsAdmin.letters.print")}
      </Button>
      {mail && only && <ByMail schoolId={schoolId} personId={only.id} onDone={onDone} />}
    </>
  );
}

function ByMail({ schoolId, personId, onDone }: { schoolId: string; personId: string; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const mail = useMailCode(schoolId);
  const [to, setTo] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    mail.mutate(
      { personId, to: to.trim() },
      {
        onSuccess: () => {
          toast({ text: t("parentsAdmin.mail.sent", { address: to.trim() }) });
          onDone();
        },
      },
    );
  };
  return (
    <form className="tp-stack parents-admin__mail" onSubmit={send} noValidate>
      <TextField
        type="email"
        label={t("parentsAdmin.mail")}
        hint={t("parentsAdmin.mail.hint")}
        autoComplete="off"
        value={to}
        error={mail.isError ? t("parentsAdmin.mail.wrong") : undefined}
        onChange={(event) => {
          mail.reset();
          setTo(event.target.value);
        }}
      />
      <Button type="submit" look="secondary" wide busy={mail.isPending}>
        {t("parentsAdmin.mail.send")}
      </Button>
    </form>
  );
}
