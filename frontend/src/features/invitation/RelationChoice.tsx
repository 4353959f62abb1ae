import { useT } from "~/i18n";
import { ChoiceGrid } from "~/ui";
import type { Relation } from "./useInvitation";

const RELATIONS: readonly Relation[] = ["mother", "father", "caretaker", "other"];

/** What somebody is to the child, in their own words; the school decides what that opens. */
export function RelationChoice({
  value,
  onChange,
}: {
  value: Relation | undefined;
  onChange: (relation: Relation) => void;
}) {
  const t = useT();
  return (
    <ChoiceGrid
      label={t("invitation.relation")}
      options={RELATIONS.map((relation) => ({
        value: relation,
        label: t(`invitation.relation.${relation}`),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
