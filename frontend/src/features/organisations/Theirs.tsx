import { useT } from "~/i18n";
import { Button } from "~/ui";
import type { Content, Organisation } from "./useOrganisations";
import "./organisations.css";

interface TheirsProps {
  mine: Content;
  theirs: Organisation;
  busy: boolean;
  onTake: () => void;
  onKeep: () => void;
}

/** Two changed it at once: what is there now, beside what was written here, and a choice. */
export function Theirs({ mine, theirs, busy, onTake, onKeep }: TheirsProps) {
  const t = useT();
  const words = ({ name, place, website, workFields, forms, note }: Content | Organisation) =>
    [
      [t("organisations.name"), name],
      [t("organisations.place"), place],
      [t("organisations.fields"), workFields?.map((field) => t(`field.${field}`)).join(", ")],
      [t("organisations.forms"), forms?.map((form) => t(`form.${form}`)).join(", ")],
      [t("organisations.website"), website],
      [t("organisations.note"), note],
    ] as const;
  const own = new Map(words(mine));
  const different = words(theirs).filter(([label, text]) => (text ?? "") !== (own.get(label) ?? ""));
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="theirs" role="alert">
      <h2 id="theirs">{t("organisations.changedTitle")}</h2>
      <p>{t("organisations.changedText")}</p>
      <dl className="organisations__theirs">
        {different.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text || t("organisations.nothing")}</dd>
          </div>
        ))}
      </dl>
      <div className="tp-row">
        <Button look="secondary" onClick={onTake}>
          {t("organisations.takeTheirs")}
        </Button>
        <Button look="secondary" busy={busy} onClick={onKeep}>
          {t("organisations.keepMine")}
        </Button>
      </div>
    </section>
  );
}
