export { contentOf, keepCopy } from "./copy";
export type { Draft, EntryContent } from "./database";
export { isUnsent, keepMine, readDraft, readDrafts, removeDraft } from "./drafts";
export { dropStep, keepStep, type StepContent, useWaitingSteps, type WaitingStep } from "./steps";
export { useCurrentSync, useUploads } from "./sync";
export type { UploadView } from "./uploads";
export { type DraftInHand, type SaveState, useDraft } from "./useDraft";
