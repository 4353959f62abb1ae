import { useT } from "~/i18n";
import { Chip, Combobox } from "~/ui";
import { useSettled } from "~/ui/useSettled";
import { type Content, type Organisation, useDirectory } from "./useActivities";

interface OrganisationFieldProps {
  content: Content;
  error?: string;
  onChange: (part: Partial<Content>) => void;
}

/** Whose work they see: one out of the directory, which fills in what is still empty, or any other, typed. */
export function OrganisationField({ content, error, onChange }: OrganisationFieldProps) {
  const t = useT();
  const typed = content.organisation ?? "";
  const found = useDirectory(useSettled(content.organisationId ? "" : typed.trim())).data ?? [];
  return (
    <div className="tp-stack" style={{ "--gap": "var(--tp-2)" } as React.CSSProperties}>
      <Combobox
        label={t("activities.organisation")}
        listLabel={t("organisations.title")}
        hint={t("activities.organisationHint")}
        error={error}
        value={typed}
        maxLength={200}
        options={found.map(({ id, name, place }) => ({ id, name, detail: place }))}
        found={t("activities.organisationFound", { count: found.length })}
        onType={(organisation) => onChange({ organisation, organisationId: null })}
        onChoose={({ id }) => {
          const chosen = found.find((one) => one.id === id);
          if (chosen) onChange(chosenPart(chosen, content));
        }}
      />
      {content.organisationId && (
        <p>
          <Chip icon="check" tone="ok">
            {t("activities.organisationChosen")}
          </Chip>
        </p>
      )}
    </div>
  );
}

/** What an organisation fills in: its name, and place and kinds of work where nothing stands yet. */
export function chosenPart(
  { id, name, place, workFields }: Pick<Organisation, "id" | "name" | "place" | "workFields">,
  before: Content,
): Partial<Content> {
  return {
    organisationId: id,
    organisation: name,
    place: before.place || place,
    workFields: before.workFields?.length ? before.workFields : workFields,
  };
}
