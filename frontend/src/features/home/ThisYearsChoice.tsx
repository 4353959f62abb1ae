import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { LinkButton } from "~/ui";

/** What this year asks to choose, as long as it is open; or a choice of before to look back at. */
export function ThisYearsChoice({ choice }: { choice: Schema<"Today">["choice"] | undefined }) {
  const t = useT();
  if (!choice) return null;
  const { kind, level, choiceId, lookBack } = choice;
  const asked =
    kind === "direction" && level === "vmbo"
      ? "choice.home.direction.vmbo"
      : (`choice.home.${kind}` as const);
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="this-years-choice">
      <h2 id="this-years-choice" className="home__step">
        {t(lookBack ? "choice.home.back" : asked)}
      </h2>
      <div>
        <LinkButton to={choiceId ? `/keuze/${choiceId}` : "/keuze"} look="secondary">
          {t(lookBack ? "choice.home.look" : choiceId ? "choice.home.on" : "choice.home.begin")}
        </LinkButton>
      </div>
    </section>
  );
}
