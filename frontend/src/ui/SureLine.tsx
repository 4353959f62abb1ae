import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, daysBetween } from "~/i18n/dates";
import { type Choice, SURES, type Sure } from "./choiceWords";
import { OwnWords } from "./OwnWords";
import "./choice.css";

type SureOn = Choice["sureness"][number];

const WIDE = 320;
const HIGH = 120;
const EDGE = 12;

/** How rough the sea is: no better or worse, and no face. */
export function SureSign({ sure }: { sure: Sure }) {
  const height = [9, 7, 5, 2.5, 0][sure - 1] ?? 0;
  const wave = `q4 ${-height} 8 0t8 0 8 0 8 0`;
  return (
    <svg className="choice__sign" viewBox="0 0 40 32" aria-hidden="true">
      <path d={`M4 12${wave}`} />
      <path d={`M4 22${wave}`} />
    </svg>
  );
}

/** How sure somebody was through time: a line, and the same as a table. Doubt is part of the way. */
export function SureLine({ sureness }: { sureness: readonly SureOn[] }) {
  const t = useT();
  const language = useLanguage();
  if (sureness.length === 0) return null;
  return (
    <div className="tp-stack choice__sure">
      {sureness.length > 1 && (
        <div className="choice__line" aria-hidden="true">
          <span>{t("choice.sure.5")}</span>
          <Drawing sureness={sureness} />
          <span>{t("choice.sure.1")}</span>
        </div>
      )}
      <table className="choice__table">
        <caption className="tp-hidden">{t("choice.sure.table")}</caption>
        <thead className="tp-hidden">
          <tr>
            <th scope="col">{t("choice.sure.day")}</th>
            <th scope="col">{t("choice.sure.how")}</th>
          </tr>
        </thead>
        <tbody>
          {sureness.map((one) => (
            <tr key={one.id}>
              <th scope="row">{dayInWords(dayOf(one.at), language)}</th>
              <td>
                {t(`choice.sure.${one.sure as Sure}`)}
                {one.words && (
                  <span className="tp-soft choice__said">
                    <OwnWords>{`“${one.words}”`}</OwnWords>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Drawing({ sureness }: { sureness: readonly SureOn[] }) {
  const first = dayOf(sureness[0]?.at ?? "");
  const last = dayOf(sureness[sureness.length - 1]?.at ?? "");
  const span = daysBetween(first, last);
  const points = sureness.map(({ at, sure }, index) => {
    // On one day side by side in the order they were said.
    const along = span > 0 ? daysBetween(first, dayOf(at)) / span : index / (sureness.length - 1);
    return {
      x: EDGE + along * (WIDE - 2 * EDGE),
      y: HIGH - EDGE - ((sure - 1) / (SURES.length - 1)) * (HIGH - 2 * EDGE),
    };
  });
  const now = points[points.length - 1];
  return (
    <svg className="choice__drawing" viewBox={`0 0 ${WIDE} ${HIGH}`}>
      {SURES.map((sure) => {
        const y = HIGH - EDGE - ((sure - 1) / (SURES.length - 1)) * (HIGH - 2 * EDGE);
        return <path key={sure} className="choice__level" d={`M0 ${y}H${WIDE}`} />;
      })}
      <polyline className="choice__route" points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
      {points.map(({ x, y }, index) => (
        <circle key={sureness[index]?.id} cx={x} cy={y} r="6" />
      ))}
      {now && <circle className="choice__now" cx={now.x} cy={now.y} r="9" />}
    </svg>
  );
}
