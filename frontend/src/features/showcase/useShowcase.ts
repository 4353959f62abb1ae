import { useIsFetching, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, type Schema } from "~/api/client";

// What may be left out when it is sent, is there when it is read.
export type Story = Required<Schema<"ShowcaseStory">>;
export type Section = Required<Omit<Schema<"ShowcaseSection">, "stories">> & { stories: Story[] };
export type Content = Required<Omit<Schema<"PageContent">, "sections">> & { sections: Section[] };
export type WordPick = Content["words"][number];
export type PaperPart = Required<Omit<Schema<"PaperPart">, "items">> & {
  items: Required<Schema<"PaperItem">>[];
};
export type PaperContent = Required<Omit<Schema<"PaperContent">, "parts">> & { parts: PaperPart[] };
export type Paper = Omit<Schema<"Paper">, "content"> & { content: PaperContent };
export type Page = Omit<Schema<"ShowcasePageOut">, "content" | "papers"> & {
  content: Content;
  papers: Paper[];
};
export type Share = Page["shares"][number];
export type Shown = Schema<"ShownPage">;
export type Material = Schema<"ShowcaseMaterial">;
export type MaterialStory = Material["stories"][number];
export type PaperKind = Schema<"PaperKind">;
export type Request = Schema<"ShowcaseRequest">;

const ALL = ["showcases"] as const;
const REQUESTS = ["showcase-requests"] as const;
const POLL_MS = 1_500;
const pageKey = (id: string) => [...ALL, "page", id] as const;

/** One's own pages. */
export function usePages() {
  return useQuery({ queryKey: [...ALL, "list"], queryFn: () => body(api.GET("/v1/me/showcases")) });
}

/** One own page; while a PDF of it is made it is asked for again and again. */
export function usePage(id: string) {
  return useQuery({
    queryKey: pageKey(id),
    queryFn: async () =>
      (await body(api.GET("/v1/me/showcases/{page_id}", { params: { path: { page_id: id } } }))) as Page,
    refetchInterval: ({ state }) =>
      state.data?.papers.some(({ pdf }) => pdf.state === "asked") ? POLL_MS : false,
  });
}

/** What can be put on a page. */
export function useMaterial() {
  return useQuery({
    queryKey: [...ALL, "material"],
    queryFn: () => body(api.GET("/v1/me/showcase-material")),
  });
}

/** Reads the pages anew. */
export function useReadAnew() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ALL });
}

const from = (version: number) => (version > 0 ? { "if-match": `"${version}"` } : {});

/** Writes a page from the version that was read (0: a new one). */
export async function writePage(id: string, content: Content, version: number): Promise<number> {
  const receipt = await body(
    api.PUT("/v1/me/showcases/{page_id}", {
      params: { path: { page_id: id }, header: from(version) },
      body: content,
    }),
  );
  return receipt.version;
}

/** Writes the lines of a paper from the version that was read (0: the first). */
export async function writePaper(
  id: string,
  kind: PaperKind,
  content: PaperContent,
  version: number,
): Promise<number> {
  const receipt = await body(
    api.PUT("/v1/me/showcases/{page_id}/papers/{kind}", {
      params: { path: { page_id: id, kind }, header: from(version) },
      body: content,
    }),
  );
  return receipt.version;
}

function useChange<Change, Answer>(send: (change: Change) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => cache.invalidateQueries({ queryKey: ALL }) });
}

/** Reading anew may take away the very button that was pressed: it is not waited for, so that its word comes first. */
function useParting<Change, Answer>(send: (change: Change) => Promise<Answer>, key: readonly string[] = ALL) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => void cache.invalidateQueries({ queryKey: key }),
  });
}

export function useMakePage() {
  return useChange(({ id, content }: { id: string; content: Content }) => writePage(id, content, 0));
}

export function useRemove() {
  return useParting((id: string) =>
    api.DELETE("/v1/me/showcases/{page_id}", { params: { path: { page_id: id } } }),
  );
}

export function useRestore() {
  return useParting((id: string) =>
    api.POST("/v1/me/showcases/{page_id}/restore", { params: { path: { page_id: id } } }),
  );
}

export function useAskPdf(id: string, kind: PaperKind) {
  return useChange(() =>
    api.POST("/v1/me/showcases/{page_id}/papers/{kind}/pdf", { params: { path: { page_id: id, kind } } }),
  );
}

export function useShare() {
  return useChange(({ id, asked }: { id: string; asked: Schema<"ShareAsked"> }) =>
    body(api.PUT("/v1/me/showcase-shares/{share_id}", { params: { path: { share_id: id } }, body: asked })),
  );
}

export function useRevoke() {
  return useParting((id: string) =>
    api.DELETE("/v1/me/showcase-shares/{share_id}", { params: { path: { share_id: id } } }),
  );
}

/** The address of one's own link, and its code; asked for when it is wanted. */
export function useAddress(id: string, wanted: boolean) {
  return useQuery({
    queryKey: [...ALL, "address", id],
    enabled: wanted,
    queryFn: () =>
      body(api.GET("/v1/me/showcase-shares/{share_id}/address", { params: { path: { share_id: id } } })),
  });
}

/** What waits for one's yes as a parent. */
export function useRequests() {
  return useQuery({ queryKey: REQUESTS, queryFn: () => body(api.GET("/v1/me/showcase-requests")) });
}

export function useAnswer() {
  return useParting(
    ({ id, ...given }: { id: string } & Schema<"ShowcaseAnswer">) =>
      api.PUT("/v1/showcase-shares/{share_id}/consent", { params: { path: { share_id: id } }, body: given }),
    REQUESTS,
  );
}

/** Whether the answer that was given is not shown yet. */
export function useReading(): boolean {
  return useIsFetching({ queryKey: REQUESTS }) > 0;
}

/** What the server said, where it said something. */
export function problemOf(error: unknown): ApiProblem | undefined {
  return error instanceof ApiProblem ? error : undefined;
}
