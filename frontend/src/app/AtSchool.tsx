import type { Schema } from "~/api/client";
import { SchoolPanel } from "../features/feedback/SchoolPanel";
import { useNextInQueue } from "../features/review/useReviewQueue";

interface AtSchoolProps {
  entry: Schema<"EntryPage">;
  /** Opened from the queue: the next one follows. */
  inQueue: boolean;
  onGo: (path: string) => void;
}

/** What a teacher says, and the way to the next that waits. */
export default function AtSchool({ entry, inQueue, onGo }: AtSchoolProps) {
  const next = useNextInQueue(entry.id, inQueue);
  const goOn = () => onGo(next ? `/verhaal/${next}?rij` : "/te-bekijken");
  return <SchoolPanel entry={entry} onNext={inQueue ? goOn : undefined} />;
}
