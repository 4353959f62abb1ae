import { type ReactNode, useEffect, useId, useRef } from "react";
import { useT } from "~/i18n";
import { IconButton } from "./Button";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A sheet from below on a phone, a card on a desk. The native element keeps focus inside and gives it back. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog; this is the click beside it
    <dialog
      ref={dialog}
      className="tp-dialog"
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open && (
        <div className="tp-dialog__body">
          <div className="tp-dialog__head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="cross" label={t("ui.close")} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
