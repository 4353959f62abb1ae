import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { today } from "~/i18n/dates";
import { LinkButton, QuietLink } from "~/ui";

const WAITS = new Set<Schema<"TransferState">>(["asked", "offered"]);

/** After a move, as long as the new school does not see yet what the pupil takes along. */
export function useNewSchool() {
  const { data } = useQuery({
    queryKey: ["transfers", "mine"],
    queryFn: () => body(api.GET("/v1/me/transfers")),
  });
  const place = data?.places.find(({ isNew }) => isNew);
  if (!data || !place) return null;
  const here = data.items.filter(({ placementId }) => placementId === place.placementId);
  const waits = here.find(({ state }) => WAITS.has(state))?.state as "asked" | "offered" | undefined;
  const begun = here[0]?.state === "draft";
  if (!waits && ((here.length > 0 && !begun) || place.stories === 0)) return null;
  return { place, waits, begun };
}

type Found = NonNullable<ReturnType<typeof useNewSchool>>;

/** The pupil chooses what the new school sees. */
export function NewSchool({ found: { place, begun } }: { found: Found }) {
  const t = useT();
  const school = place.school.name;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="new-school">
      <h2 id="new-school" className="home__step">
        {t(place.startsOn > today() ? "transfer.home.new" : "transfer.home.newHere", { school })}
      </h2>
      <p>{t("transfer.home.choose")}</p>
      <div>
        <LinkButton to={`/overstap/naar/${place.placementId}`} look="secondary">
          {t(begun ? "transfer.goOn" : "transfer.begin")}
        </LinkButton>
      </div>
    </section>
  );
}

/** The same in one line: where more is asked today already, and as long as others have to answer. */
export function NewSchoolLine({ found: { place, waits } }: { found: Found }) {
  const t = useT();
  return (
    <QuietLink to={waits ? "/overstap" : `/overstap/naar/${place.placementId}`} icon="boat">
      {waits ? t(`transfer.home.${waits}`) : t("transfer.home.line", { school: place.school.name })}
    </QuietLink>
  );
}
