import { useCallback, useState } from "react";
import { v7 as newId } from "uuid";
import type { Schema } from "~/api/client";
import { type UploadView, useCurrentSync, useUploads } from "~/offline";
import { kindOf, type MediaKind, type Misfit, misfit } from "./files";
import { lighter, onMobileData } from "./lighter";
import { useInspected } from "./useFlow";

type Attachment = Schema<"AttachmentOut">;

/** A file of this entry: on its way, or in it. */
export interface FileInHand {
  id: string;
  kind: MediaKind;
  name: string;
  alt: string;
  size: number;
  hasThumbnail: boolean;
  hasCaptions: boolean;
  /** How far the server is with it; `uploading` until it knows of the whole file. */
  state: Attachment["state"];
  refusal: string | null;
  /** Absent for a file that was in the entry before. */
  upload?: UploadView;
}

function fromEntry(file: Attachment): FileInHand {
  const { id, kind, name, alt, size, hasThumbnail, hasCaptions, state, refusal } = file;
  return { id, kind, name, alt, size, hasThumbnail, hasCaptions, state, refusal };
}

function fromUpload(upload: UploadView, seen: Attachment | undefined): FileInHand {
  if (seen) return { ...fromEntry(seen), upload };
  const { id, name, size, mediaType } = upload;
  const unseen = { alt: "", hasThumbnail: false, hasCaptions: false, refusal: null };
  return { ...unseen, id, kind: kindOf(mediaType), name, size, state: "uploading", upload };
}

/** The files of an entry; `ensureDraft` keeps the entry on this device before its first file leaves. */
export function useFiles(entryId: string, before: readonly Attachment[], ensureDraft: () => Promise<void>) {
  const sync = useCurrentSync();
  const uploads = useUploads(entryId);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [misfits, setMisfits] = useState<readonly { name: string; why: Misfit }[]>([]);

  const arrived = uploads.filter((upload) => upload.state === "done").length;
  const known = useInspected(entryId, arrived) ?? before;
  const sending = new Set(uploads.map((upload) => upload.id));
  const files = [
    ...known.filter((file) => !sending.has(file.id)).map(fromEntry),
    ...uploads.map((upload) =>
      fromUpload(
        upload,
        known.find(({ id }) => id === upload.id),
      ),
    ),
  ].filter((file) => !removed.includes(file.id));

  const add = useCallback(
    async (file: File | Blob, name: string): Promise<string> => {
      const id = newId();
      await ensureDraft();
      await sync?.uploads.add(id, entryId, file, name);
      sync?.nudge();
      return id;
    },
    [sync, entryId, ensureDraft],
  );

  /** Adds what fits; gives the ids in order. */
  const addAll = async (chosen: readonly File[]): Promise<string[]> => {
    const ids: string[] = [];
    const wrong = chosen.map((file) => ({ file, why: misfit(file) }));
    setMisfits(wrong.flatMap(({ file, why }) => (why ? [{ name: file.name, why }] : [])));
    for (const { file, why } of wrong) {
      if (why) continue;
      const light = kindOf(file.type) === "photo" && onMobileData() ? await lighter(file) : file;
      ids.push(await add(light, light.name));
    }
    return ids;
  };

  const remove = async (id: string) => {
    await sync?.uploads.remove(id);
    setRemoved((ids) => [...ids, id]);
  };
  const pause = (id: string) => void sync?.uploads.pause(id);
  const resume = async (id: string) => {
    await sync?.uploads.resume(id);
    sync?.nudge();
  };

  return { files, misfits, add, addAll, remove, pause, resume };
}

export type Files = ReturnType<typeof useFiles>;
