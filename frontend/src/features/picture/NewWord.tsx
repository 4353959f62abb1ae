import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Field, Icon, TextField, useToast } from "~/ui";
import { type Picture, yearsOf } from "./landscape";
import { useGiveWord } from "./usePicture";

const WHO = ["me", "outside"] as const;

interface NewWordProps {
  picture: Picture;
  yearName: (year: number) => string;
  onDone: () => void;
}

/** A word, the entry that shows it, and with the pupil whether somebody outside said it. */
export function NewWord({ picture, yearName, onDone }: NewWordProps) {
  const t = useT();
  const toast = useToast();
  const give = useGiveWord(picture.pupil.id);
  const newest = [...picture.entries].reverse();
  const [word, setWord] = useState("");
  const [entryId, setEntryId] = useState(newest[0]?.id ?? "");
  const [who, setWho] = useState<(typeof WHO)[number]>("me");
  const [role, setRole] = useState("");
  const [missing, setMissing] = useState(false);
  const outside = who === "outside";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(!word.trim() || (outside && !role.trim()));
    if (!word.trim() || (outside && !role.trim())) return;
    await give.mutateAsync({ entryId, word: word.trim(), saidBy: outside ? role.trim() : null });
    toast({ text: t("picture.added", { word: word.trim() }) });
    onDone();
  };
  const refused = give.error instanceof ApiProblem ? give.error.message : undefined;
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <TextField
        label={t("picture.whichWord")}
        hint={t("picture.whichWordHint")}
        value={word}
        maxLength={40}
        onChange={(event) => setWord(event.target.value)}
        error={refused ?? (missing && !word.trim() ? t("picture.wordMissing") : undefined)}
      />
      {picture.viewer === "self" && (
        <ChoiceGrid
          list
          label={t("picture.whoSaid")}
          options={WHO.map((value) => ({
            value,
            label: t(`picture.who.${value}`),
            sign: <Icon name={value === "me" ? "me" : "globe"} />,
          }))}
          value={who}
          onChange={setWho}
        />
      )}
      {outside && (
        <TextField
          label={t("picture.whatRole")}
          hint={t("picture.whatRoleHint")}
          value={role}
          maxLength={60}
          onChange={(event) => setRole(event.target.value)}
          error={missing && !role.trim() ? t("picture.roleMissing") : undefined}
        />
      )}
      <Field label={t("picture.whereShown")}>
        {(control) => (
          <select
            {...control}
            className="utrecht-textbox utrecht-textbox--html-input"
            value={entryId}
            onChange={(event) => setEntryId(event.target.value)}
          >
            {yearsOf(newest)
              .reverse()
              .map((year) => (
                <optgroup key={year} label={yearName(year)}>
                  {newest
                    .filter((entry) => entry.schoolYear === year)
                    .map((entry) => (
                      <option key={entry.id} value={entry.id}>
                        {entry.title || t(`kind.${entry.kind}`)}
                      </option>
                    ))}
                </optgroup>
              ))}
          </select>
        )}
      </Field>
      <Button type="submit" busy={give.isPending}>
        {t("picture.addWordGo")}
      </Button>
    </form>
  );
}
