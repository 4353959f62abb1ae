import { useT } from "~/i18n";
import type { WorkField } from "~/ui";
import { type FieldChances, useJobChances } from "./usePicture";

type Chance = FieldChances["domains"][number]["chance"];
const ASPECTS = ["mbo2", "mbo3", "mbo4", "bbl", "bol"] as const;

/** What the region's figures say of finding work after an mbo education in this field; about jobs, not about a pupil. */
export function Chances({ field }: { field: WorkField }) {
  const t = useT();
  const { data } = useJobChances();
  if (!data) return null;
  const found = data.fields.find((one) => one.field === field);
  return (
    <details className="picture__chances" open>
      <summary>{t("picture.chances")}</summary>
      {found ? (
        <>
          {found.domains.map(({ domain, chance }) => (
            <div key={domain}>
              <p>
                <bdi lang="nl">{domain}</bdi>: <b>{t("picture.chance", { grade: chance.all })}</b>
              </p>
              <ul>
                {ASPECTS.map((aspect) => (
                  <Aspect key={aspect} aspect={aspect} chance={chance} />
                ))}
              </ul>
            </div>
          ))}
          <p>{t("picture.chancesMeaning")}</p>
          <p className="tp-small tp-soft">
            {t("picture.chancesSource", { region: data.region, year: `${data.year}`, source: data.source })}
          </p>
        </>
      ) : (
        <p>{t("picture.noChances", { region: data.region, year: `${data.year}` })}</p>
      )}
    </details>
  );
}

function Aspect({ aspect, chance }: { aspect: (typeof ASPECTS)[number]; chance: Chance }) {
  const t = useT();
  const grade = chance[aspect];
  if (grade == null) return null;
  return (
    <li>
      {t(`picture.aspect.${aspect}`)}: {t("picture.chance", { grade })}
    </li>
  );
}
