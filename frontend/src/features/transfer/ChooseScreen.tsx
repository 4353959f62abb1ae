import { useMemo, useState } from "react";
import { useLocation, useParams } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, schoolYear } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import {
  Button,
  Drawing,
  ErrorState,
  Icon,
  Loading,
  Note,
  OwnWords,
  Photo,
  QuietButton,
  QuietLink,
  TextField,
} from "~/ui";
import { cardOf } from "~/ui/cardOf";
import { useChoice } from "./useChoice";
import { type Choosable, saidByServer, type Transfer, useChoosable, useTransfers } from "./useTransfers";
import { inWords } from "./words";
import "./transfer.css";

type Story = Choosable["stories"][number];

/** The pupil chooses, thing by thing, what goes along to this school; a proposal is ticked. */
export default function ChooseScreen() {
  const { placementId = "" } = useParams<{ placementId: string }>();
  const t = useT();
  const choosable = useChoosable(placementId);
  const mine = useTransfers();
  const failed = choosable.isError ? choosable : mine.isError ? mine : null;
  usePageTitle(choosable.data && t("transfer.choose.to", { school: choosable.data.school.name }));
  const here = mine.data?.items.filter((item) => item.placementId === placementId) ?? [];
  // A draft of a moment ago must be in it: one goes on with that.
  const ready = choosable.data && mine.isFetchedAfterMount && mine.isSuccess;
  const sent = here.some(({ state }) => state === "asked" || state === "offered");
  const draft = here.find(({ state }) => state === "draft");
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to="/overstap" icon="back">
          {t("transfer.title")}
        </QuietLink>
      </p>
      {failed && (
        <>
          <h1 className="tp-hidden">{t("transfer.choose.title")}</h1>
          <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
        </>
      )}
      {!failed &&
        !ready &&
        (choosable.fetchStatus === "paused" || mine.fetchStatus === "paused" ? (
          <ErrorState error={null} />
        ) : (
          <Loading />
        ))}
      {ready && choosable.data && sent && (
        <>
          <h1 tabIndex={-1}>{t("transfer.choose.to", { school: choosable.data.school.name })}</h1>
          <Note tone="wait" icon="wait">
            <p>{t("transfer.choose.sent")}</p>
          </Note>
        </>
      )}
      {ready && choosable.data && !sent && <Choose page={choosable.data} draft={draft} />}
    </div>
  );
}

function Choose({ page, draft }: { page: Choosable; draft: Transfer | undefined }) {
  const t = useT();
  const language = useLanguage();
  const [, go] = useLocation();
  const choice = useChoice(page, draft);
  const [sought, setSought] = useState("");
  const [going, setGoing] = useState(false);
  const { chosen, tick } = choice;
  const years = useMemo(() => byYear(page.stories, sought), [page.stories, sought]);
  const picked = page.stories.filter(({ card }) => chosen.has(`entry:${card.id}`));
  const sum = inWords(
    {
      stories: picked.length,
      results: picked.filter(({ card }) => card.kind === "result").length,
      words: chosen.has(`words:${page.pupilId}`),
      steps: page.steps.filter(({ id }) => chosen.has(`step:${id}`)).length,
      talks: page.talks.filter(({ id }) => chosen.has(`talk:${id}`)).length,
    },
    language,
    t,
  );
  const look = async () => {
    setGoing(true);
    if (await choice.flush()) go(`/overstap/${choice.id}`);
    setGoing(false);
  };
  return (
    <>
      <h1 tabIndex={-1}>{t("transfer.choose.to", { school: page.school.name })}</h1>
      <p>{t("transfer.choose.intro")}</p>
      <Note icon="lock">
        <p>{t("transfer.choose.stays")}</p>
      </Note>
      {choice.other && (
        <TwoWindows mine={chosen.size} other={choice.other.items.length} onSettle={choice.settle} />
      )}
      {page.stories.length > 8 && (
        <TextField
          label={t("transfer.choose.search")}
          type="search"
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
      )}
      {years.length === 0 && sought && <p role="status">{t("transfer.choose.notFound", { sought })}</p>}
      {years.map(({ year, stories }) => (
        <Year key={year} year={year} stories={stories} chosen={chosen} onTick={tick} />
      ))}
      <Beside page={page} chosen={chosen} onTick={tick} />
      <div className="transfer__bar transfer__bar--chosen">
        <p className="transfer__sum" aria-live="polite">
          {sum ? t("transfer.goes", { what: sum }) : t("transfer.goesNothing")}
        </p>
        <p className="tp-small tp-soft">
          {t(`transfer.keeping.${choice.keeping}`)}
          {choice.error ? ` ${saidByServer(choice.error) ?? ""}` : ""}
        </p>
        <Button icon="eye" busy={going} disabled={!sum || choice.other !== null} onClick={look}>
          {t("transfer.choose.look")}
        </Button>
      </div>
    </>
  );
}

function Year({
  year,
  stories,
  chosen,
  onTick,
}: {
  year: number;
  stories: readonly Story[];
  chosen: ReadonlySet<string>;
  onTick: (keys: string[], on: boolean) => void;
}) {
  const t = useT();
  const id = `year-${year}`;
  const open = stories.filter(({ taken }) => !taken).map(({ card }) => `entry:${card.id}`);
  const all = open.length > 0 && open.every((key) => chosen.has(key));
  const schools = [...new Set(stories.map(({ school }) => school.name))].join(", ");
  return (
    <section className="tp-stack" aria-labelledby={id}>
      <div className="tp-row tp-row--between">
        <div>
          <h2 id={id}>{schoolYear(year)}</h2>
          <p className="tp-small tp-soft">
            <bdi lang="nl">{schools}</bdi>
          </p>
        </div>
        {open.length > 1 && (
          <QuietButton
            icon={all ? "cross" : "check"}
            aria-label={t(all ? "transfer.choose.noneOf" : "transfer.choose.allOf", {
              year: schoolYear(year),
            })}
            onClick={() => onTick(open, !all)}
          >
            {t(all ? "transfer.choose.none" : "transfer.choose.all")}
          </QuietButton>
        )}
      </div>
      <ul className="transfer__list">
        {stories.map((story) => (
          <li key={story.card.id}>
            <OneStory story={story} chosen={chosen} onTick={onTick} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneStory({
  story: { card, taken },
  chosen,
  onTick,
}: {
  story: Story;
  chosen: ReadonlySet<string>;
  onTick: (keys: string[], on: boolean) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const { photo, kind, title, workFields } = cardOf(card, t);
  const key = `entry:${card.id}`;
  const facts = [t(`kind.${kind}`), card.happenedOn && dayInWords(card.happenedOn, language)].filter(Boolean);
  return (
    <label className="transfer__pick">
      <input
        type="checkbox"
        checked={taken || chosen.has(key)}
        disabled={taken}
        onChange={({ target }) => onTick([key], target.checked)}
      />
      <span className="transfer__picture">
        {photo ? <Photo {...photo} alt="" sizes="6rem" /> : <Drawing kind={kind} field={workFields?.[0]} />}
      </span>
      <span className="transfer__words">
        <b>
          <OwnWords>{title}</OwnWords>
        </b>
        <span className="tp-small tp-soft">{taken ? t("transfer.choose.taken") : facts.join(" · ")}</span>
      </span>
      <Tick />
    </label>
  );
}

/** The box that is drawn; the real one lies over the whole. */
function Tick() {
  return (
    <span className="transfer__tick" aria-hidden="true">
      <Icon name="check" />
    </span>
  );
}

function Beside({
  page,
  chosen,
  onTick,
}: {
  page: Choosable;
  chosen: ReadonlySet<string>;
  onTick: (keys: string[], on: boolean) => void;
}) {
  const t = useT();
  const language = useLanguage();
  const things = [
    ...(page.words.length > 0
      ? [
          {
            key: `words:${page.pupilId}`,
            title: t("transfer.words"),
            facts: t("transfer.words.hint", { words: page.words.slice(0, 4).join(", ") }),
          },
        ]
      : []),
    ...page.steps.map(({ id, text, dueOn }) => ({
      key: `step:${id}`,
      title: text,
      facts: [t("transfer.step"), dueOn && dayInWords(dueOn, language)].filter(Boolean).join(" · "),
    })),
    ...page.talks.map(({ id, kind, onDay, hasSheet, hasRecord }) => ({
      key: `talk:${id}`,
      title: t("transfer.talk", { kind: t(`talks.kind.${kind}`), day: dayInWords(onDay, language) }),
      facts: t("transfer.talk.what", { sheet: hasSheet ? "yes" : "no", record: hasRecord ? "yes" : "no" }),
    })),
  ];
  if (things.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="beside">
      <h2 id="beside">{t("transfer.beside")}</h2>
      <ul className="transfer__list">
        {things.map(({ key, title, facts }) => (
          <li key={key}>
            <label className="transfer__pick">
              <input
                type="checkbox"
                checked={chosen.has(key)}
                onChange={({ target }) => onTick([key], target.checked)}
              />
              <span className="transfer__words">
                <b>
                  <OwnWords>{title}</OwnWords>
                </b>
                <span className="tp-small tp-soft">{facts}</span>
              </span>
              <Tick />
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TwoWindows({
  mine,
  other,
  onSettle,
}: {
  mine: number;
  other: number;
  onSettle: (mine: boolean) => void;
}) {
  const t = useT();
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="two-windows" role="alert">
      <h2 id="two-windows">{t("transfer.two.title")}</h2>
      <p>{t("transfer.two.text")}</p>
      <div className="tp-row">
        <Button look="secondary" onClick={() => onSettle(true)}>
          {t("transfer.two.here", { count: mine })}
        </Button>
        <Button look="secondary" onClick={() => onSettle(false)}>
          {t("transfer.two.there", { count: other })}
        </Button>
      </div>
    </section>
  );
}

function byYear(stories: readonly Story[], sought: string): { year: number; stories: Story[] }[] {
  const words = fold(sought);
  const found = stories.filter(({ card }) => fold(card.title).includes(words));
  const years = [...new Set(found.map(({ card }) => card.schoolYear))].sort((one, other) => other - one);
  return years.map((year) => ({ year, stories: found.filter(({ card }) => card.schoolYear === year) }));
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
