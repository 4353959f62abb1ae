import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { Icon } from "~/ui";
import { Answer } from "./Shown";
import { TwoLanguages } from "./TwoLanguages";
import { type Homework, useCards, type Wording, wordingOf } from "./useHomework";
import "./homework.css";

interface Props {
  cards: readonly Homework[];
  /** On a card of its own, with the newest laid open; else it lies folded within what it stands in. */
  look: "card" | "folded";
  /** What can be done with a card. */
  below?: (card: Homework) => ReactNode;
}

/** What was filled in at home and shared, for a page that shows more than cards: the newest first. */
export function FromHome({ cards, look, below }: Props) {
  const t = useT();
  const asked = useCards().data?.items;
  const known = cards.flatMap((card) => {
    const wording = asked && wordingOf(asked, card);
    return wording ? [{ card, wording }] : [];
  });
  if (known.length === 0) return null;
  return (
    <section
      className={look === "card" ? "tp-card tp-stack homework__from" : "homework__from"}
      aria-labelledby="from-home"
    >
      <h2 id="from-home" className={look === "card" ? "homework__fromTitle" : "tp-hidden"}>
        {t("fromHome.title")}
      </h2>
      {known.map(({ card, wording }, at) => (
        <details key={card.id} className="tp-fold" open={look === "card" && at === 0}>
          <summary>
            <Icon name={look === "card" ? "down" : "together"} />
            <span>
              {look === "folded" && `${t("fromHome.title")}: `}
              <bdi lang="nl">{wording.title.nl}</bdi>
              {card.language !== "nl" && (
                <>
                  {" · "}
                  <bdi lang={card.language}>{wording.title[card.language]}</bdi>
                </>
              )}
            </span>
          </summary>
          <Both card={card} wording={wording} />
          {below?.(card)}
        </details>
      ))}
    </section>
  );
}

/** Both questions in both languages, with what was said. */
function Both({ card, wording }: { card: Homework; wording: Wording }) {
  return (
    <div className="tp-stack">
      {(["home", "child"] as const).map((side) => (
        <div key={side} className="tp-stack homework__fromSide">
          <TwoLanguages text={wording[side]} language={card.language} />
          <Answer answer={card[side]} side={side} card={card} label={wording[side].nl ?? ""} />
        </div>
      ))}
    </div>
  );
}
