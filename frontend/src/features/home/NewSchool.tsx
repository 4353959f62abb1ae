import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { LinkButton } from "~/ui";

const WAITS = new Set<Schema<"TransferState">>(["asked", "offered"]);

/** After a move: the pupil chooses what the new school sees; later, in one line, what that waits for. */
export function NewSchool() {
  const t = useT();
  const mine = useQuery({
    queryKey: ["transfers", "mine"],
    queryFn: () => body(api.GET("/v1/me/transfers")),
  });
  const place = mine.data?.places.find(({ isNew }) => isNew);
  if (!place) return null;
  const here = mine.data?.items.filter(({ placementId }) => placementId === place.placementId) ?? [];
  const waits = here.find(({ state }) => WAITS.has(state));
  const begun = here.length === 0 || here[0]?.state === "draft";
  if (!waits && (!begun || place.stories === 0)) return null;
  const school = place.school.name;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="new-school">
      <h2 id="new-school" className="home__step">
        {t(place.startsOn > today() ? "transfer.home.new" : "transfer.home.newHere", { school })}
      </h2>
      <p>{t(waits ? `transfer.home.${waits.state as "asked" | "offered"}` : "transfer.home.choose")}</p>
      <div>
        <LinkButton to={waits ? "/overstap" : `/overstap/naar/${place.placementId}`} look="secondary">
          {t(waits ? "transfer.home.see" : here.length > 0 ? "transfer.goOn" : "transfer.begin")}
        </LinkButton>
      </div>
    </section>
  );
}
