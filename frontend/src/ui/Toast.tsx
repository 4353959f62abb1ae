import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { useT } from "~/i18n";
import { IconButton, QuietButton } from "./Button";

interface Message {
  text: string;
  /** What the button does, and its word; "Draai terug" when left out. */
  action?: () => void;
  actionLabel?: string;
  /** Stays until closed. */
  lasting?: boolean;
}

const SHOWN_MS = 10_000;
const ToastContext = createContext<(message: Message) => void>(() => {});

/** Says in one line what happened, with a way back. */
export function useToast(): (message: Message) => void {
  return useContext(ToastContext);
}

/** Shows one message at a time, above the tabs, and reads it out. */
export function Toasts({ children }: { children: ReactNode }) {
  const t = useT();
  const [message, setMessage] = useState<Message | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = useCallback((next: Message) => {
    clearTimeout(timer.current);
    setMessage(next);
    if (!next.lasting) timer.current = setTimeout(() => setMessage(null), SHOWN_MS);
  }, []);
  const close = () => {
    clearTimeout(timer.current);
    setMessage(null);
  };
  return (
    <ToastContext value={show}>
      {children}
      <div className="tp-toasts" role="status">
        {message && (
          <div className="tp-toast">
            <span>{message.text}</span>
            <span className="tp-row tp-row--nowrap" style={{ gap: 0 }}>
              {message.action && (
                <QuietButton
                  onClick={() => {
                    message.action?.();
                    close();
                  }}
                >
                  {message.actionLabel ?? t("ui.undo")}
                </QuietButton>
              )}
              <IconButton icon="cross" label={t("ui.close")} onClick={close} />
            </span>
          </div>
        )}
      </div>
    </ToastContext>
  );
}
