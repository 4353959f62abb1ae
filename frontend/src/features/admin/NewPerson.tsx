import { useState } from "react";
import { useLocation } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { ChoiceGrid, Note, TextField } from "~/ui";
import { groupName } from "~/ui/groupName";
import { DayChoice, FormDialog, Select } from "./parts";
import { fieldProblem, isNamesake, useAct, useGroups } from "./useAdmin";

type Props = { open: boolean; onClose: () => void };

export const ROLES = ["teacher", "dean", "admin"] as const;

/** A pupil who is in no roster yet. */
export function NewPupil({ open, onClose }: Props) {
  return open ? <PupilForm onClose={onClose} /> : null;
}

function PupilForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [, go] = useLocation();
  const groups = useGroups();
  const [form, setForm] = useState({ givenName: "", familyName: "", birthDate: "", groupId: "" });
  const [startsOn, setStartsOn] = useState(today());
  const [another, setAnother] = useState(false);
  const add = useAct(
    (pupil: Schema<"NewPupil">, school_id) =>
      body(api.POST("/v1/schools/{school_id}/pupils", { params: { path: { school_id } }, body: pupil })),
    { undo: false },
  );
  const put = (field: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [field]: event.target.value });
  const name = `${form.givenName} ${form.familyName}`.trim();
  return (
    <FormDialog
      title={t("admin.pupil.add")}
      open
      onClose={onClose}
      busy={add.busy}
      error={add.error}
      send={name ? t("admin.add", { name }) : t("admin.pupil.add")}
      onSend={() =>
        add.go(
          { ...form, startsOn, another },
          {
            words: t("admin.pupil.added", { name }),
            after: (made) => made && go(`/beheer/mensen/${made.id}`),
          },
        )
      }
    >
      <Names form={form} put={put} error={add.error} />
      <TextField
        type="date"
        label={t("admin.birthDate")}
        value={form.birthDate}
        onChange={put("birthDate")}
        error={fieldProblem(add.error, "/birthDate")}
      />
      <Select
        label={t("admin.group")}
        value={form.groupId}
        onChange={put("groupId")}
        error={fieldProblem(add.error, "/groupId")}
        options={(groups.data?.items ?? []).map((group) => ({
          value: group.id,
          label: groupName(group, t),
        }))}
      />
      <DayChoice
        label={t("admin.firstDay")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        error={fieldProblem(add.error, "/startsOn")}
      />
      {isNamesake(add.error) && <Another checked={another} onChange={setAnother} />}
    </FormDialog>
  );
}

/** A colleague, with a first role. */
export function NewStaff({ open, onClose }: Props) {
  return open ? <StaffForm onClose={onClose} /> : null;
}

function StaffForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [, go] = useLocation();
  const [form, setForm] = useState({ givenName: "", familyName: "" });
  const [role, setRole] = useState<(typeof ROLES)[number]>("teacher");
  const [startsOn, setStartsOn] = useState(today());
  const [another, setAnother] = useState(false);
  const add = useAct(
    (staff: Schema<"NewStaff">, school_id) =>
      body(api.POST("/v1/schools/{school_id}/staff", { params: { path: { school_id } }, body: staff })),
    { undo: false },
  );
  const put = (field: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [field]: event.target.value });
  const name = `${form.givenName} ${form.familyName}`.trim();
  return (
    <FormDialog
      title={t("admin.staff.add")}
      open
      onClose={onClose}
      busy={add.busy}
      error={add.error}
      send={name ? t("admin.add", { name }) : t("admin.staff.add")}
      onSend={() =>
        add.go(
          { ...form, role, startsOn, another },
          {
            words: t("admin.staff.added", { name }),
            after: (made) => made && go(`/beheer/mensen/${made.id}`),
          },
        )
      }
    >
      <Names form={form} put={put} error={add.error} />
      <ChoiceGrid
        label={t("admin.role")}
        value={role}
        onChange={setRole}
        list
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`), hint: t(`admin.role.${value}`) }))}
      />
      <DayChoice
        label={t("admin.firstDay")}
        names={["today", "tomorrow"]}
        value={startsOn}
        onChange={setStartsOn}
        error={fieldProblem(add.error, "/startsOn")}
      />
      {isNamesake(add.error) && <Another checked={another} onChange={setAnother} />}
    </FormDialog>
  );
}

export function Names<Form extends { givenName: string; familyName: string }>({
  form,
  put,
  error,
}: {
  form: Form;
  put: (field: "givenName" | "familyName") => (event: { target: { value: string } }) => void;
  error: unknown;
}) {
  const t = useT();
  return (
    <>
      <TextField
        label={t("admin.givenName")}
        value={form.givenName}
        onChange={put("givenName")}
        autoComplete="off"
        maxLength={100}
        error={fieldProblem(error, "/givenName")}
      />
      <TextField
        label={t("admin.familyName")}
        hint={t("admin.familyName.hint")}
        value={form.familyName}
        onChange={put("familyName")}
        autoComplete="off"
        maxLength={100}
        error={fieldProblem(error, "/familyName")}
      />
    </>
  );
}

function Another({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const t = useT();
  return (
    <Note tone="wait">
      <label className="admin__check">
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
        <span>{t("admin.another")}</span>
      </label>
    </Note>
  );
}
