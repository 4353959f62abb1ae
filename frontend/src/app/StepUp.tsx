import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from "react";
import { useT } from "~/i18n";
import { ME } from "~/session";
import { asksFresh, FreshContext } from "~/session/fresh";
import { Dialog, Loading } from "~/ui";

const GiveAnew = lazy(() => import("../features/second-factor/GiveAnew"));

/** Asks anew who this is where the server wants to know for certain, and then does what was asked. */
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
        <Suspense fallback={<Loading cards={1} />}>
          <GiveAnew
            onGiven={(who) => {
              if (!("due" in who)) queries.setQueryData(ME, who);
              setOpen(false);
              again.current();
            }}
          />
        </Suspense>
      </Dialog>
    </FreshContext>
  );
}
