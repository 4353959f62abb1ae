import {
  MutationCache,
  onlineManager,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles";
import { ApiProblem, retryRead } from "./api/client";
import { App } from "./app/App";
import { begin, Translations } from "./i18n";
import { DUE, ME, owesFactor } from "./session";
import { keepAtHand } from "./session/atHand";
import { keepWho } from "./session/kept";
import { Toasts } from "./ui";

/** A session that ended elsewhere: sign-in comes in place, the address and the drafts stay. */
function onRefusal(error: unknown): void {
  if (!(error instanceof ApiProblem && error.status === 401)) return;
  if (owesFactor(error)) return void queries.invalidateQueries({ queryKey: ME });
  keepWho(null);
  queries.setQueryData(ME, null);
  queries.setQueryData(DUE, null);
}

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: retryRead, staleTime: 15_000 },
    mutations: { retry: false, networkMode: "always" },
  },
  queryCache: new QueryCache({ onError: onRefusal }),
  mutationCache: new MutationCache({ onError: onRefusal }),
});

// It hears of changes only, and the app may be loaded in a dead spot.
onlineManager.setOnline(navigator.onLine);
keepAtHand(queries);
await begin();
const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Translations>
      <QueryClientProvider client={queries}>
        <Toasts>
          <App />
        </Toasts>
      </QueryClientProvider>
    </Translations>
  </StrictMode>,
);
