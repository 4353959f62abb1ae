import { useParams } from "wouter";
import { EntryPage } from "./EntryPage";

/** The pupil's own entry, at its address. */
export default function EntryScreen() {
  const { entryId } = useParams<{ entryId: string }>();
  return <EntryPage key={entryId} id={entryId} />;
}
