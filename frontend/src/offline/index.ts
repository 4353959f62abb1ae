export { contentOf, keepCopy } from "./copy";
export type { Draft, EntryContent } from "./database";
export { isUnsent, keepMine, readDraft, readDrafts, removeDraft } from "./drafts";
export { useCurrentSync, useUploads } from "./sync";
export type { UploadView } from "./uploads";
export { type DraftInHand, type SaveState, useDraft } from "./useDraft";
