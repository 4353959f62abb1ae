import { useLanguage, useT } from "~/i18n";
import { QuietLink } from "~/ui";
import type { Child } from "./useHome";

/** The talent picture in a sentence: at which kinds of work the child looked. */
export function Fields({ child, name }: { child: Child; name: string }) {
  const t = useT();
  const language = useLanguage();
  if (child.fields.length === 0) return null;
  const fields = new Intl.ListFormat(language).format(child.fields.map((field) => t(`field.${field}`)));
  return (
    <div>
      <p>{t("family.fields", { name, fields })}</p>
      <p className="tp-small tp-soft">{t("family.fields.text", { name })}</p>
      <p>
        <QuietLink to={`/leerling/${child.id}/kaart`} icon="map">
          {t("family.fields.map", { name })}
        </QuietLink>
      </p>
    </div>
  );
}
