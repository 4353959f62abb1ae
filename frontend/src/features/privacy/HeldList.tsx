import { Link } from "wouter";
import { useT } from "~/i18n";
import { Icon } from "~/ui";
import { Count } from "./Count";
import { KINDS, SOURCES, shownOf } from "./kinds";
import type { Data, Kind } from "./usePrivacy";

type Term =
  | "portfolio"
  | "own"
  | "looks"
  | "notices"
  | "signing_in"
  | "mail"
  | "consents"
  | "requests"
  | "school_acts";

const TERMS: Partial<Record<Kind, Term>> = {
  stories: "own",
  files: "own",
  picture: "own",
  choices: "own",
  steps: "own",
  looks: "looks",
  notices: "notices",
  signing_in: "signing_in",
  mail: "mail",
  consents: "consents",
  requests: "requests",
  school_acts: "school_acts",
};

const termOf = (kind: Kind): Term => TERMS[kind] ?? "portfolio";

/** What holds for more than half of a group is said once, above it. */
function mostOf(terms: readonly Term[]): Term | undefined {
  return terms.find((one) => {
    const alike = terms.filter((other) => other === one).length;
    return alike > 1 && alike * 2 > terms.length;
  });
}

/** Everything that is held, by where it came from, with how long it stays and where it can be seen. */
export function HeldList({ data }: { data: Data }) {
  const t = useT();
  const shown = shownOf(data);
  return (
    <section className="tp-card tp-stack" aria-labelledby="held">
      <h2 id="held">{t("privacy.held")}</h2>
      {SOURCES.map((source) => {
        const kinds = shown.filter(({ kind }) => KINDS[kind].source === source);
        if (kinds.length === 0) return null;
        const shared = mostOf(kinds.map(({ kind }) => termOf(kind)));
        return (
          <div key={source} className="tp-stack">
            <div>
              <h3 id={`held-${source}`}>{t(`privacy.source.${source}`)}</h3>
              {shared && <p className="tp-small tp-soft">{t(`privacy.term.${shared}`)}</p>}
            </div>
            <ul className="tp-list privacy__kinds" aria-labelledby={`held-${source}`}>
              {kinds.map(({ kind, count }) => {
                const to = KINDS[kind].to?.(data);
                const name = t(`privacy.kind.${kind}`);
                return (
                  <li key={kind}>
                    <Icon name={KINDS[kind].icon} />
                    <div className="tp-grow">
                      <p>
                        {to ? <Link href={to}>{name}</Link> : <b>{name}</b>}
                        <Count count={count} />
                      </p>
                      {termOf(kind) !== shared && (
                        <p className="tp-small tp-soft">{t(`privacy.term.${termOf(kind)}`)}</p>
                      )}
                    </div>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
