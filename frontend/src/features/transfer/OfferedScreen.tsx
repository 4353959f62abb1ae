import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  LinkButton,
  Loading,
  Note,
  QuietButton,
  TextArea,
  useToast,
} from "~/ui";
import { groupName } from "~/ui/groupName";
import { SummaryView } from "./SummaryView";
import { type Offered, saidByServer, useDecide, useOffered, useReading } from "./useTransfers";
import "./transfer.css";

const MOST = 500;

/** What new pupils offer to take along: a mentor or a dean accepts it, or says kindly why not. */
export default function OfferedScreen() {
  const t = useT();
  const offered = useOffered();
  const items = offered.data?.items ?? [];
  const waiting = items.filter(({ state }) => state === "offered");
  const accepted = items.filter(({ state }) => state === "accepted");
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("transfer.school.title")}</h1>
      <p>{t("transfer.school.intro")}</p>
      {offered.isPending && (offered.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {offered.isError && <ErrorState error={offered.error} onRetry={() => offered.refetch()} />}
      {offered.isSuccess && waiting.length === 0 && <EmptyState>{t("transfer.school.empty")}</EmptyState>}
      {waiting.map((item) => (
        <Waiting key={item.id} item={item} />
      ))}
      {accepted.length > 0 && (
        <section className="tp-stack" aria-labelledby="accepted">
          <h2 id="accepted">{t("transfer.school.accepted")}</h2>
          {accepted.map((item) => (
            <Accepted key={item.id} item={item} />
          ))}
        </section>
      )}
    </div>
  );
}

function Head({ item, level }: { item: Offered; level: 2 | 3 }) {
  const t = useT();
  const language = useLanguage();
  const Heading = `h${level}` as "h2" | "h3";
  const from = new Intl.ListFormat(language).format(item.fromSchools);
  return (
    <div>
      <Heading id={`offered-${item.id}`}>
        <bdi>{item.pupil.name}</bdi>
      </Heading>
      <p className="tp-small tp-soft">
        <Facts of={[item.group && groupName(item.group, t), t("transfer.school.from", { schools: from })]} />
      </p>
    </div>
  );
}

function Waiting({ item }: { item: Offered }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const decide = useDecide();
  const reading = useReading("offered-transfers");
  const [refusing, setRefusing] = useState(false);
  const name = item.pupil.givenName;
  return (
    <section className="tp-card tp-stack" aria-labelledby={`offered-${item.id}`}>
      <Head item={item} level={2} />
      <SummaryView summary={item.summary} />
      <p className="tp-small tp-soft">
        {t("transfer.school.until", { name, day: dayInWords(item.expiresOn, language) })}
      </p>
      <div className="tp-row">
        <Button
          icon="check"
          aria-label={t("transfer.school.acceptOf", { name: item.pupil.name })}
          busy={decide.isPending || (decide.isSuccess && reading)}
          onClick={() =>
            decide.mutate(
              { id: item.id },
              {
                onSuccess: () => toast({ text: t("transfer.school.kept", { name }) }),
                onError: (error) => toast({ text: saidByServer(error) ?? t("transfer.failed") }),
              },
            )
          }
        >
          {t("transfer.school.accept")}
        </Button>
        <QuietButton
          aria-label={t("transfer.school.refuseOf", { name: item.pupil.name })}
          onClick={() => setRefusing(true)}
        >
          {t("transfer.school.refuse")}
        </QuietButton>
      </div>
      <Refuse item={item} open={refusing} onClose={() => setRefusing(false)} />
    </section>
  );
}

const READY = ["more", "meet", "elsewhere"] as const;

function Refuse({ item, open, onClose }: { item: Offered; open: boolean; onClose: () => void }) {
  const t = useT();
  const toast = useToast();
  const decide = useDecide();
  const [why, setWhy] = useState("");
  const [missing, setMissing] = useState(false);
  const name = item.pupil.givenName;
  /** In the place of another ready answer; what somebody wrote stays. */
  const put = (ready: string) => {
    const own = why.trim() !== "" && !READY.some((one) => t(`transfer.school.why.${one}`) === why.trim());
    setWhy(own ? `${why.trim()} ${ready}`.slice(0, MOST) : ready);
  };
  const say = () => {
    setMissing(why.trim() === "");
    if (why.trim() === "") return;
    decide.mutate(
      { id: item.id, why: why.trim() },
      {
        onSuccess: () => {
          onClose();
          toast({ text: t("transfer.school.refused", { name }) });
        },
        onError: (error) => toast({ text: saidByServer(error) ?? t("transfer.failed") }),
      },
    );
  };
  return (
    <Dialog title={t("transfer.school.refuse.title", { name })} open={open} onClose={onClose}>
      <p>{t("transfer.school.refuse.text", { name })}</p>
      <div className="tp-row">
        {READY.map((ready) => (
          <QuietButton key={ready} onClick={() => put(t(`transfer.school.why.${ready}`))}>
            {t(`transfer.school.ready.${ready}`)}
          </QuietButton>
        ))}
      </div>
      <TextArea
        label={t("transfer.school.why", { name })}
        rows={4}
        maxLength={MOST}
        value={why}
        error={missing ? t("transfer.school.whyMissing") : undefined}
        onChange={({ target }) => setWhy(target.value)}
      />
      <div className="tp-row">
        <Button busy={decide.isPending} onClick={say}>
          {t("transfer.school.refuse.send")}
        </Button>
        <QuietButton onClick={onClose}>{t("ui.cancel")}</QuietButton>
      </div>
    </Dialog>
  );
}

function Accepted({ item }: { item: Offered }) {
  const t = useT();
  const language = useLanguage();
  return (
    <article className="tp-card tp-stack" aria-labelledby={`offered-${item.id}`}>
      <Head item={item} level={3} />
      {item.acceptedAt && (
        <Note tone="ok" icon="check">
          <p>{t("transfer.school.since", { day: dayInWords(dayOf(item.acceptedAt), language) })}</p>
        </Note>
      )}
      <div>
        <LinkButton to={`/overstap/${item.id}`} look="secondary">
          {t("transfer.school.look", { name: item.pupil.givenName })}
        </LinkButton>
      </div>
    </article>
  );
}
