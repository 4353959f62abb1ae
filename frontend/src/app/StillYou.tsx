import { useCallback, useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { type Me, useForget, useSession, useSignOut } from "~/session";
import { Button, Dialog } from "~/ui";
import { needsTouch, type Presence, presenceAt } from "./presence";

const LOOK_MS = 5_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** On a shared device: asks "nog steeds jij?" after some minutes of nothing, and signs out a little later. */
export function StillYou({ me }: { me: Me }) {
  const t = useT();
  const { refetch } = useSession();
  const signOut = useSignOut();
  const forget = useForget();
  const [presence, setPresence] = useState<Presence>("here");
  const lastActive = useRef(Date.now());
  const lastTouch = useRef(Date.now());

  const leave = useCallback(() => {
    // Without a network the session ends by itself at the server; here it ends now.
    signOut().catch(forget);
  }, [signOut, forget]);

  const look = useCallback(() => {
    const now = Date.now();
    const found = presenceAt(now, lastActive.current);
    setPresence(found);
    if (found === "gone") leave();
    else if (needsTouch(now, lastActive.current, lastTouch.current)) {
      lastTouch.current = now;
      void refetch();
    }
  }, [leave, refetch]);

  useEffect(() => {
    const alive = () => {
      // Once asked, only the answer counts; and who wakes the tablet after an hour is somebody new.
      if (presenceAt(Date.now(), lastActive.current) === "here") lastActive.current = Date.now();
    };
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, alive, { passive: true });
    document.addEventListener("visibilitychange", look);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, alive);
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
    };
  }, [look]);

  const stay = () => {
    if (presenceAt(Date.now(), lastActive.current) === "gone") return look();
    lastActive.current = Date.now();
    look();
  };

  return (
    <Dialog
      title={t("app.still.title", { name: me.givenName })}
      open={presence === "asked"}
      onClose={() => presence === "asked" && stay()}
    >
      <p>{t("app.still.text")}</p>
      <Button wide onClick={stay}>
        {t("app.still.yes")}
      </Button>
      <Button look="secondary" wide onClick={leave}>
        {t("app.still.no")}
      </Button>
    </Dialog>
  );
}
