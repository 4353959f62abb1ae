import { useT } from "~/i18n";
import { LinkButton, Note } from "~/ui";

type Props = {
  name: string;
  /** Where this person is administrator; none for who coordinates for the city. */
  schools: readonly string[];
};

/** Home of an administrator or coordinator: who they are here, and that content is not theirs to see. */
export function OfficeScreen({ name, schools }: Props) {
  const t = useT();
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("office.hello", { name })}</h1>
        <p className="tp-soft">
          {schools.length > 0 ? t("office.adminAt", { school: schools.join(", ") }) : t("office.coordinator")}
        </p>
      </header>
      <Note icon="lock">
        <p>{t("office.noContent")}</p>
      </Note>
      <p>
        <LinkButton to="/ik" look="secondary">
          {t("office.settings")}
        </LinkButton>
      </p>
    </div>
  );
}
