export { contentOf, keepCopy } from "./copy";
export type { Draft, EntryContent, StepContent, StepState, WaitingStep } from "./database";
export { isUnsent, keepMine, readDraft, readDrafts, removeDraft } from "./drafts";
export { sendStep } from "./gate";
export { keepWords, readKeptWords } from "./keptWords";
export { changeStep, dropStep, keepStep, type StepChange, useWaitingSteps } from "./steps";
export { useCurrentSync, useUploads } from "./sync";
export type { UploadView } from "./uploads";
export { type DraftInHand, type SaveState, useDraft } from "./useDraft";
