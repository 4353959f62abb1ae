import { useEffect, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { timeOf } from "~/i18n/dates";
import { Button, Icon, pictureOf, SeaPicture, useToast } from "~/ui";
import { useClassWindow, type Window } from "./useClassSignIn";

/** The window: closed with one button, or open with the code for the board and who came in. */
export function WindowSheet({ groupId, window }: { groupId: string; window: Window | null }) {
  const t = useT();
  const toast = useToast();
  const set = useClassWindow(groupId);
  const turn = (open: boolean) =>
    set.mutate(open, { onError: () => toast({ text: t("classSignIn.failed") }) });
  return (
    <section className="tp-sheet class-sign-in__window tp-stack" aria-labelledby="window">
      <h2 id="window">{t("classSignIn.window.title")}</h2>
      {window ? (
        <>
          <OpenWindow window={window} />
          <Button look="secondary" busy={set.isPending} onClick={() => turn(false)}>
            {t("classSignIn.window.close")}
          </Button>
        </>
      ) : (
        <>
          <p>{t("classSignIn.window.text")}</p>
          <Button busy={set.isPending} onClick={() => turn(true)}>
            {t("classSignIn.window.open")}
          </Button>
        </>
      )}
    </section>
  );
}

function OpenWindow({ window }: { window: Window }) {
  const t = useT();
  const language = useLanguage();
  const minutes = useMinutesUntil(window.closesAt);
  return (
    <>
      <p>{t("classSignIn.window.how", { address: `${location.host}/klascode` })}</p>
      <p className="class-sign-in__code">
        <span aria-hidden="true">{window.code}</span>
        <span className="tp-hidden">{[...window.code].join(" ")}</span>
      </p>
      <p className="tp-row tp-row--nowrap">
        <Icon name="wait" />
        <span>{t("classSignIn.window.left", { minutes })}</span>
      </p>
      <h3 id="arrivals">{t("classSignIn.arrivals", { count: window.arrivals.length })}</h3>
      <ul className="class-sign-in__arrivals" aria-labelledby="arrivals" aria-live="polite">
        {window.arrivals.map((arrival) => (
          <li key={arrival.id}>
            <SeaPicture name={pictureOf(arrival.id)} />
            <span>
              <b>
                <bdi>{arrival.name}</bdi>
              </b>{" "}
              <span className="tp-small tp-soft">{timeOf(arrival.at, language)}</span>
              {arrival.chosePin && <span className="tp-small"> · {t("classSignIn.arrivals.chose")}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whole minutes that are left, counted up; looked at every few seconds. */
function useMinutesUntil(moment: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(1, Math.ceil((Date.parse(moment) - now) / 60_000));
}
