import { useEffect, useState } from "react";

const KEY = "invitation";
const SIGNS = 16;

/** Capitals and figures as they stand on the letter, in groups of four; figures of other scripts too. */
export function asCode(typed: string): string {
  const plain = typed
    .replace(/[٠-٩]/gu, (figure) => String(figure.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/gu, (figure) => String(figure.charCodeAt(0) - 0x6f0))
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, "")
    .slice(0, SIGNS);
  return plain.match(/.{1,4}/gu)?.join("-") ?? "";
}

export function isWhole(code: string): boolean {
  return code.replaceAll("-", "").length === SIGNS;
}

/**
 * The code of the letter: from behind the # (it does not stay in the address bar, nor in the history), or typed. This
 * tab keeps it while somebody signs in on the way; `null` forgets it.
 */
export function useCode(): [string, (code: string | null) => void] {
  const [code, setCode] = useState(() => asCode(location.hash) || (sessionStorage.getItem(KEY) ?? ""));
  useEffect(() => {
    const take = () => {
      const scanned = asCode(location.hash);
      if (scanned === "") return;
      setCode(scanned);
      history.replaceState(history.state, "", location.pathname);
    };
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  const keep = (next: string | null) => {
    setCode(next ?? "");
    if (next) sessionStorage.setItem(KEY, next);
    else sessionStorage.removeItem(KEY);
  };
  return [code, keep];
}
