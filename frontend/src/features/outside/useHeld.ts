import { useState } from "react";

const OPENED = "outside";

/** The secret behind the # of the address, and whether this tab opened the page with it before. */
export function useHeld() {
  const [link] = useState(() => location.hash.slice(1));
  const [opened, setOpened] = useState(() => link !== "" && sessionStorage.getItem(OPENED) === link);
  const open = (now: boolean) => {
    setOpened(now);
    if (now) sessionStorage.setItem(OPENED, link);
    else sessionStorage.removeItem(OPENED);
  };
  return { link, opened, open };
}

/** The language of the mail, where nobody chose another on this device. */
export function askedLanguage(): string | null {
  return new URLSearchParams(location.search).get("taal");
}
