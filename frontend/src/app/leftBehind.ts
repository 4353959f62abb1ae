import { useEffect } from "react";
import { forgetDevice } from "~/offline/database";
import type { Me } from "~/session";

const KEY = "shared-by";

/**
 * Wipes what somebody left on a shared device without signing out: a tab closed, a session that ended. Their id
 * stands here from sign-in until that is done. `me` is undefined while it is not known who is here.
 */
export function useLeftBehind(me: Me | null | undefined): void {
  useEffect(() => {
    if (me === undefined) return;
    const left = localStorage.getItem(KEY);
    if (left && left !== me?.id) {
      void forgetDevice(left).then(() => {
        if (localStorage.getItem(KEY) === left) localStorage.removeItem(KEY);
      });
    }
    if (me?.device === "shared") localStorage.setItem(KEY, me.id);
    else if (me && left === me.id) localStorage.removeItem(KEY);
  }, [me]);
}
