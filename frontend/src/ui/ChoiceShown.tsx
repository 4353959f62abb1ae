import { Link } from "wouter";
import type { MessageId } from "~/i18n";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { type Choice, type ChoiceOption, choiceTitle, optionName, plansOf } from "./choiceWords";
import { Icon } from "./Icon";
import { OwnWords } from "./OwnWords";
import { SureLine } from "./SureLine";
import "./choice.css";

type ShownProps = {
  choice: Choice;
  /** Of its heading. */
  level?: 2 | 3;
  /** Beside other things: what speaks for and against each lies folded below what is chosen. */
  brief?: boolean;
};

/** A choice moment as others read it, and as it stands on a page beside other things. */
export function ChoiceShown({ choice, level = 2, brief = false }: ShownProps) {
  const t = useT();
  const Head = `h${level}` as const;
  const Part = `h${level + 1}` as "h3" | "h4";
  return (
    <article className="tp-card tp-stack choice" aria-label={choiceTitle(choice, t)}>
      <Head>{choiceTitle(choice, t)}</Head>
      <Plans choice={choice} />
      {choice.sureness.length > 0 && (
        <section className="tp-stack">
          <Part>{t("choice.sure")}</Part>
          <SureLine sureness={choice.sureness} />
        </section>
      )}
      {brief && <Folded choice={choice} part={Part} />}
      {!brief && <Weighed choice={choice} part={Part} />}
      {choice.lookBack && <Behind choice={choice} part={Part} />}
    </article>
  );
}

function Folded(props: { choice: Choice; part: "h3" | "h4" }) {
  const t = useT();
  const { options, motives, ownMotive } = props.choice;
  if (options.length + motives.length === 0 && !ownMotive) return null;
  return (
    <details className="tp-fold">
      <summary>
        <Icon name="down" />
        {t("choice.list")}
      </summary>
      <div className="tp-stack">
        <Weighed {...props} />
      </div>
    </details>
  );
}

/** What is on the list and what went off it, and why. */
function Weighed({ choice, part: Part }: { choice: Choice; part: "h3" | "h4" }) {
  const t = useT();
  const listed = choice.options.filter(({ offAt }) => !offAt);
  const off = choice.options.filter(({ offAt }) => offAt);
  return (
    <>
      {listed.length > 0 && (
        <section className="tp-stack">
          <Part>{t("choice.list")}</Part>
          <ul className="choice__options">
            {listed.map((option) => (
              <li key={option.id}>
                <OptionWords option={option} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {off.length > 0 && (
        <section>
          <Part>{t("choice.off")}</Part>
          <ul className="choice__offs">
            {off.map((option) => (
              <li key={option.id}>
                <OwnWords>{optionName(option, t)}</OwnWords>
                {option.offWhy && (
                  <span className="tp-soft choice__said">
                    <OwnWords>{`“${option.offWhy}”`}</OwnWords>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Reasons choice={choice} part={Part} />
    </>
  );
}

/** What is chosen now, and what was chosen before it. */
export function Plans({ choice, own = false }: { choice: Choice; own?: boolean }) {
  const t = useT();
  const language = useLanguage();
  const plans = plansOf(choice);
  const day = (at: string) => dayInWords(dayOf(at), language);
  const name = (id: string | null) => {
    const option = choice.options.find((one) => one.id === id);
    return option ? optionName(option, t) : "";
  };
  const before = choice.picks.slice(1);
  return (
    <div className="tp-stack choice__plans">
      {plans?.planA ? (
        <div className="choice__plan">
          <dl>
            <div>
              <dt>{t("choice.planA")}</dt>
              <dd>
                <OwnWords>{optionName(plans.planA, t)}</OwnWords>
              </dd>
            </div>
            {plans.planB && (
              <div>
                <dt>{t("choice.planB")}</dt>
                <dd>
                  <OwnWords>{optionName(plans.planB, t)}</OwnWords>
                </dd>
              </div>
            )}
          </dl>
          <p className="tp-small tp-soft">
            {t("choice.chosenOn", { day: day(plans.pick.at) })}
            {plans.pick.why && (
              <span className="choice__said">
                <OwnWords>{`“${plans.pick.why}”`}</OwnWords>
              </span>
            )}
          </p>
        </div>
      ) : (
        !own && <p className="tp-soft">{t(choice.picks.length > 0 ? "choice.openAgain" : "choice.notYet")}</p>
      )}
      {before.length > 0 && (
        <details className="tp-fold">
          <summary>
            <Icon name="down" />
            {t("choice.before")}
          </summary>
          <ol className="choice__offs">
            {before.map((pick) => (
              <li key={pick.id}>
                {day(pick.at)}:{" "}
                {pick.planA
                  ? [name(pick.planA), name(pick.planB)].filter(Boolean).join(" · ")
                  : t("choice.openAgain")}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

/** What speaks for it and against it, and what the pupil saw of it. */
export function OptionWords({ option }: { option: ChoiceOption }) {
  const t = useT();
  return (
    <div className="choice__option">
      <p className="choice__name">
        <OwnWords>{optionName(option, t)}</OwnWords>
      </p>
      {(option.plus || option.minus) && (
        <dl className="choice__sides">
          {option.plus && (
            <div>
              <dt>
                <Icon name="plus" />
                <span className="tp-hidden">{t("choice.plus")}</span>
              </dt>
              <dd>
                <OwnWords>{option.plus}</OwnWords>
              </dd>
            </div>
          )}
          {option.minus && (
            <div>
              <dt>
                <Icon name="minus" />
                <span className="tp-hidden">{t("choice.minus")}</span>
              </dt>
              <dd>
                <OwnWords>{option.minus}</OwnWords>
              </dd>
            </div>
          )}
        </dl>
      )}
      {(option.seen || option.entries.length > 0) && (
        <div className="choice__seen">
          <p className="tp-small tp-soft">{t("choice.seen")}</p>
          {option.seen && (
            <p>
              <OwnWords>{option.seen}</OwnWords>
            </p>
          )}
          {option.entries.map((entry) => (
            <p key={entry.id}>
              <Link href={`/verhaal/${entry.id}`} className="tp-quiet">
                <Icon name={entry.kind} />
                <span>
                  <OwnWords>{entry.title || t("choice.untitled")}</OwnWords>
                </span>
              </Link>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

function Reasons({ choice, part: Part }: { choice: Choice; part: "h3" | "h4" }) {
  const t = useT();
  if (choice.motives.length === 0 && !choice.ownMotive) return null;
  return (
    <section>
      <Part>{t("choice.motives")}</Part>
      <ul className="choice__offs">
        {choice.motives.map((code) => (
          <li key={code}>{t(`choice.motive.${code}` as MessageId)}</li>
        ))}
        {choice.ownMotive && (
          <li>
            <OwnWords>{`“${choice.ownMotive}”`}</OwnWords>
          </li>
        )}
      </ul>
    </section>
  );
}

/** A year later. */
export function Behind({ choice, part: Part }: { choice: Choice; part: "h2" | "h3" | "h4" }) {
  const t = useT();
  const { lookBack } = choice;
  if (!lookBack) return null;
  return (
    <section className="tp-stack">
      <Part>{t("choice.back")}</Part>
      <p>{t(`choice.again.${lookBack.again}`)}</p>
      {lookBack.different && (
        <p>
          <span className="tp-small tp-soft choice__said">{t("choice.different")}</span>
          <OwnWords>{lookBack.different}</OwnWords>
        </p>
      )}
      {lookBack.advice && (
        <p>
          <span className="tp-small tp-soft choice__said">{t("choice.advice")}</span>
          <OwnWords>{lookBack.advice}</OwnWords>
        </p>
      )}
    </section>
  );
}
