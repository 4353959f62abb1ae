import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from "react";
import { useT } from "~/i18n";
import { ME } from "~/session";
import { asksFresh, FreshContext } from "~/session/fresh";
import { Dialog, Loading } from "~/ui";

const GiveAnew = lazy(() => import("../features/second-factor/GiveAnew"));

/** Asks for the second factor where the server wants a fresh one, and then does what was asked. */
export function StepUp({ children }: { children: ReactNode }) {
  const t = useT();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const again = useRef<() => void>(() => {});
  const ask = useCallback((error: unknown, retry: () => void) => {
    if (!asksFresh(error)) return;
    again.current = retry;
    setOpen(true);
  }, []);
  return (
    <FreshContext value={ask}>
      {children}
      <Dialog title={t("factor.fresh.title")} open={open} onClose={() => setOpen(false)}>
        <p>{t("factor.fresh.text")}</p>
        <Suspense fallback={<Loading cards={1} />}>
          <GiveAnew
            onGiven={(me) => {
              queries.setQueryData(ME, me);
              setOpen(false);
              again.current();
            }}
          />
        </Suspense>
      </Dialog>
    </FreshContext>
  );
}
