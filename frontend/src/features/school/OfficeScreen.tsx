import { useT } from "~/i18n";
import { useMe } from "~/session";
import { LinkButton, Note } from "~/ui";

/** Home of a coordinator: who they are here, and that content is not theirs to see. */
export default function OfficeScreen() {
  const t = useT();
  const { name } = useMe();
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("office.hello", { name })}</h1>
        <p className="tp-soft">{t("office.coordinator")}</p>
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
