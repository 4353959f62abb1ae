import { useEffect } from "react";
import { useT } from "~/i18n";
import { useToast } from "~/ui";

/** Says when a new version waits, and changes to it only when asked: nothing is lost half-way. */
export function useUpdates(): void {
  const t = useT();
  const toast = useToast();
  useEffect(() => {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    let forgotten = false;
    void import("virtual:pwa-register").then(({ registerSW }) => {
      const refresh = registerSW({
        onNeedRefresh() {
          if (forgotten) return;
          toast({
            text: t("app.update"),
            actionLabel: t("app.update.now"),
            action: () => void refresh(true),
            lasting: true,
          });
        },
      });
    });
    return () => {
      forgotten = true;
    };
  }, [t, toast]);
}
