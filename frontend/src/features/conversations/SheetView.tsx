import { Link } from "wouter";
import { useT } from "~/i18n";
import { Drawing, OwnWords, Photo } from "~/ui";
import { cardOf } from "~/ui/cardOf";
import type { Talk } from "./useTalks";

export const ASKED = ["foundOut", "doubt", "ask", "maybeNext"] as const;

/** The gespreksblad as it lies on the table: the pupil's own words, large. */
export function SheetView({ sheet, title }: { sheet: NonNullable<Talk["sheet"]>; title: string }) {
  const t = useT();
  const told = ASKED.filter((part) => sheet[part] !== "");
  return (
    <section className="tp-sheet talk__sheet" aria-labelledby="sheet">
      <h2 id="sheet">{title}</h2>
      {sheet.shown.length > 0 && (
        <div className="tp-stack">
          <h3>{t("talks.sheet.show")}</h3>
          <Shown cards={sheet.shown} />
        </div>
      )}
      {told.map((part) => (
        <div key={part} className="talk__said">
          <h3>{t(`talks.sheet.${part}`)}</h3>
          <p>
            <OwnWords>{sheet[part]}</OwnWords>
          </p>
        </div>
      ))}
      {told.length + sheet.shown.length === 0 && <p>{t("talks.sheet.empty")}</p>}
    </section>
  );
}

/** The stories that the pupil shows, each a way to the story. */
export function Shown({ cards }: { cards: NonNullable<Talk["sheet"]>["shown"] }) {
  const t = useT();
  return (
    <ul className="talk__shown">
      {cards.map((card) => {
        const { photo, kind, title, to, workFields } = cardOf(card, t);
        return (
          <li key={card.id}>
            <Link href={to}>
              {photo ? <Photo {...photo} /> : <Drawing kind={kind} field={workFields?.[0]} />}
              <span>
                <OwnWords>{title || t(`kind.${kind}`)}</OwnWords>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
