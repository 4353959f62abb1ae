import { useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { TextField } from "~/ui";
import { Names } from "./NewPerson";
import { FormDialog } from "./parts";
import { fieldProblem, type Person, useAct } from "./useAdmin";

/** A name or a birth date that was written wrong. */
export function Correct({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT();
  const [form, setForm] = useState({
    givenName: person.givenName,
    familyName: person.familyName,
    birthDate: person.birthDate ?? "",
  });
  const correct = useAct((change: Schema<"PersonChange">, school_id) =>
    body(
      api.PATCH("/v1/schools/{school_id}/people/{person_id}", {
        params: { path: { school_id, person_id: person.id } },
        body: change,
      }),
    ),
  );
  const put = (field: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [field]: event.target.value });
  return (
    <FormDialog
      title={t("admin.correct.of", { name: person.name })}
      open
      onClose={onClose}
      busy={correct.busy}
      error={correct.error}
      send={t("admin.keep")}
      onSend={() =>
        correct.go(
          { ...form, birthDate: form.birthDate || null },
          { words: t("admin.corrected", { name: `${form.givenName} ${form.familyName}` }), after: onClose },
        )
      }
    >
      <Names form={form} put={put} error={correct.error} />
      {person.isPupil && (
        <TextField
          type="date"
          label={t("admin.birthDate")}
          hint={t("admin.birthDate.hint")}
          value={form.birthDate}
          onChange={put("birthDate")}
          error={fieldProblem(correct.error, "/birthDate")}
        />
      )}
    </FormDialog>
  );
}
