import { useT } from "~/i18n";
import { Chip, Combobox } from "~/ui";
import { useSettled } from "~/ui/useSettled";
import { type Plan, withOrganisation } from "./plan";
import { useDirectory } from "./useActivities";

interface OrganisationFieldProps {
  plan: Plan;
  error?: string;
  onChange: (part: Partial<Plan>) => void;
}

/** Whose work they see: one out of the directory, which fills in what is still empty, or any other, typed. */
export function OrganisationField({ plan, error, onChange }: OrganisationFieldProps) {
  const t = useT();
  const typed = plan.organisation ?? "";
  const found = useDirectory(useSettled(plan.organisationId ? "" : typed.trim())).data ?? [];
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
          if (chosen) onChange(withOrganisation(plan, chosen));
        }}
      />
      {plan.organisationId && (
        <p>
          <Chip icon="check" tone="ok">
            {t("activities.organisationChosen")}
          </Chip>
        </p>
      )}
    </div>
  );
}
