import { useEffect, useState } from "react";
import { activate, chosenLanguage, LANGUAGES, type Language, useT } from "~/i18n";
import { Button, ErrorState, Loading } from "~/ui";
import { CodeStep } from "./CodeStep";
import { Frame } from "./Frame";
import { OpenPage } from "./OpenPage";
import { StartStep } from "./StartStep";
import { askedLanguage, useHeld } from "./useHeld";
import { isGone, needsCode, useCode, useLeave, usePage } from "./useOutside";

/** Where the link of somebody outside lands. Opening it does nothing: a code is asked for, then one story opens. */
export default function CoachScreen() {
  const t = useT();
  const { link, opened, open } = useHeld();
  const [asked, setAsked] = useState(false);
  const [left, setLeft] = useState(false);
  const code = useCode();
  const page = usePage(opened);
  const leave = useLeave();
  useEffect(() => {
    const language = askedLanguage();
    if (!chosenLanguage() && language && language in LANGUAGES) void activate(language as Language);
  }, []);
  const over = opened && needsCode(page.error);
  const closed = () => {
    open(false);
    setAsked(false);
  };

  if (left) {
    return (
      <Frame title={t("outside.closed.title")}>
        <p>{t("outside.closed.text")}</p>
      </Frame>
    );
  }
  if (link === "" || isGone(code.error)) {
    return (
      <Frame title={t("outside.gone.title")}>
        <p>{t("outside.gone.text")}</p>
      </Frame>
    );
  }
  if (opened && !over) {
    if (page.isPending && page.fetchStatus === "paused") {
      return (
        <Frame title={t("outside.title")}>
          <p role="alert">{t("outside.problem.offline")}</p>
        </Frame>
      );
    }
    if (page.isPending) return <Loading />;
    if (page.isError) {
      return (
        <Frame title={t("outside.title")}>
          <ErrorState error={page.error} onRetry={() => page.refetch()} />
        </Frame>
      );
    }
    return (
      <OpenPage
        page={page.data}
        held={link}
        onOver={closed}
        onRead={async () => (await page.refetch()).data}
        done={
          <Button
            look="secondary"
            icon="leave"
            busy={leave.isPending}
            onClick={() =>
              leave.mutate(undefined, {
                onSettled: () => {
                  open(false);
                  setLeft(true);
                },
              })
            }
          >
            {t("outside.sent.close")}
          </Button>
        }
      />
    );
  }
  const send = () => code.mutate(link, { onSuccess: () => setAsked(true) });
  if (asked) return <CodeStep onOpen={() => open(true)} onAgain={send} again={code} />;
  return <StartStep onSend={send} busy={code.isPending} problem={code.error} over={over} />;
}
