import { createContext, useContext } from "react";
import { ApiProblem } from "~/api/client";

/** Asks for the second factor (or the password) once more, and then does it again; anything else that went wrong is left alone. */
type Fresh = (error: unknown, again: () => void) => void;

export const FreshContext = createContext<Fresh>(() => {});

/** Whether what went wrong is that somebody showed too long ago who they are. */
export function asksFresh(error: unknown): boolean {
  return error instanceof ApiProblem && error.type.endsWith("/step-up-needed");
}

/** For what asks a fresh second factor: `onError: (error) => fresh(error, again)`. */
export function useFresh(): Fresh {
  return useContext(FreshContext);
}
