import { Link, useSearchParams } from "wouter";
import { useT } from "~/i18n";
import { Avatar, Button, EmptyState, FilterPills, Icon, type IconName, type Tone } from "~/ui";
import { FILTERS, type Filter, filterOf, type GroupPupil, under } from "./pupils";

interface Props {
  pupils: readonly GroupPupil[];
  /** What waits, waits for this viewer; a dean looks along. */
  withQueue: boolean;
}

/** The pupils by name, one tile each, in words: how much somebody shared is no number here. */
export function PupilTiles({ pupils, withQueue }: Props) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const filter = filterOf(params.get("toon"));
  // In the address, so that coming back from a portfolio finds the class as it was left.
  const setFilter = (chosen: Filter) =>
    setParams(
      (now) => {
        if (chosen === "all") now.delete("toon");
        else now.set("toon", chosen);
        return now;
      },
      { replace: true },
    );
  const shown = under(filter, pupils);
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="pupils">
      <h2 id="pupils">{t("group.pupils")}</h2>
      <FilterPills
        label={t("group.show")}
        options={FILTERS.map((value) => ({
          value,
          label: t(
            value === "waiting" && !withQueue ? "group.filter.waitingTeacher" : `group.filter.${value}`,
          ),
          count: under(value, pupils).length,
        }))}
        value={filter}
        onChange={setFilter}
      />
      {shown.length === 0 ? (
        <EmptyState
          action={
            <Button look="secondary" onClick={() => setFilter("all")}>
              {t("group.showAll")}
            </Button>
          }
        >
          {t("group.noneHere")}
        </EmptyState>
      ) : (
        <ul className="tp-tiles group__tiles">
          {shown.map((pupil) => (
            <li key={pupil.id}>
              <PupilTile pupil={pupil} withQueue={withQueue} />
            </li>
          ))}
        </ul>
      )}
      <p className="tp-small tp-soft">{t("group.drafts")}</p>
    </section>
  );
}

function PupilTile({ pupil, withQueue }: { pupil: GroupPupil; withQueue: boolean }) {
  const t = useT();
  const none = pupil.sharedCount === 0;
  return (
    <Link href={`/leerling/${pupil.id}`} className="tp-tile">
      <Avatar id={pupil.id} name={pupil.name} />
      <span>
        <b className="tp-tile__name">{pupil.name}</b>
        {none ? (
          <TileState>{t("group.tile.none")}</TileState>
        ) : (
          <TileState icon="check" tone="ok">
            {t("group.tile.shared")}
          </TileState>
        )}
        {pupil.toReview > 0 && (
          <TileState icon="eye" tone="info">
            {t(withQueue ? "group.tile.waiting" : "group.tile.waitingTeacher")}
          </TileState>
        )}
        {pupil.askedBack && (
          <TileState icon="ask-back" tone="wait">
            {t("group.tile.askedBack")}
          </TileState>
        )}
      </span>
    </Link>
  );
}

function TileState({ icon, tone, children }: { icon?: IconName; tone?: Tone; children: string }) {
  return (
    <span className="tp-tile__state" data-state={tone}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
