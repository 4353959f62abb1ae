import { useParams } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { EmptyState } from "~/ui";
import { SchoolScreen } from "./SchoolScreen";

/** The school at this address, else the first where this person is dean. */
export default function SchoolRoute() {
  const t = useT();
  const schools = useMe().roles.flatMap(({ role, school }) => (role === "dean" && school ? [school] : []));
  const { schoolId = schools[0]?.id } = useParams<{ schoolId?: string }>();
  if (!schoolId) {
    return (
      <div className="tp-page">
        <h1 className="tp-hidden">{t("nav.school")}</h1>
        <EmptyState>{t("school.none")}</EmptyState>
      </div>
    );
  }
  return <SchoolScreen id={schoolId} schools={schools} />;
}
